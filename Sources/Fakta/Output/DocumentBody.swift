/// One document on its way into JSON.
///
/// Each function that begins an item makes room for it once; see `JSONBuffer` for appends and puts.
struct DocumentBody: ~Copyable {
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
    expectNames(step: 0)
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
    expectNames(step: 1)
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
    expectNames(step: 2)
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

  /// Asks memory for the next step to what the lists say of the things of the document; see `LexiconData.expectTexts`.
  private func expectNames(step: Int) {
    var things: Int32 = 0
    // Things are numbered in the order of their first mentions.
    for i in entities.indices where entities[i].number > things {
      things = entities[i].number
      if let entry = entities[i].entry { lexicon.expectTexts(of: entry, step: step) }
    }
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

  /// One name is written in one way, whatever white space and apostrophes an article has in it.
  private func writeText(of mention: Entity, _ document: Document, _ out: inout JSONBuffer) {
    document.bytes.withUnsafeBufferPointer { bytes in
      var isFirst = true
      document.forEachNamePart(of: mention) { part in
        if !isFirst { out.put(0x20) }
        isFirst = false
        out.append(part, of: bytes)
      }
    }
  }

  private func writeName(of entity: Entity, _ document: Document, _ out: inout JSONBuffer) -> Range<Int> {
    out.put("\",\"name\":\"")
    if entity.nameMention >= 0 {
      writeText(of: entities[Int(entity.nameMention)], document, &out)
    } else if let entry = entity.entry {
      out.append(inner: UnsafeBufferPointer(rebasing: lexicon.nameBytes(entry).dropFirst(Int(entity.nameSkip))))
    } else {
      writeText(of: entity, document, &out)
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
      plain(TokenSpan(head, min(Int(quantity.item.end), document.tokens.endOfDouble(head))), document, &out)
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

extension TokenTable {
  /// The end of the word at `i`, with its double behind a hyphen: `laki-laki`, `anak-anak`.
  fileprivate func endOfDouble(_ i: Int) -> Int {
    guard i + 2 < count, id[i] != 0, id[i + 2] == id[i], kind[i + 1] == TokenKind.hyphen, attached(i + 1),
      attached(i + 2)
    else { return i + 1 }
    return i + 3
  }
}
