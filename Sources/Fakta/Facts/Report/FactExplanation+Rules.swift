// What rules have to do with a span: facts, matches, and matches that nearly were.

extension FactExplanation {
  func factLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    var out: [String] = []
    for i in document.facts.indices {
      let fact = document.facts[i]
      let slots = document.slots[fact.slots]
      let match = match(of: fact, slots)
      // A long content does not make every word of it part of the answer.
      let isUsed = slots.contains {
        $0.span.overlaps(tokens) && ($0.name != .content || tokens.contains($0.span) || $0.span.count <= 12)
      }
      guard isUsed || match?.span.overlaps(tokens) == true else { continue }
      let words = match.map { " on \"\(oneLine(document.rawText(of: $0.span)))\"" } ?? ""
      out.append(
        "fact       f\(i + 1) \(document.kindName(of: fact, lexicon)), found by \(document.evidence(of: fact, lexicon))\(words)"
      )
      out += slots.map {
        slotLine(document.name(of: $0.name, lexicon), $0.span, trim: document.trim(of: $0), tokens, document)
      }
    }
    if out.isEmpty { out.append("fact       none uses these words") }
    return out
  }

  private func slotLine(
    _ name: String, _ span: TokenSpan, trim: Int = 0, _ tokens: TokenSpan, _ document: Document
  ) -> String {
    "         \(span.overlaps(tokens) ? "*" : " ") \(name) \"\(oneLine(document.rawText(of: span, trim: trim)))\""
  }

  /// The match of the rule that found a fact: one that captured a slot of it.
  private func match(of fact: Fact, _ slots: ArraySlice<FactSlot>) -> RuleMatch? {
    guard fact.rule >= 0 else { return nil }
    return context.matcher.matches.first { match in
      match.rule == fact.rule && match.lostTo < 0
        && captures(match, context.matcher, lexicon.rules).contains { capture in
          slots.contains { $0.span == capture.span }
        }
    }
  }

  /// The slots of a rule that a match filled.
  private func captures(_ match: RuleMatch, _ matcher: RuleMatcher, _ rules: RuleSet) -> [(
    name: String, span: TokenSpan
  )] {
    rules.rules[Int(match.rule)].slots.enumerated()
      .map { ($0.element, matcher.slotSpans[Int(match.slots) + $0.offset]) }.filter { !$0.1.isNone }
  }

  /// Matches at the span of rules that give no fact: who says it, votes for names, the day of the report.
  func matchLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    let tables = context.matcher.tables
    let unsaid = context.matcher.matches.filter { tables.factKind(Int($0.rule)) == nil }
    var out = lines(of: unsaid, context.matcher, lexicon.rules, tokens, document)
    if names.run(on: document) {
      out += lines(of: names.matcher.matches, names.matcher, lexicon.nameRules, tokens, document)
    }
    if dates.runEverywhere(on: document) {
      out += lines(of: dates.matcher.matches, dates.matcher, lexicon.dateRules, tokens, document)
    }
    return out
  }

  private func lines(
    of matches: [RuleMatch], _ matcher: RuleMatcher, _ rules: RuleSet, _ tokens: TokenSpan, _ document: Document
  ) -> [String] {
    matches.filter { $0.lostTo < 0 && $0.span.overlaps(tokens) }.flatMap { match -> [String] in
      guard let place = rules.place(Int(match.rule)) else { return [] }
      let words = oneLine(document.rawText(of: match.span))
      return [
        "match      \(place.name) (\(place.file):\(place.line)) on \"\(words)\" gives \(rules.kindName(Int(match.rule)))"
      ] + captures(match, matcher, rules).map { slotLine($0.name, $0.span, tokens, document) }
    }
  }

  func outbidLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
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

  // MARK: near misses

  /// The rules for facts that came nearest to a match at the span and failed, with the step that did not fit.
  func missLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    missLines(tokens, document, context.matcher, context.text) { _ in true }
  }

  /// The same of users' rules for names and for the day of the report.
  func earlyMissLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    [names, dates].flatMap { reader -> [String] in
      let rules = reader.matcher.tables.rules
      guard rules.bound.contains(where: { !$0.isBuiltIn }) else { return [] }
      var out: [String] = []
      reader.readEverywhere(document) {
        out = missLines(tokens, document, reader.matcher, reader.text) { !rules.bound[$0].isBuiltIn }
      }
      return out
    }
  }

  private func missLines(
    _ tokens: TokenSpan, _ document: Document, _ matcher: RuleMatcher, _ text: FactText, of isAsked: (Int) -> Bool
  ) -> [String] {
    let rules = matcher.tables.rules
    let start = Int(tokens.start)
    guard text.sentenceOf[start] >= 0 else { return [] }
    let sentence = document.sentences[Int(text.sentenceOf[start])]
    var traces: [RuleMatcher.Trace] = []
    for rule in 0..<rules.count where isAsked(rule) {
      if let trace = matcher.trace(rule, in: sentence, text),
        trace.fitted.overlaps(tokens) || tokens.contains(trace.failedAt)
      {
        traces.append(trace)
      }
    }
    // Users ask about their own rules first.
    traces.sort { a, b in
      let own = (rules.bound[a.rule].isBuiltIn ? 1 : 0, rules.bound[b.rule].isBuiltIn ? 1 : 0)
      return own.0 != own.1 ? own.0 < own.1 : (-a.steps, a.rule) < (-b.steps, b.rule)
    }
    return traces.prefix(5).compactMap { trace in
      rules.place(trace.rule).map { missLine(trace, $0, sentence, document) }
    }
  }

  private func missLine(
    _ trace: RuleMatcher.Trace, _ place: (name: String, file: String, line: Int), _ sentence: TokenSpan,
    _ document: Document
  ) -> String {
    let found =
      trace.failedAt < Int(sentence.end)
      ? "\"\(document.rawText(of: TokenSpan(trace.failedAt, trace.failedAt + 1)))\"" : "the end of the sentence"
    return
      "near miss  \(place.name) (\(place.file):\(place.line)) fitted \"\(oneLine(document.rawText(of: trace.fitted)))\", then wanted "
      + "\(trace.expected.prefix(4).joined(separator: " or ")) and found \(found)"
  }
}
