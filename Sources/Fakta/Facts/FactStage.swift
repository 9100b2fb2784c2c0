/// Finds facts: figures, roles, statements, events, and what users' own rules give.
///
///     Menlu Rusia Sergey Lavrov mengatakan 448 bangunan hancur.
///     role(Menlu, Rusia, Sergey Lavrov)  statement(Sergey Lavrov: 448 bangunan hancur)  figure(448, hancur, source Lavrov)
///
/// Roles and users' facts come from the rules of `*.rules`; statements, figures and events need memory of what was said
/// before, and are found by the order of words in their clauses (`Statements.swift`, `Figures.swift`, `Events.swift`).
///
/// **Offsets.** Slots are spans of tokens; a slot that is an entity, date or quantity says which one.
///
/// **Cost.** A few visits per token; windows of bounded length around cues, quantities and dates.
public struct FactStage: Stage {
  public static let reads: Set<Layer> = [
    .tokens, .matches, .regions, .sentences, .numbers, .dates, .entities, .quantities,
  ]
  public static let writes: Layer = .facts

  private var context: FactContext

  public init(lexicon: Lexicon) { context = FactContext(lexicon: lexicon) }

  public mutating func run(on document: inout Document) {
    document.facts.removeAll(keepingCapacity: true)
    document.slots.removeAll(keepingCapacity: true)
    guard document.tokens.count > 0 else { return }
    context.prepare(document)
    context.matcher.run(document, context.view)
    context.findStatements(document)
    context.findFigures(document)
    context.findEvents(document)
    context.write(to: &document)
  }
}

extension FactContext {
  /// Writes everything found: figures, roles, statements, events, users' facts, each kind in text order.
  func write(to document: inout Document) {
    for figure in figures {
      let start = document.slots.count
      slot(.quantity, document.quantities[Int(figure.anchor)].span, &document)
      slot(.action, figure.action, &document)
      slot(.actor, figure.actor, &document)
      slot(.place, figure.place, &document)
      slot(.time, figure.time, &document)
      slot(.source, figure.source, &document)
      document.facts.append(
        Fact(
          kind: .figure, slots: start..<document.slots.count, procedure: figure.procedure,
          verb: verbEntry(figure.action, document)))
    }
    writeMatches(.role, &document)
    for statement in statements {
      let start = document.slots.count
      slot(.content, statement.content, &document)
      slot(.speaker, statement.speaker, &document)
      slot(.cue, statement.cue, &document)
      slot(.outlet, statement.outlet, &document)
      slot(.time, statement.time, &document)
      document.facts.append(
        Fact(
          kind: .statement, slots: start..<document.slots.count, isQuoted: statement.isQuoted,
          procedure: statement.procedure))
    }
    writeMatches(.statement, &document)
    for event in events {
      let start = document.slots.count
      slot(.action, event.action, &document)
      slot(.subject, event.actor, &document)
      slot(.object, event.object, &document)
      slot(.time, event.time, &document)
      document.facts.append(
        Fact(
          kind: .event, slots: start..<document.slots.count, relation: event.relation, procedure: event.procedure,
          verb: verbEntry(event.action, document)))
    }
    writeMatches(.event, &document)
    writeMatches(.figure, &document)
    writeMatches(.user, &document)
  }

  /// The row of the verbs' list that the action is, for its root.
  private func verbEntry(_ action: TokenSpan, _ document: Document) -> EntryID? {
    guard !action.isNone, let match = document.longestMatch(at: Int(action.start), of: words.verb, in: words.lexicon)
    else { return nil }
    var found: EntryID?
    words.lexicon.forEachListing(at: match.state) { listing in
      if words.voices[listing.entry] != nil { found = listing.entry }
      return found == nil
    }
    return found
  }

  /// Facts of one kind from the rules' matches that won.
  private func writeMatches(_ kind: Fact.Kind, _ document: inout Document) {
    let rules = words.lexicon.rules
    // Names of its own: a closure that used `self` would copy the whole context.
    let matches = matcher.matches
    guard matches.contains(where: { $0.lostTo < 0 && rules.factKind(Int($0.rule)) == kind }) else { return }
    let order = matches.indices.filter { matches[$0].lostTo < 0 && rules.factKind(Int(matches[$0].rule)) == kind }
      .sorted { (matches[$0].claim.start, $0) < (matches[$1].claim.start, $1) }
    for m in order {
      let match = matches[m]
      let start = document.slots.count
      for (i, name) in rules.slots[Int(match.rule)].enumerated() {
        slot(name, matcher.slotSpans[Int(match.slots) + i], &document)
      }
      document.facts.append(
        Fact(
          kind: kind, slots: start..<document.slots.count, isFormer: match.isFormer, isQuoted: match.isQuoted,
          rule: match.rule))
    }
  }

  private func slot(_ name: SlotName, _ span: TokenSpan, _ document: inout Document) {
    guard !span.isNone, span.start < span.end, Int(span.end) <= count else { return }
    var slot = FactSlot(name: name, span: span)
    let i = Int(span.start)
    if view.entityAt[i] >= 0, document.entities[Int(view.entityAt[i])].span == span {
      slot.layer = .entity
      slot.index = view.entityAt[i]
    } else if view.dateAt[i] >= 0, document.dates[Int(view.dateAt[i])].span == span {
      slot.layer = .date
      slot.index = view.dateAt[i]
    } else if view.quantityAt[i] >= 0, document.quantities[Int(view.quantityAt[i])].span == span {
      slot.layer = .quantity
      slot.index = view.quantityAt[i]
    }
    document.slots.append(slot)
  }
}
