/// A list as an author writes it: comments, directives, a header row, rows.
///
///     # comment
///     #! label=ORG
///     name ⇥ aliases ⇥ flags
///     Partai Golongan Karya ⇥ Golkar ⇥
///
/// Cells are ranges of the file's bytes, so that a problem can be shown where it stands and a million rows cost no strings.
///
/// **Errors.** `problems` holds every fault of the form, with file, line, column and remedy; a list with problems must not
/// be compiled.
struct ListFile: Sendable {
  let path: String
  private(set) var text: [UInt8] = []
  var directives: [String: String] = [:]
  private(set) var directiveLines: [String: Int] = [:]
  private(set) var columns: [String] = []
  private(set) var headerLine = 0
  /// 1-based line of each row.
  private(set) var lines: [UInt32] = []
  private(set) var problems: [LexiconError] = []
  /// Bytes of the cells, row by row.
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []
  private var lineStarts: [UInt32] = []

  /// Reads a list.
  init(parsing text: [UInt8], path: String) {
    self.path = path
    self.text = text
    guard text.count < Int(UInt32.max) else {
      problems.append(LexiconError(file: path, reason: "has 4 GB or more; split it"))
      return
    }
    if let bad = Self.firstInvalid(text) {
      let before = text[..<bad]
      let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      problems.append(
        LexiconError(
          file: path, line: before.count { $0 == 0x0A } + 1, column: Self.scalars(before[start...]) + 1,
          reason: "is not valid UTF-8 from here on; save the file as UTF-8"))
      return
    }
    readLines()
    if columns.isEmpty {
      problems.append(LexiconError(file: path, reason: "has no header row; write the column names in one line"))
    }
  }

  /// A list of one column, `name`, whose rows are whole lines.
  init(names lines: [(line: Int, name: [UInt8])], path: String) {
    self.path = path
    columns = ["name"]
    for (line, name) in lines {
      starts.append(UInt32(text.count))
      text.append(contentsOf: name)
      ends.append(UInt32(text.count))
      lineStarts.append(starts[starts.count - 1])
      self.lines.append(UInt32(line))
    }
  }

  var count: Int { lines.count }

  func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

  /// Bytes of a cell in `text`.
  func range(_ row: Int, _ column: Int) -> Range<Int> {
    let i = row * columns.count + column
    return Int(starts[i])..<Int(ends[i])
  }

  func cell(_ row: Int, _ column: Int) -> String { String(decoding: text[range(row, column)], as: UTF8.self) }

  /// The cell of a row, or the file's directive of the same name, or empty.
  func value(_ row: Int, _ name: String) -> String {
    if let c = column(name), !range(row, c).isEmpty { return cell(row, c) }
    return directives[name] ?? ""
  }

  /// A problem of a row; `byte`, an offset in `text`, gives its column.
  func problem(_ row: Int, at byte: Int? = nil, _ reason: String) -> LexiconError {
    var column = 0
    if let byte { column = Self.scalars(text[Int(lineStarts[row])..<byte]) + 1 }
    return LexiconError(file: path, line: Int(lines[row]), column: column, reason: reason)
  }

  /// A problem of a cell.
  func problem(_ row: Int, column: Int?, _ reason: String) -> LexiconError {
    problem(row, at: column.map { range(row, $0).lowerBound }, reason)
  }

  private mutating func readLines() {
    var line = 0
    var at = 0
    while at < text.count {
      let end = text[at...].firstIndex(of: 0x0A) ?? text.count
      line += 1
      readLine(at..<end, line)
      at = end + 1
    }
  }

  private mutating func readLine(_ bytes: Range<Int>, _ line: Int) {
    guard let last = text[bytes].last else { return }
    if last == 0x0D {
      problems.append(
        LexiconError(
          file: path, line: line, column: Self.scalars(text[bytes]),
          reason: "the line ends with CR; save the file with LF line ends"))
      return
    }
    if text[bytes.lowerBound] == 0x23 {
      if bytes.count > 1, text[bytes.lowerBound + 1] == 0x21 {
        let directive = String(decoding: text[(bytes.lowerBound + 2)..<bytes.upperBound], as: UTF8.self)
        if let problem = readDirective(directive, line) { problems.append(problem) }
      }
      return
    }
    if columns.isEmpty { readHeader(bytes, line) } else { readRow(bytes, line) }
  }

  private mutating func readRow(_ bytes: Range<Int>, _ line: Int) {
    let first = starts.count
    var at = bytes.lowerBound
    while true {
      let end = text[at..<bytes.upperBound].firstIndex(of: 0x09) ?? bytes.upperBound
      starts.append(UInt32(at))
      ends.append(UInt32(end))
      if end == bytes.upperBound { break }
      at = end + 1
    }
    let found = starts.count - first
    if found > columns.count {
      problems.append(
        LexiconError(
          file: path, line: line, column: Self.scalars(text[bytes.lowerBound..<Int(starts[first + columns.count])]) + 1,
          reason:
            "\(found) columns, the header names \(columns.count); separate columns by one tab and leave empty ones empty"
        ))
      starts.removeLast(found - columns.count)
      ends.removeLast(found - columns.count)
    }
    for _ in 0..<max(0, columns.count - found) {
      starts.append(UInt32(bytes.upperBound))
      ends.append(UInt32(bytes.upperBound))
    }
    lines.append(UInt32(line))
    lineStarts.append(UInt32(bytes.lowerBound))
    for c in columns.indices { checkSpaces(lines.count - 1, c) }
  }

  private mutating func checkSpaces(_ row: Int, _ column: Int) {
    let range = range(row, column)
    guard !range.isEmpty else { return }
    let leads = text[range.lowerBound] == 0x20
    if leads || text[range.upperBound - 1] == 0x20 {
      problems.append(
        problem(
          row, at: leads ? range.lowerBound : range.upperBound - 1,
          "column '\(columns[column])' \(leads ? "begins" : "ends") with a space; remove it"))
    }
  }

  /// Reads what follows `#!`.
  mutating func readDirective(_ text: String, _ line: Int) -> LexiconError? {
    guard let equals = text.firstIndex(of: "=") else {
      return LexiconError(file: path, line: line, reason: "a directive without '='; write #! key=value")
    }
    let key = text[..<equals].filter { $0 != " " }
    directives[key] = String(text[text.index(after: equals)...].drop { $0 == " " })
    directiveLines[key] = line
    return nil
  }

  private mutating func readHeader(_ bytes: Range<Int>, _ line: Int) {
    headerLine = line
    let cells = text[bytes].split(separator: 0x09, omittingEmptySubsequences: false)
    for (i, cell) in cells.enumerated() {
      let name = String(decoding: cell, as: UTF8.self)
      let column = Self.scalars(text[bytes.lowerBound..<cell.startIndex]) + 1
      if name.isEmpty {
        problems.append(
          LexiconError(
            file: path, line: line, column: column, reason: "column \(i + 1) of the header has no name; write it"))
      } else if columns.contains(name) {
        problems.append(
          LexiconError(
            file: path, line: line, column: column, reason: "column '\(name)' stands twice in the header; remove one"))
      }
      columns.append(name)
    }
  }

  private static func scalars(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }

  /// Offset of the first byte that is no UTF-8, nil when all is well.
  private static func firstInvalid(_ text: [UInt8]) -> Int? {
    do {
      _ = try UTF8Span(validating: text.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
