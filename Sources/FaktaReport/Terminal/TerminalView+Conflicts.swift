extension TerminalView {
  /// Figures of several articles that differ, with who says what.
  package func conflicts(_ conflicts: [FigureConflicts.Conflict], in documents: [ReportDocument]) -> [String] {
    guard shows(.conflicts), names == nil, !conflicts.isEmpty else { return [] }
    var lines = heading("FIGURES THAT DIFFER", count: conflicts.count)
    for conflict in conflicts {
      let first = documents[conflict.claims[0].document]
      let fact = first.facts[conflict.claims[0].fact]
      var title = LineWrapper(style: style, indent: 2)
      title.append(first.quantity(of: fact)?.item.map { first.line($0) } ?? conflict.head, .strong)
      if let action = fact["action"] { title.append(" · " + first.line(action.span), .strong) }
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
      .init(title: "VALUE", isRightAligned: true, ink: .quantity), .init(title: "WORDS"),
      .init(title: "SAYS", ink: .person),
      .init(title: "DAY", ink: .date), .init(title: "ARTICLE", ink: .dim),
    ])
    var said: [String: Int] = [:]
    for claim in conflict.claims {
      let document = documents[claim.document]
      let fact = document.facts[claim.fact]
      guard let quantity = document.quantity(of: fact) else { continue }
      let value = FigureFormat.value(of: quantity)
      said[value, default: 0] += 1
      if said[value]! > Self.sayersShown { continue }
      let time = fact["time"].map { document.line($0.span) } ?? document.referenceDate ?? ""
      table.append([
        value, words(of: fact, quantity: quantity, in: document),
        fact["source"].map { document.name(of: $0) } ?? document.meta("outlet") ?? "", time, document.title,
      ])
    }
    for (value, count) in said.sorted(by: { $0.key < $1.key }) where count > Self.sayersShown {
      table.append([value, "… and \(count - Self.sayersShown) more articles", "", "", ""])
    }
    return table
  }

  /// How many articles are shown for one value.
  private static let sayersShown = 5

  /// The number with its item and verb as they stand in the text; what lies far from the number is left out.
  private func words(
    of fact: ReportDocument.Fact, quantity: ReportDocument.Quantity, in document: ReportDocument
  ) -> String {
    let near = 40
    var (start, end) = (quantity.span.start, quantity.span.end)
    for span in [quantity.item, fact["action"]?.span].compactMap({ $0 })
    where span.start > start - near && span.end < end + near {
      start = min(start, span.start)
      end = max(end, span.end)
    }
    return document.line(ReportSpan(start, end))
  }
}
