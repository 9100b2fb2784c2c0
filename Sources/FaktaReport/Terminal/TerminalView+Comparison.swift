extension TerminalView {
  /// What changed between two runs: a table by layer, then every change by document.
  package func lines(for comparison: Comparison) -> [String] {
    var lines = summary(of: comparison)
    for entry in comparison.entries where entry.differs {
      let title = entry.document.title
      let id = title == entry.id ? "" : "  " + entry.id.harmless
      lines += ["", style.paint(title.harmless, .strong) + style.paint(id, .dim)]
      if entry.old == nil {
        lines.append("  " + style.paint("+ only in the new file", .added))
      } else if entry.new == nil {
        lines.append("  " + style.paint("- only in the old file", .removed))
      } else if entry.textDiffers {
        lines.append("  " + style.paint("~ the text itself is another one", .changed))
      }
      for change in entry.changes { lines += self.lines(for: change) }
    }
    return lines
  }

  private func summary(of comparison: Comparison) -> [String] {
    var table = TextTable([
      .init(title: "LAYER"), .init(title: "SAME", isRightAligned: true, ink: .dim),
      .init(title: "REMOVED", isRightAligned: true, ink: .removed),
      .init(title: "ADDED", isRightAligned: true, ink: .added),
      .init(title: "CHANGED", isRightAligned: true, ink: .changed),
    ])
    for layer in Comparison.Layer.allCases {
      let counts = [
        comparison.unchanged(layer), comparison.count(.removed, layer), comparison.count(.added, layer),
        comparison.count(.changed, layer),
      ]
      if counts.contains(where: { $0 > 0 }) { table.append([layer.rawValue] + counts.map { "\($0)" }) }
    }
    let changed = comparison.entries.count(where: \.differs)
    let total = comparison.entries.count
    return [style.paint("\(changed) of \(total) documents differ", .strong), ""] + table.lines(style: style)
  }

  private func lines(for change: Comparison.Change) -> [String] {
    let ink: Ink =
      switch change.kind {
      case .removed: .removed
      case .added: .added
      case .changed: .changed
      }
    let sign = change.kind == .removed ? "-" : change.kind == .added ? "+" : "~"
    var wrapper = LineWrapper(style: style, indent: 2, hang: 4)
    wrapper.append("\(sign) \(change.layer.rawValue) ", ink)
    wrapper.append("\(change.span.start):\(change.span.end) ", .dim)
    wrapper.append("“" + shortened(change.words) + "” ")
    switch change.kind {
    case .removed: wrapper.append(change.before, ink)
    case .added: wrapper.append(change.after, ink)
    case .changed:
      wrapper.append(change.before, .removed)
      wrapper.append(" → ", .dim)
      wrapper.append(change.after, .added)
    }
    return wrapper.finish()
  }

  private func shortened(_ words: String) -> String {
    words.count > 60 ? words.prefix(40) + " … " + words.suffix(15) : words
  }
}
