// What an element of a rule takes of a text.

extension RuleTables {
  /// How many tokens the element takes at `i`, 0 when it does not fit.
  ///
  /// - Parameters:
  ///   - set: The classes of the token, which offers what the element needs.
  ///   - offer: The features of the token.
  @inline(__always)
  func length(_ element: Int, _ i: Int, _ set: ClassSet, _ offer: UInt64, _ text: FactText) -> Int {
    let step = steps + element
    guard step.pointee.form != .tested, !step.pointee.refused.meets(set, offer) else {
      return testedLength(element, i, text)
    }
    if step.pointee.covering != 0, isCovered(i, by: step.pointee.covering, text) { return 0 }
    switch step.pointee.form {
    case .names:
      let entity = text.entityAt[i]
      return entity >= 0 ? text.entities[Int(entity)].span.count : 0
    case .listed: return listed(step.pointee.need, i, text)
    case .word: return step.pointee.word == text.hash[i] ? 1 : 0
    default: return 1
    }
  }

  @inline(never)
  private func testedLength(_ element: Int, _ i: Int, _ text: FactText) -> Int { length(element, i, text) }

  /// Whether one of the annotations holds token `i`.
  @inline(__always)
  private func isCovered(_ i: Int, by annotations: UInt16, _ text: FactText) -> Bool {
    typealias F = RuleAnchors.Feature
    var found: UInt32 = 0
    let (entity, date, quantity) = (text.entityIn[i], text.dateIn[i], text.quantityIn[i])
    if entity >= 0 { found = 1 << UInt32(text.entities[Int(entity)].label.rawValue) }
    if date >= 0 { found |= 1 << (F.dateShift + UInt32(text.dates[Int(date)].kind.rawValue)) }
    if quantity >= 0 { found |= 1 << (F.quantityShift + UInt32(text.quantities[Int(quantity)].kind.rawValue)) }
    return found & UInt32(annotations) != 0
  }

  /// How many tokens the element takes at `i`, 0 when it does not fit. `element` is an index of `RuleSet.elements`.
  func length(_ element: Int, _ i: Int, _ text: FactText) -> Int {
    let range = elements[element]
    var longest = 0
    var t = range.start
    while t < range.end {
      longest = max(longest, length(test: tests[Int(t)], i, text))
      t += 1
    }
    guard longest > 0 else { return 0 }
    t = range.excludedStart
    while t < range.excludedEnd {
      if excludes(tests[Int(t)], i, text) { return 0 }
      t += 1
    }
    return longest
  }

  /// An excluded annotation keeps out every token of it, not only its first one.
  private func excludes(_ test: RuleSet.BoundTest, _ i: Int, _ text: FactText) -> Bool {
    switch test.kind {
    case .entity:
      return text.entityIn[i] >= 0
        && test.a & 1 << UInt64(text.entities[Int(text.entityIn[i])].label.rawValue) != 0
    case .date:
      return text.dateIn[i] >= 0 && test.a & 1 << UInt64(text.dates[Int(text.dateIn[i])].kind.rawValue) != 0
    case .quantity:
      return text.quantityIn[i] >= 0
        && test.a & 1 << UInt64(text.quantities[Int(text.quantityIn[i])].kind.rawValue) != 0
    default: return length(test: test, i, text) > 0
    }
  }

  private func length(test: RuleSet.BoundTest, _ i: Int, _ text: FactText) -> Int {
    switch test.kind {
    case .literal: return text.hash[i] == test.a ? 1 : 0
    case .mark: return text.kind[i] >= TokenKind.period && Self.packed(i, text) == test.a ? 1 : 0
    case .listed:
      let set = ClassSet(low: test.a, high: test.b)
      guard text.classes[i].intersects(set) else { return 0 }
      return listed(set, test, i, text)
    case .entity:
      guard text.entityAt[i] >= 0 else { return 0 }
      let entity = Int(text.entityAt[i])
      guard test.a & 1 << UInt64(text.entities[entity].label.rawValue) != 0 else { return 0 }
      return text.entities[entity].span.count
    case .date:
      guard text.dateAt[i] >= 0 else { return 0 }
      let date = Int(text.dateAt[i])
      return test.a & 1 << UInt64(text.dates[date].kind.rawValue) != 0 ? text.dates[date].span.count : 0
    case .quantity:
      guard text.quantityAt[i] >= 0 else { return 0 }
      let quantity = Int(text.quantityAt[i])
      guard test.a & 1 << UInt64(text.quantities[quantity].kind.rawValue) != 0 else { return 0 }
      return text.quantities[quantity].span.count
    case .number: return text.numberAt[i] >= 0 ? text.numbers[Int(text.numberAt[i])].span.count : 0
    case .shape: return Self.fits(UInt8(truncatingIfNeeded: test.a), i, text) ? 1 : 0
    }
  }

