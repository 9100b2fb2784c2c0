import Fakta

/// A table whose cells wrap inside their columns, so that it fits the width.
///
/// Columns that are empty in every row are left out; the widest columns give way first.
struct TextTable {
  struct Column {
    var title: String
    var isRightAligned = false
    var ink = Ink.plain
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []
  private static let gap = 2
  private static let narrowest = 7

  init(_ columns: [Column]) {
    self.columns = columns
  }

  mutating func append(_ cells: [String]) {
    rows.append(cells.map(\.harmless))
  }

  /// The lines of the table with its header.
  func lines(style: TerminalStyle, indent: Int = 2) -> [String] {
    let shown = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    guard !shown.isEmpty else { return [] }
    let least = shown.count * (Self.narrowest + Self.gap) - Self.gap
    if least > style.width - indent { return stacked(shown, style: style, indent: indent) }
    let widths = widths(of: shown, in: style.width - indent - Self.gap * (shown.count - 1))
    var lines = [line(shown.map { columns[$0].title }, shown, widths, style, indent) { _ in .dim }]
    for row in rows {
      let cells = zip(shown, widths).map { column, width in
        var wrapper = LineWrapper(style: TerminalStyle(usesColor: false, width: width), width: width)
        wrapper.append(row[column])
        return wrapper.finish()
      }
      for i in 0..<(cells.map(\.count).max() ?? 0) {
        let texts = cells.map { i < $0.count ? $0[i] : "" }
        lines.append(line(texts, shown, widths, style, indent) { columns[$0].ink })
      }
    }
    return lines
  }

  /// Each row as a paragraph, for a terminal that is too narrow for columns.
  private func stacked(_ shown: [Int], style: TerminalStyle, indent: Int) -> [String] {
    rows.flatMap { row in
      var wrapper = LineWrapper(style: style, indent: indent, hang: indent + 2)
      for (i, column) in shown.enumerated() where !row[column].isEmpty {
        if i > 0 { wrapper.append(" · " + columns[column].title.lowercased() + " ", .dim) }
        wrapper.append(row[column], columns[column].ink)
      }
      return wrapper.finish()
    }
  }

  /// Natural widths; where they do not fit, the widest column gives way, first as far as its longest word, then further.
  private func widths(of shown: [Int], in room: Int) -> [Int] {
    var widths = shown.map { column in
      rows.reduce(CellWidth.of(columns[column].title)) { max($0, CellWidth.of($1[column])) }
    }
    let words = shown.map { column in
      rows.reduce(CellWidth.of(columns[column].title)) { max($0, longestWord(in: $1[column])) }
    }
    // Numbers are not broken.
    let whole = shown.indices.map {
      columns[shown[$0]].isRightAligned && widths[$0] <= 20 ? widths[$0] : Self.narrowest
    }
    for least in [zip(words, whole).map(max), whole] {
      while widths.reduce(0, +) > room {
        guard let widest = widths.indices.filter({ widths[$0] > least[$0] }).max(by: { widths[$0] < widths[$1] }) else {
          break
        }
        widths[widest] -= 1
      }
    }
    return widths
  }

  private func longestWord(in text: String) -> Int {
    text.split(separator: " ").reduce(0) { max($0, CellWidth.of(String($1))) }
  }

  private func line(
    _ texts: [String], _ shown: [Int], _ widths: [Int], _ style: TerminalStyle, _ indent: Int, ink: (Int) -> Ink
  ) -> String {
    var line = String(repeating: " ", count: indent)
    for (i, text) in texts.enumerated() {
      let padding = String(repeating: " ", count: max(0, widths[i] - CellWidth.of(text)))
      let painted = style.paint(text, ink(shown[i]))
      let isLast = i + 1 == texts.count
      if columns[shown[i]].isRightAligned {
        line += padding + painted
      } else {
        line += painted + (isLast ? "" : padding)
      }
      if !isLast { line += String(repeating: " ", count: Self.gap) }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
