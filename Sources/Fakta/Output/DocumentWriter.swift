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
  private let texts: WriterTexts
  private let shown: ShownLayers
  private var table = OffsetTable()
  private var memory = JSONMemory()

  public init(lexicon: Lexicon, options: Options = Options()) {
    self.lexicon = lexicon
    self.options = options
    texts = WriterTexts(lexicon: lexicon)
    shown = ShownLayers(options.layers)
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
    // A copy of the writer on another thread has memory of its own, and one huge article is not kept.
    if !isKnownUniquelyReferenced(&memory) || memory.capacity > Self.largestKept { memory = JSONMemory() }
    var buffer = JSONBuffer(memory)
    document.raw.withUnsafeBufferPointer { raw in
      let json = Body(document: document, lexicon: lexicon, texts: texts, table: table, raw: raw)
      json.write(id: id, meta: meta, includesText: options.includesText, shown: shown, to: &buffer)
    }
    out.append(contentsOf: buffer.bytes)
  }

  private static let largestKept = 8 << 20

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

/// What the writer says of rules and verbs, made ready once.
private final class WriterTexts: Sendable {
  /// `,"evidence":"rule:roles.rules:24 office-body-person"` for each rule, one after the other.
  private let evidence: [UInt8]
  private let starts: [Int]
  let roots: CellColumn

  init(lexicon: Lexicon) {
    var json = JSONBuffer(JSONMemory())
    var starts = [0]
    let rules = lexicon.rules
    while let place = rules.place(starts.count - 1) {
      json.append(",\"evidence\":")
      json.append(string: "rule:\(place.file):\(place.line) \(place.name)")
      starts.append(json.bytes.count)
    }
    evidence = Array(json.bytes)
    self.starts = starts
    roots = CellColumn("root", in: lexicon)
  }

  func evidence(ofRule rule: Int) -> ArraySlice<UInt8>? {
    guard rule >= 0, rule + 1 < starts.count else { return nil }
    return evidence[starts[rule]..<starts[rule + 1]]
  }
}

/// Which layers are written; asked for each document.
private struct ShownLayers: Sendable {
  let regions: Bool
  let sentences: Bool
  let entities: Bool
  let dates: Bool
  let quantities: Bool
  let facts: Bool

  init(_ layers: Set<Layer>) {
    regions = layers.contains(.regions)
    sentences = layers.contains(.sentences)
    entities = layers.contains(.entities)
    dates = layers.contains(.dates)
    quantities = layers.contains(.quantities)
    facts = layers.contains(.facts)
  }
}

/// One document on its way into JSON.
private struct Body {
  let document: Document
  let lexicon: Lexicon
  let texts: WriterTexts
  let table: OffsetTable
  let raw: UnsafeBufferPointer<UInt8>

  func write(id: [UInt8], meta: [UInt8], includesText: Bool, shown: ShownLayers, to out: inout JSONBuffer) {
    out.append("{\"fakta\":\"1\",\"id\":")
    id.withUnsafeBufferPointer { out.append(string: $0) }
    if !meta.isEmpty {
      out.append(",\"meta\":")
      meta.withUnsafeBufferPointer { out.append($0) }
    }
    if includesText {
      out.append(",\"text\":")
      out.append(string: raw)
    }
    out.append(",\"reference_date\":")
    if let day = document.referenceDate {
      out.append(day)
    } else {
      out.append("null")
    }
    out.append(",\"reference_date_source\":")
    switch document.referenceSource {
    case .none: out.append("null")
    case .option: out.append("\"option\"")
    case .record: out.append("\"record\"")
    case .dateline: out.append("\"dateline\"")
    case .text: out.append("\"text\"")
    }
    list(",\"regions\":[", document.regions, shown: shown.regions, &out) {
      region(document.regions[$0], &$1)
    }
    list(",\"sentences\":[", document.sentences, shown: shown.sentences, &out) {
      $1.append(0x7B)
      offsets(document.rawRange(of: document.sentences[$0]), &$1)
      $1.append(0x7D)
    }
    list(",\"entities\":[", document.entities, shown: shown.entities, &out) { entity($0, &$1) }
    list(",\"dates\":[", document.dates, shown: shown.dates, &out) { date($0, &$1) }
    list(",\"quantities\":[", document.quantities, shown: shown.quantities, &out) {
      quantity($0, &$1)
    }
    list(",\"facts\":[", document.facts, shown: shown.facts, &out) { fact($0, &$1) }
    out.append(0x7D)
  }

