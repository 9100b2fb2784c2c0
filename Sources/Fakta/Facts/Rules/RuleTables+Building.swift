// What the tables are made of.

extension RuleTables {
  /// Sets of rules, one after the other.
  static func sets(_ lists: [ArraySlice<Int32>], _ setWords: Int) -> [UInt64] {
    var sets = [UInt64](repeating: 0, count: lists.count * setWords)
    for (number, list) in lists.enumerated() {
      for rule in list { sets[number * setWords + Int(rule >> 6)] |= 1 << UInt64(rule & 63) }
    }
    return sets
  }

  /// The elements are plain values: nothing has to be destroyed.
  static func copy<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> {
    let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
    for (i, value) in array.enumerated() { (memory + i).initialize(to: value) }
    return memory
  }

  /// The same, with the first at the beginning of a line of the cache.
  static func lines<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> {
    let count = max(1, array.count)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<T>.stride, alignment: 64)
      .bindMemory(to: T.self, capacity: count)
    for (i, value) in array.enumerated() { (memory + i).initialize(to: value) }
    return memory
  }

  static func row(
    _ index: Int, _ bound: RuleSet.BoundRule, _ rules: RuleSet, _ needs: UnsafeMutablePointer<RuleNeed>,
    _ follow: UnsafeMutablePointer<UInt64>, _ elementNeeds: [RuleNeed], _ cuts: inout [RuleNeed]
  ) -> Row {
    let rule = rules.rules[index]
    let first = Int(bound.firstPosition)
    var start = RuleNeed()
    var groups: [(need: RuleNeed, steps: UInt64, rank: Int)] = []
    for p in 0..<Int(bound.positionCount) {
      let need = needs[first + p]
      let step = UInt64(1) << UInt64(p)
      if bound.entryMask & step != 0 { start.formUnion(need) }
      if let g = groups.firstIndex(where: { $0.need == need }) {
        groups[g].steps |= step
      } else {
        groups.append((need, step, rank(need)))
      }
    }
    let cutStart = cuts.count
    let ways = RuleCuts(
      follow: UnsafeBufferPointer(start: follow + first, count: Int(bound.positionCount)), entry: bound.entryMask)
    // What a hit has shown need not be asked again.
    var anchor = RuleNeed()
    let elements = rules.ruleElements[Int(bound.firstElement)...]
    for a in rule.anchors { anchor.formUnion(elementNeeds[Int(elements[elements.startIndex + Int(a)])]) }
    cuts += ways.needs(groups).filter { !$0.holds(anchor) || $0.isAnnotation }
    var steps: UInt64 = 0
    var lengths: [Int] = []
    for (p, position) in rule.positions.enumerated() {
      if rule.anchors.contains(position.element) { steps |= 1 << UInt64(p) }
      lengths.append(longest(rules, Int(rules.positionElement[first + p])))
    }
    let firsts = ways.firsts(of: steps, lengths) ?? (steps, CompiledRule.longestMatch)
    return Row(
      firstPosition: bound.firstPosition, cutStart: Int32(cutStart), cutEnd: Int32(cuts.count),
      reach: min(bound.reach, Int32(firsts.reach)), anchorMask: firsts.steps, entryMask: bound.entryMask, start: start,
      kind: bound.kind, priority: bound.priority, formerCapture: rule.formerCapture,
      quotedCapture: rule.quotedCapture)
  }

  /// The most tokens that an element takes, with room to spare.
  private static func longest(_ rules: RuleSet, _ element: Int) -> Int {
    let bound = rules.elements[element]
    return rules.tests[Int(bound.start)..<Int(bound.end)].reduce(1) { most, test in
      switch test.kind {
      case .entity: max(most, 40)
      case .listed, .date, .quantity, .number: max(most, 24)
      case .literal, .mark, .shape: most
      }
    }
  }

  /// Whether every way from the first anchor on leads through a step that only a person fits.
  static func needsPerson(
    _ row: Row, _ bound: RuleSet.BoundRule, _ needs: UnsafeMutablePointer<RuleNeed>,
    _ follow: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    let first = Int(bound.firstPosition)
    var persons: UInt64 = 0
    var entry: UInt64 = 0
    for p in 0..<Int(bound.positionCount) {
      let need = needs[first + p]
      if need.classes.isEmpty, need.features == UInt64(RuleAnchors.Feature.person) { persons |= 1 << UInt64(p) }
      if row.anchorMask >> UInt64(p) & 1 != 0 { entry |= follow[first + p] }
    }
    guard entry >> 63 == 0 else { return false }
    return RuleCuts(
      follow: UnsafeBufferPointer(start: follow + first, count: Int(bound.positionCount)), entry: entry
    ).isCut(persons)
  }

  private static func rank(_ need: RuleNeed) -> Int {
    typealias F = RuleAnchors.Feature
    let wide = F.capital | F.lower | F.word | F.any | F.inClause
    if need.features & UInt64(wide) != 0 { return 4 }
    if need.features & UInt64(F.condition) * 0x7F != 0 { return 2 }
    if need.features & 0xFFFF_FFFF != 0 { return 0 }
    if need.features & RuleNeed.marks != 0 { return 1 }
    return need.features != 0 ? 3 : 2
  }
}
