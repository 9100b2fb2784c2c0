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

  /// Checks every list of `folder`.
  public static func check(folder: String) throws -> Report {
    var files: [(path: String, bytes: [UInt8])] = []
    for path in ListFolder.files(in: folder) where path.hasSuffix(".tsv") {
      files.append((path, try FileIO.read("\(folder)/\(path)")))
    }
    guard !files.isEmpty else {
      throw LexiconError(file: folder, reason: "holds no .tsv lists; name the folder gazetteers/ of the project")
    }
    return check(files)
  }

  /// Checks lists that are in memory.
  static func check(_ files: [(path: String, bytes: [UInt8])]) -> Report {
    var checker = ListChecker()
    for file in files { checker.lists.append(ListFile(parsing: file.bytes, path: file.path)) }
    for list in checker.lists where list.directives["table"] == "words" { checker.words.add(list) }
    for i in checker.lists.indices { checker.checkList(i) }
    checker.checkShadows()
    checker.checkParents()
    checker.report.errors.sort(by: inOrder)
    checker.report.warnings.sort(by: inOrder)
    return checker.report
  }

  private static func inOrder(_ a: LexiconError, _ b: LexiconError) -> Bool {
    (a.file, a.line, a.column, a.reason) < (b.file, b.line, b.column, b.reason)
  }

  mutating func error(_ place: Place, at byte: Int? = nil, _ reason: String) {
    report.errors.append(lists[place.list].problem(place.row, at: byte, reason))
  }

  mutating func error(_ place: Place, column: Int?, _ reason: String) {
    report.errors.append(lists[place.list].problem(place.row, column: column, reason))
  }

  private mutating func checkList(_ i: Int) {
    let list = lists[i]
    report.lists += 1
    report.rows += list.count
    report.counts.append((list.path, list.count))
    report.errors += list.problems
    checkCharacters(list)
    guard !list.columns.isEmpty else { return }
    if list.directives["table"] == "words" {
      checkDirectives(list)
      return
    }
    if list.column("name") != nil {
      checkDirectives(list)
      checkNames(i)
    } else if let column = list.column("form") ?? list.column("part") {
      checkDirectives(list)
      checkForms(i, column)
    } else {
      report.errors.append(
        LexiconError(
          file: list.path, line: list.headerLine,
          reason: "the header has neither a 'name' column (a list of names) nor a 'form' column (a list of words)"))
    }
    checkOrder(list)
  }

  private static let nameColumns = [
    "id", "name", "label", "subtype", "aliases", "country", "parent", "xref", "flags", "source",
  ]

  private mutating func checkDirectives(_ list: ListFile) {
    let isNames = list.column("name") != nil
    let known =
      isNames
      ? Self.nameColumns.filter { $0 != "name" && $0 != "aliases" } + ["table"]
      : ["table", "class", "kind", "match"] + list.columns
    for (key, line) in list.directiveLines where !known.contains(key) {
      report.errors.append(
        LexiconError(
          file: list.path, line: line,
          reason: "directive '\(key)' is unknown here; known are \(known.joined(separator: ", "))"))
    }
    guard isNames else { return }
    for column in list.columns where !Self.nameColumns.contains(column) && !column.isEmpty {
      report.errors.append(
        LexiconError(
          file: list.path, line: list.headerLine,
          reason:
            "column '\(column)' is unknown in a list of names; known are \(Self.nameColumns.joined(separator: ", "))"))
    }
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
    let classColumn = isPart ? "kind" : "class"
    if isPart, list.column(classColumn) == nil, list.directives[classColumn] == nil {
      report.errors.append(
        LexiconError(
          file: list.path, line: list.headerLine,
          reason:
            "no part of a name has a kind; write a column 'kind' or a line #! kind= (given, family, title, particle)"))
    }
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
      if form.contains("  ") { error(place, column: column, "'\(form)' has two spaces in a row; write one") }
      if !saysCase, form.unicodeScalars.contains(where: CaseFolding.isUpper) {
        error(place, column: column, "'\(form)' has a capital letter; write forms of word lists in lower case")
      }
      checkWords(form, place, list.range(row, column).lowerBound)
      if isPart, let flags = list.column("flags") {
        _ = checkFlags(list.cell(row, flags), place, list.range(row, flags).lowerBound)
      }
      let cells = list.columns.indices.map { list.cell(row, $0) }.joined(separator: "\t")
      if let other = seen[cells] {
        error(place, column: column, "the same line stands already at line \(other); delete one of them")
      }
      seen[cells] = Int(list.lines[row])
    }
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
