/// Writes annotated documents as JSON by the schema: one line each, or indented.
///
///     {"fakta":"1","id":"a1","text":"…","entities":[{"id":"e1","label":"LOC","start":23,…
///
/// **Offsets** count code points of the raw text unless the options say otherwise; `text` of a span is always the raw text
/// from `start` to `end`.
///
/// **Cost.** One pass over the annotations; appends to the caller's buffer.
public struct DocumentWriter: Sendable {
  public struct Options: Sendable {
    public enum OffsetUnit: String, Sendable, CaseIterable { case codepoint, utf16, utf8 }
    public var offsets = OffsetUnit.codepoint
    public var includesText = true
    /// The layers to write.
    public var layers: Set<Layer> = Set(Layer.allCases)
    public init() {}
  }

  private let lexicon: Lexicon
  private let options: Options
  private var table = OffsetTable()

  public init(lexicon: Lexicon, options: Options = Options()) {
    self.lexicon = lexicon
    self.options = options
  }

  /// Appends `document` as one JSON object, without a line end.
  ///
  /// - Parameters:
  ///   - id: UTF-8 of the record's id.
  ///   - meta: A JSON object with the record's other fields, or empty.
  public mutating func append(_ document: Document, id: [UInt8], meta: [UInt8], to out: inout [UInt8]) {
    let unit: OffsetTable.Unit =
      switch options.offsets {
      case .codepoint: .codepoint
      case .utf16: .utf16
      case .utf8: .utf8
      }
    table.reset(document.raw, unit: unit)
    document.raw.withUnsafeBufferPointer { raw in
      let json = Body(document: document, lexicon: lexicon, table: table, raw: raw)
      json.write(id: id, meta: meta, options: options, to: &out)
    }
  }

  /// Appends a failure record, without a line end.
  ///
  /// - Parameter line: 1-based line of the input; 0 when the input has no lines.
  public static func appendFailure(id: [UInt8]?, line: Int, code: String, message: String, to out: inout [UInt8]) {
    JSONOutput.append("{\"fakta\":\"1\",\"id\":", to: &out)
    if let id {
      id.withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    } else {
      JSONOutput.append("null", to: &out)
    }
    if line > 0 {
      JSONOutput.append(",\"line\":", to: &out)
      JSONOutput.append(line, to: &out)
    }
    JSONOutput.append(",\"error\":{\"code\":", to: &out)
    Array(code.utf8).withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    JSONOutput.append(",\"message\":", to: &out)
    Array(message.utf8).withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    JSONOutput.append("}}", to: &out)
  }
}

/// One document on its way into JSON.
private struct Body {
  let document: Document
  let lexicon: Lexicon
  let table: OffsetTable
  let raw: UnsafeBufferPointer<UInt8>

  func write(id: [UInt8], meta: [UInt8], options: DocumentWriter.Options, to out: inout [UInt8]) {
    JSONOutput.append("{\"fakta\":\"1\",\"id\":", to: &out)
    id.withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    if !meta.isEmpty {
      JSONOutput.append(",\"meta\":", to: &out)
      out.append(contentsOf: meta)
    }
    if options.includesText {
      JSONOutput.append(",\"text\":", to: &out)
      JSONOutput.append(string: raw, to: &out)
    }
    JSONOutput.append(",\"reference_date\":", to: &out)
    if let day = document.referenceDate {
      append(day, to: &out)
    } else {
      JSONOutput.append("null", to: &out)
    }
    JSONOutput.append(",\"reference_date_source\":", to: &out)
    switch document.referenceSource {
    case .none: JSONOutput.append("null", to: &out)
    case .option: JSONOutput.append("\"option\"", to: &out)
    case .record: JSONOutput.append("\"record\"", to: &out)
    case .dateline: JSONOutput.append("\"dateline\"", to: &out)
    case .text: JSONOutput.append("\"text\"", to: &out)
    }
    list(",\"regions\":[", document.regions, shown: options.layers.contains(.regions), &out) {
      region(document.regions[$0], &$1)
    }
    list(",\"sentences\":[", document.sentences, shown: options.layers.contains(.sentences), &out) {
      $1.append(0x7B)
      offsets(document.rawRange(of: document.sentences[$0]), &$1)
      $1.append(0x7D)
    }
    list(",\"entities\":[", document.entities, shown: options.layers.contains(.entities), &out) { entity($0, &$1) }
    list(",\"dates\":[", document.dates, shown: options.layers.contains(.dates), &out) { date($0, &$1) }
    list(",\"quantities\":[", document.quantities, shown: options.layers.contains(.quantities), &out) {
      quantity($0, &$1)
    }
    list(",\"facts\":[", document.facts, shown: options.layers.contains(.facts), &out) { fact($0, &$1) }
    out.append(0x7D)
  }

