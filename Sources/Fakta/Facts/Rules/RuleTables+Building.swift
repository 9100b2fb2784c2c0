// What the tables are made of.

/// Memory that is filled once and freed as a whole.
final class RuleMemory {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// A copy of `array`, at the beginning of a line of the cache where `alignment` says so. Its elements are plain values: nothing
  /// has to be destroyed.
  func copy<T: BitwiseCopyable>(
    _ array: [T], alignment: Int = MemoryLayout<T>.alignment
  ) -> UnsafeMutablePointer<T> {
    let count = max(1, array.count)
    let block = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<T>.stride, alignment: alignment)
    blocks.append(block)
    let memory = block.bindMemory(to: T.self, capacity: count)
    for (i, value) in array.enumerated() { (memory + i).initialize(to: value) }
    return memory
  }

  /// A copy at the beginning of a line of the cache.
  func lines<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> { copy(array, alignment: 64) }

  deinit { for block in blocks { block.deallocate() } }
}

/// Sets of rules, one after the other.
private func sets(_ lists: [ArraySlice<Int32>], _ setWords: Int) -> [UInt64] {
  var sets = [UInt64](repeating: 0, count: lists.count * setWords)
  for (number, list) in lists.enumerated() {
    for rule in list { sets[number * setWords + Int(rule >> 6)] |= 1 << UInt64(rule & 63) }
  }
  return sets
}

/// What the tables hold of each rule, as `RuleTables` describes it.
struct RuleTableParts {
  private(set) var rows: [RuleTables.Row] = []
  private(set) var positions: [RuleTables.Position] = []
  private(set) var preceding: [UInt64]
  private(set) var followRuns: [(start: Int32, end: Int32)] = []
  private(set) var preferences: [UInt8] = []
  private(set) var refusals: [Int32] = []
  private(set) var slotCaptures: [UInt8] = []
  private(set) var behindAnchor: [RuleNeed] = []
  private(set) var namesOnly: [UInt64]
  private(set) var personBehind: [UInt64]
  private(set) var cuts: [RuleNeed] = []
  private(set) var gates: [RuleTables.Gate] = []
  /// By element: what a token must offer to fit.
  let elementNeeds: [RuleNeed]
  /// By element: the positions with it of the rule that is being added, as bits; of other elements it is what is left there.
  private var alike: [UInt64]

  init(_ rules: RuleSet, setWords: Int) {
    elementNeeds = rules.elements.map { element in
      var need = RuleNeed()
      for t in element.start..<element.end { need.formUnion(RuleNeed(rules.tests[Int(t)])) }
      return need
    }
    preceding = [UInt64](repeating: 0, count: rules.positionElement.count)
    alike = [UInt64](repeating: 0, count: rules.elements.count)
    namesOnly = [UInt64](repeating: 0, count: setWords)
    personBehind = namesOnly
    rules.followMask.withUnsafeBufferPointer { follow in
      for (index, bound) in rules.bound.enumerated() {
        let first = Int(bound.firstPosition)
        add(index, bound, rules, UnsafeBufferPointer(rebasing: follow[first..<first + Int(bound.positionCount)]))
      }
    }
  }

  /// - Parameter follow: For each position of the rule, those that may follow.
  private mutating func add(
    _ index: Int, _ bound: RuleSet.BoundRule, _ rules: RuleSet, _ follow: UnsafeBufferPointer<UInt64>
  ) {
    let rule = rules.rules[index]
    var row = row(rule, bound, rules, follow)
    addRuns(of: rule, rules.ruleElements[Int(bound.firstElement)...], &row)
    addPositions(of: rule, at: Int(bound.firstPosition), rules, follow)
    addAnchors(of: index, row, rules, follow)
    rows.append(row)
    let gate = RuleTables.Gate(cuts[Int(row.cutStart)..<Int(row.cutEnd)], needsCue: RuleKinds.needsCue(rule.kind))
    if !gates.contains(gate) { gates.append(gate) }
  }

