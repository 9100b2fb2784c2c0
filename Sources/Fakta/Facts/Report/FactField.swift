/// A place of a fact's row that conditions may name, and what can stand there.
public struct FactField: Sendable {
  public enum Kind: Sendable, Equatable {
    case number
    case day
    /// One of a few words.
    case choice([String])
    /// A code of the lists of units and currencies.
    case unit(Set<String>)
    /// The article's own words, or those of a list.
    case words
    /// A slot of a user's rule: whatever it takes.
    case open
  }

  public var name: String
  public var kind: Kind
}

extension FactField {
  /// Why `word` cannot be compared with this field, and what to write; `nil` when it can.
  func problem(_ op: String, _ word: String) -> String? {
    if op == "~" { return nil }
    switch kind {
    case .number: return Self.numberProblem(word)
    case .day: return FactFilter.isPeriod(word) ? nil : Self.dayProblem(word)
    case .choice(let words):
      if Self.isOrder(op) { return orderProblem(op) }
      if words.contains(where: { FactFilter.folded($0) == FactFilter.folded(word) }) { return nil }
      let remedy = words == ["true"] ? "\(name) or not \(name)" : words.joined(separator: ", ")
      return "\(name) is never '\(word)'; write \(remedy)"
    case .unit(let codes):
      if Self.isOrder(op) { return orderProblem(op) }
      if codes.contains(FactFilter.folded(word)) { return nil }
      return "\(name) is never '\(word)'; write a code, such as IDR, USD, %, kg or km (what is counted is the item)"
    case .words: return Self.isOrder(op) ? orderProblem(op) : nil
    case .open:
      guard Self.isOrder(op), !FactFilter.isPeriod(word) else { return nil }
      return Self.numberProblem(word)
    }
  }

  /// Fields of every fact, whatever rules a user has.
  static let builtIn = ["id"] + FactColumn.all.map(\.name)
  static let numbers = ["value", "low", "high", "sentence"]

  static func isOrder(_ op: String) -> Bool { op != "=" && op != "!=" }

  private func orderProblem(_ op: String) -> String {
    let remedy =
      switch name {
      case "quantity": "compare value, low or high"
      case "time", "date": "compare from or to"
      default: "write =, != or ~"
      }
    return "'\(op)' compares numbers and days, and \(name) holds words; \(remedy)"
  }

  private static func dayProblem(_ word: String) -> String {
    "'\(word)' is no day; write year, month and day (2015-11-09), a month (2015-11) or a year (2015)"
  }

  private static func numberProblem(_ word: String) -> String? {
    guard let value = Double(word), value.isFinite, word.allSatisfy({ "0123456789.eE+-".contains($0) }) else {
      return "'\(word)' is no number; write digits, a point only before decimals, such as 1000000, 1.5 or 1e9"
    }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 3, (1...3).contains(parts[0].count), parts[0] != "0",
      (parts[0] + parts[1]).allSatisfy(\.isNumber)
    else { return nil }
    return "'\(word)' is thousands to some and decimals to others; write \(parts.joined()) or \(word)0"
  }
}

extension Lexicon {
  /// The kinds of facts that its rules and Fakta itself give.
  public var factKinds: [String] {
    Array(RuleKinds.known.prefix(Int(RuleKinds.attributionNumber))) + rules.kinds.dropFirst(RuleKinds.known.count)
  }

  /// What the rows of facts can hold: their place, slots with those of users' rules, and values.
  public var factFields: [FactField] {
    let own = slotsOfUsers
    let builtIn = FactField.builtIn
    return builtIn.map { FactField(name: $0, kind: own.contains($0) ? .open : kind(ofField: $0)) }
      + own.filter { !builtIn.contains($0) }.map { FactField(name: $0, kind: .open) }
  }

  /// The names of slots in users' rules, each once.
  private var slotsOfUsers: [String] {
    var names: [String] = []
    for (i, rule) in rules.rules.enumerated() where factKinds.contains(rule.kind) {
      for name in rules.slots[i].map(rules.slotName) where !name.isEmpty && !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The codes of all units and currencies, in small letters.
  private var unitCodes: Set<String> {
    var codes: Set<String> = []
    for (table, column) in [("units", "symbol"), ("currencies", "code")] {
      ListRows.forEach(of: table, columns: [column], in: self) { codes.insert(FactFilter.folded($0.text(0))) }
    }
    return codes
  }

  private func kind(ofField name: String) -> FactField.Kind {
    switch name {
    case _ where FactField.numbers.contains(name): return .number
    case "kind": return .choice(factKinds)
    default: break
    }
    return switch FactValue(rawValue: name) {
    case .from, .to: .day
    case .measures: .choice(Quantity.Kind.allCases.map { "\($0)" })
    case .modifier: .choice(Quantity.Modifier.allCases.filter { $0 != .exact }.map(\.code))
    case .relation: .choice(Fact.Relation.allCases.filter { $0 != .none }.map { "\($0)" })
    case .former: .choice(["true"])
    case .quoted: .choice(["true", "false"])
    case .unit: .unit(unitCodes)
    case .value, .low, .high, .item, .date, .root, .evidence, nil: .words
    }
  }
}
