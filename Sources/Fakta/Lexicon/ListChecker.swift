/// Checks the lists of a folder for what would make them find too much, too little, or not compile.
///
///     id/places/towns.tsv:12:31: flag 'comon-word' is unknown; flags are ambiguous, common-word, …
///
/// **Errors.** None thrown for what a list holds: all problems are collected, in the order of files, lines and columns.
/// A folder that cannot be read throws.
public struct ListChecker {
  /// What was found.
  public struct Report: Sendable {
    public var errors: [LexiconError] = []
    /// What an author should look at; does not make the check fail.
    public var warnings: [LexiconError] = []
    public var lists = 0
    public var rows = 0
    public var forms = 0
    /// Rows of each list, by path.
    public var counts: [(path: String, rows: Int)] = []
    public var rules = 0
    /// `yes` and `no` lines of the rules.
    public var examples = 0
    /// Whether there are examples that were not run, since lists have errors.
    public var hasUnrunExamples = false

    /// Brings errors and warnings into the order of files, lines and columns, each once.
    mutating func sort() {
      errors = Self.sorted(errors)
      warnings = Self.sorted(warnings)
    }

    private static func sorted(_ problems: [LexiconError]) -> [LexiconError] {
      let sorted = problems.sorted {
        ($0.file, $0.line, $0.column, $0.reason) < ($1.file, $1.line, $1.column, $1.reason)
      }
      return sorted.enumerated().filter { $0.offset == 0 || sorted[$0.offset - 1] != $0.element }.map(\.element)
    }
  }

  var report = Report()
  var words = WordStatistics()
  /// Where each id stands.
  var ids: [String: Place] = [:]
  /// Forms of all names, by the words that the matcher sees.
  var forms: [UInt64: [NameForm]] = [:]
  var parents: [(id: String, place: Place, column: Int)] = []

  /// A row of a list.
  struct Place {
    var list: Int
    var row: Int
  }

  /// A name or alias.
  struct NameForm {
    var text: String
    var flags: NameFlags
    var place: Place
    /// Offset of the form in its file.
    var byte: Int
    var isAlias: Bool { flags.contains(.alias) }
  }

  var lists: [ListFile] = []
  var tokens = TokenTable()
  /// Whether the lists are a user's, who may do what the project's may not.
  private(set) var isOwn = false

  /// Checks every list of `folder`.
  public static func check(folder: String) throws -> Report {
    var files: [(path: String, bytes: [UInt8])] = []
    for path in try ListFolder.files(in: folder) where path.hasSuffix(".tsv") {
      files.append((path, try FileIO.read("\(folder)/\(path)")))
    }
    guard !files.isEmpty else { throw ListFolder.noLists(folder) }
    return check(files)
  }

  /// Checks lists that are in memory.
  static func check(_ files: [(path: String, bytes: [UInt8])]) -> Report {
    check(files.map { ListFile(parsing: $0.bytes, path: $0.path) }, areOwn: false)
  }

  /// Checks the rows of lists.
  ///
  /// - Parameter areOwn: Whether they are a user's: errors are then only what `--add` refuses.
  static func check(_ lists: [ListFile], areOwn: Bool) -> Report {
    var checker = ListChecker()
    checker.isOwn = areOwn
    checker.lists = lists
    for list in checker.lists where list.directives["table"] == "words" { checker.words.add(list) }
    for i in checker.lists.indices { checker.checkList(i) }
    checker.checkShadows()
    if !areOwn { checker.checkParents() }
    checker.report.sort()
    return checker.report
  }

  mutating func error(_ place: Place, at byte: Int? = nil, _ reason: String) {
    report.errors.append(lists[place.list].problem(place.row, at: byte, reason))
  }

  mutating func error(_ place: Place, column: Int?, _ reason: String) {
    report.errors.append(lists[place.list].problem(place.row, column: column, reason))
  }

  /// Something that is an error in a list of the project, and a warning in a user's.
  mutating func doubt(_ place: Place, at byte: Int? = nil, _ reason: String) {
    doubt(lists[place.list].problem(place.row, at: byte, reason))
  }

  mutating func doubt(_ place: Place, column: Int?, _ reason: String) {
    doubt(lists[place.list].problem(place.row, column: column, reason))
  }

  mutating func doubt(_ problem: LexiconError) {
    if isOwn { report.warnings.append(problem) } else { report.errors.append(problem) }
  }

  private mutating func checkList(_ i: Int) {
    let list = lists[i]
    report.lists += 1
    report.rows += list.count
    report.counts.append((list.path, list.count))
    // What a user's list must not have was looked for when it was read (`UserLists`).
    if !isOwn { report.errors += list.problems }
    // A file of one name per line has no header, and its text is not the file's.
    if list.headerLine > 0 || !isOwn { checkCharacters(list) }
    guard !list.columns.isEmpty else { return }
    if !isOwn { checkHead(list) }
    if list.directives["table"] == "words" { return }
    if list.column("name") != nil {
      checkNames(i)
    } else if let column = list.column("form") ?? list.column("part") {
      checkForms(i, column)
    } else {
      report.errors.append(
        LexiconError(
          file: list.path, line: list.headerLine,
          reason: "the header has neither a 'name' column (a list of names) nor a 'form' column (a list of words)"))
    }
    checkOrder(list)
  }

