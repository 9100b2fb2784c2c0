/// The rules as the matcher reads them: flat tables that never change, shared by all copies of a matcher.
///
/// A reference and not a struct, since the matcher calls `length` while it changes its own columns: a struct would be
/// copied for each call.
final class RuleTables: @unchecked Sendable {
  let rules: RuleSet
  let lexicon: Lexicon
  private let stateSet: Section<UInt16>
  private let setLow: Section<UInt64>
  private let setHigh: Section<UInt64>
  let rows: UnsafeMutablePointer<Row>
  let positions: UnsafeMutablePointer<Position>
  /// By position: the sketch of what a token must offer. Those of a rule stand in a few lines of the cache.
  let sketches: UnsafeMutablePointer<UInt64>
  /// By position: the positions that may stand before it, as bits.
  let preceding: UnsafeMutablePointer<UInt64>
  /// By element: what answers most questions.
  let steps: UnsafeMutablePointer<Step>
  /// Annotations that a rule may ask a sentence for.
  let askedAnnotations: UInt64
  /// What sentences must offer to rules (`Row.cuts`).
  let cuts: UnsafeMutablePointer<RuleNeed>
  /// For each position, the steps that may follow, in order of preference, as runs of `preferences`.
  let followRuns: UnsafeMutablePointer<(start: Int32, end: Int32)>
  let preferences: UnsafeMutablePointer<UInt8>
  /// Elements that must not stand beside a match, and captures of slots, as `Row` says.
  let refusals: UnsafeMutablePointer<Int32>
  let slotCaptures: UnsafeMutablePointer<UInt8>
  let slotNames: UnsafeMutablePointer<UInt16>
  private let elements: UnsafeMutablePointer<RuleSet.BoundElement>
  private let tests: UnsafeMutablePointer<RuleSet.BoundTest>

  // Where rules begin to look (`RuleAnchors`).
  /// What a token must offer to be an anchor of any rule, if not by its word.
  let anchor: RuleNeed
  /// The classes of `anchor`, and those that an anchor asks for with conditions.
  let anchorClasses: ClassSet
  /// Sets of rules have a bit for each, in so many words.
  let setWords: Int
  /// By feature (32), then by class (128): the set of rules that wait for it.
  private let others: UnsafeMutablePointer<UInt64>
  /// By rule: what the token behind an anchor must offer; anything where a match may end there.
  let behindAnchor: UnsafeMutablePointer<RuleNeed>
  /// Rules whose anchors are all names; and those whose matches hold a person behind the first anchor.
  let namesOnly: UnsafeMutablePointer<UInt64>
  let personBehind: UnsafeMutablePointer<UInt64>
  /// The marks that rules wait for, and behind them the sets of these rules.
  private let marks: UnsafeMutablePointer<UInt64>
  private let markCount: Int
  /// The words that rules wait for as an open-addressing table of hashes, and by place the sets of these rules.
  private let keys: UnsafeMutablePointer<UInt64>
  private let wordSets: UnsafeMutablePointer<UInt64>
  private let keyMask: Int
  /// By some bits of a word's hash (`trace`): whether rules may wait for the word, and whether a step may ask for it. Says no
  /// to most others.
  let traces: UnsafeMutablePointer<UInt8>
  static let isWaitedFor: UInt8 = 1
  static let isAskedFor: UInt8 = 2
  /// Classes that rules ask for with conditions.
  let conditioned: ClassSet
  /// What the sentences of a rule must hold, each once.
  private let gates: UnsafeMutablePointer<Gate>
  private let gateCount: Int

  /// A position of a rule as the search sees it.
  struct Position: BitwiseCopyable {
    /// The positions that may follow, as bits; bit 63 where the rule may end.
    var follow: UInt64
    /// All positions of the rule with its element, as bits.
    var alike: UInt64
    /// What the token behind must offer for the match to go on.
    var next: RuleNeed
    var element: Int32
    /// The captures that hold it.
    var captures: UInt16
  }

  /// An element as the search sees it: most tokens are told by it alone, in one line of the cache.
  struct Step {
    /// What a token must offer to fit.
    var need: RuleNeed
    /// What a token offers when a test may refuse it, annotations aside.
    var refused = RuleNeed()
    /// The hash of a word that stands alone.
    var word: UInt64 = 0
    /// Annotations that keep out all their tokens: bits by label and kind, as in `RuleAnchors.Feature`.
    var covering: UInt16 = 0
    /// What is known of all tests that accept.
    var form: Form

