/// Turns lists into a compiled image: one vocabulary, one phrase tree, the rows as columns.
///
///     var compiler = LexiconCompiler()
///     try compiler.add(bytes: bytes, path: "id/units.tsv")
///     let image = compiler.image()
///
/// The same lists in the same order give the same bytes.
///
/// **Errors.** `LexiconError` with file, line and remedy; nothing is guessed.
///
/// **Cost.** About 1 µs per form.
public struct LexiconCompiler {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  var strings = StringPool()
  /// How many of the texts were given their places before all others (`prepare`).
  private(set) var preparedTexts = 1
  // Vocabulary
  var vocabulary = ProbeTable(keysAreHashes: true)
  /// A second hash of each word, so that two words with one hash are noticed.
  var wordChecks: [UInt64] = [0]
  var wordCase: [UInt8] = [0]
  var wordClusters = [UInt16](repeating: 0, count: LexiconCompiler.clusterColumns)
  // Tree: node 0 is "none", node 1 the root
  var roots: [UInt32] = [0]
  var steps = ProbeTable(keysAreHashes: false)
  var stateCount: UInt32 = 2
  var payload: [Payload] = []
  /// Classes of all phrases that begin with a word, by word; in lists of a user only of the words that begin one.
  var firstClasses = [ClassSet()]
  var userFirstClasses: [UInt32: ClassSet] = [:]
  /// The words with which expressions of time and numbers begin (`CalendarVocabulary.mayStart`).
  private(set) var calendarWords: Set<UInt32> = []
  /// The words of lists of words, but person parts: stages ask for them when they are made.
  private(set) var listedWords: Set<UInt32> = []
  // Rows
  var rowClasses: [ClassSet] = []
  var rowInfo: [UInt16] = []
  var rowLine: [UInt32] = []
  var rowName: [UInt32] = []
  var rowKey: [UInt32] = []
  // Lists
  var files: [UInt32] = []
  var columns: [UInt32] = []
  var cells: [UInt32] = []
  private(set) var classes: [String] = []
  private(set) var classIndex: [String: Int] = [:]
  /// The subtypes of names that are classes: those that stages or rules ask for. `nil`: all of them. There are many subtypes
  /// and few classes, of which users' lists need some.
  var askedSubtypes: Set<String>?
  var keyRows: [UInt32: UInt32] = [:]
  var flagsOf: [UInt32: NameFlags] = [0: []]
  var sections: [(String, [UInt8])] = []
  var rules: [CompiledRule] = []
  private var ruleNames: [String: Int] = [:]

  /// The built-in lists over which a user's lists are compiled: their words and classes keep their numbers.
  let base: LexiconData?
  /// Nodes of the built-in tree where forms of the user end too, with the table of the form.
  var covered: [(state: UInt32, table: String, isName: Bool)] = []
  /// Ids that the user's lists name themselves.
  var explicitIDs: Set<String> = []

  private let tokenizer = Tokenizer()
  var tokens = TokenTable()
  private var formBytes: [UInt8] = []
  var wordIDs: [UInt32] = []
  private var collision: String?

  /// One form that ends at a node.
  struct Payload {
    var state: UInt32
    var row: UInt32
    var form: UInt32
    var flags: UInt16
  }

  /// Word classes per word: two granularities for three ways to write it.
  static let clusterColumns = 6

  public init() { self.init(over: nil) }

  /// A compiler for lists that a user lays over `base`: they share its vocabulary, so that tokens are looked up once.
  init(over base: LexiconData?) {
    self.base = base
    for name in base?.classList ?? ["name-per", "name-loc", "name-org"] { _ = classID(name) }
  }

  /// Adds a section that a stage keeps for itself, such as the tagger's weights.
  public mutating func addSection(_ name: String, _ bytes: [UInt8]) { sections.append((name, bytes)) }

  /// Adds the rules of one file, compiled.
  ///
  /// - Throws: `LexiconError` for the first rule that cannot be read or has no bounded automaton.
  public mutating func addRules(bytes: [UInt8], path: String) throws(LexiconError) {
    if let problem = addSoundRules(bytes: bytes, path: path).first { throw problem }
  }

  /// Adds the rules of one file that have no fault; gives the faults of the others.
  mutating func addSoundRules(bytes: [UInt8], path: String) -> [LexiconError] {
    let file = RuleFile(reading: bytes, path: path)
    var problems = file.problems
    // Frequent words have small ids, since the statistics come first.
    let words = vocabulary
    let base = base
    var compiler = RuleCompiler { hash in base?.word(hash: hash) ?? words[hash] ?? 0 }
    for rule in file.rules where !rule.isBroken {
      do throws(LexiconError) { try add(rule, &compiler) } catch { problems.append(error) }
    }
    return problems
  }

