import Fakta

/// Shows an article and what was found in it on a terminal.
///
/// The article is wrapped to the width, with names, dates and quantities in colour, or in brackets where there is no
/// colour, and noise dimmed. Below it stand the facts by kind.
package struct TerminalView: Sendable {
  package enum Section: String, Sendable, CaseIterable {
    case article, figures, statements, people, organizations, places, timeline, events, conflicts, other
  }

  package var style: TerminalStyle
  /// The sections to show; all when empty.
  package var only: Set<Section> = []
  /// Shows only what concerns these things.
  package var names: NameQuery?

  package init(style: TerminalStyle) {
    self.style = style
  }

  /// The lines of one document.
  package func lines(for document: ReportDocument) -> [String] { header(of: document) + body(of: document) }

  /// The lines below the title; none when the document has nothing in the sections to show.
  package func body(of document: ReportDocument) -> [String] {
    if let failure = document.failure {
      var wrapper = LineWrapper(style: style, indent: 2)
      wrapper.append(failure, .removed)
      return wrapper.finish()
    }
    if let names { return profile(of: names, in: document) }
    return (shows(.article) ? article(document) : []) + facts(of: document)
  }

  /// Whether `--entity` leaves anything of a document.
  package func concerns(_ document: ReportDocument) -> Bool {
    names.map { !document.mentions(of: $0).isEmpty } ?? true
  }

  func shows(_ section: Section) -> Bool { only.isEmpty || only.contains(section) }

  func heading(_ text: String, count: Int? = nil) -> [String] {
    ["", style.paint(text, .heading) + (count.map { style.paint("  \($0)", .dim) } ?? "")]
  }

  private func header(of document: ReportDocument) -> [String] {
    var title = LineWrapper(style: style)
    title.append(document.title, .strong)
    var details = [document.meta("outlet") ?? document.meta("source"), document.meta("date")].compactMap { $0 }
    if let day = document.referenceDate {
      details.append("reference date \(day)" + (document.referenceSource.map { " (from \($0))" } ?? ""))
    }
    if document.title != document.id { details.insert(document.id, at: 0) }
    guard !details.isEmpty else { return title.finish() }
    var line = LineWrapper(style: style)
    line.append(details.joined(separator: " · "), .dim)
    return title.finish() + line.finish()
  }
}

// The article

extension TerminalView {
  /// One annotation to be shown in the text.
  private struct Mark {
    var span: ReportSpan
    var ink: Ink
    var label = ""
  }

  private func article(_ document: ReportDocument) -> [String] {
    guard document.hasText else { return ["", style.paint("  (the text was not written: --no-text)", .dim)] }
    var lines = [""]
    let marks = marks(of: document)
    let dimmed = document.regions.filter { ["boilerplate", "byline", "caption"].contains($0.kind) }.map(\.span)
    lines += paragraphs(of: document, ReportSpan(0, document.scalars.count), marks: marks, dimmed: dimmed)
    return lines + legend(of: marks)
  }

