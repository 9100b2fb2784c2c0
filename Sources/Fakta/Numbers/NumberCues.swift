/// What the words beside a number say about it, from the list `number-cues`.
struct NumberCue: Sendable {
  struct Roles: OptionSet, Sendable {
    let rawValue: UInt64
    static let before = Roles(rawValue: 1)
    static let loose = Roles(rawValue: 1 << 1)
    static let single = Roles(rawValue: 1 << 2)
    static let after = Roles(rawValue: 1 << 3)
    static let bridge = Roles(rawValue: 1 << 4)
    static let range = Roles(rawValue: 1 << 5)
    static let or = Roles(rawValue: 1 << 6)
    static let and = Roles(rawValue: 1 << 7)
    static let between = Roles(rawValue: 1 << 8)
    static let name = Roles(rawValue: 1 << 9)
    static let nameDigits = Roles(rawValue: 1 << 10)
    static let code = Roles(rawValue: 1 << 11)
    static let month = Roles(rawValue: 1 << 12)
    static let weekday = Roles(rawValue: 1 << 13)
    static let clock = Roles(rawValue: 1 << 14)
    static let year = Roles(rawValue: 1 << 15)
    static let never = Roles(rawValue: 1 << 16)
    static let rank = Roles(rawValue: 1 << 17)
    static let age = Roles(rawValue: 1 << 18)
    static let person = Roles(rawValue: 1 << 19)
    static let score = Roles(rawValue: 1 << 20)
    static let level = Roles(rawValue: 1 << 21)
    static let magnitude = Roles(rawValue: 1 << 22)
    static let alone = Roles(rawValue: 1 << 23)
    static let noun = Roles(rawValue: 1 << 24)
    static let stop = Roles(rawValue: 1 << 25)
    static let share = Roles(rawValue: 1 << 26)
    static let rate = Roles(rawValue: 1 << 27)
    static let adverb = Roles(rawValue: 1 << 28)
    static let both = Roles(rawValue: 1 << 29)
    static let prehead = Roles(rawValue: 1 << 30)
    static let compound = Roles(rawValue: 1 << 31)
    static let series = Roles(rawValue: 1 << 32)
    static let back = Roles(rawValue: 1 << 33)
    static let top = Roles(rawValue: 1 << 34)
    static let ranked = Roles(rawValue: 1 << 35)
    static let fate = Roles(rawValue: 1 << 36)
    static let rest = Roles(rawValue: 1 << 37)
    static let direction = Roles(rawValue: 1 << 38)

    static let byName: [String: Roles] = [
      "before": .before, "loose": .loose, "single": .single, "after": .after, "bridge": .bridge, "range": .range,
      "or": .or,
      "and": .and, "between": .between, "name": .name, "name-digits": .nameDigits, "code": .code, "month": .month,
      "weekday": .weekday, "clock": .clock, "year": .year, "never": .never, "rank": .rank, "age": .age,
      "person": .person,
      "score": .score, "level": .level, "magnitude": .magnitude, "alone": .alone, "noun": .noun, "stop": .stop,
      "share": .share, "rate": .rate, "both": .both, "prehead": .prehead, "compound": .compound,
      "series": .series, "back": .back, "top": .top, "ranked": .ranked,
      "fate": .fate, "adverb": .adverb, "rest": .rest, "direction": .direction,
    ]
  }
  var roles: Roles = []
  /// What it says in front of a number, and behind one.
  var before = Quantity.Modifier.exact
  var after = Quantity.Modifier.exact

  mutating func add(_ role: Roles, _ modifier: Quantity.Modifier?) {
    roles.insert(role)
    guard let modifier else { return }
    if role == .after { after = modifier } else { before = modifier }
  }
}

/// The words beside numbers and the units, found through the matches of a text.
struct NumberCues: Sendable {
  private let map: EntryMap<NumberCue>
  let cueClass: ClassSet

  init(lexicon: Lexicon) {
    cueClass = lexicon.wordClass("number-cue")
    // A form may stand in several rows; each of them then says everything.
    var merged: [UInt64: NumberCue] = [:]
    var roles: [UInt64: NumberCue.Roles] = [:]
    var forms: [UInt64] = []
    ListRows.forEach(of: "number-cues", columns: ["form", "role", "value"], in: lexicon) { row in
      let form = row.id(0)
      forms.append(form)
      let role = roles[row.id(1)] ?? NumberCue.Roles.byName[row.text(1)] ?? []
      roles[row.id(1)] = role
      var modifier: Quantity.Modifier?
      if row.id(2) != 0 { modifier = Self.modifiers[row.text(2)] }
      merged[form, default: NumberCue()].add(role, modifier)
    }
    var next = 0
    map = EntryMap(lexicon, table: "number-cues") { _ in
      next += 1
      return next <= forms.count ? merged[forms[next - 1]] : nil
    }
  }

