/// Facts of one kind that users' rules give, with the slots that any of them has.
struct OwnKind {
  var name: String
  var slots: [String] = []
  var facts: [ReportDocument.Fact] = []

  /// The kinds of users' rules among `facts`, in the order in which they come.
  static func kinds(of facts: [ReportDocument.Fact]) -> [OwnKind] {
    var kinds: [OwnKind] = []
    for fact in facts where fact.isOwn {
      let at = kinds.firstIndex { $0.name == fact.kind } ?? kinds.count
      if at == kinds.count { kinds.append(OwnKind(name: fact.kind)) }
      kinds[at].facts.append(fact)
      for slot in fact.slots where !kinds[at].slots.contains(slot.name) { kinds[at].slots.append(slot.name) }
    }
    return kinds
  }
}

extension ReportDocument.Fact {
  private static let builtIn: Set = ["figure", "role", "statement", "event"]

  /// Whether its kind is one of users' rules.
  var isOwn: Bool { !Self.builtIn.contains(kind) }
}
