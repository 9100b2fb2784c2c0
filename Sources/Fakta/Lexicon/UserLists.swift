import CFaktaICU

/// The files that a user adds to the built-in lists, compiled in memory.
///
///     # tokoh.txt, with --add-label PER
///     Budi Santoso
///     !Garuda
///
/// - A list with a header row (`name …` or `form …`) is read like a built-in one.
/// - Any other file is one name per line, with the label of `--add-label` or of a line `#! label=PER`.
/// - A file `*.rules` holds rules.
/// - A line `!name` takes a built-in name away: all forms of an entry when it is the entry's canonical name or its id, else
///   the one alias. A word that is no name is taken out of the word lists.
///
/// The user wins: a form of the user hides the built-in names that are written the same, and an entry with a built-in id
/// replaces that entry. Between forms of different lengths the longest match decides, whoever wrote it.
///
/// **Errors.** `LexiconError` with file, line and remedy. **Cost.** About 1 µs per form.
struct UserLists {
  struct Removal {
    var name: String
    var file: String
    var line: Int
  }

  private let label: EntityLabel?
  private(set) var lists: [ListFile] = []
  private(set) var removals: [Removal] = []
  private(set) var rules: [(path: String, bytes: [UInt8])] = []
  /// Faults of the files that were read.
  private(set) var problems: [LexiconError] = []
  /// What may not be meant.
  private(set) var warnings: [LexiconError] = []

  init(label: EntityLabel?) { self.label = label }

  /// Reads one file of the user.
  mutating func add(path: String) throws(LexiconError) { try add(bytes: try FileIO.read(path), path: path) }

  mutating func add(bytes: [UInt8], path: String) throws(LexiconError) {
    read(bytes, path: path)
    if let problem = problems.first { throw problem }
  }

  /// Reads one file with all its faults.
  mutating func read(_ bytes: [UInt8], path: String) {
    if path.hasSuffix(".rules") {
      rules.append((path, Self.withoutMark(bytes)))
      return
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      problems.append(LexiconError(file: path, reason: "is not valid UTF-8; save it as UTF-8"))
      return
    }
    var text = Self.lines(Self.withPlainApostrophes(Self.normalized(bytes)))
    let removed = removals.count
    takeRemovals(&text, path)
    guard let first = text.firstIndex(where: { !$0.isEmpty && $0.first != 0x23 }) else {
      if removals.count == removed {
        warnings.append(LexiconError(file: path, reason: "holds no entry; write one per line, or leave the file out"))
      }
      return
    }
    let header = text[first].split(separator: 0x09)
    let isList = header.contains { ["name", "form", "part"].contains(String(decoding: $0, as: UTF8.self)) }
    var list =
      isList ? ListFile(parsing: Array(text.joined(separator: [0x0A])), path: path) : plainList(text, path)
    if list.directives["label"] == nil { list.directives["label"] = label.map { "\($0.code)" } }
    check(list, first: first + 1)
    lists.append(list)
  }

  /// Notes what is wrong with a list as a whole; `first` is the line where its header or first name stands.
  private mutating func check(_ list: ListFile, first: Int) {
    problems += list.problems + list.directiveProblems + list.classNameProblems
    warnings += list.columnProblems
    if list.count == 0, list.headerLine > 0 {
      warnings.append(
        LexiconError(file: list.path, line: first, reason: "no row stands below the header; write one per line"))
    }
    let isPlain = list.headerLine == 0
    if isPlain, let line = list.directiveLines["class"] {
      problems.removeAll { $0.file == list.path && $0.line == line }
      problems.append(
        LexiconError(
          file: list.path, line: first,
          reason: "a list of words has a header row; write the line 'form' above this one"))
    } else if list.column("name") != nil, list.column("label") == nil, list.directives["label"] == nil {
      problems.append(
        LexiconError(
          file: list.path, line: first,
          reason:
            "these names have no label; give --add-label PER, LOC or ORG, or begin the file with the line: #! label=PER"
        ))
    }
  }

  /// Lists of words that nothing can ask for: they give no class, and no stage reads a list of their name.
  func problemsOfClasses(over base: LexiconData) -> [LexiconError] {
    let tables = Set(base.files.map(\.table))
    // A directive that nobody reads was meant for one.
    let without = lists.filter { list in
      let table = LexiconCompiler.table(of: list)
      return !list.hasClasses && list.directiveProblems.isEmpty && table != "words" && !tables.contains(table)
    }
    return without.map { list in
      if list.column("form") == nil { return ListChecker.noKind(list) }
      return LexiconError(
        file: list.path, line: list.headerLine,
        reason: "these words have no class, by which rules ask for them; write a line #! class=NAME above the header, "
          + "or a column 'class'")
    }
  }

  /// The built-in lists with these laid over them.
  func lexicon(over base: LexiconData) throws(LexiconError) -> Lexicon {
    var compiler = LexiconCompiler(over: base)
    for list in lists { try compiler.add(list) }
    if let problem = problemsOfClasses(over: base).first { throw problem }
    for file in rules { try compiler.addRules(bytes: file.bytes, path: file.path) }
    let lexicon = try lay(compiler, over: base)
    if let problem = lexicon.problemsOfRules().first { throw problem }
    return lexicon
  }