    enum Form: UInt8 {
      case tested
      /// A kind of token: what offers the need fits with its one token.
      case oneToken
      /// Names.
      case names
      /// Phrases of classes, whatever their rows say.
      case listed
      /// A single word.
      case word
    }

    init(_ bound: RuleSet.BoundElement, _ tests: [RuleSet.BoundTest], _ need: RuleNeed) {
      self.need = need
      let accepting = tests[Int(bound.start)..<Int(bound.end)]
      form = .tested
      if accepting.allSatisfy({ $0.kind == .shape }) {
        form = .oneToken
      } else if accepting.allSatisfy({ $0.kind == .entity }) {
        form = .names
      } else if accepting.allSatisfy({ $0.kind == .listed && $0.rows < 0 }) {
        form = .listed
      } else if accepting.count == 1, let test = accepting.first, test.kind == .literal {
        form = .word
        word = test.a
      }
      for test in tests[Int(bound.excludedStart)..<Int(bound.excludedEnd)] {
        switch test.kind {
        case .entity, .date, .quantity: covering |= UInt16(truncatingIfNeeded: RuleNeed(test).features)
        default: refused.formUnion(RuleNeed(test))
        }
      }
    }
  }

  /// A rule: first what the search reads, in one line of the cache.
  struct Row {
    var firstPosition: Int32
    var cutStart: Int32
    var cutEnd: Int32
    var reach: Int32
    /// The positions of the anchors: every match goes through one of them. `reach` tokens may stand before the first.
    var anchorMask: UInt64
    var entryMask: UInt64
    /// What a token must offer for a match to begin there.
    var start = RuleNeed()
    var kind: Int32
    var priority: Int32
    /// The steps of the entry, in order of preference.
    var entryStart: Int32 = 0
    var entryEnd: Int32 = 0
    /// Runs of `refusals`: what must not stand before a match, then what must not stand behind it.
    var notAfterStart: Int32 = 0
    var notAfterEnd: Int32 = 0
    var notBeforeEnd: Int32 = 0
    /// The slots, as a run of `slotCaptures` and `slotNames`.
    var slotStart: Int32 = 0
    var slotEnd: Int32 = 0
    var formerCapture: UInt8
    var quotedCapture: UInt8
    /// Fills the second line.
    var unused: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  }

  /// Annotations of which a sentence must hold one each, 0 for no need; and whether it must hold a phrase of saying.
  private struct Gate: Equatable {
    var a: UInt64 = 0
    var b: UInt64 = 0
    var needsCue = false
    static let most = 32

    init(_ cuts: ArraySlice<RuleNeed>, needsCue: Bool) {
      let masks = cuts.filter { $0.isAnnotation }.map(\.features)
      a = masks.first ?? 0
      b = masks.dropFirst().first ?? 0
      self.needsCue = needsCue
    }

    func opens(_ annotations: UInt64) -> Bool {
      (a == 0 || a & annotations != 0) && (b == 0 || b & annotations != 0)
    }
  }

