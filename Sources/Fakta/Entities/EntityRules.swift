/// Lets rules vote for names by the order of words, where the tagger sees only neighbours.
///
///     seorang pria bernama Wulung Sakti mengaku …     PER(x) weight 4: x = "Wulung Sakti"
///
/// **Cost.** Nothing but a look per word where no rule's word stands (`RuleReader`).
struct EntityRules: Sendable {
  private var reader: RuleReader
  /// What rules voted for, in text order: where the name begins, its label, and the rule.
  private var votes: [(start: Int32, label: EntityLabel, rule: Int32)] = []

  init(lexicon: Lexicon) { reader = RuleReader(lexicon: lexicon, rules: lexicon.nameRules) }

  /// Adds what the rules say to the tagger's scores; `one` is the unit of a rule's weight.
  mutating func vote(
    _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence, _ one: Int32, _ lattice: TagLattice
  ) {
    votes.removeAll(keepingCapacity: true)
    // A copy of the stage, on another thread perhaps, shares the columns until one of the two is used.
    if !isKnownUniquelyReferenced(&reader) { reader = RuleReader(like: reader) }
    guard reader.run(on: document) else { return }
    let rules = reader.matcher.tables.rules
    for match in reader.matcher.matches where match.lostTo < 0 {
      let rule = rules.rules[Int(match.rule)]
      let name = match.claim
      guard let label = RuleKinds.labels[rule.kind], name.range.allSatisfy({ context[$0].gate != 0 }) else { continue }
      evidence.favour(Int(name.start), Int(name.end), label, one * Int32(rule.weight), lattice)
      votes.append((name.start, label, match.rule))
    }
    if votes.count > 1 { votes.sort { $0.start < $1.start } }
  }

  /// The rule that voted for the entity; -1 for none.
  func rule(for entity: Entity) -> Int32 {
    var (low, high) = (0, votes.count)
    while low < high {
      let middle = (low + high) / 2
      if votes[middle].start < entity.span.start { low = middle + 1 } else { high = middle }
    }
    while low < votes.count, votes[low].start == entity.span.start {
      if votes[low].label == entity.label { return votes[low].rule }
      low += 1
    }
    return -1
  }
}
