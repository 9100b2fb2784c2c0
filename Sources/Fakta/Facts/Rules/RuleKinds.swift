/// The stage that a rule serves, by the kind that it gives.
enum RulePurpose: Sendable {
  /// Facts, and what their stage asks rules: `attribution`.
  case facts
  /// Names, before there are any: `PER`, `LOC`, `ORG`.
  case names
  /// The day of the report, before entities and quantities: `report-date`, `no-report-date`.
  case dates
}

/// Kinds that rules give to a stage and not to the reader, with the slots that the stage knows.
enum RuleKinds {
  /// Who speaks, or who is cited, at a cue; statements are built on it.
  static let attribution = "attribution"
  /// Words that only look like a cue.
  static let noAttribution = "no-attribution"

  /// A date that is the day of the report, or that cannot be.
  static let reportDate = "report-date"
  static let noReportDate = "no-report-date"

  /// The kinds in the order of their numbers: first those of facts that Fakta knows itself, as in `Fact.Kind`.
  static let known = ["figure", "role", "statement", "event", attribution, noAttribution]
  /// Their places in `known`.
  static let attributionNumber: Int32 = 4
  static let noAttributionNumber: Int32 = 5

  /// What a rule that gives a name votes for.
  static let labels: [String: EntityLabel] = ["PER": .person, "LOC": .location, "ORG": .organization]

  private static let slots: [String: [String]] = [
    attribution: ["cue", "speaker", "outlet", "time", "content", "next"], noAttribution: ["cue"],
    reportDate: ["date"], noReportDate: ["date"],
  ]

  /// Whether rules of the kind are tried only in sentences that hold a phrase of the class `speech`.
  static func needsCue(_ kind: String) -> Bool { kind == attribution || kind == noAttribution }

  static func purpose(of kind: String) -> RulePurpose {
    if labels[kind] != nil { return .names }
    return kind == reportDate || kind == noReportDate ? .dates : .facts
  }

  /// Slots that the stage would not read, and steps that ask for what it does not know yet.
  static func problems(of rule: RuleSource) -> [LexiconError] {
    let purpose = purpose(of: rule.kind)
    let elements = purpose == .facts ? [] : rule.find.flatMap(\.elements) + rule.notAfter + rule.notBefore
    let reason = purpose == .names ? problemOfName(rule) : problemOfSlots(rule)
    return elements.compactMap { problem(ofEarly: $0, rule) }
      + [reason].compactMap { $0 }.map {
        LexiconError(file: rule.file, line: rule.givesLine, reason: "'\(rule.kind)' \($0)")
      }
  }

  private static func problemOfName(_ rule: RuleSource) -> String? {
    rule.slots.count == 1 && rule.flags.isEmpty
      ? nil : "takes the words of one name; write \(rule.kind)(x) and capture them as x"
  }

  private static func problemOfSlots(_ rule: RuleSource) -> String? {
    if rule.weight != nil { return "is no name, and has no weight; remove 'weight'" }
    guard let known = slots[rule.kind] else { return nil }
    if let strange = rule.slots.first(where: { !known.contains($0.slot) }) {
      return "has no slot '\(strange.slot)'; its slots are \(known.joined(separator: ", "))"
    }
    if rule.slots.first?.slot != known[0] {
      return "begins with the slot '\(known[0])', whose words it claims; write \(rule.kind)(\(known[0]), …)"
    }
    return rule.flags.first.map { "knows no '\($0.flag)'; remove it" }
  }

  /// A step that asks for what is found after names and dates.
  private static func problem(ofEarly element: RuleElement, _ rule: RuleSource) -> LexiconError? {
    for test in element.tests + element.excluded {
      switch test {
      case .entity, .quantity:
        return LexiconError(
          file: rule.file, line: element.line, column: element.column,
          reason: "'\(element.text)' is not known yet where a rule gives \(rule.kind); "
            + "write <capital>, <word>, <digits>, <number>, <date>, or a class of a list")
      default: break
      }
    }
    return nil
  }
}

extension RulePattern {
  /// All steps of the pattern.
  var elements: [RuleElement] {
    switch self {
    case .element(let element): [element]
    case .sequence(let parts), .choice(let parts): parts.flatMap(\.elements)
    case .repeated(let inner, _, _, _), .capture(_, let inner): inner.elements
    }
  }
}