  init(lexicon: Lexicon, rules: RuleSet) {
    self.lexicon = lexicon
    self.rules = rules
    (stateSet, setLow, setHigh) = (lexicon.base.stateSet, lexicon.base.setLow, lexicon.base.setHigh)
    let follow = Self.copy(rules.followMask)
    defer { follow.deallocate() }
    elements = Self.copy(rules.elements)
    tests = Self.copy(rules.tests)
    let elementNeeds = rules.elements.map { element in
      var need = RuleNeed()
      for t in element.start..<element.end { need.formUnion(RuleNeed(rules.tests[Int(t)])) }
      return need
    }
    let needs = Self.copy(rules.positionElement.map { elementNeeds[Int($0)] })
    defer { needs.deallocate() }
    var cuts: [RuleNeed] = []
    var preferences: [UInt8] = []
    var followRuns: [(start: Int32, end: Int32)] = []
    var positions: [Position] = []
    var preceding = [UInt64](repeating: 0, count: rules.positionElement.count)
    // The positions of the rule with an element.
    var alike = [UInt64](repeating: 0, count: rules.elements.count)
    var rows: [Row] = []
    var gates: [Gate] = []
    var refusals: [Int32] = []
    var slotCaptures: [UInt8] = []
    var behindAnchor: [RuleNeed] = []
    let setWords = max(1, (rules.count + 63) >> 6)
    var namesOnly = [UInt64](repeating: 0, count: setWords)
    var personBehind = namesOnly
    for (index, bound) in rules.bound.enumerated() {
      let rule = rules.rules[index]
      var row = Self.row(index, bound, rules, needs, follow, elementNeeds, &cuts)
      row.entryStart = Int32(preferences.count)
      preferences += rule.entry
      row.entryEnd = Int32(preferences.count)
      row.notAfterStart = Int32(refusals.count)
      refusals += rule.notAfter.map { rules.ruleElements[Int(bound.firstElement) + Int($0)] }
      row.notAfterEnd = Int32(refusals.count)
      refusals += rule.notBefore.map { rules.ruleElements[Int(bound.firstElement) + Int($0)] }
      row.notBeforeEnd = Int32(refusals.count)
      row.slotStart = Int32(slotCaptures.count)
      slotCaptures += rule.slotCaptures
      row.slotEnd = Int32(slotCaptures.count)
      let first = Int(bound.firstPosition)
      let own = rules.positionElement[first..<first + rule.positions.count]
      for element in own { alike[Int(element)] = 0 }
      for (p, element) in own.enumerated() { alike[Int(element)] |= 1 << UInt64(p) }
      for (number, position) in rule.positions.enumerated() {
        let element = rules.positionElement[first + number]
        var at = Position(
          follow: follow[first + number], alike: alike[Int(element)], next: RuleNeed(), element: element,
          captures: position.captures)
        for p in position.follow where p != CompiledRule.accept {
          at.next.formUnion(needs[first + Int(p)])
          preceding[first + Int(p)] |= 1 << UInt64(number)
        }
        positions.append(at)
        followRuns.append((Int32(preferences.count), Int32(preferences.count + position.follow.count)))
        preferences += position.follow
      }
      var behind = RuleNeed()
      var isNames = true
      for p in 0..<Int(bound.positionCount) {
        let position = first + p
        guard row.anchorMask >> UInt64(p) & 1 != 0 else { continue }
        behind.formUnion(follow[position] >> 63 != 0 ? .anything : positions[position].next)
        isNames = isNames && needs[position].isName
      }
      behindAnchor.append(behind)
      if isNames { namesOnly[index >> 6] |= 1 << UInt64(index & 63) }
      if Self.needsPerson(row, bound, needs, follow) { personBehind[index >> 6] |= 1 << UInt64(index & 63) }
      rows.append(row)
      let gate = Gate(cuts[Int(row.cutStart)..<Int(row.cutEnd)], needsCue: RuleKinds.needsCue(rule.kind))
      if !gates.contains(gate) { gates.append(gate) }
    }
    if gates.count > Gate.most { gates = [Gate([], needsCue: false)] }
    self.rows = Self.lines(rows)
    self.cuts = Self.copy(cuts)
    askedAnnotations = cuts.reduce(0) { $1.isAnnotation ? $0 | $1.features : $0 }
    self.preferences = Self.copy(preferences)
    self.followRuns = Self.copy(followRuns)
    self.refusals = Self.copy(refusals)
    self.slotCaptures = Self.copy(slotCaptures)
    slotNames = Self.copy(rules.slots.flatMap { $0.map(\.raw) })
    self.positions = Self.lines(positions)
    self.preceding = Self.copy(preceding)
    sketches = Self.copy(
      rules.positionElement.map { RuleNeed.sketch(elementNeeds[Int($0)].classes, elementNeeds[Int($0)].features) })
    self.setWords = setWords
    self.behindAnchor = Self.copy(behindAnchor)
    self.namesOnly = Self.copy(namesOnly)
    self.personBehind = Self.copy(personBehind)
    steps = Self.lines(
      rules.elements.enumerated().map { e, element in Step(element, rules.tests, elementNeeds[e]) })
    self.gates = Self.copy(gates)
    gateCount = gates.count

    let anchors = rules.anchors
    var anchor = RuleNeed()
    var others = [UInt64](repeating: 0, count: (32 + 128) * setWords)
    for other in anchors.others {
      anchor.features |= UInt64(other.features)
      anchor.classes.formUnion(other.classes)
      for bit in 0..<160 {
        let isAsked =
          switch bit {
          case ..<32: UInt64(other.features) >> UInt64(bit) & 1 != 0
          case ..<96: other.classes.low >> UInt64(bit - 32) & 1 != 0
          default: other.classes.high >> UInt64(bit - 96) & 1 != 0
          }
        guard isAsked else { continue }
        for rule in other.rules { others[bit * setWords + Int(rule >> 6)] |= 1 << UInt64(rule & 63) }
      }
    }
    self.others = Self.copy(others)
    let markLists = anchors.markLists.sorted { $0.key < $1.key }
    marks = Self.copy(markLists.map(\.key) + Self.sets(markLists.map { $0.value[...] }, setWords))
    markCount = markLists.count
    for mark in markLists.map(\.key) { anchor.features |= RuleNeed.mark(UInt8(truncatingIfNeeded: mark)) }
    self.anchor = anchor
    var traces = [UInt8](repeating: 0, count: 4096)
    for hash in anchors.keys where hash != 0 { traces[Self.trace(hash)] |= Self.isWaitedFor }
    for element in rules.elements {
      for test in rules.tests[Int(element.start)..<Int(element.end)] where test.kind == .literal {
        traces[Self.trace(test.a)] |= Self.isAskedFor
      }
    }
    self.traces = Self.copy(traces)
    anchorClasses = rules.conditions.reduce(anchor.classes) { set, test in
      anchor.features & UInt64(test.feature) != 0 ? set.union(ClassSet(low: test.a, high: test.b)) : set
    }
    conditioned = rules.conditions.reduce(ClassSet()) { $0.union(ClassSet(low: $1.a, high: $1.b)) }
    keys = Self.copy(anchors.keys)
    wordSets = Self.copy(
      Self.sets(anchors.runs.map { anchors.ruleList[Int($0.0)..<Int($0.1)] }, setWords))
    keyMask = anchors.keys.count - 1
  }

