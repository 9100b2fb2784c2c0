extension TerminalView {
  /// Figures of several articles that differ, with who says what.
  package func conflicts(_ conflicts: [FigureConflicts.Conflict], in documents: [ReportDocument]) -> [String] {
    guard shows(.conflicts), entity == nil, !conflicts.isEmpty else { return [] }
    var lines = heading("FIGURES THAT DIFFER", count: conflicts.count)
    for conflict in conflicts {
      let first = documents[conflict.claims[0].document]
      let fact = first.facts[conflict.claims[0].fact]
      var title = LineWrapper(style: style, indent: 2)
      title.append(first.quantity(of: fact)?.item.map { first.line($0) } ?? conflict.head, .strong)
      title.append(" · ", .dim)
      title.append(fact["place"].map { first.name(of: $0) } ?? conflict.place, .place)
      if conflict.isCompatible { title.append("  (both can be true)", .dim) }
      lines += title.finish()
      lines += table(of: conflict, in: documents).lines(style: style, indent: 4)
    }
    return lines
  }

  private func table(of conflict: FigureConflicts.Conflict, in documents: [ReportDocument]) -> TextTable {
    var table = TextTable([
      .init(title: "VALUE", isRightAligned: true, ink: .quantity), .init(title: "WORDS"), .init(title: "SAYS", ink: .person),
      .init(title: "DAY", ink: .date), .init(title: "ARTICLE", ink: .dim),
    ])
    for claim in conflict.claims {
      let document = documents[claim.document]
      let fact = document.facts[claim.fact]
      guard let quantity = document.quantity(of: fact) else { continue }
      let item = quantity.item.map { " " + document.line($0) } ?? ""
      let action = fact["action"].map { document.line($0.span) + " " } ?? ""
      let time = fact["time"].map { document.line($0.span) } ?? document.referenceDate ?? ""
      table.append([
        FigureFormat.value(of: quantity), action + document.line(quantity.span) + item,
        fact["source"].map { document.name(of: $0) } ?? document.meta("outlet") ?? "", time, document.title,
      ])
    }
    return table
  }
}
