/// The documents of a report as compact JSON for the page's script, which `Page/data.js` unpacks.
///
///     {"s":["","LOC","Suriah",…],"docs":[{"i":"a1","x":"…","e":[[134,6,1,2],…],"f":[[…],…]}]}
///
/// Strings that come again stand once in `s`; annotations are rows of numbers whose zeros at the end are left out.
/// Offsets are UTF-16 units, because the script's strings count so.
struct ReportData {
  private var json = ScriptJSON()
  private var strings: [String: Int] = ["": 0]
  private var list: [String] = [""]
  private var row: [Int] = []
  private var map = OffsetMap([], unit: .utf16)

  static func bytes(for documents: [ReportDocument], conflicts: [FigureConflicts.Conflict]) -> [UInt8] {
    var data = ReportData()
    data.json.open("{")
    data.write(documents)
    data.write(conflicts)
    return data.finish()
  }

  static func bytes(for comparison: Comparison, names: (String, String)) -> [UInt8] {
    var data = ReportData()
    data.json.open("{")
    let entries = comparison.entries.filter(\.differs)
    data.write(
      entries.map { entry in
        // The page shows the changes only.
        var document = ReportDocument()
        document.id = entry.document.id
        document.meta = entry.document.meta.filter { $0.name == "title" }
        document.scalars = entry.document.scalars
        document.hasText = entry.document.hasText
        document.sentences = entry.document.sentences
        return document
      })
    data.write(comparison, entries: entries, names: names)
    return data.finish()
  }

  private mutating func finish() -> [UInt8] {
    json.name("s")
    json.open("[")
    for string in list { json.write(string) }
    json.close("]")
    json.close("}")
    return json.bytes
  }

  private mutating func index(_ text: String?) -> Int {
    guard let text else { return 0 }
    if let known = strings[text] { return known }
    strings[text] = list.count
    list.append(text)
    return list.count - 1
  }

  // Documents

  private mutating func write(_ documents: [ReportDocument]) {
    json.name("docs")
    json.open("[")
    for document in documents { write(document) }
    json.close("]")
  }

  private mutating func write(_ document: ReportDocument) {
    map = OffsetMap(document.scalars, unit: .utf16)
    json.open("{")
    json.name("i")
    json.write(document.id)
    json.name("x")
    json.write(document.scalars)
    if !document.hasText {
      json.name("n")
      json.write(1)
    }
    write("err", document.failure)
    write("r", document.referenceDate)
    write("rs", document.referenceSource)
    write(document.meta)
    rows("g", document.regions) { data, region in data.row = [data.index(region.kind)] + data.offsets(region.span) }
    write(document.sentences)
    entities(document.entities)
    rows("d", document.dates) { data, date in
      data.row = data.offsets(date.span)
      for value in [date.type, date.value, date.from, date.to, date.mod, date.freq, date.calendar] {
        data.row.append(data.index(value))
      }
    }
    rows("q", document.quantities) { data, quantity in
      data.row = data.offsets(quantity.span)
      for value in [quantity.kind, quantity.modifier, quantity.unit, quantity.low, quantity.high] {
        data.row.append(data.index(value))
      }
      data.row += quantity.item.map { data.offsets($0) } ?? [0, 0]
      data.row += [data.index(quantity.head), data.index(quantity.per)]
    }
    facts(of: document)
    json.close("}")
  }

  private mutating func write(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    json.name(name)
    json.write(text)
  }

  private mutating func write(_ meta: [ReportDocument.MetaField]) {
    guard !meta.isEmpty else { return }
    json.name("m")
    json.open("[")
    for field in meta {
      json.open("[")
      json.write(field.name)
      json.write(field.value)
      json.close("]")
    }
    json.close("]")
  }

  private mutating func write(_ sentences: [ReportSpan]) {
    guard !sentences.isEmpty else { return }
    json.name("t")
    json.open("[")
    for sentence in sentences {
      for offset in offsets(sentence) { json.write(offset) }
    }
    json.close("]")
  }

  private mutating func entities(_ entities: [ReportDocument.Entity]) {
    guard !entities.isEmpty else { return }
    json.name("e")
    json.open("[")
    for entity in entities {
      row = offsets(entity.span)
      for value in [entity.label, entity.name, entity.use, entity.gazetteer, entity.score.map { "\($0)" }] {
        row.append(index(value == "1.0" ? "1" : value))
      }
      let evidence = entity.evidence.map { index($0) }
      if evidence.isEmpty { trim() }
      json.open("[")
      for value in row { json.write(value) }
      if !evidence.isEmpty {
        json.open("[")
        for value in evidence { json.write(value) }
        json.close("]")
      }
      json.close("]")
    }
    json.close("]")
  }