  private mutating func add(_ rule: RuleSource, _ compiler: inout RuleCompiler) throws(LexiconError) {
    if let problem = Self.problem(ofSlotsIn: rule) { throw problem }
    if let twin = ruleNames[rule.name].map({ rules[$0] }) {
      throw LexiconError(
        file: rule.file, line: rule.line,
        reason: "a rule '\(rule.name)' stands already at \(twin.file):\(twin.line); rename one of them")
    }
    let compiled = try compiler.compile(rule)
    ruleNames[rule.name] = rules.count
    rules.append(compiled)
  }

  /// A fact is an object with a member for each slot, beside its own; a member may stand once in it.
  private static func problem(ofSlotsIn rule: RuleSource) -> LexiconError? {
    var taken: Set<String> = ["id", "kind", "evidence", "document", "sentence"]
    for (slot, _) in rule.slots where !taken.insert(slot).inserted {
      let stands = rule.slots.filter { $0.slot == slot }.count > 1 ? "stands twice" : "is a member of every fact"
      return LexiconError(
        file: rule.file, line: rule.givesLine, reason: "the slot '\(slot)' \(stands); give it another name")
    }
    return nil
  }

  /// The class of names of a subtype that stages ask for by its name.
  static let subtypesOfStages: Set<String> = ["sub-country", "sub-media"]

