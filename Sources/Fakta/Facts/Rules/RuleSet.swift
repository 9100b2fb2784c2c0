/// All rules for one purpose, built-in and the user's, bound to the lists of a lexicon.
///
/// Kinds and slots that Fakta does not know itself get numbers here: `Fact.kind` is `.user` then, and `kindName` and
/// `slotName` give the words of the rule.
public struct RuleSet: Sendable {
  /// A test with its names resolved; `a` and `b` hold a hash, the bytes of a mark, a class set or a mask.
  struct BoundTest: Equatable, Sendable {
    enum Kind: UInt8, Sendable { case literal, mark, listed, entity, date, quantity, number, shape }
    var kind: Kind
    var a: UInt64 = 0
    var b: UInt64 = 0
    /// Index of the entries that fulfil the conditions, -1 for none.
    var rows: Int32 = -1
    /// The feature of tokens that begin a phrase of the class with the conditions; 0 where the class alone is asked for.
    var feature: UInt32 = 0
  }

  /// Runs of `tests`: those that accept, those that refuse.
  struct BoundElement: Sendable {
    var start: Int32
    var end: Int32
    var excludedStart: Int32
    var excludedEnd: Int32

    init(tests: Range<Int32>, excluded: Range<Int32>) {
      start = tests.lowerBound
      end = tests.upperBound
      excludedStart = excluded.lowerBound
      excludedEnd = excluded.upperBound
    }
  }

  struct BoundRule: Sendable {
    /// The rule's elements begin here in `ruleElements`.
    var firstElement: Int32
    /// Positions begin here in `positionElement`, `followMask` …
    var firstPosition: Int32
    var positionCount: Int32
    var entryMask: UInt64
    var kind: Int32
    var priority: Int32
    var reach: Int32
    var isBuiltIn: Bool
  }

  private(set) var rules: [CompiledRule] = []
  private(set) var bound: [BoundRule] = []
  /// The elements of all rules, each once: rules share most of theirs, and what is asked for stays near.
  private(set) var elements: [BoundElement] = []
  private(set) var tests: [BoundTest] = []
  /// Indices into `elements`, rule by rule.
  private(set) var ruleElements: [Int32] = []
  /// Per position: element (index into `elements`), follow set, and bit 63 where the rule may end after it.
  private(set) var positionElement: [Int32] = []
  private(set) var followMask: [UInt64] = []
  /// Bits over the entries of the built-in and the user's lists that fulfil a condition.
  private(set) var rowSets: [(base: [UInt64], user: [UInt64])] = []
  private(set) var kinds: [String] = RuleKinds.known
  private(set) var slotNames: [String] = []
  private(set) var anchors = RuleAnchors()
  private var rowSetKeys: [String] = []
  /// The elements as an open-addressing table: 1 + the index into `elements`, by a hash of the tests.
  private var elementSlots = [Int32](repeating: 0, count: 1024)
  /// Classes with conditions that have a feature of their own (`RuleAnchors.Feature.condition`), by its number.
  private(set) var conditions: [BoundTest] = []

  init() {}

  fileprivate mutating func finish() { anchors.finish() }

  public var count: Int { rules.count }

  /// The number of the rule called `name` in `file`.
  public func index(named name: String, file: String) -> Int? {
    rules.firstIndex { $0.name == name && $0.file == file }
  }

  /// The kind of fact that rule `index` gives.
  public func kindName(_ index: Int) -> String { rules.indices.contains(index) ? rules[index].kind : "" }

  /// The word for a user's slot.
  public func slotName(_ name: SlotName) -> String {
    let i = Int(name.raw) - Int(SlotName.firstUser)
    return slotNames.indices.contains(i) ? slotNames[i] : ""
  }

  /// The words that name a rule in evidence: `rule:id/rules/roles.rules:26 office-person`.
  public func evidence(_ index: Int) -> String? {
    place(index).map { "rule:\($0.file):\($0.line) \($0.name)" }
  }

  /// Name, file and line of rule `index`.
  public func place(_ index: Int) -> (name: String, file: String, line: Int)? {
    rules.indices.contains(index) ? (rules[index].name, rules[index].file, rules[index].line) : nil
  }

  /// The number of a slot; new names get new ones.
  mutating func slot(_ name: String) -> SlotName {
    if let i = SlotName.names.firstIndex(where: { "\($0)" == name }) { return SlotName(raw: UInt16(i)) }
    if let i = slotNames.firstIndex(of: name) { return SlotName(raw: SlotName.firstUser + UInt16(i)) }
    slotNames.append(name)
    return SlotName(raw: SlotName.firstUser + UInt16(truncatingIfNeeded: slotNames.count - 1))
  }

  private(set) var slots: [[SlotName]] = []

