/// Turns lists into a compiled image: one vocabulary, one phrase tree, the rows as columns.
///
///     var compiler = LexiconCompiler()
///     try compiler.add(ListFile(parsing: bytes, path: "id/units.tsv"))
///     let image = compiler.image()
///
/// The same lists in the same order give the same bytes.
///
/// **Errors.** `LexiconError` with file, line and remedy; nothing is guessed.
///
/// **Cost.** About 1 µs per form.
public struct LexiconCompiler {
  // Vocabulary
  private var wordOf: [UInt64: UInt32] = [:]
  private var wordStrings: [UInt32] = [0]
  private var wordLow: [UInt64] = [0]
  private var wordHigh: [UInt64] = [0]
  private var wordCase: [UInt8] = [0]
  private var wordClusters = [UInt16](repeating: 0, count: LexiconCompiler.clusterColumns)
  // Strings
  private var stringOf: [String: UInt32] = ["": 0]
  private var stringBytes: [UInt8] = []
  private var stringOffsets: [UInt32] = [0, 0]
  // Tree: node 0 is "none", node 1 the root
  private var steps: [UInt64: UInt32] = [:]
  private var stateCount: UInt32 = 2
  private var payload: [(state: UInt32, entry: UInt32, flags: UInt32, form: UInt32)] = []
  // Entries
  private var entryClasses: [ClassSet] = []
  private var entryInfo: [UInt32] = []
  private var entryLine: [UInt32] = []
  private var entryName: [UInt32] = []
  private var entryKey: [UInt32] = []
  private var cells: [UInt32] = []
  private var files: [UInt32] = []
  private var columnNames: [UInt32] = []
  private var classes: [String] = []
  private var classIndex: [String: Int] = [:]
  private var idPlaces: [String: (String, Int)] = [:]
  private var extra: [(String, [UInt8])] = []
  private var rules: [CompiledRule] = []
  private var ruleNames: [String: Int] = [:]

  private let tokenizer = Tokenizer()
  private var tokens = TokenTable()

  /// Word classes per word: two granularities for three ways to write it.
  static let clusterColumns = 6

  public init() {
    for name in ["name-per", "name-loc", "name-org"] { _ = classID(name) }
  }

  /// Adds a section that a stage keeps for itself, such as the tagger's weights.
  public mutating func addSection(_ name: String, _ bytes: [UInt8]) { extra.append((name, bytes)) }

  /// Adds the rules of one file, compiled.
  ///
  /// - Throws: `LexiconError` for the first rule that cannot be read or has no bounded automaton.
  public mutating func addRules(bytes: [UInt8], path: String) throws(LexiconError) {
    let file = try RuleFile(parsing: bytes, path: path)
    var compiler = RuleCompiler()
    // Frequent words have small ids, since the statistics come first.
    let words = wordOf
    compiler.rank = { words[$0] ?? 0 }
    for rule in file.rules {
      if let twin = ruleNames[rule.name].map({ rules[$0] }) {
        throw LexiconError(
          file: path, line: rule.line, reason: "a rule '\(rule.name)' stands already at \(twin.file):\(twin.line); rename one of them")
      }
      ruleNames[rule.name] = rules.count
      rules.append(try compiler.compile(rule))
    }
  }

  private mutating func classID(_ name: String) -> Int {
    if let i = classIndex[name] { return i }
    classIndex[name] = classes.count
    _ = intern(name)
    classes.append(name)
    return classes.count - 1
  }

  private mutating func intern(_ text: String) -> UInt32 {
    if let id = stringOf[text] { return id }
    let id = UInt32(stringOffsets.count - 1)
    stringBytes.append(contentsOf: text.utf8)
    stringOffsets.append(UInt32(stringBytes.count))
    stringOf[text] = id
    return id
  }

  private mutating func word(hash: UInt64, _ bytes: ArraySlice<UInt8>) -> UInt32 {
    if let id = wordOf[hash] { return id }
    let id = UInt32(wordStrings.count)
    wordOf[hash] = id
    wordStrings.append(intern(Self.lowered(bytes)))
    wordLow.append(0)
    wordHigh.append(0)
    wordCase.append(0)
    wordClusters.append(contentsOf: repeatElement(0, count: Self.clusterColumns))
    return id
  }