  /// Sets of rules, one after the other.
  private static func sets(_ lists: [ArraySlice<Int32>], _ setWords: Int) -> [UInt64] {
    var sets = [UInt64](repeating: 0, count: lists.count * setWords)
    for (number, list) in lists.enumerated() {
      for rule in list { sets[number * setWords + Int(rule >> 6)] |= 1 << UInt64(rule & 63) }
    }
    return sets
  }

  deinit {
    UnsafeMutableRawPointer(rows).deallocate()
    UnsafeMutableRawPointer(positions).deallocate()
    sketches.deallocate()
    preceding.deallocate()
    UnsafeMutableRawPointer(steps).deallocate()
    slotNames.deallocate()
    cuts.deallocate()
    preferences.deallocate()
    refusals.deallocate()
    slotCaptures.deallocate()
    followRuns.deallocate()
    gates.deallocate()
    elements.deallocate()
    tests.deallocate()
    others.deallocate()
    behindAnchor.deallocate()
    namesOnly.deallocate()
    personBehind.deallocate()
    keys.deallocate()
    wordSets.deallocate()
    marks.deallocate()
    traces.deallocate()
  }

  /// The elements are plain values: nothing has to be destroyed.
  private static func copy<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> {
    let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
    for (i, value) in array.enumerated() { (memory + i).initialize(to: value) }
    return memory
  }

