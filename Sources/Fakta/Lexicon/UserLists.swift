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
  private var lists: [ListFile] = []
  private(set) var removals: [Removal] = []
  private(set) var rules: [(path: String, bytes: [UInt8])] = []

  init(label: EntityLabel?) { self.label = label }

  /// Reads one file of the user.
  mutating func add(path: String) throws(LexiconError) { try add(bytes: try FileIO.read(path), path: path) }

  mutating func add(bytes: [UInt8], path: String) throws(LexiconError) {
    if path.hasSuffix(".rules") {
      rules.append((path, Self.withoutMark(bytes)))
      return
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw LexiconError(file: path, reason: "is not valid UTF-8; save it as UTF-8")
    }
    var text = Self.lines(Self.withPlainApostrophes(Self.normalized(bytes)))
    takeRemovals(&text, path)
    guard let first = text.firstIndex(where: { !$0.isEmpty && $0.first != 0x23 }) else { return }
    let header = text[first].split(separator: 0x09)
    let isList = header.contains { ["name", "form", "part"].contains(String(decoding: $0, as: UTF8.self)) }
    var list =
      isList ? ListFile(parsing: Array(text.joined(separator: [0x0A])), path: path) : try Self.plainList(text, path)
    if list.directives["label"] == nil { list.directives["label"] = label.map { "\($0.code)" } }
    if list.column("name") != nil, list.column("label") == nil, list.directives["label"] == nil {
      throw LexiconError(
        file: path, line: first + 1,
        reason:
          "these names have no label; give --add-label PER, LOC or ORG, or begin the file with the line: #! label=PER")
    }
    lists.append(list)
  }

  /// The built-in lists with these laid over them.
  func lexicon(over base: LexiconData) throws(LexiconError) -> Lexicon {
    var compiler = LexiconCompiler(over: base)
    for list in lists { try compiler.add(list) }
    for file in rules { try compiler.addRules(bytes: file.bytes, path: file.path) }
    let user = LexiconData(image: try LexiconImage(bytes: compiler.image(), source: "--add"))
    var overlay = LexiconOverlay(base: base)
    for covered in compiler.covered { overlay.hide(at: covered.state, table: covered.table, names: covered.isName) }
    overlay.hideEntries(ids: compiler.explicitIDs)
    var notices: [LexiconError] = []
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
    for rules in [lexicon.rules, lexicon.nameRules, lexicon.dateRules] {
      if let problem = rules.problems(in: lexicon).first { throw problem }
    }
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

  private static func plainList(_ text: [ArraySlice<UInt8>], _ path: String) throws(LexiconError) -> ListFile {
    var names: [(line: Int, name: [UInt8])] = []
    for (i, line) in text.enumerated() where !line.isEmpty && line.first != 0x23 {
      if let tab = line.firstIndex(of: 0x09) {
        throw LexiconError(
          file: path, line: i + 1, column: tab - line.startIndex + 1,
          reason:
            "a tab in a file of one name per line; a table begins with its header row, such as: name, aliases, flags")
      }
      let name = trimmed(line)
      if !name.isEmpty { names.append((i + 1, Array(name))) }
    }
    var list = ListFile(names: names, path: path)
    for (i, line) in text.enumerated() where line.starts(with: [0x23, 0x21]) {
      if let problem = list.readDirective(String(decoding: line.dropFirst(2), as: UTF8.self), i + 1) { throw problem }
    }
    return list
  }

  /// The bytes without a byte order mark.
  private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
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
      let found = apostrophes.first { bytes[i...].starts(with: $0) }
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
