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
  /// Between columns: two cells, or one where a wider gap would break words.
  private static let gaps = [2, 1]

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
    guard let (widths, gap) = layout(of: shown, in: style.width - indent) else {
      return stacked(shown, style: style, indent: indent)
    }
    var lines = [line(shown.map { columns[$0].title }, shown, widths, gap, style, indent) { _ in .dim }]
    for row in rows {
      let cells = zip(shown, widths).map { column, width in
        var wrapper = LineWrapper(style: TerminalStyle(usesColor: false, width: width), width: width)
        wrapper.append(row[column])
        return wrapper.finish()
      }
      for i in 0..<(cells.map(\.count).max() ?? 0) {
        let texts = cells.map { i < $0.count ? $0[i] : "" }
        lines.append(line(texts, shown, widths, gap, style, indent) { columns[$0].ink })
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

  /// Natural widths; where they do not fit, the widest column gives way as far as its longest word. Amounts wrap between number
  /// and unit only where nothing else helps. Nil where words would have to be broken.
  private func layout(of shown: [Int], in width: Int) -> (widths: [Int], gap: Int)? {
    let natural = shown.map { column in
      rows.reduce(CellWidth.of(columns[column].title)) { max($0, CellWidth.of($1[column])) }
    }
    let words = shown.map { column in
      rows.reduce(CellWidth.of(columns[column].title)) { max($0, longestWord(in: $1[column])) }
    }
    let whole = shown.indices.map { columns[shown[$0]].isRightAligned ? natural[$0] : words[$0] }
    for least in [whole, words] {
      for gap in Self.gaps {
        let room = width - gap * (shown.count - 1)
        guard least.reduce(0, +) <= room else { continue }
        var widths = natural
        while widths.reduce(0, +) > room {
          guard let widest = widths.indices.filter({ widths[$0] > least[$0] }).max(by: { widths[$0] < widths[$1] })
          else { break }
          widths[widest] -= 1
        }
        return (widths, gap)
      }
    }
    return nil
  }

  private func longestWord(in text: String) -> Int {
    text.split(separator: " ").reduce(0) { max($0, CellWidth.of(String($1))) }
  }

  private func line(
    _ texts: [String], _ shown: [Int], _ widths: [Int], _ gap: Int, _ style: TerminalStyle, _ indent: Int,
    ink: (Int) -> Ink
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
      if !isLast { line += String(repeating: " ", count: gap) }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
