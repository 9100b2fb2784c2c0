/// Writes annotated documents as JSON by the schema: one line each, or indented.
///
///     {"fakta":"1","id":"a1","text":"…","entities":[{"id":"e1","label":"LOC","start":23,…
///
/// Layers that the options leave out are empty, as the schema wants them; `layers` names those that are there.
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
  private var written: [WrittenName] = []

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
  public mutating func append(_ document: borrowing Document, id: [UInt8], meta: [UInt8], to out: inout [UInt8]) {
    // A pointer, since each of the closures below would hold a copy of the document.
    withUnsafePointer(to: document) { append($0, id: id, meta: meta, to: &out) }
  }

  private mutating func append(
    _ document: UnsafePointer<Document>, id: [UInt8], meta: [UInt8], to out: inout [UInt8]
  ) {
    let unit: OffsetTable.Unit =
      switch options.offsets {
      case .codepoint: .codepoint
      case .utf16: .utf16
      case .utf8: .utf8
      }
    table.reset(document.pointee.raw, unit: unit)
    // A copy of the writer on another thread has memory of its own, and one huge article is not kept.
    if !isKnownUniquelyReferenced(&memory) || memory.capacity > Self.largestKept { memory = JSONMemory() }
    if written.count < document.pointee.entities.count {
      written = [WrittenName](repeating: WrittenName(), count: document.pointee.entities.count * 2)
    }
    // Written where it stays, but for what is larger than nearly all.
    let room = min(document.pointee.raw.count * 12, Self.largestKept) + meta.count + 2 * JSONBuffer.slack
    if out.capacity - out.count < room { out.reserveCapacity(max(out.count + room, out.capacity * 2)) }
    var isMoved = false
    var count = 0
    out.append(addingCapacity: room) { span in
      span.withUnsafeMutableBufferPointer { place, used in
        var buffer = JSONBuffer(UnsafeMutableBufferPointer(rebasing: place[used...]), else: memory)
        write(document, id: id, meta: meta, to: &buffer)
        (isMoved, count) = (buffer.isMoved, buffer.count)
        if !isMoved { used += count }
      }
    }
    if isMoved { out.append(contentsOf: UnsafeBufferPointer(start: memory.base, count: count)) }
  }

  private mutating func write(
    _ document: UnsafePointer<Document>, id: [UInt8], meta: [UInt8], to buffer: inout JSONBuffer
  ) {
    let (lexicon, texts, options, shown, table) = (lexicon, texts, options, shown, table)
    written.withUnsafeMutableBufferPointer { written in
      document.pointee.raw.withUnsafeBufferPointer { raw in
        document.pointee.entities.withUnsafeBufferPointer { entities in
          table.withReader { table in
            let json = Body(
              document: document.pointee, lexicon: lexicon, texts: texts, table: table, raw: raw, entities: entities,
              written: written)
            json.write(
              document.pointee, id: id, meta: meta, includesText: options.includesText, shown: shown, to: &buffer)
          }
        }
      }
    }
  }

  private static let largestKept = 4 << 20

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
  let phrases = PhraseTable(Phrases.groups)

  init(lexicon: Lexicon) {
    var json = JSONBuffer(JSONMemory())
    var starts = [0]
    let rules = lexicon.rules
    while rules.place(starts.count - 1) != nil {
      json.append(",\"evidence\":")
      json.append(string: rules.evidence(starts.count - 1) ?? "")
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

/// The texts for values of enumerations, in the order of their raw values.
private enum Phrases {
  static let labels = 0
  static let uses = 1
  static let evidence = 2
  static let slots = 3
  static let references = 4
  static let facts = 5
  static let relations = 6
  static let quantities = 7
  static let modifiers = 8
  static let dates = 9
  static let dateModifiers = 10
  static let regions = 11

  static let groups: [[String]] = [
    ["", "PER", "LOC", "ORG"].map { "\",\"label\":\"\($0)\",\"start\":" },
    ["}"] + ["place", "actor", "modifier"].map { ",\"use\":\"\($0)\"}" },
    Evidence.Kind.allCases.map { "\"\($0.code)" },
    SlotName.names.map { ",\"\($0)\":{\"start\":" },
    ["\"}"] + ["e", "d", "q"].map { "\",\"ref\":\"\($0)" },
    ["figure", "role", "statement", "event"].map { "\",\"kind\":\"\($0)\"" } + ["\",\"kind\":"],
    [""] + ["at", "since", "until", "before", "after", "during"].map { ",\"relation\":\"\($0)\"" },
    ["count", "money", "percent", "measure", "age", "ordinal", "score"].map { "\",\"kind\":\"\($0)\"" },
    ["exact", "approx", "at_least", "at_most", "more_than", "less_than"].map {
      ",\"modifier\":\"\($0)\",\"unit\":"
    },
    ["DATE", "TIME", "DURATION", "SET"].map { "\",\"type\":\"\($0)\",\"start\":" },
    [""]
      + [
        "START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS",
      ].map { ",\"mod\":\"\($0)\"" },
    ["title", "dateline", "caption", "byline", "boilerplate"].map { "{\"kind\":\"\($0)\",\"start\":" },
  ]
}

/// Where the name of a thing stands in what was written, so that its next mention copies it.
private struct WrittenName {
  var nameMention: Int32 = 0
  var entry: EntryID?
  /// `name":"…","entity":1,"gazetteer":"…","evidence":[`, in bytes of the output.
  var start = 0
  var count = 0
  /// The id of `entry` in it.
  var id = 0
  var idCount = 0
}

/// Which layers are written; asked for each document.
private struct ShownLayers: Sendable {
  let regions: Bool
  let sentences: Bool
  let entities: Bool
  let dates: Bool
  let quantities: Bool
  let facts: Bool
  /// `,"layers":["entities","dates"]` where some are left out.
  let names: [UInt8]

  init(_ layers: Set<Layer>) {
    regions = layers.contains(.regions)
    sentences = layers.contains(.sentences)
    entities = layers.contains(.entities)
    dates = layers.contains(.dates)
    quantities = layers.contains(.quantities)
    facts = layers.contains(.facts)
    let all: [Layer] = [.regions, .sentences, .entities, .dates, .quantities, .facts]
    let shown = all.filter(layers.contains).map { "\"\($0.rawValue)\"" }
    names = shown.count == all.count ? [] : Array(",\"layers\":[\(shown.joined(separator: ","))]".utf8)
  }
}

/// One document on its way into JSON.
///
/// Each function that begins an item makes room for it once; see `JSONBuffer` for appends and puts.
private struct Body: ~Copyable {
  let lexicon: Lexicon
  let texts: WriterTexts
  let table: OffsetTable.Reader
  let raw: UnsafeBufferPointer<UInt8>
  let entities: UnsafeBufferPointer<Entity>
  /// Room for as many names as there are entities.
  let written: UnsafeMutableBufferPointer<WrittenName>
  private let starts: TokenColumn<UInt32>
  private let ends: TokenColumn<UInt32>
  /// Whether the raw text is the normalised one.
  private let isSame: Bool

  init(
    document: borrowing Document, lexicon: Lexicon, texts: WriterTexts, table: OffsetTable.Reader,
    raw: UnsafeBufferPointer<UInt8>, entities: UnsafeBufferPointer<Entity>,
    written: UnsafeMutableBufferPointer<WrittenName>
  ) {
    self.lexicon = lexicon
    self.texts = texts
    self.table = table
    self.raw = raw
    self.entities = entities
    self.written = written
    starts = document.tokens.start
    ends = document.tokens.end
    isSame = document.origin.isIdentity
  }

  func write(
    _ document: Document, id: [UInt8], meta: [UInt8], includesText: Bool, shown: ShownLayers, to out: inout JSONBuffer
  ) {
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
    shown.names.withUnsafeBufferPointer { out.append($0) }
    out.append(",\"regions\":[")
    if shown.regions { regions(document, &out) }
    out.append("],\"sentences\":[")
    if shown.sentences { sentences(document, &out) }
    out.append("],\"entities\":[")
    if shown.entities {
      var things = 0
      for i in entities.indices { entity(i, document, &things, &out) }
    }
    out.append("],\"dates\":[")
    if shown.dates {
      for i in document.dates.indices { date(i, document, &out) }
    }
    out.append("],\"quantities\":[")
    if shown.quantities {
      for i in document.quantities.indices { quantity(i, document, &out) }
    }
    out.append("],\"facts\":[")
    if shown.facts {
      for i in document.facts.indices { fact(i, document, &out) }
    }
    out.append("]}")
  }

  @inline(__always)
  private func rawRange(of span: TokenSpan, trim: Int = 0, _ document: Document) -> Range<Int> {
    guard isSame, !span.isNone, span.end > span.start else { return document.rawRange(of: span, trim: trim) }
    let start = Int(starts[Int(span.start)])
    return start..<max(start, Int(ends[Int(span.end) - 1]) - trim)
  }

  /// Puts the beginning of an item: a comma behind another one.
  @inline(__always)
  private func begin(_ i: Int, _ out: inout JSONBuffer) {
    out.makeRoom()
    if i > 0 { out.put(0x2C) }
  }

  /// `…,"end":…`, the start behind what stands there.
  @inline(__always)
  private func offsets(_ range: Range<Int>, _ out: inout JSONBuffer) {
    out.put(number: table.offset(range.lowerBound))
    out.put(",\"end\":")
    out.put(number: table.offset(range.upperBound))
  }

  /// `…,"end":…,"text":"…`, the start behind what stands there and without the last quotation mark.
  @inline(__always)
  private func span(_ range: Range<Int>, _ out: inout JSONBuffer) {
    offsets(range, &out)
    out.put(",\"text\":\"")
    out.append(range, of: raw)
  }

  private func regions(_ document: Document, _ out: inout JSONBuffer) {
    for i in document.regions.indices {
      let region = document.regions[i]
      begin(i, &out)
      out.put(texts.phrases.row(Phrases.regions, region.kind.rawValue))
      span(rawRange(of: region.span, document), &out)
      out.put("\"}")
    }
  }

  private func sentences(_ document: Document, _ out: inout JSONBuffer) {
    for i in document.sentences.indices {
      begin(i, &out)
      out.put("{\"start\":")
      offsets(rawRange(of: document.sentences[i], document), &out)
      out.put(0x7D)
    }
  }

  private func entity(_ i: Int, _ document: Document, _ things: inout Int, _ out: inout JSONBuffer) {
    let entity = entities[i]
    begin(i, &out)
    out.put("{\"id\":\"e")
    out.put(number: i + 1)
    out.put(texts.phrases.row(Phrases.labels, entity.label.rawValue))
    span(rawRange(of: entity.span, trim: Int(entity.trim), document), &out)
    let id = name(of: entity, document, &things, &out)
    for e in entity.evidence {
      if e > entity.evidence.lowerBound { out.put(0x2C) }
      evidence(document.evidence[e], of: entity, id, document, &out)
    }
    out.put("],\"score\":")
    out.put(thousandths: entity.score)
    out.put(texts.phrases.row(Phrases.uses, entity.use.rawValue))
  }

  /// `","name":"…","entity":1,"gazetteer":"…","evidence":[`: all that mentions of a thing have in common, and where the id of
  /// the entry stands in it.
  @inline(__always)
  private func name(of entity: Entity, _ document: Document, _ things: inout Int, _ out: inout JSONBuffer)
    -> Range<Int>
  {
    let thing = Int(entity.number) - 1
    if thing >= 0, thing < things, entity.nameMention >= 0 || entity.entry != nil {
      let known = written[thing]
      if known.nameMention == entity.nameMention, known.entry == entity.entry {
        out.append(again: known.start, count: known.count)
        return known.id..<known.id + known.idCount
      }
    }
    let start = out.count
    let id = writeName(of: entity, document, &out)
    // Things are numbered in the order of their first mentions.
    if thing == things {
      written[thing] = WrittenName(
        nameMention: entity.nameMention, entry: entity.entry, start: start, count: out.count - start,
        id: id.lowerBound, idCount: id.count)
      things += 1
    }
    return id
  }

  private func writeName(of entity: Entity, _ document: Document, _ out: inout JSONBuffer) -> Range<Int> {
    out.put("\",\"name\":\"")
    if entity.nameMention >= 0 {
      let mention = entities[Int(entity.nameMention)]
      out.append(rawRange(of: mention.span, trim: Int(mention.trim), document), of: raw)
    } else if let entry = entity.entry {
      out.append(inner: lexicon.nameBytes(entry))
    } else {
      out.append(rawRange(of: entity.span, trim: Int(entity.trim), document), of: raw)
    }
    out.put("\",\"entity\":")
    out.put(number: Int(entity.number))
    var id = 0..<0
    if let entry = entity.entry {
      out.put(",\"gazetteer\":\"")
      let start = out.count
      out.append(inner: lexicon.idBytes(entry))
      id = start..<out.count
      out.put(0x22)
    }
    out.put(",\"evidence\":[")
    return id
  }

  /// - Parameter id: Where the id of the entity's entry was written.
  @inline(__always)
  private func evidence(
    _ evidence: Evidence, of entity: Entity, _ id: Range<Int>, _ document: Document, _ out: inout JSONBuffer
  ) {
    out.makeRoom()
    out.put(texts.phrases.row(Phrases.evidence, evidence.kind.rawValue))
    if evidence.kind == .rule, let place = lexicon.nameRules.place(Int(evidence.rule)) {
      var text = ":\(place.file):\(place.line) \(place.name)"
      text.withUTF8 { out.append(inner: $0) }
    } else if evidence.entity >= 0 {
      out.put(":e")
      out.put(number: Int(evidence.entity) + 1)
    } else if let entry = evidence.entry {
      out.put(0x3A)
      if entry == entity.entry {
        out.append(again: id.lowerBound, count: id.count)
      } else {
        out.append(inner: lexicon.idBytes(entry))
      }
    } else if !evidence.span.isNone {
      out.put(0x3A)
      out.append(rawRange(of: evidence.span, document), of: raw)
    }
    out.put(0x22)
  }

  private func date(_ i: Int, _ document: Document, _ out: inout JSONBuffer) {
    let date = document.dates[i]
    begin(i, &out)
    out.put("{\"id\":\"d")
    out.put(number: i + 1)
    out.put(texts.phrases.row(Phrases.dates, date.kind.rawValue))
    span(rawRange(of: date.span, trim: Int(date.trim), document), &out)
    out.put("\",\"value\":")
    out.append(date.value)
    if let from = date.from {
      out.put(",\"from\":")
      out.append(from)
    }
    if let to = date.to {
      out.put(",\"to\":")
      out.append(to)
    }
    out.put(texts.phrases.row(Phrases.dateModifiers, date.mod.rawValue))
    if !date.freq.isEmpty {
      out.put(",\"freq\":")
      out.append(date.freq)
    }
    if date.isHijri { out.put(",\"calendar\":\"hijri\"") }
    if date.weekdayConflicts { out.put(",\"weekday_conflict\":true") }
    out.put(0x7D)
  }

  private func quantity(_ i: Int, _ document: Document, _ out: inout JSONBuffer) {
    let quantity = document.quantities[i]
    begin(i, &out)
    out.put("{\"id\":\"q")
    out.put(number: i + 1)
    out.put(texts.phrases.row(Phrases.quantities, quantity.kind.rawValue))
    if quantity.isRange {
      out.put(",\"low\":")
      out.append(quantity.low)
      out.put(",\"high\":")
      out.append(quantity.high)
    } else {
      out.put(",\"value\":")
      out.append(quantity.low)
    }
    out.put(texts.phrases.row(Phrases.modifiers, quantity.modifier.rawValue))
    if quantity.unit.isEmpty {
      out.put("null")
    } else {
      out.append(quantity.unit)
    }
    out.put(",\"start\":")
    span(rawRange(of: quantity.span, document), &out)
    out.put(0x22)
    if !quantity.classifier.isNone {
      out.put(",\"classifier\":\"")
      plain(quantity.classifier, document, &out)
    }
    if !quantity.item.isNone {
      out.put(",\"item\":{\"start\":")
      span(rawRange(of: quantity.item, document), &out)
      let head = quantity.head >= 0 ? Int(quantity.head) : Int(quantity.item.start)
      out.put("\",\"head\":\"")
      plain(TokenSpan(head, head + 1), document, &out)
      out.put(0x7D)
    }
    if !quantity.per.isNone {
      out.put(",\"per\":\"")
      plain(quantity.per, document, &out)
    }
    if !quantity.siUnit.isEmpty {
      out.put(",\"si\":{\"value\":")
      out.append(quantity.si)
      out.put(",\"unit\":")
      out.append(quantity.siUnit)
      out.put(0x7D)
    }
    out.put(0x7D)
  }

  /// Bytes that the annotation of a slot leaves out at its end.
  private func trim(of slot: FactSlot, _ document: Document) -> Int {
    switch slot.layer {
    case .entity: Int(entities[Int(slot.index)].trim)
    case .date:
      slot.span.end == document.dates[Int(slot.index)].span.end ? Int(document.dates[Int(slot.index)].trim) : 0
    default: 0
    }
  }

  /// Text, and the quotation mark behind it.
  @inline(__always)
  private func plain(_ span: TokenSpan, _ document: Document, _ out: inout JSONBuffer) {
    out.append(rawRange(of: span, document), of: raw)
    out.put(0x22)
  }

  private func fact(_ i: Int, _ document: Document, _ out: inout JSONBuffer) {
    let fact = document.facts[i]
    begin(i, &out)
    out.put("{\"id\":\"f")
    out.put(number: i + 1)
    out.put(texts.phrases.row(Phrases.facts, fact.kind.rawValue))
    if fact.kind == .user { out.append(string: lexicon.rules.kindName(Int(fact.rule))) }
    for s in fact.slots {
      let slot = document.slots[s]
      out.makeRoom()
      if Int(slot.name.raw) < SlotName.names.count {
        out.put(texts.phrases.row(Phrases.slots, UInt8(truncatingIfNeeded: slot.name.raw)))
      } else {
        out.put(0x2C)
        out.append(string: lexicon.rules.slotName(slot.name))
        out.put(":{\"start\":")
      }
      span(rawRange(of: slot.span, trim: trim(of: slot, document), document), &out)
      out.put(texts.phrases.row(Phrases.references, slot.layer.rawValue))
      if slot.layer != .none {
        out.put(number: Int(slot.index) + 1)
        out.put("\"}")
      }
    }
    if fact.isFormer { out.put(",\"former\":true") }
    if fact.kind == .statement {
      out.put(",\"quoted\":")
      if fact.isQuoted { out.put("true") } else { out.put("false") }
    }
    out.put(texts.phrases.row(Phrases.relations, fact.relation.rawValue))
    if let verb = fact.verb {
      let root = texts.roots.bytes(verb, in: lexicon)
      if root.count > 0 {
        out.put(",\"root\":")
        out.append(string: root)
      }
    }
    factEvidence(fact, &out)
    out.put(0x7D)
  }

  /// `"evidence":"roles.rules:24 office-body-person"`, or the name of the procedure.
  private func factEvidence(_ fact: Fact, _ out: inout JSONBuffer) {
    if let evidence = texts.evidence(ofRule: Int(fact.rule)) {
      evidence.withUnsafeBufferPointer { out.append($0) }
    } else if fact.procedure != .none {
      out.put(",\"evidence\":\"")
      out.append(fact.procedure.name)
      out.put(0x22)
    }
  }
}