  /// Names, dates and quantities in text order; where two overlap, the first and longer one.
  private func marks(of document: ReportDocument) -> [Mark] {
    var marks = document.entities.map { Mark(span: $0.span, ink: .entity($0.label), label: $0.label) }
    marks += document.dates.map { Mark(span: $0.span, ink: .date) }
    marks += document.quantities.map { Mark(span: $0.span, ink: .quantity) }
    marks.sort { ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end) }
    var end = 0
    return marks.filter { mark in
      guard mark.span.start >= end, mark.span.end > mark.span.start else { return false }
      end = mark.span.end
      return true
    }
  }

  private func legend(of marks: [Mark]) -> [String] {
    guard !marks.isEmpty else { return [] }
    guard style.usesColor else { return ["", "[name/PER LOC ORG]  <date>  {quantity}"] }
    let parts: [(String, Ink)] = [
      ("person", .person), ("place", .place), ("organization", .organization), ("date", .date), ("quantity", .quantity),
      ("noise", .dim),
    ]
    return ["", parts.map { style.paint("■ " + $0.0, $0.1) }.joined(separator: "  ")]
  }

  /// The wrapped lines of a part of the text.
  private func paragraphs(
    of document: ReportDocument, _ span: ReportSpan, marks: [Mark], dimmed: [ReportSpan], indent: Int = 0
  ) -> [String] {
    var lines: [String] = []
    var wrapper = LineWrapper(style: style, indent: indent)
    var isEmpty = true
    var blank = 0
    var next = marks.startIndex
    var noise = dimmed.startIndex
    var run = String.UnicodeScalarView()
    var runInk = Ink.plain

    func flush() {
      if !run.isEmpty { wrapper.append(String(run), runInk) }
      run.removeAll(keepingCapacity: true)
    }
    func append(_ scalar: Unicode.Scalar, _ ink: Ink) {
      if ink != runInk { flush() }
      runInk = ink
      run.append(scalar)
      isEmpty = false
    }

    for i in span.range {
      while noise < dimmed.endIndex, dimmed[noise].end <= i { noise += 1 }
      let base: Ink = noise < dimmed.endIndex && dimmed[noise].start <= i ? .dim : .plain
      while next < marks.endIndex, marks[next].span.end <= i { next += 1 }
      let mark = next < marks.endIndex && marks[next].span.start <= i ? marks[next] : nil
      let scalar = document.scalars[i]
      if scalar == "\n", mark == nil {
        flush()
        if !isEmpty { lines += wrapper.finish() }
        blank = isEmpty ? blank : 0
        blank += 1
        if blank == 2, !lines.isEmpty { lines.append("") }
        wrapper = LineWrapper(style: style, indent: indent)
        isEmpty = true
        continue
      }
      let ink = mark?.ink ?? base
      if let mark, mark.span.start == i || i == span.start {
        flush()
        for s in style.brackets(for: mark.ink, label: mark.label).0.unicodeScalars { append(s, ink) }
      }
      append(scalar, ink)
      if let mark, mark.span.end == i + 1 {
        for s in style.brackets(for: mark.ink, label: mark.label).1.unicodeScalars { append(s, ink) }
      }
    }
    flush()
    if !isEmpty { lines += wrapper.finish() }
    while lines.last == "" { lines.removeLast() }
    return lines
  }
}

// One entity

extension TerminalView {
  /// Where something is mentioned and what is said about it.
  private func profile(of query: NameQuery, in document: ReportDocument) -> [String] {
    let wanted = Set(document.mentions(of: query))
    let things = ReportSummary(document).things.filter { $0.mentions.contains(where: wanted.contains) }
    guard !things.isEmpty else { return ["", "  nothing here is called “\(query.description.harmless)”"] }
    var lines: [String] = []
    for thing in things {
      lines += ["", style.paint(thing.name.harmless, .entity(thing.label)) + style.paint("  \(thing.label)", .dim)]
      lines += thing.roles.map { "  " + $0.harmless }
      lines += mentions(of: thing, in: document)
      lines += facts(about: Set(thing.mentions), in: document)
    }
    return lines
  }

  private func mentions(of thing: ReportSummary.Thing, in document: ReportDocument) -> [String] {
    var lines = ["", style.paint("  mentioned \(thing.mentions.count)×", .dim)]
    var last = ReportSpan()
    for mention in thing.mentions {
      let sentence = document.sentence(around: document.entities[mention].span)
      if sentence == last { continue }
      last = sentence
      let marks = thing.mentions.map { document.entities[$0] }
        .map { Mark(span: $0.span, ink: .entity($0.label), label: $0.label) }
      let text = paragraphs(of: document, sentence, marks: marks, dimmed: [], indent: 4)
      lines += text
    }
    return lines
  }
}

extension ReportDocument {
  /// Indices of the mentions of the things that a query asks for.
  fileprivate func mentions(of query: NameQuery) -> [Int] {
    query.indices(
      in: entities.map {
        NameQuery.Mention(
          text: line($0.span), name: $0.name, isPerson: $0.label == "PER", id: $0.gazetteer ?? "", number: $0.number)
      })
  }
}
