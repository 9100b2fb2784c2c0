/// A list as an author writes it: comments, directives, a header row, rows.
///
///     # comment
///     #! label=ORG
///     name ⇥ aliases ⇥ flags
///     Partai Golongan Karya ⇥ Golkar ⇥
///
/// **Errors.** `LexiconError` with file, line and remedy.
struct ListFile {
  let path: String
  var directives: [String: String] = [:]
  var columns: [String] = []
  /// Cells of each row, padded to the columns, with the 1-based line.
  var rows: [(line: Int, cells: [String])] = []

  /// A list without rows.
  init(path: String, columns: [String]) {
    self.path = path
    self.columns = columns
  }

  init(parsing text: [UInt8], path: String) throws(LexiconError) {
    self.path = path
    guard String(validating: text, as: UTF8.self) != nil else {
      throw LexiconError(file: path, reason: "is not valid UTF-8; save it as UTF-8")
    }
    var line = 0
    var at = 0
    while at < text.count {
      var end = at
      while end < text.count, text[end] != 0x0A { end += 1 }
      line += 1
      let bytes = text[at..<end]
      at = end + 1
      if bytes.last == 0x0D { throw LexiconError(file: path, line: line, reason: "line ends with CR; use LF line ends") }
      if bytes.isEmpty { continue }
      if bytes.first == 0x23 {
        if bytes.dropFirst().first == 0x21 { try readDirective(String(decoding: bytes.dropFirst(2), as: UTF8.self), line) }
        continue
      }
      var cells = bytes.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
      if columns.isEmpty {
        try readHeader(cells, line)
        continue
      }
      guard cells.count <= columns.count else {
        throw LexiconError(
          file: path, line: line,
          reason: "\(cells.count) columns, the header names \(columns.count); separate columns by one tab and leave empty ones empty")
      }
      while cells.count < columns.count { cells.append("") }
      for (c, cell) in cells.enumerated() where cell.first == " " || cell.last == " " {
        throw LexiconError(
          file: path, line: line, reason: "column '\(columns[c])' begins or ends with a space; remove it")
      }
      rows.append((line, cells))
    }
    if columns.isEmpty { throw LexiconError(file: path, reason: "has no header row; write the column names in one line") }
  }

  mutating func readDirective(_ text: String, _ line: Int) throws(LexiconError) {
    guard let equals = text.firstIndex(of: "=") else {
      throw LexiconError(file: path, line: line, reason: "directive without '='; write #! key=value")
    }
    let key = text[..<equals].filter { $0 != " " }
    directives[key] = String(text[text.index(after: equals)...].drop { $0 == " " })
  }

  private mutating func readHeader(_ cells: [String], _ line: Int) throws(LexiconError) {
    for (i, name) in cells.enumerated() {
      if name.isEmpty { throw LexiconError(file: path, line: line, reason: "column \(i + 1) of the header has no name") }
      if cells[..<i].contains(name) {
        throw LexiconError(file: path, line: line, reason: "column '\(name)' stands twice in the header")
      }
    }
    columns = cells
  }

  func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

  /// The cell of a row, or the file's directive of the same name, or empty.
  func value(_ row: [String], _ name: String) -> String {
    if let c = column(name), !row[c].isEmpty { return row[c] }
    return directives[name] ?? ""
  }
}