  /// What a token must offer to stand at a position.
  private func need(_ rules: RuleSet, _ position: Int) -> RuleNeed {
    elementNeeds[Int(rules.positionElement[position])]
  }

  /// The row of a rule without its runs, and its cuts.
  private mutating func row(
    _ rule: CompiledRule, _ bound: RuleSet.BoundRule, _ rules: RuleSet, _ follow: UnsafeBufferPointer<UInt64>
  ) -> RuleTables.Row {
    let first = Int(bound.firstPosition)
    var start = RuleNeed()
    var groups: [(need: RuleNeed, steps: UInt64, rank: Int)] = []
    for p in 0..<Int(bound.positionCount) {
      let need = need(rules, first + p)
      let step = UInt64(1) << UInt64(p)
      if bound.entryMask & step != 0 { start.formUnion(need) }
      if let g = groups.firstIndex(where: { $0.need == need }) {
        groups[g].steps |= step
      } else {
        groups.append((need, step, Self.rank(need)))
      }
    }
    let cutStart = cuts.count
    let ways = RuleCuts(follow: follow, entry: bound.entryMask)
    // What a hit has shown need not be asked again.
    var anchor = RuleNeed()
    let elements = rules.ruleElements[Int(bound.firstElement)...]
    for a in rule.anchors { anchor.formUnion(elementNeeds[Int(elements[elements.startIndex + Int(a)])]) }
    cuts += ways.needs(groups).filter { !$0.holds(anchor) || $0.isAnnotation }
    var steps: UInt64 = 0
    var lengths: [Int] = []
    for (p, position) in rule.positions.enumerated() {
      if rule.anchors.contains(position.element) { steps |= 1 << UInt64(p) }
      lengths.append(Self.longest(rules, Int(rules.positionElement[first + p])))
    }
    let firsts = ways.firsts(of: steps, lengths) ?? (steps, CompiledRule.longestMatch)
    return RuleTables.Row(
      firstPosition: bound.firstPosition, cutStart: Int32(cutStart), cutEnd: Int32(cuts.count),
      reach: min(bound.reach, Int32(firsts.reach)), anchorMask: firsts.steps, entryMask: bound.entryMask, start: start,
      kind: bound.kind, priority: bound.priority, formerCapture: rule.formerCapture,
      quotedCapture: rule.quotedCapture)
  }

  /// The steps of the entry, what must not stand beside a match, and the slots.
  ///
  /// - Parameter elements: The rule's own, and those of later rules.
  private mutating func addRuns(of rule: CompiledRule, _ elements: ArraySlice<Int32>, _ row: inout RuleTables.Row) {
    func refused(_ list: [UInt16]) -> [Int32] { list.map { elements[elements.startIndex + Int($0)] } }
    row.entryStart = Int32(preferences.count)
    preferences += rule.entry
    row.entryEnd = Int32(preferences.count)
    row.notAfterStart = Int32(refusals.count)
    refusals += refused(rule.notAfter)
    row.notAfterEnd = Int32(refusals.count)
    refusals += refused(rule.notBefore)
    row.notBeforeEnd = Int32(refusals.count)
    row.slotStart = Int32(slotCaptures.count)
    slotCaptures += rule.slotCaptures
    row.slotEnd = Int32(slotCaptures.count)
  }

  private mutating func addPositions(
    of rule: CompiledRule, at first: Int, _ rules: RuleSet, _ follow: UnsafeBufferPointer<UInt64>
  ) {
    let own = rules.positionElement[first..<first + rule.positions.count]
    for element in own { alike[Int(element)] = 0 }
    for (p, element) in own.enumerated() { alike[Int(element)] |= 1 << UInt64(p) }
    for (number, position) in rule.positions.enumerated() {
      let element = rules.positionElement[first + number]
      var at = RuleTables.Position(
        follow: follow[number], alike: alike[Int(element)], next: RuleNeed(), element: element,
        captures: position.captures)
      for p in position.follow where p != CompiledRule.accept {
        at.next.formUnion(need(rules, first + Int(p)))
        preceding[first + Int(p)] |= 1 << UInt64(number)
      }
      positions.append(at)
      followRuns.append((Int32(preferences.count), Int32(preferences.count + position.follow.count)))
      preferences += position.follow
    }
  }