  @inline(__always)
  private func list<T>(
    _ head: StaticString, _ items: [T], shown: Bool, _ out: inout JSONBuffer, _ body: (Int, inout JSONBuffer) -> Void
  ) {
    out.append(head)
    if shown {
      for i in items.indices {
        if i > 0 { out.append(0x2C) }
        body(i, &out)
      }
    }
    out.append(0x5D)
  }

  private func offsets(_ range: Range<Int>, _ out: inout JSONBuffer) {
    out.append("\"start\":")
    out.append(number: table.offset(range.lowerBound))
    out.append(",\"end\":")
    out.append(number: table.offset(range.upperBound))
  }

  /// `"start":…,"end":…,"text":…`
  private func span(_ range: Range<Int>, _ out: inout JSONBuffer) {
    offsets(range, &out)
    out.append(",\"text\":")
    out.append(string: UnsafeBufferPointer(rebasing: raw[range]))
  }

  private func region(_ region: Region, _ out: inout JSONBuffer) {
    out.append("{\"kind\":")
    switch region.kind {
    case .title: out.append("\"title\",")
    case .dateline: out.append("\"dateline\",")
    case .caption: out.append("\"caption\",")
    case .byline: out.append("\"byline\",")
    case .boilerplate: out.append("\"boilerplate\",")
    }
    span(document.rawRange(of: region.span), &out)
    out.append(0x7D)
  }

  /// `"e1"`
  @inline(__always)
  private func identifier(_ letter: Unicode.Scalar, _ i: Int, _ out: inout JSONBuffer) {
    out.append(0x22)
    out.append(UInt8(ascii: letter))
    out.append(number: i + 1)
    out.append(0x22)
  }

  private func entity(_ i: Int, _ out: inout JSONBuffer) {
    let entity = document.entities[i]
    out.append("{\"id\":")
    identifier("e", i, &out)
    switch entity.label {
    case .none: out.append(",\"label\":\"\",")
    case .person: out.append(",\"label\":\"PER\",")
    case .location: out.append(",\"label\":\"LOC\",")
    case .organization: out.append(",\"label\":\"ORG\",")
    }
    span(document.rawRange(of: entity.span, trim: Int(entity.trim)), &out)
    out.append(",\"name\":")
    name(of: entity, &out)
    out.append(",\"entity\":")
    out.append(number: Int(entity.number))
    if let entry = entity.entry {
      out.append(",\"gazetteer\":")
      out.append(string: lexicon.idBytes(entry))
    }
    out.append(",\"evidence\":[")
    for e in entity.evidence {
      if e > entity.evidence.lowerBound { out.append(0x2C) }
      evidence(document.evidence[e], &out)
    }
    out.append("],\"score\":")
    out.append(thousandths: entity.score)
    switch entity.use {
    case .none: break
    case .place: out.append(",\"use\":\"place\"")
    case .actor: out.append(",\"use\":\"actor\"")
    case .modifier: out.append(",\"use\":\"modifier\"")
    }
    out.append(0x7D)
  }

  private func name(of entity: Entity, _ out: inout JSONBuffer) {
    if entity.nameMention >= 0 {
      let mention = document.entities[Int(entity.nameMention)]
      let range = document.rawRange(of: mention.span, trim: Int(mention.trim))
      out.append(string: UnsafeBufferPointer(rebasing: raw[range]))
    } else if let entry = entity.entry {
      out.append(string: lexicon.nameBytes(entry))
    } else {
      let range = document.rawRange(of: entity.span, trim: Int(entity.trim))
      out.append(string: UnsafeBufferPointer(rebasing: raw[range]))
    }
  }