  private func list<T>(
    _ head: StaticString, _ items: [T], shown: Bool, _ out: inout [UInt8], _ body: (Int, inout [UInt8]) -> Void
  ) {
    JSONOutput.append(head, to: &out)
    if shown {
      for i in items.indices {
        if i > 0 { out.append(0x2C) }
        body(i, &out)
      }
    }
    out.append(0x5D)
  }

  private func offsets(_ range: Range<Int>, _ out: inout [UInt8]) {
    JSONOutput.append("\"start\":", to: &out)
    JSONOutput.append(table.offset(range.lowerBound, raw), to: &out)
    JSONOutput.append(",\"end\":", to: &out)
    JSONOutput.append(table.offset(range.upperBound, raw), to: &out)
  }

  /// `"start":…,"end":…,"text":…`
  private func span(_ range: Range<Int>, _ out: inout [UInt8]) {
    offsets(range, &out)
    JSONOutput.append(",\"text\":", to: &out)
    JSONOutput.append(string: UnsafeBufferPointer(rebasing: raw[range]), to: &out)
  }

  private func append(_ day: CalendarDay, to out: inout [UInt8]) {
    var text = ShortText()
    text.append(Int(day.year), width: 4)
    text.append(UInt8(ascii: "-"))
    text.append(Int(day.month), width: 2)
    text.append(UInt8(ascii: "-"))
    text.append(Int(day.day), width: 2)
    JSONOutput.append(text, to: &out)
  }

  private func region(_ region: Region, _ out: inout [UInt8]) {
    JSONOutput.append("{\"kind\":", to: &out)
    switch region.kind {
    case .title: JSONOutput.append("\"title\",", to: &out)
    case .dateline: JSONOutput.append("\"dateline\",", to: &out)
    case .caption: JSONOutput.append("\"caption\",", to: &out)
    case .byline: JSONOutput.append("\"byline\",", to: &out)
    case .boilerplate: JSONOutput.append("\"boilerplate\",", to: &out)
    }
    span(document.rawRange(of: region.span), &out)
    out.append(0x7D)
  }

  private func identifier(_ letter: StaticString, _ i: Int, _ out: inout [UInt8]) {
    out.append(0x22)
    JSONOutput.append(letter, to: &out)
    JSONOutput.append(i + 1, to: &out)
    out.append(0x22)
  }

  private func entity(_ i: Int, _ out: inout [UInt8]) {
    let entity = document.entities[i]
    JSONOutput.append("{\"id\":", to: &out)
    identifier("e", i, &out)
    JSONOutput.append(",\"label\":\"", to: &out)
    JSONOutput.append(entity.label.code, to: &out)
    JSONOutput.append("\",", to: &out)
    span(document.rawRange(of: entity.span, trim: Int(entity.trim)), &out)
    JSONOutput.append(",\"name\":", to: &out)
    name(of: entity, &out)
    JSONOutput.append(",\"entity\":", to: &out)
    JSONOutput.append(Int(entity.number), to: &out)
    if let entry = entity.entry {
      JSONOutput.append(",\"gazetteer\":", to: &out)
      JSONOutput.append(string: lexicon.idBytes(entry), to: &out)
    }
    JSONOutput.append(",\"evidence\":[", to: &out)
    for (k, e) in entity.evidence.enumerated() {
      if k > 0 { out.append(0x2C) }
      evidence(document.evidence[e], &out)
    }
    JSONOutput.append("],\"score\":", to: &out)
    JSONOutput.append(ExactDecimal(Int64(entity.score), exponent: -3), to: &out)
    switch entity.use {
    case .none: break
    case .place: JSONOutput.append(",\"use\":\"place\"", to: &out)
    case .actor: JSONOutput.append(",\"use\":\"actor\"", to: &out)
    case .modifier: JSONOutput.append(",\"use\":\"modifier\"", to: &out)
    }
    out.append(0x7D)
  }

