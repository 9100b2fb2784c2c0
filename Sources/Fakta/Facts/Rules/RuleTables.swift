/// The rules as the matcher reads them: flat tables that never change, shared by all copies of a matcher.
///
/// A reference and not a struct, since the matcher calls `length` while it changes its own columns: a struct would be
/// copied for each call.
final class RuleTables: @unchecked Sendable {
  let rules: RuleSet
  let lexicon: Lexicon
  let bound: UnsafeMutablePointer<RuleSet.BoundRule>
  let positionElement: UnsafeMutablePointer<Int32>
  let followMask: UnsafeMutablePointer<UInt64>
  private let elements: UnsafeMutablePointer<RuleSet.BoundElement>
  private let tests: UnsafeMutablePointer<RuleSet.BoundTest>

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    rules = lexicon.rules
    bound = Self.copy(rules.bound)
    positionElement = Self.copy(rules.positionElement)
    followMask = Self.copy(rules.followMask)
    elements = Self.copy(rules.elements)
    tests = Self.copy(rules.tests)
  }

  deinit {
    bound.deallocate()
    positionElement.deallocate()
    followMask.deallocate()
    elements.deallocate()
    tests.deallocate()
  }

  /// The elements are plain values: nothing has to be destroyed.
  private static func copy<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> {
    let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
    for (i, value) in array.enumerated() { (memory + i).initialize(to: value) }
    return memory
  }

  /// How many tokens the element takes at `i`, 0 when it does not fit. `element` is an index of `RuleSet.elements`.
  func length(_ element: Int, _ i: Int, _ document: Document, _ view: FactTokens) -> Int {
    let range = elements[element]
    var longest = 0
    var t = range.start
    while t < range.end {
      longest = max(longest, length(test: tests[Int(t)], i, document, view))
      t += 1
    }
    guard longest > 0 else { return 0 }
    t = range.excludedStart
    while t < range.excludedEnd {
      if excludes(tests[Int(t)], i, document, view) { return 0 }
      t += 1
    }
    return longest
  }

  /// An excluded annotation keeps out every token of it, not only its first one.
  private func excludes(_ test: RuleSet.BoundTest, _ i: Int, _ document: Document, _ view: FactTokens) -> Bool {
    switch test.kind {
    case .entity:
      return view.entityIn[i] >= 0
        && test.a & 1 << UInt64(document.entities[Int(view.entityIn[i])].label.rawValue) != 0
    case .date:
      return view.dateIn[i] >= 0 && test.a & 1 << UInt64(document.dates[Int(view.dateIn[i])].kind.rawValue) != 0
    case .quantity:
      return view.quantityIn[i] >= 0
        && test.a & 1 << UInt64(document.quantities[Int(view.quantityIn[i])].kind.rawValue) != 0
    default: return length(test: test, i, document, view) > 0
    }
  }

  private func length(test: RuleSet.BoundTest, _ i: Int, _ document: Document, _ view: FactTokens) -> Int {
    switch test.kind {
    case .literal: return view.hash[i] == test.a ? 1 : 0
    case .mark: return view.kind[i] >= TokenKind.period && Self.packed(i, document) == test.a ? 1 : 0
    case .listed:
      let set = ClassSet(low: test.a, high: test.b)
      guard view.classes[i].intersects(set) else { return 0 }
      return listed(set, Int(test.rows), i, document, view)
    case .entity:
      guard view.entityAt[i] >= 0 else { return 0 }
      let entity = Int(view.entityAt[i])
      guard test.a & 1 << UInt64(document.entities[entity].label.rawValue) != 0 else { return 0 }
      return document.entities[entity].span.count
    case .date:
      guard view.dateAt[i] >= 0 else { return 0 }
      let date = Int(view.dateAt[i])
      return test.a & 1 << UInt64(document.dates[date].kind.rawValue) != 0 ? document.dates[date].span.count : 0
    case .quantity:
      guard view.quantityAt[i] >= 0 else { return 0 }
      let quantity = Int(view.quantityAt[i])
      guard test.a & 1 << UInt64(document.quantities[quantity].kind.rawValue) != 0 else { return 0 }
      return document.quantities[quantity].span.count
    case .number: return view.numberAt[i] >= 0 ? document.numbers[Int(view.numberAt[i])].span.count : 0
    case .shape: return Self.fits(UInt8(truncatingIfNeeded: test.a), i, view, document) ? 1 : 0
    }
  }

  /// The longest phrase of a class at `i` whose row has the cells; it does not end inside a name.
  private func listed(_ set: ClassSet, _ rows: Int, _ i: Int, _ document: Document, _ view: FactTokens) -> Int {
    let range = document.matchRange(at: i)
    var m = range.upperBound
    while m > range.lowerBound {
      m -= 1
      let match = document.matches[m]
      guard lexicon.classes(at: match.state).intersects(set), !endsInName(match, i, document, view) else { continue }
      if rows < 0 || hasRow(match.state, rows, set) { return Int(match.end) - i }
    }
    return 0
  }

  /// "Anggota Komisi | III DPR" when `Komisi III DPR` is a body.
  private func endsInName(_ match: Match, _ i: Int, _ document: Document, _ view: FactTokens) -> Bool {
    let last = Int(match.end) - 1
    guard last < view.count, view.entityIn[last] >= 0 else { return false }
    let span = document.entities[Int(view.entityIn[last])].span
    return span.end > match.end || (span.start > match.start && !span.contains(i))
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
  static func packed(_ i: Int, _ document: Document) -> UInt64 {
    var out: UInt64 = 0
    var shift: UInt64 = 0
    for b in Int(document.tokens.start[i])..<min(Int(document.tokens.end[i]), Int(document.tokens.start[i]) + 8) {
      out |= UInt64(document.bytes[b]) << shift
      shift += 8
    }
    return out
  }

  private static func fits(_ shape: UInt8, _ i: Int, _ view: FactTokens, _ document: Document) -> Bool {
    let kind = view.kind[i]
    switch RuleShape(rawValue: shape) ?? .any {
    case .word: return kind == TokenKind.word || kind == TokenKind.otherWord
    case .capital: return kind == TokenKind.word && document.tokens.isCapitalized(i)
    case .lower: return kind == TokenKind.word && !document.tokens.isCapitalized(i)
    case .digits: return kind == TokenKind.number
    case .mark: return kind >= TokenKind.period
    case .quote: return RuleMatcher.isQuote(kind)
    case .any, .sentenceGap: return true
    case .clauseGap: return !RuleMatcher.endsClause(kind)
    }
  }
}