  static let modifiers: [String: Quantity.Modifier] = [
    "approx": .approx, "at_least": .atLeast, "at_most": .atMost, "more_than": .moreThan, "less_than": .lessThan,
  ]

  /// What the lists say at a node; without roles where it is none of these cues.
  fileprivate func cue(at state: UInt32, in lexicon: Lexicon) -> NumberCue {
    guard lexicon.classes(at: state).intersects(cueClass) else { return NumberCue() }
    return map.first(at: state, in: lexicon) ?? NumberCue()
  }
}

/// What was asked before about the words beside numbers; for one worker.
final class CueCache: @unchecked Sendable {
  let states = StateCache<NumberCue>(room: 1024)
  /// The roles of all cues that end in front of the tokens that were asked for last: of one place, a dozen roles are asked.
  private let endings: UnsafeMutablePointer<(end: Int, roles: NumberCue.Roles)>
  private static let room = 16

  init() {
    endings = .allocate(capacity: Self.room)
    endings.initialize(repeating: (-1, []), count: Self.room)
  }

  deinit { endings.deallocate() }

  /// To be called for every text.
  func forgetEndings() { endings.update(repeating: (-1, []), count: Self.room) }

  @inline(__always)
  func roles(endingAt end: Int, _ find: (Int) -> NumberCue.Roles) -> NumberCue.Roles {
    let row = endings + (end & (Self.room - 1))
    if row.pointee.end == end { return row.pointee.roles }
    let roles = find(end)
    row.pointee = (end, roles)
    return roles
  }
}

/// A text as the readers of numbers see it: tokens, and the phrases of the lists that stand at them.
struct NumberText {
  let tokens: TokenTable
  let bytes: [UInt8]
  let matches: [Match]
  let matchIndex: [UInt32]
  let lists: NumberLists
  // Stored, not reached through `lists`: these loops are hot. Cues and units are asked for seldom, and would be a dozen
  // references more to count for each copy.
  let lexicon: Lexicon
  private let cache: CueCache

  init(_ document: Document, lists: NumberLists, cache: CueCache) {
    self.cache = cache
    cache.forgetEndings()
    tokens = document.tokens
    bytes = document.bytes
    matches = document.matches
    matchIndex = document.matchIndex
    self.lists = lists
    lexicon = lists.lexicon
  }

  /// A phrase of the cue list: what it says and which tokens it covers.
  struct CueHit {
    var cue: NumberCue
    var start: Int
    var end: Int
  }

  /// A unit with the tokens that name it.
  struct UnitHit {
    var unit: Unit
    var start: Int
    var end: Int
    /// A length of time that only dates have: a century, a decade.
    var isEra: Bool { unit.kind == .time && unit.symbol.isEmpty }
  }

  @inline(__always)
  func matchRange(at i: Int) -> Range<Int> {
    guard i >= 0, i + 1 < matchIndex.count else { return 0..<0 }
    return Int(matchIndex[i])..<Int(matchIndex[i + 1])
  }

  /// Whether phrases of these lists may begin with token `i`.
  @inline(__always)
  private func begins(_ trigger: UInt8, at i: Int) -> Bool {
    i >= 0 && i < tokens.count && tokens.trigger[i] & trigger != 0
  }

  /// The longest cue with one of `roles` that begins at token `i`.
  @inline(__always)
  func cue(at i: Int, _ roles: NumberCue.Roles) -> CueHit? {
    begins(TokenTrigger.numberCue, at: i) ? cueOfMatches(at: i, roles) : nil
  }

  @inline(__always)
  private func cue(at match: Match) -> NumberCue {
    cache.states.value(match.state) { lists.cues.cue(at: $0, in: lexicon) } ?? NumberCue()
  }

  private func cueOfMatches(at i: Int, _ roles: NumberCue.Roles) -> CueHit? {
    for m in matchRange(at: i).reversed() {
      let cue = cue(at: matches[m])
      guard !cue.roles.isDisjoint(with: roles) else { continue }
      return CueHit(cue: cue, start: i, end: Int(matches[m].end))
    }
    return nil
  }

