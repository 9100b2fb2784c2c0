/// Writes rows of facts: a table for a terminal, `csv`, `tsv` or `ndjson`.
///
///     figure  448  menghancurkan  Jet tempur Rusia  Suriah  tiga hari terakhir
///
/// All but the table have one column per slot and value that any fact may have, in a fixed order; slots of users' rules stand
/// in a last column as `name=text; name=text`, except in `ndjson`, which has a key for each.
public struct FactTable: Sendable {
  public enum Format: String, Sendable, CaseIterable { case table, csv, tsv, ndjson }

  /// The columns of `csv` and `tsv` before the last one, `other`.
  public static let columns = FactColumn.all.map(\.name)

  private let format: Format
  private let width: Int

  /// - Parameter width: Columns of the terminal, for the table.
  public init(format: Format, width: Int = 80) {
    self.format = format
    self.width = max(20, width)
  }

  /// Appends the header row of `csv` and `tsv`.
  public func appendHeader(to out: inout [UInt8]) {
    if format == .csv || format == .tsv { line(Self.columns + ["other"], &out) }
  }

  /// Whether a file that begins so is such a table.
  func wrote(_ head: [UInt8], kinds: [String]) -> Bool {
    var header: [UInt8] = []
    appendHeader(to: &header)
    switch format {
    case .csv, .tsv: return head.starts(with: header)
    case .ndjson: return Self.isRow(head)
    case .table: return kinds.contains { head.starts(with: "\($0)  ".utf8) }
    }
  }

  /// Whether JSON begins with the members of a row; a record of an article may have a `document` too.
  private static func isRow(_ head: [UInt8]) -> Bool {
    let start = "{\"document\":".utf8
    guard head.starts(with: start) else { return false }
    var scanner = JSONScanner(at: start.count)
    guard (try? scanner.skipString(in: head.span)) != nil else { return false }
    return head[scanner.offset...].starts(with: ",\"sentence\":".utf8)
  }

  /// Appends one line per row.
  public func append(_ rows: [FactRow], to out: inout [UInt8]) {
    switch format {
    case .table: appendTable(rows, &out)
    case .ndjson: for row in rows { Self.appendJSON(row, &out) }
    case .csv, .tsv:
      for row in rows { line(Self.columns.map { row.text($0) ?? "" } + [Self.other(row)], &out) }
    }
  }

  /// Slots that no column holds.
  private static func other(_ row: FactRow) -> String { joined(row.slots.filter { !columns.contains($0.name) }) }

  /// Slots in one cell: `name=text; name=text`.
  package static func joined(_ slots: [(name: String, text: String)]) -> String {
    slots.map { "\($0.name)=\($0.text)" }.joined(separator: "; ")
  }

  private func line(_ cells: [String], _ out: inout [UInt8]) {
    if format == .csv {
      TableCells.append(cells.map(Self.defused), .csv, to: &out)
    } else {
      TableCells.append(cells, .tsv, to: &out)
    }
  }

  /// A cell that a spreadsheet would run as a formula, with an apostrophe before it; others as they are. A sign before a mere
  /// number makes no formula: `-0,25%`, `+62`.
  private static func defused(_ cell: String) -> String {
    guard let first = cell.utf8.first, "=+-@".utf8.contains(first) else { return cell }
    let isSign = first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
    if isSign, cell.utf8.count > 1, cell.utf8.dropFirst().allSatisfy("0123456789.,% ".utf8.contains) { return cell }
    return "'" + cell
  }

  private static func appendJSON(_ row: FactRow, _ out: inout [UInt8]) {
    func string(_ text: String) {
      var text = text
      text.withUTF8 { JSONOutput.append(string: $0, to: &out) }
    }
    func member(_ name: String) {
      out.append(0x2C)
      string(name)
      out.append(0x3A)
    }
    JSONOutput.append("{\"document\":", to: &out)
    string(row.document)
    JSONOutput.append(",\"sentence\":", to: &out)
    JSONOutput.append(row.sentence, to: &out)
    JSONOutput.append(",\"kind\":", to: &out)
    string(row.kind)
    // What a slot holds are the article's words, whatever the slot is called; only values can be numbers.
    for (name, text) in row.slots {
      member(name)
      string(text)
    }
    for (name, text) in row.values {
      member(name)
      if FactValue(rawValue: name)?.isBare == true { out.append(contentsOf: text.utf8) } else { string(text) }
    }
    JSONOutput.append("}\n", to: &out)
  }

  // MARK: the table

  /// One line per fact: kind, then `slot text` pairs as wide as the terminal allows; long texts are cut in the middle of the
  /// line's room, never the short ones.
  private func appendTable(_ rows: [FactRow], _ out: inout [UInt8]) {
    let kindWidth = rows.reduce(6) { max($0, $1.kind.count) }
    for row in rows {
      var cells = row.slots.map { "\($0.name) \(Self.oneLine($0.text))" }
      if let value = row.text("value"), let unit = row.text("unit") { cells.append("= \(value) \(unit)") }
      if let relation = row.text("relation") { cells.append(relation) }
      if row.text("former") != nil { cells.append("former") }
      let room = width - kindWidth - 2 - max(0, cells.count - 1) * 3
      Self.fit(&cells, room)
      let line =
        row.kind + String(repeating: " ", count: max(0, kindWidth - row.kind.count) + 2)
        + cells.joined(separator: " | ")
      // So narrow that not even the shortest cells fit: the line itself is cut.
      let shown = line.count > width ? line.prefix(width - 1) + "…" : line[...]
      out.append(contentsOf: shown.utf8)
      out.append(0x0A)
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split { $0 == "\n" || $0 == "\r" || $0 == "\t" || $0 == " " }.joined(separator: " ")
  }

  /// Cuts the longest cells until all fit.
  private static func fit(_ cells: inout [String], _ room: Int) {
    var total = cells.reduce(0) { $0 + $1.count }
    while total > room, let longest = cells.indices.max(by: { cells[$0].count < cells[$1].count }),
      cells[longest].count > 8
    {
      let second = cells.indices.filter { $0 != longest }.map { cells[$0].count }.max() ?? 8
      let target = max(8, max(second - 1, cells[longest].count - (total - room)))
      guard target < cells[longest].count else { break }
      total -= cells[longest].count - target
      cells[longest] = String(cells[longest].prefix(target - 1)) + "…"
    }
  }
}
