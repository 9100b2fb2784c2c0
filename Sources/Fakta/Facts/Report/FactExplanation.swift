/// Says why a span was annotated as it was, and why not otherwise.
///
///     tokens      Budi [PER] menangkap [verb] tiga [quantity 3] pencuri [occupation]
///     facts       figure 1: quantity "tiga", action "menangkap" …   found by figure:object-of-verb
///     outbid      office-person (roles.rules:26) on "Presiden" lost to office-body-person: higher priority
///     near misses penangkapan (my.rules:3) fitted "Polri menangkap", then wanted <PER> and found "tiga"
///
/// **Cost.** A slow path: runs the fact stage on the document again.
public struct FactExplanation: Sendable {
  private let lexicon: Lexicon
  private var context: FactContext

  public init(lexicon: Lexicon) {
    self.lexicon = lexicon
    context = FactContext(lexicon: lexicon)
  }

  /// Lines about the raw bytes `span` of an annotated document.
  public mutating func lines(for span: Range<Int>, in document: Document) -> [String] {
    guard let tokens = tokenSpan(span, document) else {
      return ["the span holds no word; choose offsets of the article's text"]
    }
    if !isKnownUniquelyReferenced(&context) { context = FactContext(like: context) }
    let context = context
    var out: [String] = []
    context.read(document) {
      context.matchRules()
      out = lines(tokens, document)
    }
    return out
  }