  fileprivate mutating func add(_ rule: CompiledRule, _ lists: RuleLists, isBuiltIn: Bool) {
    let first = ruleElements.count
    for element in rule.elements {
      let tests = bind(element.tests, lists)
      ruleElements.append(number(of: BoundElement(tests: tests, excluded: bind(element.excluded, lists))))
    }
    let firstPosition = positionElement.count
    for position in rule.positions {
      positionElement.append(ruleElements[first + Int(position.element)])
      followMask.append(Self.mask(position.follow))
    }
    if !kinds.contains(rule.kind) { kinds.append(rule.kind) }
    slots.append(rule.slots.map { slot($0) })
    for anchor in rule.anchors {
      anchors.add(element: elements[Int(ruleElements[first + Int(anchor)])], tests, rule: rules.count)
    }
    bound.append(
      BoundRule(
        firstElement: Int32(first), firstPosition: Int32(firstPosition), positionCount: Int32(rule.positions.count),
        entryMask: Self.mask(rule.entry), kind: Int32(kinds.firstIndex(of: rule.kind) ?? 0),
        priority: Int32(rule.priority),
        reach: Int32(clamping: min(CompiledRule.longestMatch, rule.reachBefore)), isBuiltIn: isBuiltIn))
    rules.append(rule)
  }

  /// The index of an element whose tests are the last of `tests`: they go where another rule has the same.
  private mutating func number(of element: BoundElement) -> Int32 {
    if (elements.count + 1) * 2 > elementSlots.count {
      elementSlots = [Int32](repeating: 0, count: elementSlots.count * 2)
      for known in elements.indices { elementSlots[freeSlot(for: elements[known])] = Int32(known + 1) }
    }
    var slot = hash(of: element) & (elementSlots.count - 1)
    while elementSlots[slot] != 0 {
      let known = elementSlots[slot] - 1
      if areAlike(elements[Int(known)], element) {
        tests.removeLast(tests.count - Int(element.start))
        return known
      }
      slot = (slot + 1) & (elementSlots.count - 1)
    }
    elements.append(element)
    elementSlots[slot] = Int32(elements.count)
    return Int32(elements.count - 1)
  }

  private func freeSlot(for element: BoundElement) -> Int {
    var slot = hash(of: element) & (elementSlots.count - 1)
    while elementSlots[slot] != 0 { slot = (slot + 1) & (elementSlots.count - 1) }
    return slot
  }

  private func areAlike(_ a: BoundElement, _ b: BoundElement) -> Bool {
    tests[Int(a.start)..<Int(a.end)] == tests[Int(b.start)..<Int(b.end)]
      && tests[Int(a.excludedStart)..<Int(a.excludedEnd)] == tests[Int(b.excludedStart)..<Int(b.excludedEnd)]
  }

  private func hash(of element: BoundElement) -> Int {
    var hash = UInt64(element.end - element.start)
    for t in Int(element.start)..<Int(element.excludedEnd) {
      let test = tests[t]
      let rest = UInt64(test.kind.rawValue) << 32 | UInt64(UInt32(bitPattern: test.rows))
      hash = (hash ^ test.a ^ test.b &* 31 ^ rest) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash >> 1)
  }

  /// Steps that name a class which no list has: the rule can never match. A caller refuses the file with the first one.
  ///
  /// Asked for where rules come in, not at each start.
  ///
  /// - Parameter areListsWhole: Whether the lexicon has all rows; else only classes are missed, which rows have what is not known.
  func problems(in lexicon: Lexicon, areListsWhole: Bool = true) -> [LexiconError] {
    rules.indices.flatMap { problems(ofRule: $0, in: lexicon, areListsWhole: areListsWhole) }
  }

  func problems(ofRule index: Int, in lexicon: Lexicon, areListsWhole: Bool = true) -> [LexiconError] {
    let rule = rules[index]
    return rule.elements.flatMap { element in
      (element.tests + element.excluded).compactMap { test in
        problem(with: test, lexicon, areListsWhole).map {
          LexiconError(file: rule.file, line: element.line, column: element.column, reason: $0)
        }
      }
    }
  }

  private func problem(with test: RuleTest, _ lexicon: Lexicon, _ areListsWhole: Bool) -> String? {
    guard case .listed(let name, let conditions) = test else { return nil }
    if lexicon.wordClass(name).isEmpty {
      return "no list has the class '\(name)'; correct it, or add a list with #! class=\(name)"
    }
    guard areListsWhole, !conditions.isEmpty, let rows = rowSetKeys.firstIndex(of: Self.key(conditions)),
      isEmpty(Int32(rows))
    else { return nil }
    return "no row of a list has \(Self.key(conditions)); correct the column or the value"
  }

  private static func mask(_ list: [UInt8]) -> UInt64 { list.reduce(0) { $0 | 1 << UInt64($1) } }