  /// What stands behind the anchors of a rule; its positions are there.
  private mutating func addAnchors(
    of index: Int, _ row: RuleTables.Row, _ rules: RuleSet, _ follow: UnsafeBufferPointer<UInt64>
  ) {
    let first = Int(row.firstPosition)
    var behind = RuleNeed()
    var isNames = true
    for p in follow.indices where row.anchorMask >> UInt64(p) & 1 != 0 {
      behind.formUnion(follow[p] >> 63 != 0 ? .anything : positions[first + p].next)
      isNames = isNames && need(rules, first + p).isName
    }
    behindAnchor.append(behind)
    if isNames { namesOnly[index >> 6] |= 1 << UInt64(index & 63) }
    if needsPerson(row, rules, follow) { personBehind[index >> 6] |= 1 << UInt64(index & 63) }
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
  private func needsPerson(
    _ row: RuleTables.Row, _ rules: RuleSet, _ follow: UnsafeBufferPointer<UInt64>
  ) -> Bool {
    let first = Int(row.firstPosition)
    var persons: UInt64 = 0
    var entry: UInt64 = 0
    for p in follow.indices {
      let need = need(rules, first + p)
      if need.classes.isEmpty, need.features == UInt64(RuleAnchors.Feature.person) { persons |= 1 << UInt64(p) }
      if row.anchorMask >> UInt64(p) & 1 != 0 { entry |= follow[p] }
    }
    guard entry >> 63 == 0 else { return false }
    return RuleCuts(follow: follow, entry: entry).isCut(persons)
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

/// Where rules begin to look, as `RuleTables` has it.
struct RuleAnchorParts {
  private(set) var anchor = RuleNeed()
  let classes: ClassSet
  private(set) var others: [UInt64]
  let marks: [UInt64]
  private(set) var traces = [UInt8](repeating: 0, count: 4096)
  let wordSets: [UInt64]

  init(_ rules: RuleSet, setWords: Int) {
    let anchors = rules.anchors
    others = [UInt64](repeating: 0, count: (32 + 128) * setWords)
    for other in anchors.others {
      anchor.features |= UInt64(other.features)
      anchor.classes.formUnion(other.classes)
      for bit in 0..<160 where Self.asks(other.features, other.classes, for: bit) {
        for rule in other.rules { others[bit * setWords + Int(rule >> 6)] |= 1 << UInt64(rule & 63) }
      }
    }
    let markLists = anchors.markLists.sorted { $0.key < $1.key }
    marks = markLists.map(\.key) + sets(markLists.map { $0.value[...] }, setWords)
    for mark in markLists.map(\.key) { anchor.features |= RuleNeed.mark(UInt8(truncatingIfNeeded: mark)) }
    let anchor = anchor
    classes = rules.conditions.reduce(anchor.classes) { set, test in
      anchor.features & UInt64(test.feature) != 0 ? set.union(ClassSet(low: test.a, high: test.b)) : set
    }
    wordSets = sets(anchors.runs.map { anchors.ruleList[Int($0.0)..<Int($0.1)] }, setWords)
    for hash in anchors.keys where hash != 0 { traces[RuleTables.trace(hash)] |= RuleTables.isWaitedFor }
    for element in rules.elements {
      for test in rules.tests[Int(element.start)..<Int(element.end)] where test.kind == .literal {
        traces[RuleTables.trace(test.a)] |= RuleTables.isAskedFor
      }
    }
  }

  /// Whether the set of features (32) and classes (128) has a bit.
  private static func asks(_ features: UInt32, _ classes: ClassSet, for bit: Int) -> Bool {
    switch bit {
    case ..<32: UInt64(features) >> UInt64(bit) & 1 != 0
    case ..<96: classes.low >> UInt64(bit - 32) & 1 != 0
    default: classes.high >> UInt64(bit - 96) & 1 != 0
    }
  }
}