  private func lines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    var out = ["span       \"\(oneLine(document.rawText(of: tokens)))\""]
    if context.text.sentenceOf[Int(tokens.start)] < 0 {
      out.append("           stands in \(region(tokens, document)), which yields no facts")
    }
    out += tokenLines(tokens, document)
    out += annotationLines(tokens, document)
    if let day = document.referenceDate, document.dates.contains(where: { $0.span.overlaps(tokens) }) {
      let rule = lexicon.dateRules.evidence(Int(document.referenceRule)).map { " by \($0)" } ?? ""
      out.append("reference  \(day.iso), the day of the report, from \(document.referenceSource)\(rule)")
    }
    out += factLines(tokens, document)
    out += outbidLines(tokens, document)
    out += missLines(tokens, document)
    return out
  }

  /// The tokens that a range of raw bytes touches.
  private func tokenSpan(_ span: Range<Int>, _ document: Document) -> TokenSpan? {
    var first = -1
    var last = -1
    for i in 0..<document.tokens.count {
      let range = document.rawRange(of: TokenSpan(i, i + 1))
      if range.lowerBound < max(span.upperBound, span.lowerBound + 1), range.upperBound > span.lowerBound {
        if first < 0 { first = i }
        last = i
      }
    }
    return first < 0 ? nil : TokenSpan(first, last + 1)
  }

  private func region(_ tokens: TokenSpan, _ document: Document) -> String {
    for region in document.regions where region.span.overlaps(tokens) { return "a \(region.kind)" }
    return "no sentence"
  }

  private func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }

  // MARK: words and annotations

  private func tokenLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    var out: [String] = []
    for i in tokens.range.prefix(40) where document.tokens.isWord(i) || document.tokens.isNumber(i) {
      var notes: [String] = []
      for m in document.matchRange(at: i).reversed() {
        let match = document.matches[m]
        lexicon.forEachListing(at: match.state) { listing in
          let place = lexicon.place(of: listing.entry)
          notes.append("\"\(lexicon.form(of: listing))\" \(place.file):\(place.line)")
          return notes.count < 4
        }
        if notes.count >= 4 { break }
      }
      out.append(
        "word       \(document.rawText(of: TokenSpan(i, i + 1)))\(notes.isEmpty ? ": in no list" : ": " + notes.joined(separator: ", "))"
      )
    }
    return out
  }

  private func annotationLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    var out: [String] = []
    for (i, entity) in document.entities.enumerated() where entity.span.overlaps(tokens) {
      out.append(
        "entity     e\(i + 1) \(entity.label.code) \"\(document.rawText(of: entity.span, trim: Int(entity.trim)))\", named \(document.canonicalName(of: i, lexicon))"
      )
      for evidence in document.evidence[entity.evidence] where evidence.kind == .rule {
        out.append("           voted for by \(lexicon.nameRules.evidence(Int(evidence.rule)) ?? "")")
      }
    }
    for (i, date) in document.dates.enumerated() where date.span.overlaps(tokens) {
      out.append("date       d\(i + 1) \"\(document.rawText(of: date.span))\" = \(date.value)")
    }
    for (i, quantity) in document.quantities.enumerated() where quantity.span.overlaps(tokens) {
      out.append(
        "quantity   q\(i + 1) \"\(document.rawText(of: quantity.span))\" \(quantity.kind) \(quantity.low.plain)")
    }
    return out
  }

  // MARK: facts

  private func factLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    var out: [String] = []
    for (i, fact) in document.facts.enumerated() {
      let slots = document.slots[fact.slots]
      // A long content does not make every word of it part of the answer.
      guard
        slots.contains(where: {
          $0.span.overlaps(tokens) && ($0.name != .content || tokens.contains($0.span) || $0.span.count <= 12)
        })
      else { continue }
      out.append(
        "fact       f\(i + 1) \(document.kindName(of: fact, lexicon)), found by \(document.evidence(of: fact, lexicon))"
      )
      for slot in slots {
        let mark = slot.span.overlaps(tokens) ? "*" : " "
        out.append(
          "         \(mark) \(document.name(of: slot.name, lexicon)) \"\(oneLine(document.rawText(of: slot.span)))\"")
      }
    }
    if out.isEmpty { out.append("fact       none uses these words") }
    return out
  }

  private func outbidLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    var out: [String] = []
    for match in context.matcher.matches where match.lostTo >= 0 && match.span.overlaps(tokens) {
      let winner = context.matcher.matches[Int(match.lostTo)]
      guard let loser = lexicon.rules.place(Int(match.rule)), let better = lexicon.rules.place(Int(winner.rule)) else {
        continue
      }
      out.append(
        "outbid     \(loser.name) (\(loser.file):\(loser.line)) on \"\(oneLine(document.rawText(of: match.span)))\" lost to \(better.name) "
          + "(\(better.file):\(better.line)): \(reason(match, winner))")
    }
    return out
  }

  private func reason(_ loser: RuleMatch, _ winner: RuleMatch) -> String {
    let a = lexicon.rules.bound[Int(loser.rule)].priority
    let b = lexicon.rules.bound[Int(winner.rule)].priority
    if a != b { return "priority \(b) against \(a)" }
    if winner.span.count != loser.span.count { return "the longer match" }
    return "it begins earlier, or stands earlier in the file"
  }

  /// The rules that came nearest to a match at the span and failed, with the step that did not fit.
  private func missLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    let start = Int(tokens.start)
    guard context.text.sentenceOf[start] >= 0 else { return [] }
    let sentence = document.sentences[Int(context.text.sentenceOf[start])]
    var traces: [RuleMatcher.Trace] = []
    for rule in 0..<lexicon.rules.count {
      if let trace = context.matcher.trace(rule, in: sentence, context.text),
        trace.fitted.overlaps(tokens) || tokens.contains(trace.failedAt)
      {
        traces.append(trace)
      }
    }
    // Users ask about their own rules first.
    traces.sort { a, b in
      let own = (lexicon.rules.bound[a.rule].isBuiltIn ? 1 : 0, lexicon.rules.bound[b.rule].isBuiltIn ? 1 : 0)
      return own.0 != own.1 ? own.0 < own.1 : (-a.steps, a.rule) < (-b.steps, b.rule)
    }
    return traces.prefix(5).compactMap { trace in
      guard let place = lexicon.rules.place(trace.rule) else { return nil }
      let found =
        trace.failedAt < Int(sentence.end)
        ? "\"\(document.rawText(of: TokenSpan(trace.failedAt, trace.failedAt + 1)))\"" : "the end of the sentence"
      return
        "near miss  \(place.name) (\(place.file):\(place.line)) fitted \"\(oneLine(document.rawText(of: trace.fitted)))\", then wanted "
        + "\(trace.expected.prefix(4).joined(separator: " or ")) and found \(found)"
    }
  }
}