  private mutating func rows<T>(_ name: StaticString, _ items: [T], _ fill: (inout ReportData, T) -> Void) {
    guard !items.isEmpty else { return }
    json.name(name)
    json.open("[")
    for item in items {
      fill(&self, item)
      trim()
      json.open("[")
      for value in row { json.write(value) }
      json.close("]")
    }
    json.close("]")
  }

  private mutating func facts(of document: ReportDocument) {
    guard !document.facts.isEmpty else { return }
    json.name("f")
    json.open("[")
    for fact in document.facts {
      self.fact(fact, in: document)
      json.open("[")
      for value in row { json.write(value) }
      json.close("]")
    }
    json.close("]")
  }

  private mutating func trim() {
    while row.count > 2, row.last == 0 { row.removeLast() }
  }

  private func offsets(_ span: ReportSpan) -> [Int] {
    let start = map.offset(of: span.start)
    return [start, map.offset(of: span.end) - start]
  }

  /// Kind, flags, relation, then for each slot its name and target; a slot that is not just its target has minus the
  /// target (or 0), start and length.
  private mutating func fact(_ fact: ReportDocument.Fact, in document: ReportDocument) {
    row = [index(fact.kind), (fact.isQuoted ? 1 : 0) + (fact.isFormer ? 2 : 0), index(fact.relation)]
    for slot in fact.slots {
      let (code, span) =
        switch slot.reference {
        case .none: (0, slot.span)
        case .entity(let i): (i << 2 | 1, document.entities[i].span)
        case .date(let i): (i << 2 | 2, document.dates[i].span)
        case .quantity(let i): (i << 2 | 3, document.quantities[i].span)
        }
      row.append(index(slot.name))
      if code > 0, span == slot.span {
        row.append(code)
      } else {
        row.append(-code)
        row += offsets(slot.span)
      }
    }
  }

  // Conflicts and changes

  private mutating func write(_ conflicts: [FigureConflicts.Conflict]) {
    guard !conflicts.isEmpty else { return }
    json.name("conflicts")
    json.open("[")
    for conflict in conflicts {
      json.open("{")
      json.name("claims")
      json.open("[")
      for claim in conflict.claims {
        json.open("[")
        json.write(claim.document)
        json.write(claim.fact)
        json.close("]")
      }
      json.close("]")
      if conflict.isCompatible {
        json.name("ok")
        json.write(1)
      }
      json.close("}")
    }
    json.close("]")
  }

  private mutating func write(_ comparison: Comparison, entries: [Comparison.Entry], names: (String, String)) {
    json.name("diff")
    json.open("{")
    json.name("names")
    json.open("[")
    json.write(names.0)
    json.write(names.1)
    json.close("]")
    json.name("same")
    json.write(comparison.entries.count - entries.count)
    json.name("layers")
    json.open("[")
    for layer in Comparison.Layer.allCases {
      json.open("[")
      json.write(layer.rawValue)
      json.write(comparison.unchanged(layer))
      for kind in [Comparison.Change.Kind.removed, .added, .changed] { json.write(comparison.count(kind, layer)) }
      json.close("]")
    }
    json.close("]")
    json.name("entries")
    json.open("[")
    for (i, entry) in entries.enumerated() { write(entry, at: i) }
    json.close("]")
    json.close("}")
  }

  private mutating func write(_ entry: Comparison.Entry, at position: Int) {
    map = OffsetMap(entry.document.scalars, unit: .utf16)
    json.open("{")
    json.name("d")
    json.write(position)
    if entry.old == nil { write("note", "only in the new file") }
    if entry.new == nil { write("note", "only in the old file") }
    if entry.textDiffers {
      write("note", "the text itself is another one")
      json.name("other")
      json.write(1)
    }
    json.name("c")
    json.open("[")
    for change in entry.changes {
      json.open("[")
      json.write(change.kind.rawValue)
      json.write(change.layer.rawValue)
      for offset in entry.textDiffers ? [0, 0] : offsets(change.span) { json.write(offset) }
      json.write(change.words)
      json.write(change.before)
      json.write(change.after)
      json.close("]")
    }
    json.close("]")
    json.close("}")
  }
}