  /// The longest cue with one of `roles` that ends in front of token `end`.
  @inline(__always)
  func cue(endingAt end: Int, _ roles: NumberCue.Roles) -> CueHit? {
    guard tokens.has(TokenTrigger.numberCue, inLast: 5, before: end) else { return nil }
    let known = cache.roles(endingAt: end) { rolesOfMatches(endingAt: $0) }
    return known.isDisjoint(with: roles) ? nil : cueOfMatches(endingAt: end, roles)
  }

  /// What all cues say that end in front of token `end`.
  private func rolesOfMatches(endingAt end: Int) -> NumberCue.Roles {
    var roles: NumberCue.Roles = []
    for i in max(0, end - 5)..<end where begins(TokenTrigger.numberCue, at: i) {
      for m in matchRange(at: i) where Int(matches[m].end) == end { roles.formUnion(cue(at: matches[m]).roles) }
    }
    return roles
  }

  private func cueOfMatches(endingAt end: Int, _ roles: NumberCue.Roles) -> CueHit? {
    var best: CueHit?
    var i = end - 1
    let floor = max(0, end - 5)
    while i >= floor {
      defer { i -= 1 }
      guard begins(TokenTrigger.numberCue, at: i) else { continue }
      for m in matchRange(at: i) where Int(matches[m].end) == end {
        let cue = cue(at: matches[m])
        if !cue.roles.isDisjoint(with: roles) { best = CueHit(cue: cue, start: i, end: end) }
      }
    }
    return best
  }

  /// Whether a phrase with the role `never` covers token `i`.
  func isNever(_ i: Int) -> Bool {
    guard tokens.has(TokenTrigger.numberCue, inLast: 4, before: i + 1) else { return false }
    var j = i
    let floor = max(0, i - 3)
    while j >= floor {
      defer { j -= 1 }
      guard begins(TokenTrigger.numberCue, at: j) else { continue }
      for m in matchRange(at: j) where Int(matches[m].end) > i && Int(matches[m].end) > j + 1 {
        if cue(at: matches[m]).roles.contains(.never) { return true }
      }
    }
    return false
  }

  /// The longest unit or currency that begins at token `i`, behind a number.
  @inline(__always)
  func unit(at i: Int, afterDigits: Bool) -> UnitHit? {
    guard begins(TokenTrigger.unit, at: i), tokens.gapAt(i) <= TokenGap.line else { return nil }
    return unitOfMatches(at: i, afterDigits: afterDigits)
  }

  private func unitOfMatches(at i: Int, afterDigits: Bool) -> UnitHit? {
    for m in matchRange(at: i).reversed() {
      let match = matches[m]
      guard lexicon.classes(at: match.state).intersects(lists.units.classes),
        let unit = lists.units.unit(
          at: match, in: self, position: .after, digits: afterDigits, attached: tokens.attached(i))
      else { continue }
      // "M 5,6" stands in front of another number, "5 M" does not.
      return UnitHit(unit: unit, start: i, end: Int(match.end))
    }
    return nil
  }

  /// The currency or unit that ends in front of token `i`; a dot may follow it (`Rp. 5`).
  func unit(before i: Int, afterDigits: Bool) -> UnitHit? {
    guard i > 0, tokens.gapAt(i) <= TokenGap.space else { return nil }
    guard tokens.has(TokenTrigger.unit, inLast: 5, before: i) else { return nil }
    var end = i
    if tokens.kindAt(i - 1) == TokenKind.period, tokens.attached(i - 1) { end = i - 1 }
    var j = end - 1
    let floor = max(0, end - 4)
    var best: UnitHit?
    while j >= floor {
      defer { j -= 1 }
      guard begins(TokenTrigger.unit, at: j) else { continue }
      for m in matchRange(at: j) where Int(matches[m].end) == end {
        let match = matches[m]
        guard lexicon.classes(at: match.state).intersects(lists.units.classes),
          let unit = lists.units.unit(
            at: match, in: self, position: .before, digits: afterDigits, attached: tokens.attached(i))
        else { continue }
        best = UnitHit(unit: unit, start: j, end: end)
      }
    }
    return best
  }
}

extension TokenTable {
  /// What stands in front of token `i`; a paragraph's end outside the text.
  @inline(__always)
  func gapAt(_ i: Int) -> UInt8 { i >= 0 && i < count ? gap[i] : TokenGap.paragraph }
}