  private func evidence(_ evidence: Evidence, _ out: inout JSONBuffer) {
    out.append(0x22)
    switch evidence.kind {
    case .gazetteer: out.append("gazetteer")
    case .cue: out.append("cue")
    case .title: out.append("title")
    case .alias: out.append("alias")
    case .model: out.append("model")
    case .memory: out.append("memory")
    case .abbreviation: out.append("abbreviation")
    case .domain: out.append("cue:domain")
    case .userList: out.append("user")
    case .shape: out.append("shape")
    }
    if evidence.entity >= 0 {
      out.append(":e")
      out.append(number: Int(evidence.entity) + 1)
    } else if let entry = evidence.entry {
      out.append(0x3A)
      out.append(inner: lexicon.idBytes(entry))
    } else if !evidence.span.isNone {
      out.append(0x3A)
      out.append(inner: UnsafeBufferPointer(rebasing: raw[document.rawRange(of: evidence.span)]))
    }
    out.append(0x22)
  }

  private func date(_ i: Int, _ out: inout JSONBuffer) {
    let date = document.dates[i]
    out.append("{\"id\":")
    identifier("d", i, &out)
    switch date.kind {
    case .date: out.append(",\"type\":\"DATE\",")
    case .time: out.append(",\"type\":\"TIME\",")
    case .duration: out.append(",\"type\":\"DURATION\",")
    case .set: out.append(",\"type\":\"SET\",")
    }
    span(document.rawRange(of: date.span, trim: Int(date.trim)), &out)
    out.append(",\"value\":")
    out.append(date.value)
    if let from = date.from {
      out.append(",\"from\":")
      out.append(from)
    }
    if let to = date.to {
      out.append(",\"to\":")
      out.append(to)
    }
    switch date.mod {
    case .none: break
    case .start: out.append(",\"mod\":\"START\"")
    case .mid: out.append(",\"mod\":\"MID\"")
    case .end: out.append(",\"mod\":\"END\"")
    case .approx: out.append(",\"mod\":\"APPROX\"")
    case .moreThan: out.append(",\"mod\":\"MORE_THAN\"")
    case .lessThan: out.append(",\"mod\":\"LESS_THAN\"")
    case .equalOrMore: out.append(",\"mod\":\"EQUAL_OR_MORE\"")
    case .equalOrLess: out.append(",\"mod\":\"EQUAL_OR_LESS\"")
    }
    if !date.freq.isEmpty {
      out.append(",\"freq\":")
      out.append(date.freq)
    }
    if date.isHijri { out.append(",\"calendar\":\"hijri\"") }
    if date.weekdayConflicts { out.append(",\"weekday_conflict\":true") }
    out.append(0x7D)
  }