  /// The same, with the first at the beginning of a line of the cache.
  private static func lines<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> {
    let count = max(1, array.count)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<T>.stride, alignment: 64)
      .bindMemory(to: T.self, capacity: count)
    for (i, value) in array.enumerated() { (memory + i).initialize(to: value) }
    return memory
  }

  private static func row(
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
  private static func needsPerson(
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

  /// The kind of fact that a rule gives, `.user` for kinds that Fakta does not know itself; nil when a stage reads it.
  @inline(__always)
  func factKind(_ rule: Int) -> Fact.Kind? {
    switch Int(rows[rule].kind) {
    case 0: .figure
    case 1: .role
    case 2: .statement
    case 3: .event
    case 4..<RuleKinds.known.count: nil
    default: .user
    }
  }

  /// Whether a sentence with these annotations can hold a match of any rule.
  @inline(__always)
  func isOpen(_ annotations: UInt64) -> Bool {
    for g in 0..<gateCount where !gates[g].needsCue && gates[g].opens(annotations) { return true }
    return false
  }

  /// Whether a sentence with these annotations and a phrase of saying can hold a match of any rule.
  @inline(__always)
  func isOpenToCues(_ annotations: UInt64) -> Bool {
    for g in 0..<gateCount where gates[g].needsCue && gates[g].opens(annotations) { return true }
    return false
  }

  /// For which of at most 64 words with these hashes a rule may wait, as bits.
  @inline(__always)
  func mayWait(forWords hashes: UnsafePointer<UInt64>, _ count: Int) -> UInt64 {
    let traces = traces
    var bits: UInt64 = 0
    // One token in ten is an anchor: no branch could foresee it.
    for k in 0..<count {
      let isWaitedFor = traces[Self.trace(hashes[k])] & Self.isWaitedFor
      bits |= UInt64(isWaitedFor) &<< UInt64(truncatingIfNeeded: k)
    }
    return bits
  }

  /// Whether a rule may wait for the word with this hash.
  @inline(__always)
  func mayWait(forWord hash: UInt64) -> Bool { traces[Self.trace(hash)] & Self.isWaitedFor != 0 }

  /// Whether a rule waits for the word with this hash.
  @inline(__always)
  func waits(forWord hash: UInt64) -> Bool {
    // One question, since every sixth token is a mark and has no hash.
    guard traces[Self.trace(hash)] & Self.isWaitedFor & (hash != 0 ? .max : 0) != 0 else { return false }
    var slot = Int(truncatingIfNeeded: hash) & keyMask
    while keys[slot] != 0 {
      if keys[slot] == hash { return true }
      slot = (slot &+ 1) & keyMask
    }
    return false
  }

  /// The place of a word in `traces`.
  @inline(__always)
  static func trace(_ hash: UInt64) -> Int { Int(hash >> 20 & 4095) }

  /// Word `w` of the set of rules that wait for a token by an annotation or its kind.
  @inline(__always)
  func waiting(_ w: Int, _ features: UInt64) -> UInt64 {
    var found: UInt64 = 0
    var left = features & anchor.features & 0xFFFF_FFFF
    while left != 0 {
      found |= others[left.trailingZeroBitCount &* setWords &+ w]
      left &= left &- 1
    }
    return found
  }

  /// Word `w` of the set of rules that wait for one of these classes.
  func waiting(_ w: Int, _ classes: ClassSet) -> UInt64 {
    var found: UInt64 = 0
    var left = classes.low & anchor.classes.low
    while left != 0 {
      found |= others[(32 &+ left.trailingZeroBitCount) &* setWords &+ w]
      left &= left &- 1
    }
    left = classes.high & anchor.classes.high
    while left != 0 {
      found |= others[(96 &+ left.trailingZeroBitCount) &* setWords &+ w]
      left &= left &- 1
    }
    return found
  }

  /// Adds the rules that wait for a token by its word or mark.
  @inline(__always)
  func addWaiting(_ i: Int, _ features: UInt64, _ text: FactText, _ sets: UnsafeMutablePointer<UInt64>) {
    let hash = text.hash[i]
    if hash != 0, mayWait(forWord: hash) {
      var slot = Int(truncatingIfNeeded: hash) & keyMask
      while keys[slot] != 0 {
        if keys[slot] == hash {
          add(wordSets + slot &* setWords, to: sets)
          break
        }
        slot = (slot &+ 1) & keyMask
      }
    }
    if features & anchor.features & RuleNeed.marks != 0 {
      let mark = Self.packed(i, text)
      for m in 0..<markCount where marks[m] == mark { add(marks + (markCount &+ m &* setWords), to: sets) }
    }
  }

  @inline(__always)
  private func add(_ set: UnsafeMutablePointer<UInt64>, to sets: UnsafeMutablePointer<UInt64>) {
    for w in 0..<setWords { sets[w] |= set[w] }
  }

  /// The set of rules that a sentence with these annotations can match, as far as those say.
  func fillLive(_ annotations: UInt64, _ sets: UnsafeMutablePointer<UInt64>) {
    sets.update(repeating: 0, count: setWords)
    for rule in 0..<rules.count {
      let row = rows + rule
      var isLive = true
      for cut in Int(row.pointee.cutStart)..<Int(row.pointee.cutEnd)
      where cuts[cut].isAnnotation && cuts[cut].features & annotations == 0 { isLive = false }
      if isLive { sets[rule >> 6] |= 1 << UInt64(rule & 63) }
    }
  }

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