  private static func lowered(_ bytes: ArraySlice<UInt8>) -> String {
    var out = String.UnicodeScalarView()
    for s in String(decoding: bytes, as: UTF8.self).unicodeScalars { out.append(CaseFolding.lower(s)) }
    return String(out)
  }

  /// The vocabulary ids of a form; hyphens and dots are left out, as the matcher passes over them in the text.
  private mutating func wordIDs(_ form: String) -> [UInt32] {
    let bytes = Array(form.utf8)
    tokenizer.tokenize(bytes, into: &tokens)
    var ids: [UInt32] = []
    for i in 0..<tokens.count {
      if LexiconMatcher.isSkippable(tokens.kind[i]), tokens.count > 1 { continue }
      let slice = bytes[Int(tokens.start[i])..<Int(tokens.end[i])]
      let hash = tokens.hash[i] != 0 ? tokens.hash[i] : WordHash.folded(Array(slice), slice.count)
      ids.append(word(hash: hash, slice))
    }
    return ids
  }

  /// Adds one list.
  public mutating func add(bytes: [UInt8], path: String) throws(LexiconError) {
    try add(ListFile(parsing: bytes, path: path))
  }

  mutating func add(_ file: ListFile) throws(LexiconError) {
    if file.directives["table"] == "words" {
      try addStatistics(file)
      return
    }
    let isNames = file.column("name") != nil
    guard isNames || file.column("form") != nil || file.column("part") != nil else {
      throw LexiconError(
        file: file.path, line: 0,
        reason: "the header has neither a 'name' column (a list of names) nor a 'form' column (a list of words)")
    }
    let columns = isNames ? Self.nameColumns : file.columns
    let table = file.directives["table"] ?? (isNames ? "names" : Self.stem(file.path))
    files += [
      intern(file.path), intern(table), isNames ? 1 : 0, UInt32(columnNames.count), UInt32(columns.count),
      UInt32(entryInfo.count), UInt32(file.rows.count), UInt32(cells.count),
    ]
    for column in columns { columnNames.append(intern(column)) }
    for row in file.rows {
      if isNames { try addName(file, row) } else { try addForm(file, row) }
    }
  }