  private mutating func bind(_ list: [RuleTest], _ lists: RuleLists) -> Range<Int32> {
    let start = Int32(tests.count)
    for test in list {
      switch test {
      case .literal(let hash): tests.append(BoundTest(kind: .literal, a: hash))
      case .mark(let bytes):
        tests.append(
          BoundTest(
            kind: .mark, a: bytes.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64($1.offset * 8) })
        )
      case .listed(let name, let conditions):
        let set = lists.wordClass(name)
        tests.append(
          withFeature(BoundTest(kind: .listed, a: set.low, b: set.high, rows: rowSet(conditions, lists))))
      case .entity(let mask): tests.append(BoundTest(kind: .entity, a: UInt64(mask)))
      case .date(let mask): tests.append(BoundTest(kind: .date, a: UInt64(mask)))
      case .quantity(let mask): tests.append(BoundTest(kind: .quantity, a: UInt64(mask)))
      case .number: tests.append(BoundTest(kind: .number))
      case .shape(let shape): tests.append(BoundTest(kind: .shape, a: UInt64(shape.rawValue)))
      }
    }
    return start..<Int32(tests.count)
  }

  /// Gives a class with conditions a feature, for as long as there are any.
  private mutating func withFeature(_ test: BoundTest) -> BoundTest {
    guard test.rows >= 0 else { return test }
    var test = test
    if let known = conditions.first(where: { ($0.a, $0.b, $0.rows) == (test.a, test.b, test.rows) }) {
      test.feature = known.feature
    } else if conditions.count < RuleAnchors.Feature.mostConditions {
      test.feature = RuleAnchors.Feature.condition << UInt32(conditions.count)
      conditions.append(test)
    }
    return test
  }

  /// The conditions as they are written.
  private static func key(_ conditions: [RuleCondition]) -> String {
    conditions.map { "\($0.column)=\($0.value)" }.joined(separator: " ")
  }

  /// Whether no row has the cells.
  private func isEmpty(_ rows: Int32) -> Bool {
    guard rows >= 0 else { return false }
    let sets = rowSets[Int(rows)]
    return sets.base.allSatisfy { $0 == 0 } && sets.user.allSatisfy { $0 == 0 }
  }

  /// The entries whose rows have all the cells.
  private mutating func rowSet(_ conditions: [RuleCondition], _ lists: RuleLists) -> Int32 {
    guard !conditions.isEmpty else { return -1 }
    let key = Self.key(conditions)
    if let i = rowSetKeys.firstIndex(of: key) { return Int32(i) }
    rowSetKeys.append(key)
    rowSets.append((lists.base.rowSet(conditions), lists.user?.rowSet(conditions) ?? []))
    return Int32(rowSets.count - 1)
  }
}

extension Lexicon {
  /// Steps of rules for which no list has anything (`RuleSet.problems`).
  func problemsOfRules(areListsWhole: Bool = true) -> [LexiconError] {
    [rules, nameRules, dateRules].flatMap { $0.problems(in: self, areListsWhole: areListsWhole) }
  }
}

/// The lists that rules are bound to; they never change once they are read.
struct RuleLists: @unchecked Sendable {
  let base: LexiconData
  let user: LexiconData?

  /// The class called `name`; empty when no list has it.
  func wordClass(_ name: String) -> ClassSet { ClassSet(index: (user ?? base).classNames[name]) }
}

/// All rules of a lexicon, by purpose.
final class RuleSets: Sendable {
  let facts: RuleSet
  let names: RuleSet
  let dates: RuleSet

  init(_ lists: RuleLists) {
    var (facts, names, dates) = (RuleSet(), RuleSet(), RuleSet())
    func add(_ image: LexiconImage, isBuiltIn: Bool) {
      for rule in RuleImage.decode(image.bytes(RuleImage.section)) {
        switch RuleKinds.purpose(of: rule.kind) {
        case .facts: facts.add(rule, lists, isBuiltIn: isBuiltIn)
        case .names: names.add(rule, lists, isBuiltIn: isBuiltIn)
        case .dates: dates.add(rule, lists, isBuiltIn: isBuiltIn)
        }
      }
    }
    add(lists.base.image, isBuiltIn: true)
    if let user = lists.user { add(user.image, isBuiltIn: false) }
    facts.finish()
    names.finish()
    dates.finish()
    self.facts = facts
    self.names = names
    self.dates = dates
  }
}

