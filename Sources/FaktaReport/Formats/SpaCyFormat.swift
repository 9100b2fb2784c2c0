/// One JSON object per line that `spacy.tokens.Doc.from_json` reads.
///
///     {"id":"a1","text":"…","tokens":[{"id":0,"start":0,"end":5},…],"ents":[…],"sents":[…],"spans":{"dates":[…],…}}
///
/// Entities are `ents` (the gazetteer's id is `kb_id`); dates, quantities and the parts of facts are span groups.
/// Offsets are code points, as in Python.
package struct SpaCyFormat: DocumentFormat {
  package init() {}

  /// By the tokens behind the text: a record of an article may begin in the same way.
  package func wrote(_ head: [UInt8]) -> Bool {
    let head = String(decoding: head, as: UTF8.self)
    return head.hasPrefix("{\"id\":\"")
      && ["[{\"id\":0,\"start\":0,\"end\":", "[],\"ents\":[],"].contains { head.contains("\",\"tokens\":\($0)") }
  }

  package func append(_ document: ReportDocument, to out: inout String) {
    var cuts = document.entities.map(\.span) + document.dates.map(\.span) + document.quantities.map(\.span)
    cuts +=
      document.sentences + document.facts.flatMap { $0.slots.map(\.span) } + document.quantities.compactMap(\.item)
    let tokens = Self.withSpaces(Words(document, cuts: cuts).spans, document)

    out +=
      "{\"id\":\(document.id.json),\"text\":\(document.text(ReportSpan(0, document.scalars.count)).json),\"tokens\":["
    out += tokens.enumerated().map { "{\"id\":\($0),\"start\":\($1.start),\"end\":\($1.end)}" }.joined(separator: ",")
    out += "],\"ents\":["
    out += document.entities.map { span($0.span, $0.label, $0.gazetteer) }.joined(separator: ",")
    out += "],\"sents\":["
    out += sentences(of: document, tokens).map { "{\"start\":\($0.start),\"end\":\($0.end)}" }.joined(separator: ",")
    out += "],\"spans\":{\"dates\":["
    out += document.dates.map { span($0.span, $0.type, $0.value) }.joined(separator: ",")
    out += "],\"quantities\":["
    out += document.quantities.map { span($0.span, $0.kind, $0.isRange ? "\($0.low)..\($0.high)" : $0.low) }
      .joined(separator: ",")
    out += "],\"facts\":["
    let slots = document.facts.flatMap { fact in
      fact.slots.map { span($0.span, "\(fact.kind).\($0.name)", fact.id) }
    }
    out += slots.joined(separator: ",")
    out += "]}}\n"
  }

  /// spaCy's sentences leave no token out, so each goes on to the next.
  private func sentences(of document: ReportDocument, _ tokens: [ReportSpan]) -> [ReportSpan] {
    var sentences: [ReportSpan] = []
    var next = 0
    for token in tokens {
      if sentences.isEmpty {
        sentences.append(token)
        while next < document.sentences.count, document.sentences[next].start <= token.start { next += 1 }
        // White space in front of the first sentence belongs to it.
        if next == 0 { next = 1 }
      } else if next < document.sentences.count, token.start >= document.sentences[next].start {
        sentences.append(token)
        while next < document.sentences.count, document.sentences[next].start <= token.start { next += 1 }
      } else {
        sentences[sentences.count - 1].end = token.end
      }
    }
    return document.sentences.isEmpty ? [] : sentences
  }

  private func span(_ span: ReportSpan, _ label: String, _ kb: String?) -> String {
    "{\"start\":\(span.start),\"end\":\(span.end),\"label\":\(label.json),\"kb_id\":\((kb ?? "").json)}"
  }

  /// Adds the white space that spaCy has as tokens: all but one space behind each token.
  private static func withSpaces(_ words: [ReportSpan], _ document: ReportDocument) -> [ReportSpan] {
    var tokens: [ReportSpan] = []
    var at = 0
    for word in words + [ReportSpan(document.scalars.count, document.scalars.count)] {
      let from = at > 0 && at < word.start && document.scalars[at] == " " ? at + 1 : at
      if from < word.start { tokens.append(ReportSpan(from, word.start)) }
      if word.start < word.end { tokens.append(word) }
      at = word.end
    }
    return tokens
  }
}