  private func quantity(_ i: Int, _ out: inout JSONBuffer) {
    let quantity = document.quantities[i]
    out.append("{\"id\":")
    identifier("q", i, &out)
    switch quantity.kind {
    case .count: out.append(",\"kind\":\"count\"")
    case .money: out.append(",\"kind\":\"money\"")
    case .percent: out.append(",\"kind\":\"percent\"")
    case .measure: out.append(",\"kind\":\"measure\"")
    case .age: out.append(",\"kind\":\"age\"")
    case .ordinal: out.append(",\"kind\":\"ordinal\"")
    case .score: out.append(",\"kind\":\"score\"")
    }
    if quantity.isRange {
      out.append(",\"low\":")
      out.append(quantity.low)
      out.append(",\"high\":")
      out.append(quantity.high)
    } else {
      out.append(",\"value\":")
      out.append(quantity.low)
    }
    switch quantity.modifier {
    case .exact: out.append(",\"modifier\":\"exact\"")
    case .approx: out.append(",\"modifier\":\"approx\"")
    case .atLeast: out.append(",\"modifier\":\"at_least\"")
    case .atMost: out.append(",\"modifier\":\"at_most\"")
    case .moreThan: out.append(",\"modifier\":\"more_than\"")
    case .lessThan: out.append(",\"modifier\":\"less_than\"")
    }
    out.append(",\"unit\":")
    if quantity.unit.isEmpty {
      out.append("null")
    } else {
      out.append(quantity.unit)
    }
    out.append(0x2C)
    span(document.rawRange(of: quantity.span), &out)
    if !quantity.classifier.isNone { plain(",\"classifier\":", quantity.classifier, &out) }
    if !quantity.item.isNone {
      out.append(",\"item\":{")
      span(document.rawRange(of: quantity.item), &out)
      let head = quantity.head >= 0 ? Int(quantity.head) : Int(quantity.item.start)
      plain(",\"head\":", TokenSpan(head, head + 1), &out)
      out.append(0x7D)
    }
    if !quantity.per.isNone { plain(",\"per\":", quantity.per, &out) }
    if !quantity.siUnit.isEmpty {
      out.append(",\"si\":{\"value\":")
      out.append(quantity.si)
      out.append(",\"unit\":")
      out.append(quantity.siUnit)
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

  private func plain(_ key: StaticString, _ span: TokenSpan, _ out: inout JSONBuffer) {
    out.append(key)
    out.append(string: UnsafeBufferPointer(rebasing: raw[document.rawRange(of: span)]))
  }

  private func fact(_ i: Int, _ out: inout JSONBuffer) {
    let fact = document.facts[i]
    out.append("{\"id\":")
    identifier("f", i, &out)
    switch fact.kind {
    case .figure: out.append(",\"kind\":\"figure\"")
    case .role: out.append(",\"kind\":\"role\"")
    case .statement: out.append(",\"kind\":\"statement\"")
    case .event: out.append(",\"kind\":\"event\"")
    case .user:
      out.append(",\"kind\":")
      out.append(string: lexicon.rules.kindName(Int(fact.rule)))
    }
    for slot in document.slots[fact.slots] {
      name(of: slot, &out)
      let trim = trim(of: slot)
      span(document.rawRange(of: slot.span, trim: trim), &out)
      if slot.layer != .none {
        out.append(",\"ref\":")
        switch slot.layer {
        case .entity: identifier("e", Int(slot.index), &out)
        case .date: identifier("d", Int(slot.index), &out)
        default: identifier("q", Int(slot.index), &out)
        }
      }
      out.append(0x7D)
    }
    if fact.isFormer { out.append(",\"former\":true") }
    if fact.kind == .statement {
      out.append(fact.isQuoted ? ",\"quoted\":true" : ",\"quoted\":false")
    }
    switch fact.relation {
    case .none: break
    case .at: out.append(",\"relation\":\"at\"")
    case .since: out.append(",\"relation\":\"since\"")
    case .until: out.append(",\"relation\":\"until\"")
    case .before: out.append(",\"relation\":\"before\"")
    case .after: out.append(",\"relation\":\"after\"")
    case .during: out.append(",\"relation\":\"during\"")
    }
    if let verb = fact.verb {
      let root = texts.roots.bytes(verb, in: lexicon)
      if root.count > 0 {
        out.append(",\"root\":")
        out.append(string: root)
      }
    }
    factEvidence(fact, &out)
    out.append(0x7D)
  }

  /// `,"actor":{`
  private func name(of slot: FactSlot, _ out: inout JSONBuffer) {
    switch slot.name {
    case .quantity: out.append(",\"quantity\":{")
    case .action: out.append(",\"action\":{")
    case .actor: out.append(",\"actor\":{")
    case .place: out.append(",\"place\":{")
    case .time: out.append(",\"time\":{")
    case .source: out.append(",\"source\":{")
    case .person: out.append(",\"person\":{")
    case .title: out.append(",\"title\":{")
    case .speaker: out.append(",\"speaker\":{")
    case .cue: out.append(",\"cue\":{")
    case .content: out.append(",\"content\":{")
    default:
      if Int(slot.name.raw) < SlotName.names.count {
        out.append(",\"")
        out.append(SlotName.names[Int(slot.name.raw)])
        out.append("\":{")
      } else {
        out.append(0x2C)
        out.append(string: lexicon.rules.slotName(slot.name))
        out.append(":{")
      }
    }
  }

  /// `"evidence":"roles.rules:24 office-body-person"`, or the name of the procedure.
  private func factEvidence(_ fact: Fact, _ out: inout JSONBuffer) {
    if let evidence = texts.evidence(ofRule: Int(fact.rule)) {
      evidence.withUnsafeBufferPointer { out.append($0) }
    } else if fact.procedure != .none {
      out.append(",\"evidence\":\"")
      out.append(fact.procedure.name)
      out.append(0x22)
    }
  }
}
