/// Finds facts: figures, roles, statements, events, and what users' own rules give.
///
///     Menlu Rusia Sergey Lavrov mengatakan 448 bangunan hancur.
///     role(Menlu, Rusia, Sergey Lavrov)  statement(Sergey Lavrov: 448 bangunan hancur)  figure(448, hancur, source Lavrov)
///
/// Roles and users' facts come from the rules of `*.rules`, which also say who speaks at a cue (`Attributions.swift`).
/// Statements, figures and events need memory of what was said before, and are found by the order of words in their clauses
/// (`Statements.swift`, `Figures.swift`, `Events.swift`).
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
    // A copy of the stage, on another thread perhaps, shares the columns until one of the two is used.
    if !isKnownUniquelyReferenced(&context) { context = FactContext(like: context) }
    let context = context
    swap(&context.facts, &document.facts)
    swap(&context.slots, &document.slots)
    context.read(document) {
      context.matchRules()
      context.listHolders()
      context.findStatements()
      context.openTitles()
      context.findFigures()
      context.findEvents()
      context.write()
    }
    swap(&context.facts, &document.facts)
    swap(&context.slots, &document.slots)
  }
}

extension FactContext {
  /// Writes everything found: figures, roles, statements, events, users' facts, each kind in text order.
  func write() {
    sortWinners()
    for figure in figures {
      let start = slots.count
      slot(.quantity, text.quantities[Int(figure.anchor)].span)
      slot(.negation, negation(of: figure.action, amount: text.quantities[Int(figure.anchor)].span))
      slot(.action, figure.action)
      slot(.actor, figure.actor)
      slot(.place, figure.place)
      slot(.time, figure.time)
      slot(.source, figure.source)
      facts.append(
        Fact(
          kind: .figure, slots: start..<slots.count, procedure: figure.procedure, verb: verbEntry(figure.action)))
    }
    writeMatches(.role)
    for statement in statements {
      let start = slots.count
      slot(.content, statement.content)
      slot(.speaker, statement.speaker)
      slot(.cue, statement.cue)
      slot(.outlet, statement.outlet)
      slot(.time, statement.time)
      facts.append(
        Fact(
          kind: .statement, slots: start..<slots.count, isQuoted: statement.isQuoted, rule: statement.rule,
          procedure: statement.procedure))
    }
    writeMatches(.statement)
    for event in events {
      let start = slots.count
      slot(.negation, negation(of: event.action, amount: .none))
      slot(.action, event.action)
      slot(.subject, event.actor)
      slot(.object, event.object)
      slot(.time, event.time)
      facts.append(
        Fact(
          kind: .event, slots: start..<slots.count, relation: event.relation, procedure: event.procedure,
          verb: verbEntry(event.action)))
    }
    writeMatches(.event)
    writeMatches(.figure)
    writeMatches(.user)
  }

  /// The row of the verbs' list that the action is, for its root.
  private func verbEntry(_ action: TokenSpan) -> EntryID? {
    guard !action.isNone, let match = longestMatch(at: Int(action.start), of: words.verb) else { return nil }
    return verbsByState.value(match.state) { words.verb(at: $0) }.map { EntryID(raw: $0) }
  }

  /// Lists the rules' matches that won and give facts, by kind and in text order.
  private func sortWinners() {
    winners.removeAll(keepingCapacity: true)
    let tables = matcher.tables
    for m in matcher.matches.indices where matcher.matches[m].lostTo < 0 {
      guard let kind = tables.factKind(Int(matcher.matches[m].rule)) else { continue }
      winners.append((kind.rawValue, matcher.matches[m].claim.start, Int32(truncatingIfNeeded: m)))
    }
    if winners.count > 1 { winners.sort { $0 < $1 } }
  }

  /// Facts of one kind from the rules' matches that won.
  private func writeMatches(_ kind: Fact.Kind) {
    let tables = matcher.tables
    for winner in winners where winner.kind == kind.rawValue {
      let match = matcher.matches[Int(winner.match)]
      let start = slots.count
      let row = tables.rows + Int(match.rule)
      var (title, person) = (TokenSpan.none, TokenSpan.none)
      for s in Int(row.pointee.slotStart)..<Int(row.pointee.slotEnd) {
        let name = SlotName(raw: tables.slotNames[s])
        let span = matcher.slotSpans[Int(match.slots) + s - Int(row.pointee.slotStart)]
        if name == .title { title = span }
        if name == .person { person = span }
        slot(name, span)
      }
      if kind == .role, !title.isNone, !person.isNone, deniesRole(title, of: person) {
        slots.removeSubrange(start...)
        continue
      }
      facts.append(
        Fact(
          kind: kind, slots: start..<slots.count, isFormer: match.isFormer, isQuoted: match.isQuoted, rule: match.rule))
    }
  }

  private func slot(_ name: SlotName, _ span: TokenSpan) {
    guard !span.isNone, span.start < span.end, Int(span.end) <= count else { return }
    var slot = FactSlot(name: name, span: span)
    let i = Int(span.start)
    if text.entityAt[i] >= 0, text.entities[Int(text.entityAt[i])].span == span {
      slot.layer = .entity
      slot.index = text.entityAt[i]
    } else if text.dateAt[i] >= 0, text.dates[Int(text.dateAt[i])].span == span {
      slot.layer = .date
      slot.index = text.dateAt[i]
    } else if text.quantityAt[i] >= 0, text.quantities[Int(text.quantityAt[i])].span == span {
      slot.layer = .quantity
      slot.index = text.quantityAt[i]
    }
    slots.append(slot)
  }
}