  private func name(of entity: Entity, _ out: inout [UInt8]) {
    if entity.nameMention >= 0 {
      let mention = document.entities[Int(entity.nameMention)]
      let range = document.rawRange(of: mention.span, trim: Int(mention.trim))
      JSONOutput.append(string: UnsafeBufferPointer(rebasing: raw[range]), to: &out)
    } else if let entry = entity.entry {
      JSONOutput.append(string: lexicon.nameBytes(entry), to: &out)
    } else {
      let range = document.rawRange(of: entity.span, trim: Int(entity.trim))
      JSONOutput.append(string: UnsafeBufferPointer(rebasing: raw[range]), to: &out)
    }
  }

  private func evidence(_ evidence: Evidence, _ out: inout [UInt8]) {
    out.append(0x22)
    switch evidence.kind {
    case .gazetteer: JSONOutput.append("gazetteer", to: &out)
    case .cue: JSONOutput.append("cue", to: &out)
    case .title: JSONOutput.append("title", to: &out)
    case .alias: JSONOutput.append("alias", to: &out)
    case .model: JSONOutput.append("model", to: &out)
    case .memory: JSONOutput.append("memory", to: &out)
    case .abbreviation: JSONOutput.append("abbreviation", to: &out)
    case .domain: JSONOutput.append("cue:domain", to: &out)
    case .userList: JSONOutput.append("user", to: &out)
    case .shape: JSONOutput.append("shape", to: &out)
    }
    if evidence.entity >= 0 {
      JSONOutput.append(":e", to: &out)
      JSONOutput.append(Int(evidence.entity) + 1, to: &out)
    } else if let entry = evidence.entry {
      out.append(0x3A)
      inner(lexicon.idBytes(entry), &out)
    } else if !evidence.span.isNone {
      out.append(0x3A)
      inner(UnsafeBufferPointer(rebasing: raw[document.rawRange(of: evidence.span)]), &out)
    }
    out.append(0x22)
  }

  /// A string's content without its quotation marks.
  private func inner(_ text: UnsafeBufferPointer<UInt8>, _ out: inout [UInt8]) {
    let mark = out.count
    JSONOutput.append(string: text, to: &out)
    out.remove(at: mark)
    out.removeLast()
  }

  private func date(_ i: Int, _ out: inout [UInt8]) {
    let date = document.dates[i]
    JSONOutput.append("{\"id\":", to: &out)
    identifier("d", i, &out)
    switch date.kind {
    case .date: JSONOutput.append(",\"type\":\"DATE\",", to: &out)
    case .time: JSONOutput.append(",\"type\":\"TIME\",", to: &out)
    case .duration: JSONOutput.append(",\"type\":\"DURATION\",", to: &out)
    case .set: JSONOutput.append(",\"type\":\"SET\",", to: &out)
    }
    span(document.rawRange(of: date.span, trim: Int(date.trim)), &out)
    JSONOutput.append(",\"value\":", to: &out)
    JSONOutput.append(date.value, to: &out)
    if let from = date.from {
      JSONOutput.append(",\"from\":", to: &out)
      append(from, to: &out)
    }
    if let to = date.to {
      JSONOutput.append(",\"to\":", to: &out)
      append(to, to: &out)
    }
    switch date.mod {
    case .none: break
    case .start: JSONOutput.append(",\"mod\":\"START\"", to: &out)
    case .mid: JSONOutput.append(",\"mod\":\"MID\"", to: &out)
    case .end: JSONOutput.append(",\"mod\":\"END\"", to: &out)
    case .approx: JSONOutput.append(",\"mod\":\"APPROX\"", to: &out)
    case .moreThan: JSONOutput.append(",\"mod\":\"MORE_THAN\"", to: &out)
    case .lessThan: JSONOutput.append(",\"mod\":\"LESS_THAN\"", to: &out)
    case .equalOrMore: JSONOutput.append(",\"mod\":\"EQUAL_OR_MORE\"", to: &out)
    case .equalOrLess: JSONOutput.append(",\"mod\":\"EQUAL_OR_LESS\"", to: &out)
    }
    if !date.freq.isEmpty {
      JSONOutput.append(",\"freq\":", to: &out)
      JSONOutput.append(date.freq, to: &out)
    }
    if date.isHijri { JSONOutput.append(",\"calendar\":\"hijri\"", to: &out) }
    if date.weekdayConflicts { JSONOutput.append(",\"weekday_conflict\":true", to: &out) }
    out.append(0x7D)
  }