  /// The longest phrase at `i` of the classes that `need` asks for; it does not end inside a name.
  @inline(never)
  private func listed(_ need: RuleNeed, _ i: Int, _ text: FactText) -> Int {
    let range = text.matchRange(at: i)
    var m = range.upperBound
    while m > range.lowerBound {
      m &-= 1
      let match = text.matches[m]
      if classes(at: match.state).intersects(need.classes), !endsInName(match, i, text) { return Int(match.end) &- i }
    }
    return 0
  }

  /// `Lexicon.classes(at:)`, near at hand for the built-in lists.
  @inline(__always)
  private func classes(at state: UInt32) -> ClassSet {
    guard Int(state) < stateSet.count else { return lexicon.classes(at: state) }
    let set = Int(stateSet[state])
    return ClassSet(low: setLow[set], high: setHigh[set])
  }

  /// The longest phrase of a class at `i` whose row has the cells; it does not end inside a name.
  private func listed(_ set: ClassSet, _ test: RuleSet.BoundTest, _ i: Int, _ text: FactText) -> Int {
    let range = text.matchRange(at: i)
    var m = range.upperBound
    while m > range.lowerBound {
      m -= 1
      let match = text.matches[m]
      guard classes(at: match.state).intersects(set), !endsInName(match, i, text) else { continue }
      if test.rows < 0 || hasRow(match.state, test, set, text) { return Int(match.end) - i }
    }
    return 0
  }

  /// "Anggota Komisi | III DPR" when `Komisi III DPR` is a body.
  private func endsInName(_ match: Match, _ i: Int, _ text: FactText) -> Bool {
    let last = Int(match.end) - 1
    guard last < text.count, text.entityIn[last] >= 0 else { return false }
    let span = text.entities[Int(text.entityIn[last])].span
    return span.end > match.end || (span.start > match.start && !span.contains(i))
  }

  private func hasRow(_ state: UInt32, _ test: RuleSet.BoundTest, _ set: ClassSet, _ text: FactText) -> Bool {
    test.feature != 0 ? conditionFeatures(state, text) & UInt64(test.feature) != 0 : hasRow(state, Int(test.rows), set)
  }

  /// The features of a node by the conditions that its rows fulfil.
  @inline(__always)
  func conditionFeatures(_ state: UInt32, _ text: FactText) -> UInt64 {
    text.rowFeatures.value(state) { findConditionFeatures($0) } ?? 0
  }

  func findConditionFeatures(_ state: UInt32) -> UInt64 {
    let classes = lexicon.classes(at: state)
    var out: UInt64 = 0
    for test in rules.conditions {
      let set = ClassSet(low: test.a, high: test.b)
      if classes.intersects(set), hasRow(state, Int(test.rows), set) { out |= UInt64(test.feature) }
    }
    return out
  }

  private func hasRow(_ state: UInt32, _ rows: Int, _ set: ClassSet) -> Bool {
    var holds = false
    lexicon.forEachListing(at: state) { listing in
      let index = Int(listing.entry.raw & ~Lexicon.userBit)
      let bits = listing.entry.isUser ? rules.rowSets[rows].user : rules.rowSets[rows].base
      holds =
        index >> 6 < bits.count && bits[index >> 6] & 1 << UInt64(index & 63) != 0
        && lexicon.entry(listing.entry, has: set)
      return !holds
    }
    return holds
  }

  /// Up to eight bytes of a mark.
  static func packed(_ i: Int, _ text: FactText) -> UInt64 {
    var out: UInt64 = 0
    var shift: UInt64 = 0
    for b in Int(text.start[i])..<min(Int(text.end[i]), Int(text.start[i]) + 8) {
      out |= UInt64(text.bytes[b]) << shift
      shift += 8
    }
    return out
  }

  private static func fits(_ shape: UInt8, _ i: Int, _ text: FactText) -> Bool {
    let kind = text.kind[i]
    switch RuleShape(rawValue: shape) ?? .any {
    case .word: return kind == TokenKind.word || kind == TokenKind.otherWord
    case .capital: return kind == TokenKind.word && text.isCapitalized(i)
    case .lower: return kind == TokenKind.word && !text.isCapitalized(i)
    case .digits: return kind == TokenKind.number
    case .mark: return kind >= TokenKind.period
    case .quote: return RuleMatcher.isQuote(kind)
    case .any, .sentenceGap: return true
    case .clauseGap: return !RuleMatcher.endsClause(kind)
    }
  }
}
