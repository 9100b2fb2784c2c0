/// A fact as one row: its kind, its slots as text, and the values behind them.
///
///     kind=figure  quantity=448  action=menghancurkan  actor="Jet tempur Rusia"  place=Suriah  value=448
///
/// Rows are for tables, filters and tests; the JSON of a document is written without them.
public struct FactRow: Sendable, Equatable {
  /// The document's id.
  public var document = ""
  /// 1-based number of the fact, and of the sentence that tells it: its speaker or place may be named in another one.
  public var number = 0
  public var sentence = 0
  public var kind = ""
  /// Slot names and texts in the order of the output.
  public var slots: [(name: String, text: String)] = []
  /// Bytes of the raw text that each slot covers.
  public var spans: [Range<Int>] = []
  /// What stands in each slot of a fact of a user's kind, for filters; empty for other facts, which have `values`.
  var worths: [Worth?] = []
  /// Names and texts of the values behind the slots (`FactValue`).
  public var values: [(name: String, text: String)] = []

  mutating func add(_ value: FactValue, _ text: String) { values.append((value.rawValue, text)) }

  /// A number or days in a slot, from the smallest to the largest that it can be.
  enum Worth: Sendable {
    case number(Double, Double)
    case days(String, String)
  }

  /// What stands in the slot `name`; nil for words, and where there is no such slot.
  func worth(_ name: String) -> Worth? {
    guard let i = slots.firstIndex(where: { $0.name == name }), i < worths.count else { return nil }
    return worths[i]
  }

  /// The text of a slot or value; nil when the fact has none.
  public func text(_ name: String) -> String? {
    switch name {
    case "kind": return kind
    case "document", "id": return document
    case "sentence": return String(sentence)
    default: break
    }
    return slots.first { $0.name == name }?.text ?? values.first { $0.name == name }?.text
  }

  public static func == (a: FactRow, b: FactRow) -> Bool {
    a.kind == b.kind && a.spans == b.spans && a.number == b.number && a.document == b.document
  }
}

extension Document {
  /// All facts as rows.
  public func factRows(_ lexicon: Lexicon, id: String = "") -> [FactRow] {
    facts.indices.map { factRow($0, lexicon, id) }
  }

  private func factRow(_ index: Int, _ lexicon: Lexicon, _ id: String) -> FactRow {
    let fact = facts[index]
    var row = FactRow(document: id, number: index + 1)
    row.kind = kindName(of: fact, lexicon)
    let main = Self.mainSlot(of: fact.kind)
    var first = Int32.max
    for slot in slots[fact.slots] {
      let range = rawRange(of: slot.span, trim: trim(of: slot))
      row.slots.append((name(of: slot.name, lexicon), String(decoding: raw[range], as: UTF8.self)))
      row.spans.append(range)
      if fact.kind == .user { row.worths.append(worth(of: slot)) }
      if main == nil || slot.name == main { first = min(first, slot.span.start) }
      addValues(of: slot, lexicon, &row)
    }
    row.sentence = (sentences.firstIndex { $0.contains(Int(first)) } ?? -1) + 1
    if fact.isFormer { row.add(.former, "true") }
    if fact.kind == .statement { row.add(.quoted, fact.isQuoted ? "true" : "false") }
    if fact.relation != .none { row.add(.relation, "\(fact.relation)") }
    if let verb = fact.verb { row.add(.root, lexicon.cell(verb, "root")) }
    row.add(.evidence, evidence(of: fact, lexicon))
    // A name stands once in a row: a user's slot that has the name of a value wins.
    if fact.kind == .user { row.values.removeAll { value in row.slots.contains { $0.name == value.name } } }
    return row
  }

  /// The slot whose sentence is the fact's; nil where all stand in one.
  private static func mainSlot(of kind: Fact.Kind) -> SlotName? {
    switch kind {
    case .figure: .quantity
    case .statement: .content
    case .event: .action
    case .role: .title
    case .user: nil
    }
  }

  private func worth(of slot: FactSlot) -> FactRow.Worth? {
    switch slot.layer {
    case .entity: return nil
    case .date:
      let date = dates[Int(slot.index)]
      guard let from = date.from, let to = date.to else { return nil }
      return .days(from.iso, to.iso)
    case .quantity:
      let quantity = quantities[Int(slot.index)]
      return worth(quantity.low, quantity.high)
    case .none:
      // `<number>` takes the number of a measure without its unit.
      guard let number = number(at: slot.span) else { return nil }
      return worth(number.low, number.high)
    }
  }