  /// Makes classes only of those subtypes of names that stages or the rules of a file ask for (`<sub-party>`); to be called
  /// before lists are added.
  mutating func keepSubtypes(namedIn rules: [UInt8]) {
    var kept = askedSubtypes ?? Self.subtypesOfStages
    let isName: (UInt8) -> Bool = { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-") }
    for word in rules.split(whereSeparator: { !isName($0) }) where word.starts(with: "sub-".utf8) {
      kept.insert(String(decoding: word, as: UTF8.self))
    }
    askedSubtypes = kept
  }

  /// Adds one list.
  public mutating func add(bytes: [UInt8], path: String) throws(LexiconError) {
    try add(ListFile(parsing: bytes, path: path))
  }

  /// Gives the names of a list and its columns, which are read at every start, and the texts of a list of words, which stages
  /// read when they are made, places before all others that follow: what lies side by side is soon read.
  mutating func prepare(_ list: ListFile) {
    for name in [list.path, Self.table(of: list)] + list.columns + Self.keptNameColumns { _ = strings.id(name) }
    preparedTexts = strings.count
    guard list.column("form") != nil, list.directives["table"] != "words" else { return }
    list.text.withUnsafeBufferPointer { text in
      for row in 0..<list.count {
        for column in list.columns.indices { _ = strings.id(Bytes(rebasing: text[list.range(row, column)])) }
      }
    }
    preparedTexts = strings.count
  }

  mutating func add(_ list: ListFile) throws(LexiconError) {
    if let problem = list.problems.first { throw problem }
    if list.directives["table"] == "words" {
      try addStatistics(list)
    } else if list.column("name") != nil {
      try addNames(list)
    } else if let column = list.column("form") ?? list.column("part") {
      try addForms(list, column)
    } else {
      throw LexiconError(
        file: list.path, line: list.headerLine,
        reason: "the header has neither a 'name' column (a list of names) nor a 'form' column (a list of words)")
    }
    if roots.count + (base?.words ?? 0) > FoundWord.maximumWords || Int(stateCount) > FoundWord.maximumNodes {
      throw LexiconError(
        file: list.path,
        reason:
          "with this list there are more words or phrases than \(FoundWord.maximumWords); leave some of them out")
    }
    if let collision {
      throw LexiconError(
        file: list.path,
        reason: "the words '\(collision)' and another one have the same hash; change the spelling of one")
    }
  }

  /// The name under which stages find a list: its `#! table=`, else "names", else the name of its file.
  static func table(of list: ListFile) -> String {
    list.directives["table"] ?? (list.column("name") != nil ? "names" : stem(list.path))
  }

  /// Makes the classes that a list names, and adds nothing of it: of a list with faults rules may still ask for them.
  mutating func declareClasses(of list: ListFile) {
    guard let (column, prefix) = Self.classColumn(of: list) else { return }
    var names: Set<String> = [list.directives[column] ?? ""]
    if let index = list.column(column) { for row in 0..<list.count { names.insert(list.cell(row, index)) } }
    for name in names.flatMap({ $0.split(separator: " ") }).sorted() { _ = classID("\(prefix)\(name)") }
  }

  /// The column, or directive, of a list that names the classes of its words, and what stands before their names; nil for a
  /// list of names.
  static func classColumn(of list: ListFile) -> (name: String, prefix: String)? {
    if list.column("name") != nil { return nil }
    return list.column("form") == nil && list.column("part") != nil ? ("kind", "part-") : ("class", "")
  }

  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".tsv") ? String(name.dropLast(4)) : name
  }

  // MARK: Words and classes

  mutating func classID(_ name: String) -> Int {
    if let i = classIndex[name] { return i }
    classIndex[name] = classes.count
    classes.append(name)
    return classes.count - 1
  }

  private var knownWords: Int { base?.words ?? 0 }

  private mutating func word(hash: UInt64, check: UInt64, _ text: Bytes) -> UInt32 {
    if let base {
      let known = base.word(hash: hash)
      if known != 0 { return known }
    }
    if let id = vocabulary[hash] {
      if wordChecks[Int(id) - knownWords] != check { collision = String(decoding: text, as: UTF8.self) }
      return id
    }
    let id = UInt32(wordChecks.count + knownWords)
    vocabulary.insert(hash, id)
    wordChecks.append(check)
    roots.append(0)
    firstClasses.append(ClassSet())
    return id
  }

  /// Fills `wordIDs` with the words of a form; hyphens and dots are left out, as the matcher passes over them in the text.
  mutating func readWords(_ form: Bytes) {
    formBytes.removeAll(keepingCapacity: true)
    formBytes.append(contentsOf: form)
    tokenizer.tokenize(formBytes, into: &tokens)
    wordIDs.removeAll(keepingCapacity: true)
    for i in 0..<tokens.count {
      if LexiconMatcher.isSkippable(tokens.kind[i]), tokens.count > 1 { continue }
      let text = Bytes(rebasing: form[Int(tokens.start[i])..<Int(tokens.end[i])])
      let hash = tokens.hash[i] != 0 ? tokens.hash[i] : WordHash.folded(text.baseAddress!, text.count)
      wordIDs.append(word(hash: hash, check: Self.check(text), text))
    }
  }

  /// A sum of the lower-cased bytes that has nothing in common with `WordHash`.
  private static func check(_ text: Bytes) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text {
      if byte >= 0x80 { return checkBeyondASCII(text) }
      sum = (sum ^ UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)) &* 0x100_0000_01B3
    }
    return sum
  }

  private static func checkBeyondASCII(_ text: Bytes) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      sum = (sum ^ UInt64(CaseFolding.lower(scalar).value)) &* 0x100_0000_01B3
    }
    return sum
  }

  // MARK: Rows

  mutating func addRow(_ set: ClassSet, info: UInt16, line: UInt32, name: UInt32, key: UInt32) -> UInt32 {
    rowClasses.append(set)
    rowInfo.append(info)
    rowLine.append(line)
    rowName.append(name)
    rowKey.append(key)
    return UInt32(rowInfo.count - 1)
  }

  /// Records a list of which rows from `first` on have come, with those of its columns that are kept.
  mutating func finish(_ list: ListFile, first: Int, isNames: Bool, _ kept: [(name: String, values: [UInt32])]) {
    files += [
      strings.id(list.path), strings.id(Self.table(of: list)), isNames ? 1 : 0, UInt32(columns.count / 3),
      UInt32(kept.count), UInt32(first), UInt32(rowInfo.count - first),
    ]
    for (name, values) in kept {
      // A column whose cells are all the same is stored as one: sources, labels, countries.
      let constant = values.allSatisfy { $0 == values[0] }
      columns += [strings.id(name), constant ? 1 : 0, constant ? values.first ?? 0 : UInt32(cells.count)]
      if !constant { cells += values }
    }
  }

  private mutating func addForms(_ list: ListFile, _ formColumn: Int) throws(LexiconError) {
    // Of person parts only the classes are read; their other columns would be half the image.
    let isPart = list.columns[formColumn] == "part"
    let keptColumns = isPart ? [] : list.columns.indices.filter { $0 != formColumn }
    var kept = keptColumns.map { (name: list.columns[$0], values: [UInt32]()) }
    let classColumn = list.column(isPart ? "kind" : "class")
    // A column of that name in another list of words is that list's own.
    let flagColumn = isPart ? list.column("flags") : nil
    let matches = list.directives["match"] != "no"
    let defaults = list.directives[isPart ? "kind" : "class"] ?? ""
    // Whatever classes a list gives them: dates and numbers are looked for only where one of these words stands.
    let table = Self.table(of: list)
    let roleColumn = list.column("role")
    let first = rowInfo.count
    var sets: [UInt32: ClassSet] = [:]
    for row in 0..<list.count {
      try list.text.withUnsafeBufferPointer { (text) throws(LexiconError) in
        let form = Bytes(rebasing: text[list.range(row, formColumn)])
        guard !form.isEmpty else {
          throw list.problem(row, column: formColumn, "the form is empty; write the words or delete the line")
        }
        let classKey = classColumn.map { strings.id(Bytes(rebasing: text[list.range(row, $0)])) } ?? 0
        let set: ClassSet
        if let known = sets[classKey] {
          set = known
        } else {
          let names = classKey == 0 ? defaults : strings.string(classKey)
          set = try classSet(names, prefix: isPart ? "part-" : "", list, row)
          sets[classKey] = set
        }
        var flags = NameFlags()
        if let flagColumn {
          flags = try self.flags(Bytes(rebasing: text[list.range(row, flagColumn)]), list, row, flagColumn)
        }
        let id = strings.id(form)
        let entry = addRow(
          set, info: UInt16(truncatingIfNeeded: flags.rawValue) << 2, line: list.lines[row], name: id, key: 0)
        for (k, c) in keptColumns.enumerated() {
          kept[k].values.append(strings.id(Bytes(rebasing: text[list.range(row, c)])))
        }
        if matches {
          try addPhrase(form, id, entry, flags, list, row)
          if !isPart { listedWords.formUnion(wordIDs) }
          let role = roleColumn.map { list.cell(row, $0) } ?? ""
          if CalendarVocabulary.mayStart(table: table, role: role), let first = wordIDs.first {
            calendarWords.insert(first)
          }
        }
      }
    }
    finish(list, first: first, isNames: false, kept)
  }

  mutating func classSet(_ names: String, prefix: String, _ list: ListFile, _ row: Int) throws(LexiconError)
    -> ClassSet
  {
    var set = ClassSet()
    for name in names.split(separator: " ") {
      let index = classID(prefix + name)
      guard index < ClassSet.capacity else {
        throw list.problem(
          row, "class '\(name)' is one too many; \(ClassSet.capacity) classes are possible, reuse one of the others")
      }
      set = set.union(ClassSet(index: index))
    }
    return set
  }

  /// Columns of names that are kept in the image; the others are there already as forms, flags and key.
  static let keptNameColumns = ["label", "subtype", "country", "parent", "xref", "source"]

  /// Where a list of names has what the compiler reads.
  struct NameColumns {
    let name, id, flags, aliases: Int?

    init(_ list: ListFile) {
      name = list.column("name")
      id = list.column("id")
      flags = list.column("flags")
      aliases = list.column("aliases")
    }
  }

  // MARK: Statistics

  /// Adds counts of words: `form lower capital`, and the word classes of the small (`c96 c400`), the
  /// capitalised (`c96c c400c`) and the all-caps form (`c96a c400a`).
  private mutating func addStatistics(_ list: ListFile) throws(LexiconError) {
    guard base == nil else {
      throw LexiconError(file: list.path, reason: "statistics of words cannot be added; add lists of names or words")
    }
    guard let form = list.column("form") else {
      throw LexiconError(file: list.path, line: list.headerLine, reason: "the header has no 'form' column; write it")
    }
    let counts = [list.column("lower"), list.column("capital")]
    let clusters = ["c96", "c400", "c96c", "c400c", "c96a", "c400a"].map { list.column($0) }
    for row in 0..<list.count {
      list.text.withUnsafeBufferPointer { readWords(Bytes(rebasing: $0[list.range(row, form)])) }
      guard wordIDs.count == 1 else { continue }
      let word = Int(wordIDs[0])
      let lower = try number(list, row, counts[0])
      let capital = try number(list, row, counts[1])
      while wordCase.count <= word { wordCase.append(0) }
      while wordClusters.count < (word + 1) * Self.clusterColumns { wordClusters.append(0) }
      if lower + capital > 0 { wordCase[word] = UInt8(1 + (capital * 6 + (lower + capital) / 2) / (lower + capital)) }
      for (k, column) in clusters.enumerated() {
        wordClusters[word * Self.clusterColumns + k] = UInt16(truncatingIfNeeded: try number(list, row, column))
      }
    }
  }

  private func number(_ list: ListFile, _ row: Int, _ column: Int?) throws(LexiconError) -> Int {
    guard let column else { return 0 }
    var value = 0
    for byte in list.text[list.range(row, column)] {
      guard byte >= 0x30, byte <= 0x39, value < 1 << 40 else {
        throw list.problem(row, column: column, "'\(list.cell(row, column))' is not a count; write digits")
      }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }
}
