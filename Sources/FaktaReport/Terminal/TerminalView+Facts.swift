extension TerminalView {
  /// Every section below the article that has something to show.
  func facts(of document: ReportDocument) -> [String] {
    let summary = ReportSummary(document)
    var lines: [String] = []
    if shows(.figures) { lines += figures(document.facts.filter { $0.kind == "figure" }, in: document) }
    if shows(.statements) { lines += statements(summary, in: document) }
    if shows(.people) { lines += people(summary.things(label: "PER")) }
    if shows(.organizations) { lines += names("ORGANIZATIONS", summary.things(label: "ORG")) }
    if shows(.places) { lines += names("PLACES", summary.things(label: "LOC")) }
    if shows(.timeline) { lines += timeline(summary.timeline, in: document) }
    if shows(.events) { lines += events(document.facts.filter { $0.kind == "event" }, in: document) }
    if shows(.other) { lines += own(document.facts, in: document) }
    return lines
  }

  /// The facts in which a mention takes part, each under its kind.
  func facts(about mentions: Set<Int>, in document: ReportDocument) -> [String] {
    let facts = document.facts.filter { fact in
      fact.slots.contains { slot in
        if case .entity(let i) = slot.reference { mentions.contains(i) } else { false }
      }
    }
    var lines = figures(facts.filter { $0.kind == "figure" }, in: document)
    let statements = facts.filter { $0.kind == "statement" }
    if !statements.isEmpty {
      lines += heading("STATEMENTS", count: statements.count)
      for fact in statements { lines += statement(fact, in: document) }
    }
    lines += events(facts.filter { $0.kind == "event" }, in: document)
    return lines + own(document.facts.filter { $0.isAbout(mentions, in: document) }, in: document)
  }

  private func figures(_ facts: [ReportDocument.Fact], in document: ReportDocument) -> [String] {
    guard !facts.isEmpty else { return [] }
    var table = TextTable([
      .init(title: "VALUE", isRightAligned: true, ink: .quantity), .init(title: "WHAT"),
      .init(title: "WHO", ink: .strong),
      .init(title: "ACTION"), .init(title: "WHERE", ink: .place), .init(title: "WHEN", ink: .date),
      .init(title: "SAYS", ink: .dim),
    ])
    for fact in facts {
      let quantity = document.quantity(of: fact)
      let words = fact["quantity"].map { document.line($0.span) } ?? ""
      table.append([
        quantity.map { FigureFormat.value(of: $0) } ?? words,
        quantity?.item.map { document.line($0) } ?? "",
        fact["actor"].map { document.line($0.span) } ?? "",
        document.action(of: fact),
        fact["place"].map { document.line($0.span) } ?? "",
        fact["time"].map { style.width < 110 ? document.line($0.span) : time($0, in: document) } ?? "",
        fact["source"].map { document.name(of: $0) } ?? "",
      ])
    }
    return heading("FIGURES", count: facts.count) + table.lines(style: style)
  }

  private func time(_ slot: ReportDocument.Slot, in document: ReportDocument) -> String {
    let words = document.line(slot.span)
    guard case .date(let i) = slot.reference, document.dates[i].from != nil else { return words }
    return words + " (" + Self.days(of: document.dates[i]) + ")"
  }

  /// `2024-03-04`, `2011-03`, `1998`, or the first and last day.
  private static func days(of date: ReportDocument.Date) -> String {
    let (from, to) = (date.from ?? "", date.to ?? date.from ?? "")
    if from == to { return from + clock(of: date) }
    let isPeriod = from.hasPrefix(date.value) && to.hasPrefix(date.value) && [4, 7].contains(date.value.count)
    return isPeriod ? date.value : from + " – " + to
  }

  /// ` 14:30` or ` night`: the time of day behind the day.
  private static func clock(of date: ReportDocument.Date) -> String {
    guard date.type == "TIME", let mark = date.value.firstIndex(of: "T") else { return "" }
    let time = date.value[mark...].dropFirst().prefix(5)
    let parts = [
      "MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DW": "before dawn",
      "DT": "daytime",
    ]
    return " " + (parts[String(time)] ?? String(time))
  }

  private func statements(_ summary: ReportSummary, in document: ReportDocument) -> [String] {
    guard !summary.speakers.isEmpty else { return [] }
    var lines = heading("STATEMENTS", count: summary.speakers.reduce(0) { $0 + $1.statements.count })
    let people = summary.things(label: "PER")
    for speaker in summary.speakers {
      let role = people.first { $0.name == speaker.name }?.roles.first
      var wrapper = LineWrapper(style: style, indent: 2, hang: 4)
      wrapper.append(speaker.name.isEmpty ? "(nobody named)" : speaker.name, speaker.name.isEmpty ? .dim : .person)
      if let role { wrapper.append(" · " + role, .dim) }
      lines += wrapper.finish()
      for i in speaker.statements { lines += statement(document.facts[i], in: document) }
    }
    return lines
  }

  /// `mengatakan  “…”  9 November 2015, Press TV`
  private func statement(_ fact: ReportDocument.Fact, in document: ReportDocument) -> [String] {
    var wrapper = LineWrapper(style: style, indent: 4, hang: 6)
    if let cue = fact["cue"] { wrapper.append(document.line(cue.span) + ": ", .dim) }
    let content = fact["content"].map { document.line($0.span) } ?? ""
    wrapper.append(fact.isQuoted ? "“" + content + "”" : content)
    let details = [fact["time"].map { time($0, in: document) }, fact["outlet"].map { document.name(of: $0) }]
    let known = details.compactMap { $0 }
    if !known.isEmpty { wrapper.append("  · " + known.joined(separator: " · "), .dim) }
    return wrapper.finish()
  }

  private func people(_ things: [ReportSummary.Thing]) -> [String] {
    guard !things.isEmpty else { return [] }
    var table = TextTable([
      .init(title: "NAME", ink: .person), .init(title: "ROLE"), .init(title: "×", isRightAligned: true, ink: .dim),
    ])
    for thing in things { table.append([thing.name, thing.roles.joined(separator: "; "), "\(thing.mentions.count)"]) }
    return heading("PEOPLE", count: things.count) + table.lines(style: style)
  }

  private func names(_ title: String, _ things: [ReportSummary.Thing]) -> [String] {
    guard !things.isEmpty else { return [] }
    var wrapper = LineWrapper(style: style, indent: 2)
    for (i, thing) in things.enumerated() {
      wrapper.append(thing.name, .entity(thing.label))
      if thing.mentions.count > 1 { wrapper.append(" \(thing.mentions.count)×", .dim) }
      if !thing.uses.isEmpty { wrapper.append(" (" + thing.uses.joined(separator: ", ") + ")", .dim) }
      if i + 1 < things.count { wrapper.append(" · ", .dim) }
    }
    return heading(title, count: things.count) + wrapper.finish()
  }

  private func timeline(_ dates: [Int], in document: ReportDocument) -> [String] {
    guard !dates.isEmpty else { return [] }
    var table = TextTable([
      .init(title: "DAYS", ink: .date), .init(title: "WORDS"), .init(title: "SENTENCE", ink: .dim),
    ])
    for i in dates {
      let date = document.dates[i]
      let days = Self.days(of: date)
      let sentence = document.sentence(around: date.span)
      table.append([days, document.line(date.span), excerpt(of: sentence, around: date.span, in: document)])
    }
    return heading("TIMELINE", count: dates.count) + table.lines(style: style)
  }

  /// A sentence, cut to a window around a span where it is long.
  private func excerpt(of sentence: ReportSpan, around span: ReportSpan, in document: ReportDocument) -> String {
    let limit = 90
    guard sentence.end - sentence.start > limit else { return document.line(sentence) }
    var start = max(sentence.start, min(span.start - limit / 2, sentence.end - limit))
    var end = min(sentence.end, max(start + limit, span.end))
    while start > sentence.start, document.scalars[start - 1] != " ", start < span.start { start += 1 }
    while end < sentence.end, document.scalars[end] != " ", end > span.end { end -= 1 }
    return (start > sentence.start ? "… " : "") + document.line(ReportSpan(start, end))
      + (end < sentence.end ? " …" : "")
  }

  private func events(_ facts: [ReportDocument.Fact], in document: ReportDocument) -> [String] {
    guard !facts.isEmpty else { return [] }
    var table = TextTable([
      .init(title: "WHEN", ink: .date), .init(title: "WHO", ink: .strong), .init(title: "ACTION"),
      .init(title: "WHAT"),
    ])
    for fact in facts {
      let relation = fact.relation.map { $0 == "at" ? "" : $0 + " " } ?? ""
      table.append([
        fact["time"].map { relation + (style.width < 110 ? document.line($0.span) : time($0, in: document)) } ?? "",
        fact["subject"].map { document.line($0.span) } ?? "",
        document.action(of: fact),
        fact["object"].map { document.line($0.span) } ?? "",
      ])
    }
    return heading("EVENTS", count: facts.count) + table.lines(style: style)
  }

  /// Facts of users' own rules: every slot by its name.
  private func own(_ facts: [ReportDocument.Fact], in document: ReportDocument) -> [String] {
    OwnKind.kinds(of: facts).flatMap { kind in
      var table = TextTable(kind.slots.map { .init(title: $0.uppercased().harmless) })
      for fact in kind.facts {
        table.append(kind.slots.map { name in fact[name].map { document.line($0.span) } ?? "" })
      }
      return heading(kind.name.uppercased().harmless, count: kind.facts.count) + table.lines(style: style)
    }
  }
}

extension ReportDocument.Fact {
  /// Whether a slot is, or holds, one of the mentions.
  fileprivate func isAbout(_ mentions: Set<Int>, in document: ReportDocument) -> Bool {
    slots.contains { slot in mentions.contains { slot.span.contains(document.entities[$0].span) } }
  }
}