  private func number(at span: TokenSpan) -> Number? {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle].span.start < span.start { low = middle + 1 } else { high = middle }
    }
    return low < numbers.count && numbers[low].span == span ? numbers[low] : nil
  }

  private func worth(_ low: ExactDecimal, _ high: ExactDecimal) -> FactRow.Worth? {
    guard let low = Double(low.plain), let high = Double(high.plain) else { return nil }
    return .number(low, high)
  }

  func kindName(of fact: Fact, _ lexicon: Lexicon) -> String {
    switch fact.kind {
    case .figure: "figure"
    case .role: "role"
    case .statement: "statement"
    case .event: "event"
    case .user: lexicon.rules.kindName(Int(fact.rule))
    }
  }

  func name(of slot: SlotName, _ lexicon: Lexicon) -> String {
    slot.builtInName ?? lexicon.rules.slotName(slot)
  }

  /// The rule or procedure that found the fact: `roles.rules:16 office-body-person`, `figure:object-of-verb`.
  func evidence(of fact: Fact, _ lexicon: Lexicon) -> String {
    lexicon.rules.evidence(Int(fact.rule)) ?? "\(fact.procedure.name)"
  }

  private func addValues(of slot: FactSlot, _ lexicon: Lexicon, _ row: inout FactRow) {
    switch slot.layer {
    case .none, .entity: break
    case .date:
      let date = dates[Int(slot.index)]
      guard slot.name == .time || row.text("date") == nil else { return }
      row.values.removeAll { ["date", "from", "to"].contains($0.name) }
      row.add(.date, date.value.description)
      if let from = date.from { row.add(.from, from.iso) }
      if let to = date.to { row.add(.to, to.iso) }
    case .quantity:
      // A name stands once in a row: where an actor is a number too, the values are the figure's.
      guard row.text("measures") == nil else { return }
      addQuantity(quantities[Int(slot.index)], &row)
    }
  }

  private func addQuantity(_ quantity: Quantity, _ row: inout FactRow) {
    if quantity.isRange {
      row.add(.low, quantity.low.plain)
      row.add(.high, quantity.high.plain)
    } else {
      row.add(.value, quantity.low.plain)
    }
    row.add(.measures, "\(quantity.kind)")
    if !quantity.unit.isEmpty { row.add(.unit, quantity.unit.description) }
    if quantity.modifier != .exact { row.add(.modifier, quantity.modifier.code) }
    if !quantity.item.isNone { row.add(.item, rawText(of: quantity.item)) }
  }

  /// The name of an entity: the longest mention's surface, the gazetteer's, or its own.
  public func canonicalName(of index: Int, _ lexicon: Lexicon) -> String {
    let entity = entities[index]
    if entity.nameMention >= 0, Int(entity.nameMention) < entities.count {
      return name(of: entities[Int(entity.nameMention)])
    }
    if let entry = entity.entry {
      return String(decoding: lexicon.nameBytes(entry).dropFirst(Int(entity.nameSkip)), as: UTF8.self)
    }
    return name(of: entity)
  }

  private func name(of mention: Entity) -> String {
    var name: [UInt8] = []
    forEachNamePart(of: mention) { part in
      if !name.isEmpty { name.append(0x20) }
      name += bytes[part]
    }
    return String(decoding: name, as: UTF8.self)
  }
}

extension Quantity.Modifier {
  /// The word of the output: `at_least`.
  var code: String {
    switch self {
    case .exact: "exact"
    case .approx: "approx"
    case .atLeast: "at_least"
    case .atMost: "at_most"
    case .moreThan: "more_than"
    case .lessThan: "less_than"
    }
  }
}

extension CalendarDay {
  /// `2015-11-09`.
  public var iso: String {
    var text = ShortText()
    text.append(Int(year), width: 4)
    text.append(0x2D)
    text.append(Int(month), width: 2)
    text.append(0x2D)
    text.append(Int(day), width: 2)
    return text.description
  }
}

extension ExactDecimal {
  /// Plain decimal digits: `1200000000000`, `0.5`.
  public var plain: String {
    var digits = String(mantissa.magnitude)
    let sign = mantissa < 0 ? "-" : ""
    if exponent >= 0 {
      guard exponent <= 40 else { return "\(sign)\(digits)e\(exponent)" }
      return sign + digits + (mantissa == 0 ? "" : String(repeating: "0", count: Int(exponent)))
    }
    let places = Int(-exponent)
    guard places <= 40 else { return "\(sign)\(digits)e\(exponent)" }
    while digits.count <= places { digits = "0" + digits }
    let whole = digits.dropLast(places)
    var fraction = digits.suffix(places)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
