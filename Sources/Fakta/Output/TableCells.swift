/// A row of cells as a line of a table.
package enum TableCells {
  package enum Style: String, Sendable {
    /// As RFC 4180 says: quoted where a cell holds a comma, a quotation mark or a line end.
    case csv
    /// Parted by tabs; tab, line feed, carriage return and backslash are written `\t`, `\n`, `\r` and `\\`, so that a row
    /// stays on one line.
    case tsv
  }

  /// Appends the row and its line end.
  package static func append(_ row: [String], _ style: Style, to out: inout [UInt8]) {
    for (i, cell) in row.enumerated() {
      if i > 0 { out.append(style == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t")) }
      switch style {
      case .csv: appendQuoted(cell, to: &out)
      case .tsv: appendEscaped(cell, to: &out)
      }
    }
    out.append(UInt8(ascii: "\n"))
  }

  private static func appendQuoted(_ cell: String, to out: inout [UInt8]) {
    guard cell.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      out.append(contentsOf: cell.utf8)
      return
    }
    out.append(0x22)
    for b in cell.utf8 {
      if b == 0x22 { out.append(0x22) }
      out.append(b)
    }
    out.append(0x22)
  }

  private static func appendEscaped(_ cell: String, to out: inout [UInt8]) {
    for b in cell.utf8 {
      switch b {
      case 0x09: out.append(contentsOf: "\\t".utf8)
      case 0x0A: out.append(contentsOf: "\\n".utf8)
      case 0x0D: out.append(contentsOf: "\\r".utf8)
      case 0x5C: out.append(contentsOf: "\\\\".utf8)
      default: out.append(b)
      }
    }
  }
}