  static let nameColumns = ["id", "name", "label", "subtype", "aliases", "country", "parent", "xref", "flags", "source"]

  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".tsv") ? String(name.dropLast(4)) : name
  }

  private mutating func addForm(_ file: ListFile, _ row: (line: Int, cells: [String])) throws(LexiconError) {
    let isPart = file.column("part") != nil
    let form = file.value(row.cells, isPart ? "part" : "form")
    guard !form.isEmpty else {
      throw LexiconError(file: file.path, line: row.line, reason: "the form is empty; write the words or delete the line")
    }
    var set = ClassSet()
    for name in file.value(row.cells, isPart ? "kind" : "class").split(separator: " ") {
      let index = classID(isPart ? "part-\(name)" : String(name))
      guard index < ClassSet.capacity else {
        throw LexiconError(
          file: file.path, line: row.line,
          reason: "class '\(name)' is one too many; \(ClassSet.capacity) classes are possible, reuse one")
      }
      set = set.union(ClassSet(index: index))
    }
    let entry = addEntry(set, info: 0, line: row.line, name: intern(form), key: 0)
    for (c, _) in file.columns.enumerated() { cells.append(intern(row.cells[c])) }
    guard file.directives["match"] != "no" else { return }
    try addPhrase(form, entry, NameFlags(), set, file, row.line)
  }

  private mutating func addEntry(_ set: ClassSet, info: UInt32, line: Int, name: UInt32, key: UInt32) -> UInt32 {
    entryClasses.append(set)
    entryInfo.append(info)
    entryLine.append(UInt32(line))
    entryName.append(name)
    entryKey.append(key)
    return UInt32(entryInfo.count - 1)
  }

  private mutating func addName(_ file: ListFile, _ row: (line: Int, cells: [String])) throws(LexiconError) {
    func fail(_ reason: String) -> LexiconError { LexiconError(file: file.path, line: row.line, reason: reason) }
    let name = file.value(row.cells, "name")
    guard !name.isEmpty else { throw fail("the name is empty; write it or delete the line") }
    let code = file.value(row.cells, "label")
    guard let label = EntityLabel(code: code) else {
      throw fail("label '\(code)' is unknown; write PER, LOC or ORG, or set #! label= for the file")
    }
    let flags = try Self.flags(file.value(row.cells, "flags"), file.path, row.line)
    var id = file.column("id").map { row.cells[$0] } ?? ""
    if id.isEmpty { id = "\(file.directives["id"] ?? Self.stem(file.path)):\(Self.slug(name))" }
    if let (path, line) = idPlaces[id] {
      throw fail("id '\(id)' stands already at \(path):\(line); give one of them another id, or merge the lines")
    }
    idPlaces[id] = (file.path, row.line)
    // "sub-media", "sub-country": what kind of thing the name is, for stages and rules.
    let subtype = file.value(row.cells, "subtype")
    var set = ClassSet(index: Int(label.rawValue) - 1)
    if !subtype.isEmpty { set = set.union(ClassSet(index: classID("sub-\(subtype)"))) }
    let entry = addEntry(
      set, info: UInt32(label.rawValue) | flags.rawValue << 8, line: row.line, name: intern(name), key: intern(id))
    for column in Self.nameColumns {
      cells.append(intern(column == "id" ? id : file.value(row.cells, column)))
    }
    try addPhrase(name, entry, flags, set, file, row.line)
    for part in file.value(row.cells, "aliases").split(separator: "|", omittingEmptySubsequences: true) {
      let pieces = part.split(separator: "~", maxSplits: 1)
      guard let form = pieces.first, !form.isEmpty else { throw fail("an alias is empty; write alias|alias") }
      let own = pieces.count > 1 ? try Self.flags(String(pieces[1]), file.path, row.line) : []
      // The flags of an entry speak of its name; an alias has its own, or none.
      try addPhrase(String(form), entry, own.union(.alias).union(flags.intersection([.historic, .foreign])), set, file, row.line)
    }
  }

  static func flags(_ text: String, _ file: String, _ line: Int) throws(LexiconError) -> NameFlags {
    var out = NameFlags()
    for name in text.split(separator: ",") {
      let trimmed = String(name.filter { $0 != " " })
      guard let flag = NameFlags.byName[trimmed] else {
        throw LexiconError(
          file: file, line: line,
          reason: "flag '\(trimmed)' is unknown; flags are \(NameFlags.byName.keys.sorted().joined(separator: ", "))")
      }
      out.insert(flag)
    }
    return out
  }

  /// Lower-case ASCII letters and digits of `name`, other runs as one hyphen.
  static func slug(_ name: String) -> String {
    var out = ""
    for scalar in name.unicodeScalars {
      let lower = CaseFolding.lower(scalar)
      if lower.isASCII, lower.properties.isAlphabetic || (lower >= "0" && lower <= "9") {
        out.unicodeScalars.append(lower)
      } else if out.last != "-", !out.isEmpty {
        out.append("-")
      }
    }
    return out.last == "-" ? String(out.dropLast()) : out
  }

  private mutating func addPhrase(
    _ form: String, _ entry: UInt32, _ flags: NameFlags, _ set: ClassSet, _ file: ListFile, _ line: Int
  ) throws(LexiconError) {
    let ids = wordIDs(form)
    guard !ids.isEmpty else {
      throw LexiconError(file: file.path, line: line, reason: "'\(form)' has no word in it; write a word or delete it")
    }
    guard ids.count <= LexiconMatcher.longestPhrase else {
      throw LexiconError(
        file: file.path, line: line,
        reason: "'\(form)' has \(ids.count) words, \(LexiconMatcher.longestPhrase) are possible; shorten it")
    }
    var state: UInt32 = 1
    for id in ids {
      let key = UInt64(state) << 32 | UInt64(id)
      if let next = steps[key] {
        state = next
      } else {
        steps[key] = stateCount
        state = stateCount
        stateCount += 1
      }
    }
    if ids.count == 1 {
      wordLow[Int(ids[0])] |= set.low
      wordHigh[Int(ids[0])] |= set.high
    }
    payload.append((state, entry, flags.rawValue, intern(form)))
  }

  /// Adds counts of words: `form lower capital`, and the word classes of the small (`c96 c400`), the
  /// capitalised (`c96c c400c`) and the all-caps form (`c96a c400a`).
  private mutating func addStatistics(_ file: ListFile) throws(LexiconError) {
    func number(_ row: (line: Int, cells: [String]), _ column: String) throws(LexiconError) -> Int {
      guard let c = file.column(column), !row.cells[c].isEmpty else { return 0 }
      guard let value = Int(row.cells[c]), value >= 0 else {
        throw LexiconError(file: file.path, line: row.line, reason: "\(column) '\(row.cells[c])' is not a count")
      }
      return value
    }
    for row in file.rows {
      let ids = wordIDs(file.value(row.cells, "form"))
      guard ids.count == 1 else { continue }
      let i = Int(ids[0])
      let lower = try number(row, "lower")
      let capital = try number(row, "capital")
      if lower + capital > 0 {
        wordCase[i] = UInt8(1 + (capital * 6 + (lower + capital) / 2) / (lower + capital))
      }
      for (k, column) in ["c96", "c400", "c96c", "c400c", "c96a", "c400a"].enumerated() {
        wordClusters[i * Self.clusterColumns + k] = UInt16(truncatingIfNeeded: try number(row, column))
      }
    }
  }

  /// The compiled image of everything added.
  public func image() -> [UInt8] {
    var writer = LexiconImageWriter()
    writer.add("STRINGS", bytes: stringBytes)
    writer.add("STROFF", stringOffsets)
    let (hashes, hashWords) = Self.table(wordOf.sorted { $0.value < $1.value }.map { ($0.key, $0.value) }) { $0 }
    writer.add("VHASH", hashes)
    writer.add("VWORD", hashWords)
    writer.add("WLOW", wordLow)
    writer.add("WHIGH", wordHigh)
    writer.add("WCASE", bytes: wordCase)
    writer.add("WCLUST", wordClusters)
    writer.add("WSTR", wordStrings)
    var roots = [UInt32](repeating: 0, count: wordStrings.count)
    var inner: [(UInt64, UInt32)] = []
    for (key, value) in steps {
      if key >> 32 == 1 { roots[Int(key & 0xFFFF_FFFF)] = value } else { inner.append((key, value)) }
    }
    inner.sort { $0.1 < $1.1 }
    let (keys, values) = Self.table(inner) { WordHash.mix($0) }
    writer.add("TROOT", roots)
    writer.add("TKEY", keys)
    writer.add("TVAL", values)
    addPayload(to: &writer)
    writer.add("ELOW", entryClasses.map(\.low))
    writer.add("EHIGH", entryClasses.map(\.high))
    writer.add("EINFO", entryInfo)
    writer.add("ELINE", entryLine)
    writer.add("ENAME", entryName)
    writer.add("EKEY", entryKey)
    writer.add("CELLS", cells)
    writer.add("FILES", files)
    writer.add("COLUMNS", columnNames)
    writer.add("CLASSES", classes.prefix(ClassSet.capacity).map { stringOf[$0]! })
    if !rules.isEmpty { writer.add(RuleImage.section, bytes: RuleImage.encode(rules)) }
    for (name, bytes) in extra { writer.add(name, bytes: bytes) }
    return writer.image()
  }

  private func addPayload(to writer: inout LexiconImageWriter) {
    // A stable order: by node, then as the lists came.
    let order = payload.indices.sorted { (payload[$0].state, $0) < (payload[$1].state, $1) }
    var starts = [UInt32](repeating: 0, count: Int(stateCount) + 1)
    var low = [UInt64](repeating: 0, count: Int(stateCount))
    var high = low
    for item in payload {
      starts[Int(item.state) + 1] += 1
      low[Int(item.state)] |= entryClasses[Int(item.entry)].low
      high[Int(item.state)] |= entryClasses[Int(item.entry)].high
    }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    writer.add("SPAY", starts)
    writer.add("SLOW", low)
    writer.add("SHIGH", high)
    writer.add("PENTRY", order.map { payload[$0].entry })
    writer.add("PFLAGS", order.map { payload[$0].flags })
    writer.add("PFORM", order.map { payload[$0].form })
  }

  /// An open-addressing table at half load: keys and values by slot; key 0 is an empty slot.
  private static func table(_ pairs: [(UInt64, UInt32)], hash: (UInt64) -> UInt64) -> ([UInt64], [UInt32]) {
    var size = 16
    while size < pairs.count * 2 { size *= 2 }
    var keys = [UInt64](repeating: 0, count: size)
    var values = [UInt32](repeating: 0, count: size)
    for (key, value) in pairs {
      var slot = Int(truncatingIfNeeded: hash(key)) & (size - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = key
      values[slot] = value
    }
    return (keys, values)
  }
}
