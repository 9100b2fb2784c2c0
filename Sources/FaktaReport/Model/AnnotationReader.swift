import Fakta

/// Reads annotated documents: JSON by the schema, with a member "fakta" that is a version.
///
///     {"fakta":"1","id":"a1","text":"…","entities":[{"id":"e1","label":"LOC","start":23,…
///
/// Members it does not know are skipped, ids and references may be absent, so that documents written by hand or by
/// a later version can be shown too.
///
/// **Offsets** of the file may count code points, UTF-16 units or bytes; the unit that fits the texts of the spans
/// is found by trying. What lies outside of the text is clipped.
///
/// **Errors.** `JSONError` where the line is not JSON; a value of another type than expected counts as absent.
///
/// **Cost.** One visit per byte, and one `String` per name and value.
package struct AnnotationReader {
  private let bytes: [UInt8]
  private var scanner = JSONScanner()
  private var document = ReportDocument()
  /// The texts of spans as the file gives them, to find the unit of the offsets and to stand in for a missing text.
  private var surfaces: [(start: Int, end: Int, text: String)] = []
  private var references: [(fact: Int, slot: Int, id: String)] = []
  private var buffer: [UInt8] = []
  /// Where a record that failed came from.
  private var place = (path: "", line: "")

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads one document; `nil` when the object has no such member and `isRequired` is true: it is an article that
  /// is not annotated yet.
  package static func read(_ bytes: [UInt8], requiresMark isRequired: Bool = true) throws(JSONError) -> ReportDocument?
  {
    var reader = AnnotationReader(bytes)
    let hasMark = try reader.readDocument()
    if isRequired && !hasMark { return nil }
    reader.resolve()
    return reader.document
  }

  // Members

  private mutating func readDocument() throws(JSONError) -> Bool {
    var hasMark = false
    document.hasText = false
    let bytes = bytes
    try scanner.enter(UInt8(ascii: "{"), in: bytes.span)
    var isFirst = true
    while let name = try nextName(&isFirst) {
      switch name {
      case "fakta":
        // Articles may have a member of that name too: the word is Indonesian.
        let version = try string() ?? ""
        hasMark = !version.isEmpty && version.utf8.allSatisfy("0123456789.".utf8.contains)
      case "layers": try readLayers()
      case "id": document.id = try string() ?? ""
      case "meta": try readMeta()
      case "text":
        guard let text = try string() else { continue }
        document.scalars = Array(text.unicodeScalars)
        document.hasText = true
      case "reference_date": document.referenceDate = try string()
      case "reference_date_source": document.referenceSource = try string()
      case "regions": try readRegions()
      case "sentences": try readSentences()
      case "entities": try readEntities()
      case "dates": try readDates()
      case "quantities": try readQuantities()
      case "facts": try readFacts()
      case "error": try readError()
      case "path": place.path = try string() ?? ""
      case "line": place.line = try number()
      default: try skip()
      }
    }
    try scanner.expectEnd(of: bytes.span)
    return hasMark
  }

  private mutating func readMeta() throws(JSONError) {
    guard try enter("{") else { return }
    var isFirst = true
    while let name = try nextName(&isFirst) {
      let isString = peek() == UInt8(ascii: "\"")
      guard peek() != UInt8(ascii: "n") else {
        try skip()
        continue
      }
      let value = isString ? try string() ?? "" : try raw()
      document.meta.append(.init(name: name, value: value, isString: isString))
    }
  }

  private mutating func readError() throws(JSONError) {
    document.failure = "failed"
    guard try enter("{") else { return }
    var isFirst = true
    while let name = try nextName(&isFirst) {
      if name == "message" { document.failure = try string() ?? "failed" } else { try skip() }
    }
  }

  private mutating func readLayers() throws(JSONError) {
    guard try enter("[") else { return }
    var layers: Set<String> = []
    var isFirst = true
    while try nextElement(&isFirst) {
      if let layer = try string() { layers.insert(layer) }
    }
    document.layers = layers
  }

  private mutating func readRegions() throws(JSONError) {
    try forEachObject { reader throws(JSONError) in
      var region = ReportDocument.Region()
      region.span = try reader.members { name, reader throws(JSONError) in
        guard name == "kind" else { return false }
        region.kind = try reader.string() ?? ""
        return true
      }
      reader.document.regions.append(region)
    }
  }

  private mutating func readSentences() throws(JSONError) {
    try forEachObject { reader throws(JSONError) in
      let span = try reader.members { _, _ throws(JSONError) in false }
      reader.document.sentences.append(span)
    }
  }

  private mutating func readEntities() throws(JSONError) {
    try forEachObject { reader throws(JSONError) in
      var entity = ReportDocument.Entity()
      entity.span = try reader.members { name, reader throws(JSONError) in
        switch name {
        case "id": entity.id = try reader.string() ?? ""
        case "label": entity.label = try reader.string() ?? ""
        case "name": entity.name = try reader.string() ?? ""
        case "use": entity.use = try reader.string()
        case "gazetteer": entity.gazetteer = try reader.string()
        case "entity": entity.number = Int(try reader.number()) ?? 0
        case "score": entity.score = Double(try reader.raw())
        case "evidence":
          guard try reader.enter("[") else { return true }
          var isFirst = true
          while try reader.nextElement(&isFirst) {
            if let reason = try reader.string() { entity.evidence.append(reason) }
          }
        default: return false
        }
        return true
      }
      if entity.name.isEmpty { entity.name = reader.surfaces.last?.text ?? "" }
      reader.document.entities.append(entity)
    }
  }

  private mutating func readDates() throws(JSONError) {
    try forEachObject { reader throws(JSONError) in
      var date = ReportDocument.Date()
      date.span = try reader.members { name, reader throws(JSONError) in
        switch name {
        case "id": date.id = try reader.string() ?? ""
        case "type": date.type = try reader.string() ?? ""
        case "value": date.value = try reader.string() ?? ""
        case "from": date.from = try reader.string()
        case "to": date.to = try reader.string()
        case "mod": date.mod = try reader.string()
        case "freq": date.freq = try reader.string()
        case "calendar": date.calendar = try reader.string()
        default: return false
        }
        return true
      }
      reader.document.dates.append(date)
    }
  }

  private mutating func readQuantities() throws(JSONError) {
    try forEachObject { reader throws(JSONError) in
      var quantity = ReportDocument.Quantity()
      quantity.span = try reader.members { name, reader throws(JSONError) in
        switch name {
        case "id": quantity.id = try reader.string() ?? ""
        case "kind": quantity.kind = try reader.string() ?? ""
        case "modifier": quantity.modifier = try reader.string() ?? "exact"
        case "unit": quantity.unit = try reader.string()
        case "per": quantity.per = try reader.string()
        case "classifier": quantity.classifier = try reader.string()
        case "si":
          _ = try reader.members { name, reader throws(JSONError) in
            switch name {
            case "value": quantity.siValue = try reader.number()
            case "unit": quantity.siUnit = try reader.string()
            default: return false
            }
            return true
          }
        case "value":
          quantity.low = try reader.number()
          quantity.high = quantity.low
        case "low": quantity.low = try reader.number()
        case "high": quantity.high = try reader.number()
        case "item":
          guard reader.peek() == UInt8(ascii: "{") else { return false }
          quantity.item = try reader.members { name, reader throws(JSONError) in
            guard name == "head" else { return false }
            quantity.head = try reader.string()
            return true
          }
        default: return false
        }
        return true
      }
      if quantity.high.isEmpty { quantity.high = quantity.low }
      if quantity.low.isEmpty { quantity.low = quantity.high }
      reader.document.quantities.append(quantity)
    }
  }

  private mutating func readFacts() throws(JSONError) {
    try forEachObject { reader throws(JSONError) in
      var fact = ReportDocument.Fact()
      let index = reader.document.facts.count
      _ = try reader.members { name, reader throws(JSONError) in
        switch name {
        case "id": fact.id = try reader.string() ?? ""
        case "kind": fact.kind = try reader.string() ?? ""
        case "quoted": fact.isQuoted = try reader.raw() == "true"
        case "former": fact.isFormer = try reader.raw() == "true"
        case "relation": fact.relation = try reader.string()
        default:
          guard reader.peek() == UInt8(ascii: "{") else { return false }
          var slot = ReportDocument.Slot(name: name)
          var reference: String?
          slot.span = try reader.members { name, reader throws(JSONError) in
            guard name == "ref" else { return false }
            reference = try reader.string()
            return true
          }
          if let reference { reader.references.append((index, fact.slots.count, reference)) }
          fact.slots.append(slot)
        }
        return true
      }
      reader.document.facts.append(fact)
    }
  }

  // Values
  //
  // Each of these copies the reference to `bytes`: a span of `self.bytes` would keep `self` from changing.

  private func peek() -> UInt8 { scanner.peek(in: bytes.span) }

  private mutating func skip() throws(JSONError) { _ = try skipped() }

  private mutating func skipped() throws(JSONError) -> Range<Int> {
    let bytes = bytes
    return try scanner.skipValue(in: bytes.span)
  }

  private mutating func raw() throws(JSONError) -> String {
    let range = try skipped()
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// A number as it is written; anything else is empty.
  private mutating func number() throws(JSONError) -> String {
    let isNumber = peek() == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek())
    let text = try raw()
    return isNumber ? text : ""
  }

  /// An offset. One that no text can have becomes the nearest one that may be calculated with.
  private mutating func offset() throws(JSONError) -> Int { max(0, min(Int(try number()) ?? 0, 1 << 40)) }

  /// A string; `nil` for any other value, which is skipped.
  private mutating func string() throws(JSONError) -> String? {
    guard peek() == UInt8(ascii: "\"") else {
      try skip()
      return nil
    }
    let bytes = bytes
    buffer.removeAll(keepingCapacity: true)
    try scanner.readString(in: bytes.span, appendingTo: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  private mutating func nextName(_ isFirst: inout Bool) throws(JSONError) -> String? {
    let bytes = bytes
    guard let range = try scanner.nextName(in: bytes.span, isFirst: &isFirst) else { return nil }
    let inner = bytes[range.lowerBound + 1..<range.upperBound - 1]
    guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
    buffer.removeAll(keepingCapacity: true)
    var names = JSONScanner(at: range.lowerBound)
    try names.readString(in: bytes.span, appendingTo: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  private mutating func nextElement(_ isFirst: inout Bool) throws(JSONError) -> Bool {
    let bytes = bytes
    guard try scanner.nextElement(in: bytes.span, isFirst: &isFirst) else { return false }
    scanner.skipSpace(in: bytes.span)
    return true
  }

  /// Enters an array or object; skips any other value.
  private mutating func enter(_ opening: Unicode.Scalar) throws(JSONError) -> Bool {
    guard peek() == UInt8(ascii: opening) else {
      try skip()
      return false
    }
    let bytes = bytes
    try scanner.enter(UInt8(ascii: opening), in: bytes.span)
    return true
  }

  /// Calls `body` at each object of an array.
  private mutating func forEachObject(_ body: (inout Self) throws(JSONError) -> Void) throws(JSONError) {
    guard try enter("[") else { return }
    var isFirst = true
    while try nextElement(&isFirst) {
      if peek() == UInt8(ascii: "{") { try body(&self) } else { try skip() }
    }
  }

  /// Reads the members of an object: start, end and text itself, others by `body`, which says whether it took the
  /// value; what nobody takes is skipped.
  private mutating func members(
    _ body: (String, inout Self) throws(JSONError) -> Bool
  ) throws(JSONError) -> ReportSpan {
    var span = ReportSpan()
    var text: String?
    guard try enter("{") else { return span }
    var isFirst = true
    while let name = try nextName(&isFirst) {
      switch name {
      case "start": span.start = try offset()
      case "end": span.end = try offset()
      case "text": text = try string()
      default: if try !body(name, &self) { try skip() }
      }
    }
    if let text { surfaces.append((span.start, span.end, text)) }
    return span
  }
}

// After reading

extension AnnotationReader {
  private mutating func resolve() {
    if document.failure != nil, document.id.isEmpty {
      document.id = [place.path, place.line].filter { !$0.isEmpty }.joined(separator: ":")
    }
    if !document.hasText { restoreText() }
    let unit = document.hasText ? offsetUnit() : .codepoint
    let map = OffsetMap(document.scalars, unit: unit)
    document.forEachSpan { map.convert(&$0) }
    document.sentences.sort { $0.start < $1.start }
    resolveReferences()
  }

  /// Puts the texts of the spans where they stood, in blank space.
  private mutating func restoreText() {
    let limit = 1 << 24  // a broken offset must not ask for the whole memory
    for surface in surfaces {
      let scalars = Array(surface.text.unicodeScalars)
      guard surface.start >= 0, surface.start < limit, scalars.count == surface.end - surface.start else { continue }
      let missing = surface.end - document.scalars.count
      if missing > 0 { document.scalars.append(contentsOf: repeatElement(" ", count: missing)) }
      document.scalars.replaceSubrange(surface.start..<surface.end, with: scalars)
    }
  }

  /// The unit in which most spans have the text that the file gives them.
  private func offsetUnit() -> OffsetUnit {
    if document.scalars.allSatisfy({ $0.isASCII }) { return .codepoint }
    var best = (unit: OffsetUnit.codepoint, hits: -1)
    for unit in OffsetUnit.allCases {
      let map = OffsetMap(document.scalars, unit: unit)
      let hits = surfaces.count { surface in
        var span = ReportSpan(surface.start, surface.end)
        map.convert(&span)
        return document.scalars[span.range].elementsEqual(surface.text.unicodeScalars)
      }
      if hits > best.hits { best = (unit, hits) }
      if hits == surfaces.count { break }
    }
    return best.unit
  }

  /// Ties slots to annotations: by the ids of the file, or by the same span where it has none.
  private mutating func resolveReferences() {
    var targets: [String: ReportDocument.Reference] = [:]
    var spans: [ReportSpan: ReportDocument.Reference] = [:]
    func add(_ id: String, _ span: ReportSpan, _ reference: ReportDocument.Reference) {
      if !id.isEmpty { targets[id] = reference }
      spans[span] = reference
    }
    for (i, x) in document.quantities.enumerated() { add(x.id, x.span, .quantity(i)) }
    for (i, x) in document.dates.enumerated() { add(x.id, x.span, .date(i)) }
    for (i, x) in document.entities.enumerated() { add(x.id, x.span, .entity(i)) }
    for fact in document.facts.indices {
      for slot in document.facts[fact].slots.indices {
        document.facts[fact].slots[slot].reference = spans[document.facts[fact].slots[slot].span] ?? .none
      }
    }
    for (fact, slot, id) in references {
      guard let target = targets[id] else { continue }
      document.facts[fact].slots[slot].reference = target
    }
  }
}