  private func quantity(_ i: Int, _ out: inout [UInt8]) {
    let quantity = document.quantities[i]
    JSONOutput.append("{\"id\":", to: &out)
    identifier("q", i, &out)
    switch quantity.kind {
    case .count: JSONOutput.append(",\"kind\":\"count\"", to: &out)
    case .money: JSONOutput.append(",\"kind\":\"money\"", to: &out)
    case .percent: JSONOutput.append(",\"kind\":\"percent\"", to: &out)
    case .measure: JSONOutput.append(",\"kind\":\"measure\"", to: &out)
    case .age: JSONOutput.append(",\"kind\":\"age\"", to: &out)
    case .ordinal: JSONOutput.append(",\"kind\":\"ordinal\"", to: &out)
    case .score: JSONOutput.append(",\"kind\":\"score\"", to: &out)
    }
    if quantity.isRange {
      JSONOutput.append(",\"low\":", to: &out)
      JSONOutput.append(quantity.low, to: &out)
      JSONOutput.append(",\"high\":", to: &out)
      JSONOutput.append(quantity.high, to: &out)
    } else {
      JSONOutput.append(",\"value\":", to: &out)
      JSONOutput.append(quantity.low, to: &out)
    }
    switch quantity.modifier {
    case .exact: JSONOutput.append(",\"modifier\":\"exact\"", to: &out)
    case .approx: JSONOutput.append(",\"modifier\":\"approx\"", to: &out)
    case .atLeast: JSONOutput.append(",\"modifier\":\"at_least\"", to: &out)
    case .atMost: JSONOutput.append(",\"modifier\":\"at_most\"", to: &out)
    case .moreThan: JSONOutput.append(",\"modifier\":\"more_than\"", to: &out)
    case .lessThan: JSONOutput.append(",\"modifier\":\"less_than\"", to: &out)
    }
    JSONOutput.append(",\"unit\":", to: &out)
    if quantity.unit.isEmpty {
      JSONOutput.append("null", to: &out)
    } else {
      JSONOutput.append(quantity.unit, to: &out)
    }
    out.append(0x2C)
    span(document.rawRange(of: quantity.span), &out)
    if !quantity.classifier.isNone { plain(",\"classifier\":", quantity.classifier, &out) }
    if !quantity.item.isNone {
      JSONOutput.append(",\"item\":{", to: &out)
      span(document.rawRange(of: quantity.item), &out)
      let head = quantity.head >= 0 ? Int(quantity.head) : Int(quantity.item.start)
      plain(",\"head\":", TokenSpan(head, head + 1), &out)
      out.append(0x7D)
    }
    if !quantity.per.isNone { plain(",\"per\":", quantity.per, &out) }
    if !quantity.siUnit.isEmpty {
      JSONOutput.append(",\"si\":{\"value\":", to: &out)
      JSONOutput.append(quantity.si, to: &out)
      JSONOutput.append(",\"unit\":", to: &out)
      JSONOutput.append(quantity.siUnit, to: &out)
      out.append(0x7D)
    }
    out.append(0x7D)
  }