  /// The built-in lists with what was compiled laid over them.
  func lay(_ compiler: LexiconCompiler, over base: LexiconData) throws(LexiconError) -> Lexicon {
    let user = LexiconData(image: try LexiconImage(bytes: compiler.image(), source: "--add"))
    var overlay = LexiconOverlay(base: base)
    for covered in compiler.covered { overlay.hide(at: covered.state, table: covered.table, names: covered.isName) }
    overlay.hideEntries(ids: compiler.explicitIDs)
    var notices = warnings
    for removal in removals where !overlay.remove(removal.name) {
      notices.append(
        LexiconError(
          file: removal.file, line: removal.line,
          reason:
            "'!\(removal.name)' removes nothing: no built-in list has it; fakta gazetteer lookup shows what is there"))
    }
    overlay.apply(user: user)
    let lexicon = Lexicon(base: base, user: user)
    lexicon.notices = notices
    lexicon.removed = removals.map { $0.name + "\n" }.joined()
    return lexicon
  }

  private mutating func takeRemovals(_ text: inout [ArraySlice<UInt8>], _ path: String) {
    for i in text.indices where text[i].first == 0x21 {
      let name = Self.trimmed(text[i].dropFirst())
      if !name.isEmpty {
        removals.append(Removal(name: String(decoding: name, as: UTF8.self), file: path, line: i + 1))
      }
      // An empty line keeps the numbers of the others.
      text[i] = []
    }
  }

  /// A file of one name per line, as a list.
  private mutating func plainList(_ text: [ArraySlice<UInt8>], _ path: String) -> ListFile {
    var names: [(line: Int, name: [UInt8])] = []
    for (i, line) in text.enumerated() where !line.isEmpty && line.first != 0x23 {
      if let tab = line.firstIndex(of: 0x09) {
        problems.append(
          LexiconError(
            file: path, line: i + 1, column: tab - line.startIndex + 1,
            reason:
              "a tab in a file of one name per line; a table begins with its header row, such as: name, aliases, flags")
        )
        break
      }
      if names.isEmpty, Self.isHeader(line) {
        problems.append(
          LexiconError(
            file: path, line: i + 1,
            reason: "this header row and the rows below it have no tabs; separate columns by one tab"))
        break
      }
      let name = Self.trimmed(line)
      if !name.isEmpty { names.append((i + 1, Array(name))) }
    }
    var list = ListFile(names: names, path: path)
    for (i, line) in text.enumerated() where line.starts(with: [0x23, 0x21]) {
      if let problem = list.readDirective(String(decoding: line.dropFirst(2), as: UTF8.self), i + 1) {
        problems.append(problem)
      }
    }
    return list
  }

  /// The bytes without a byte order mark.
  private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
  }

  /// Whether the line is a header row whose columns are parted by commas or spaces: `name,aliases`.
  private static func isHeader(_ line: ArraySlice<UInt8>) -> Bool {
    let columns = line.split { $0 == 0x2C || $0 == 0x3B || $0 == 0x20 }.map { String(decoding: $0, as: UTF8.self) }
    return columns.count > 1 && columns.contains { ["name", "form"].contains($0) }
      && columns.allSatisfy { (ListFile.nameColumns + ["form", "class", "kind"]).contains($0) }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while line.first == 0x20 { line = line.dropFirst() }
    while line.last == 0x20 { line = line.dropLast() }
    return line
  }

  /// The lines without their ends; a user's editor may write CR LF and a byte order mark.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    return text.split(separator: 0x0A, omittingEmptySubsequences: false).map { $0.last == 0x0D ? $0.dropLast() : $0 }
  }

  /// The text with `'` for the typographic apostrophes between two letters (`Ma’ruf`), as the pipeline writes the article.
  private static func withPlainApostrophes(_ bytes: [UInt8]) -> [UInt8] {
    func isLetter(_ i: Int) -> Bool {
      bytes.indices.contains(i) && (bytes[i] >= 0x80 || bytes[i] | 0x20 >= 0x61 && bytes[i] | 0x20 <= 0x7A)
    }
    let apostrophes: [[UInt8]] = ["\u{2018}", "\u{2019}", "\u{B4}", "\u{2BC}"].map { Array("\($0)".utf8) }
    guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      let found = bytes[i] < 0x80 ? nil : apostrophes.first { bytes[i...].starts(with: $0) }
      if let found, isLetter(i - 1), isLetter(i + found.count) {
        out.append(0x27)
        i += found.count
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    return out
  }

  /// The text in NFC, as the pipeline writes the article.
  private static func normalized(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { buffer in
      guard let p = buffer.baseAddress, fk_nfc_span(p, Int64(buffer.count)) < Int64(buffer.count) else { return bytes }
      var size = Int64(buffer.count) * 3 + 16
      var out = [UInt8](repeating: 0, count: Int(size))
      size = fk_nfc(p, Int64(buffer.count), &out, size)
      return size >= 0 ? Array(out[0..<Int(size)]) : bytes
    }
  }
}
