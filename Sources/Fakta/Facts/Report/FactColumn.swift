/// What the row of a fact may hold: where it stands, a slot, or a value behind the slots.
///
/// This list is the only one: tables take their columns from it, conditions their fields.
enum FactColumn: Sendable, Equatable {
  case place(String)
  case slot(SlotName)
  case value(FactValue)

  var name: String {
    switch self {
    case .place(let name): name
    case .slot(let slot): slot.builtInName ?? ""
    case .value(let value): value.rawValue
    }
  }

  /// In the order of `csv` and `tsv`. New ones come last, so that the others keep their places.
  static let all: [FactColumn] = [
    .place("document"), .place("sentence"), .place("kind"), .slot(.quantity), .slot(.action), .slot(.actor),
    .slot(.person), .slot(.title), .slot(.affiliation), .slot(.speaker), .slot(.cue), .slot(.content), .slot(.subject),
    .slot(.object), .slot(.place), .slot(.time), .slot(.source), .slot(.outlet), .value(.relation), .value(.value),
    .value(.low), .value(.high), .value(.measures), .value(.unit), .value(.item), .value(.modifier), .value(.date),
    .value(.from), .value(.to), .value(.former), .value(.quoted), .value(.root), .value(.evidence), .slot(.negation),
  ]
}

/// A value behind the slots of a fact: of a figure, of its time, of the fact itself.
enum FactValue: String, Sendable, CaseIterable {
  case value, low, high, measures, unit, modifier, item
  case date, from, to
  case relation, former, quoted, root, evidence

  /// Whether JSON has it without quotation marks.
  var isBare: Bool {
    switch self {
    case .value, .low, .high, .former, .quoted: true
    default: false
    }
  }
}