  /// Bytes that the annotation of a slot leaves out at its end.
  private func trim(of slot: FactSlot) -> Int {
    switch slot.layer {
    case .entity: Int(document.entities[Int(slot.index)].trim)
    case .date:
      slot.span.end == document.dates[Int(slot.index)].span.end ? Int(document.dates[Int(slot.index)].trim) : 0
    default: 0
    }
  }

  private func plain(_ key: StaticString, _ span: TokenSpan, _ out: inout [UInt8]) {
    JSONOutput.append(key, to: &out)
    JSONOutput.append(string: UnsafeBufferPointer(rebasing: raw[document.rawRange(of: span)]), to: &out)
  }

  private func fact(_ i: Int, _ out: inout [UInt8]) {
    let fact = document.facts[i]
    JSONOutput.append("{\"id\":", to: &out)
    identifier("f", i, &out)
    switch fact.kind {
    case .figure: JSONOutput.append(",\"kind\":\"figure\"", to: &out)
    case .role: JSONOutput.append(",\"kind\":\"role\"", to: &out)
    case .statement: JSONOutput.append(",\"kind\":\"statement\"", to: &out)
    case .event: JSONOutput.append(",\"kind\":\"event\"", to: &out)
    case .user:
      JSONOutput.append(",\"kind\":", to: &out)
      string(lexicon.rules.kindName(Int(fact.rule)), &out)
    }
    for slot in document.slots[fact.slots] {
      if Int(slot.name.raw) < SlotName.names.count {
        JSONOutput.append(",\"", to: &out)
        JSONOutput.append(SlotName.names[Int(slot.name.raw)], to: &out)
        JSONOutput.append("\":{", to: &out)
      } else {
        out.append(0x2C)
        string(lexicon.rules.slotName(slot.name), &out)
        JSONOutput.append(":{", to: &out)
      }
      let trim = trim(of: slot)
      span(document.rawRange(of: slot.span, trim: trim), &out)
      if slot.layer != .none {
        JSONOutput.append(",\"ref\":", to: &out)
        identifier(slot.layer == .entity ? "e" : slot.layer == .date ? "d" : "q", Int(slot.index), &out)
      }
      out.append(0x7D)
    }
    if fact.isFormer { JSONOutput.append(",\"former\":true", to: &out) }
    if fact.kind == .statement {
      JSONOutput.append(fact.isQuoted ? ",\"quoted\":true" : ",\"quoted\":false", to: &out)
    }
    switch fact.relation {
    case .none: break
    case .at: JSONOutput.append(",\"relation\":\"at\"", to: &out)
    case .since: JSONOutput.append(",\"relation\":\"since\"", to: &out)
    case .until: JSONOutput.append(",\"relation\":\"until\"", to: &out)
    case .before: JSONOutput.append(",\"relation\":\"before\"", to: &out)
    case .after: JSONOutput.append(",\"relation\":\"after\"", to: &out)
    case .during: JSONOutput.append(",\"relation\":\"during\"", to: &out)
    }
    if let verb = fact.verb {
      let root = lexicon.cellBytes(verb, "root")
      if root.count > 0 {
        JSONOutput.append(",\"root\":", to: &out)
        JSONOutput.append(string: root, to: &out)
      }
    }
    factEvidence(fact, &out)
    out.append(0x7D)
  }

  /// `"evidence":"roles.rules:24 office-body-person"`, or the name of the procedure.
  private func factEvidence(_ fact: Fact, _ out: inout [UInt8]) {
    if let place = lexicon.rules.place(Int(fact.rule)) {
      JSONOutput.append(",\"evidence\":", to: &out)
      string("rule:\(place.file):\(place.line) \(place.name)", &out)
    } else if fact.procedure != .none {
      JSONOutput.append(",\"evidence\":\"", to: &out)
      JSONOutput.append(fact.procedure.name, to: &out)
      out.append(0x22)
    }
  }

  private func string(_ text: String, _ out: inout [UInt8]) {
    var text = text
    text.withUTF8 { JSONOutput.append(string: $0, to: &out) }
  }
}