  private mutating func checkHead(_ list: ListFile) {
    report.errors += list.directiveProblems + list.columnProblems + list.classNameProblems + list.valueProblems
    guard list.column("name") != nil else { return }
    for column in ["label", "source"] where list.column(column) == nil && list.directives[column] == nil {
      report.errors.append(
        LexiconError(
          file: list.path, line: list.headerLine,
          reason: "no entry has a \(column); write a column '\(column)' or a line #! \(column)= above the header"))
    }
  }

  private mutating func checkForms(_ i: Int, _ column: Int) {
    let list = lists[i]
    let isPart = list.columns[column] == "part"
    if isPart, !isOwn, !list.hasClasses { report.errors.append(Self.noKind(list)) }
    // Where a list says of each form how it is written, capitals mean something: "MW", "USD".
    let saysCase = ["flags", "case", "when"].contains { list.column($0) != nil }
    var seen: [String: Int] = [:]
    for row in 0..<list.count {
      let place = Place(list: i, row: row)
      let form = list.cell(row, column)
      report.forms += 1
      if form.isEmpty {
        error(place, column: column, "the form is empty; write the words or delete the line")
        continue
      }
      if form.contains("  ") { doubt(place, column: column, "'\(form)' has two spaces in a row; write one") }
      if !isOwn, !saysCase, form.unicodeScalars.contains(where: CaseFolding.isUpper) {
        error(place, column: column, "'\(form)' has a capital letter; write forms of word lists in lower case")
      }
      checkWords(form, place, list.range(row, column).lowerBound)
      if isPart, let flags = list.column("flags") {
        _ = checkFlags(list.cell(row, flags), place, list.range(row, flags).lowerBound)
      }
      let cells = list.columns.indices.map { list.cell(row, $0) }.joined(separator: "\t")
      if let other = seen[cells] {
        doubt(place, column: column, "the same line stands already at line \(other); delete one of them")
      }
      seen[cells] = Int(list.lines[row])
    }
  }

  static func noKind(_ list: ListFile) -> LexiconError {
    LexiconError(
      file: list.path, line: list.headerLine,
      reason: "no part of a name has a kind; write a column 'kind' or a line #! kind= (given, family, title, particle)")
  }

  /// Rows out of place in a list whose author sorts it: one that is sorted nearly everywhere.
  private mutating func checkOrder(_ list: ListFile) {
    guard list.count >= 50,
      let column = list.column("id") ?? list.column("name") ?? list.column("form") ?? list.column("part")
    else {
      return
    }
    var wrong: [Int] = []
    for row in 1..<list.count
    where Self.precedes(list.text[list.range(row, column)], list.text[list.range(row - 1, column)]) {
      wrong.append(row)
    }
    guard wrong.count * 20 < list.count else { return }
    for row in wrong {
      report.warnings.append(
        list.problem(
          row, column: column, "'\(list.cell(row, column))' is out of order in a sorted list; move it to its place"))
    }
  }

  /// The order of an author: bytes, but numbers by their value.
  private static func precedes(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
    let same = zip(a, b).prefix { $0 == $1 }.count
    let (restA, restB) = (a.dropFirst(same), b.dropFirst(same))
    let digits = (restA.prefix { $0 >= 0x30 && $0 <= 0x39 }, restB.prefix { $0 >= 0x30 && $0 <= 0x39 })
    if digits.0.count != digits.1.count, !(digits.0.isEmpty || digits.1.isEmpty) {
      return digits.0.count < digits.1.count
    }
    return restA.lexicographicallyPrecedes(restB)
  }

  /// Ids of parents that no list has.
  private mutating func checkParents() {
    for (id, place, column) in parents where ids[id] == nil {
      error(
        place, at: column,
        "parent '\(id)' is the id of no entry; write an id that fakta gazetteer lookup shows, or leave it empty")
    }
  }
}

/// How often news writes a word small and with a capital.
struct WordStatistics {
  private var counts: [String: (lower: Int, capital: Int)] = [:]

  mutating func add(_ list: ListFile) {
    guard let form = list.column("form"), let lower = list.column("lower"), let capital = list.column("capital") else {
      return
    }
    for row in 0..<list.count {
      counts[list.cell(row, form)] = (Int(list.cell(row, lower)) ?? 0, Int(list.cell(row, capital)) ?? 0)
    }
  }

  /// The counts of a word that is written small in most places; nil for others.
  func common(_ word: String) -> (lower: Int, capital: Int)? {
    guard let count = counts[word], count.lower > count.capital else { return nil }
    return count
  }
}