extension LexiconData {
  /// Bits over the entries: those whose row has every cell. A cell of several words holds each of them.
  func rowSet(_ conditions: [RuleCondition]) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: entryLine.count / 64 + 1)
    for file in files {
      let wanted = conditions.compactMap { condition in
        file.columns.first { $0.name == condition.column }.map { (column: $0, value: Array(condition.value.utf8)) }
      }
      guard wanted.count == conditions.count else { continue }
      // Rows that stand side by side often say the same: what was read last is kept.
      var last = [(id: UInt32, holds: Bool)](repeating: (0, false), count: wanted.count)
      for k in wanted.indices { last[k].holds = cell(0, holds: wanted[k].value) }
      for row in file.rows {
        var holds = true
        for k in wanted.indices where holds {
          let column = wanted[k].column
          let id = column.isConstant ? column.value : cells[Int(column.value) + row - file.rows.lowerBound]
          if id != last[k].id { last[k] = (id, cell(id, holds: wanted[k].value)) }
          holds = last[k].holds
        }
        if holds { bits[row >> 6] |= 1 << UInt64(row & 63) }
      }
    }
    return bits
  }

  /// Whether the text of a cell, or one of its words, is `value`.
  private func cell(_ id: UInt32, holds value: [UInt8]) -> Bool {
    let cell = stringBytes(id)
    return cell.elementsEqual(value)
      || (cell.contains(0x20) && cell.split(separator: 0x20).contains { $0.elementsEqual(value) })
  }
}

/// Where rules begin to look: for each word, class or annotation, the rules that need it.
struct RuleAnchors: Sendable {
  /// Features of a token that are no words.
  enum Feature {
    static let person: UInt32 = 1 << 1
    static let location: UInt32 = 1 << 2
    static let organization: UInt32 = 1 << 3
    static let dateShift: UInt32 = 4
    static let quantityShift: UInt32 = 8
    static let number: UInt32 = 1 << 16
    static let quote: UInt32 = 1 << 17
    static let digits: UInt32 = 1 << 18
    static let mark: UInt32 = 1 << 19
    static let capital: UInt32 = 1 << 20
    static let word: UInt32 = 1 << 21
    static let lower: UInt32 = 1 << 22
    static let any: UInt32 = 1 << 23
    /// A token that a gap within one clause may hold.
    static let inClause: UInt32 = 1 << 24
    /// The first of the features of classes with conditions (`<speech form_kind=verb>`).
    static let condition: UInt32 = 1 << 25
    static let mostConditions = 7
  }

  struct Other: Sendable {
    var features: UInt32
    var classes: ClassSet
    var rules: [Int32]
  }

  private var lists: [UInt64: [Int32]] = [:]
  private(set) var others: [Other] = []
  private(set) var markLists: [UInt64: [Int32]] = [:]
  // The words as an open-addressing table: hash, and a run of `ruleList`.
  private(set) var keys: [UInt64] = []
  private(set) var runs: [(Int32, Int32)] = []
  private(set) var ruleList: [Int32] = []

  mutating func add(element: RuleSet.BoundElement, _ tests: [RuleSet.BoundTest], rule: Int) {
    for t in element.start..<element.end {
      let test = tests[Int(t)]
      switch test.kind {
      case .literal: Self.append(rule, &lists[test.a, default: []])
      case .mark: Self.append(rule, &markLists[test.a, default: []])
      case .listed where test.feature != 0: addOther(test.feature, ClassSet(), rule)
      case .listed: addOther(0, ClassSet(low: test.a, high: test.b), rule)
      case .entity: addOther(UInt32(test.a) & 0xE, ClassSet(), rule)
      case .date: addOther(UInt32(test.a) << Feature.dateShift & 0xF0, ClassSet(), rule)
      case .quantity: addOther(UInt32(test.a) << Feature.quantityShift & 0xFF00, ClassSet(), rule)
      case .number: addOther(Feature.number, ClassSet(), rule)
      case .shape:
        switch RuleShape(rawValue: UInt8(truncatingIfNeeded: test.a)) {
        case .quote: addOther(Feature.quote, ClassSet(), rule)
        case .digits: addOther(Feature.digits, ClassSet(), rule)
        case .mark: addOther(Feature.mark, ClassSet(), rule)
        default: addOther(Feature.capital, ClassSet(), rule)
        }
      }
    }
  }

  private static func append(_ rule: Int, _ list: inout [Int32]) {
    if list.last != Int32(rule) { list.append(Int32(rule)) }
  }

  private mutating func addOther(_ mask: UInt32, _ set: ClassSet, _ rule: Int) {
    if let i = others.firstIndex(where: { $0.features == mask && $0.classes == set }) {
      Self.append(rule, &others[i].rules)
    } else {
      others.append(Other(features: mask, classes: set, rules: [Int32(rule)]))
    }
  }

  mutating func finish() {
    var size = 16
    while size < lists.count * 2 { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    runs = [(Int32, Int32)](repeating: (0, 0), count: size)
    for (hash, rules) in lists.sorted(by: { $0.key < $1.key }) {
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = hash
      runs[slot] = (Int32(ruleList.count), Int32(ruleList.count + rules.count))
      ruleList += rules
    }
    lists = [:]
  }
}
