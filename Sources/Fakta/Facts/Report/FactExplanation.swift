/// Says why a span was annotated as it was, and why not otherwise.
///
///     word       menangkap: "menangkap" id/cues/verbs.tsv:2406
///     entity     e1 PER "Budi", named Budi Santoso, score 0.981
///                alias:e1
///     fact       f1 figure, found by figure:object-of-verb
///              * quantity "tiga"
///     match      band (my.rules:1) on "gitaris band Kuncoro" gives ORG
///     outbid     office-person (roles.rules:26) on "Presiden" lost to office-body-person: higher priority
///     near miss  penangkapan (my.rules:3) fitted "Polri menangkap", then wanted <PER> and found "tiga"
///
/// **Cost.** A slow path: runs the rules on the document again.
public struct FactExplanation: Sendable {
  let lexicon: Lexicon
  private(set) var context: FactContext
  /// For rules of earlier stages.
  let names: RuleReader
  let dates: RuleReader

  public init(lexicon: Lexicon) {
    self.lexicon = lexicon
    context = FactContext(lexicon: lexicon)
    names = RuleReader(lexicon: lexicon, rules: lexicon.nameRules)
    dates = RuleReader(lexicon: lexicon, rules: lexicon.dateRules)
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
    return out + earlyMissLines(tokens, document)
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
    out += matchLines(tokens, document)
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

  func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }

  // MARK: words and annotations

  private func tokenLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    var out: [String] = []
    for i in tokens.range.prefix(40) where document.tokens.isWord(i) || document.tokens.isNumber(i) {
      var notes: [String] = []
      for m in document.matchRange(at: i).reversed() {
        let match = document.matches[m]
        lexicon.forEachListing(at: match.state) { listing in
          let place = lexicon.place(of: listing.entry)
          // Why a name that a list has was not taken: `needs-cue`, `exact-case`.
          let flags = listing.flags.subtracting(.alias).listed.map { " " + $0 }.joined()
          notes.append("\"\(lexicon.form(of: listing))\" \(place.file):\(place.line)\(flags)")
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

  /// `38600000000 IDR`, `5..7`, `at_least 1250`: all that the words around the number decided.
  private static func value(of quantity: Quantity) -> String {
    var parts = [quantity.isRange ? "\(quantity.low.plain)..\(quantity.high.plain)" : quantity.low.plain]
    if quantity.modifier != .exact { parts.insert(quantity.modifier.code, at: 0) }
    if !quantity.unit.isEmpty { parts.append(quantity.unit.description) }
    return parts.joined(separator: " ")
  }

  private func annotationLines(_ tokens: TokenSpan, _ document: Document) -> [String] {
    var out: [String] = []
    for i in document.entities.indices where document.entities[i].span.overlaps(tokens) {
      out += entityLines(i, document)
    }
    for (i, date) in document.dates.enumerated() where date.span.overlaps(tokens) {
      out.append("date       d\(i + 1) \"\(document.rawText(of: date.span, trim: Int(date.trim)))\" = \(date.value)")
    }
    for (i, quantity) in document.quantities.enumerated() where quantity.span.overlaps(tokens) {
      out.append(
        "quantity   q\(i + 1) \"\(document.rawText(of: quantity.span))\" \(quantity.kind) \(Self.value(of: quantity))")
    }
    return out
  }

  /// What was found, and what spoke for it.
  private func entityLines(_ i: Int, _ document: Document) -> [String] {
    let entity = document.entities[i]
    let text = document.rawText(of: entity.span, trim: Int(entity.trim))
    let score = ExactDecimal(Int64(entity.score), exponent: -3).plain
    let name = document.canonicalName(of: i, lexicon)
    var out = ["entity     e\(i + 1) \(entity.label.code) \"\(text)\", named \(name), score \(score)"]
    for evidence in document.evidence[entity.evidence] { out.append("           \(line(of: evidence, document))") }
    if let entry = entity.entry, !document.evidence[entity.evidence].contains(where: { $0.entry == entry }) {
      out.append("           listed as \(listing(of: entry))")
    }
    return out
  }

  /// `gazetteer:country:ru, id/places/countries.tsv:180`: evidence as the output has it, and where it stands.
  private func line(of evidence: Evidence, _ document: Document) -> String {
    let kind = evidence.kind.code
    if evidence.kind == .rule { return lexicon.nameRules.evidence(Int(evidence.rule)) ?? kind }
    if evidence.entity >= 0 { return "\(kind):e\(evidence.entity + 1)" }
    if let entry = evidence.entry { return "\(kind):\(listing(of: entry))" }
    return evidence.span.isNone ? kind : "\(kind):\(oneLine(document.rawText(of: evidence.span)))"
  }

  private func listing(of entry: EntryID) -> String {
    let place = lexicon.place(of: entry)
    return "\(String(decoding: lexicon.idBytes(entry), as: UTF8.self)), \(place.file):\(place.line)"
  }
}
