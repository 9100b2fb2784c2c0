/// A rule as an automaton of at most 63 positions, one per step of its patterns.
///
///     find a:<PER> .. menangkap <PER>?      positions 0 <PER>, 1 gap, 2 menangkap, 3 <PER>
///     entry [0]   follow 0:[2,1] 1:[2,1] 2:[3,accept] 3:[accept]
///
/// The lists are in order of preference: a walk takes the first one that leads to a match.
struct CompiledRule: Equatable, Sendable {
  static let accept: UInt8 = 63
  static let mostPositions = 63
  /// A position has a bit for each capture that holds it.
  static let mostCaptures = 16
  /// In place of a capture: the fact has the flag whatever is filled, or never has it.
  static let always: UInt8 = 254
  static let never: UInt8 = 255
  /// No match has more tokens.
  static let longestMatch = 80

  struct Position: Equatable, Sendable {
    var element: UInt16
    /// Bits of the captures that hold the position.
    var captures: UInt16
    var follow: [UInt8]
  }

  var name = ""
  var file = ""
  var line = 0
  var kind = ""
  var slots: [String] = []
  /// The capture of each slot.
  var slotCaptures: [UInt8] = []
  /// The capture that makes the fact `former` or `quoted` when it is filled; `always` or `never`.
  var formerCapture = CompiledRule.never
  var quotedCapture = CompiledRule.never
  var priority = 0
  /// How much a rule that gives a name says, in units of the tagger.
  var weight = 0
  var staysInClause = false
  var elements: [RuleElement] = []
  var positions: [Position] = []
  var entry: [UInt8] = []
  var notAfter: [UInt16] = []
  var notBefore: [UInt16] = []
  /// Elements of which every match holds at least one: where the search begins.
  var anchors: [UInt16] = []
  /// Most tokens of a match before an anchor.
  var reachBefore = 0
}

/// Turns the tree of a rule into its automaton.
///
/// **Errors.** `LexiconError` when the rule has more than 63 steps, can match nothing at all, or has no step to begin from.
struct RuleCompiler {
  /// How often a word stands in news, the rarer the better an anchor; 0 for unknown.
  private let rank: (UInt64) -> UInt32

  private var rule = CompiledRule()
  private var captures: [String] = []
  /// Whether the rule must begin at a rare word: texts without one of them shall pay nothing.
  private var isForNames = false

  init(rank: @escaping (UInt64) -> UInt32 = { _ in 0 }) { self.rank = rank }

  mutating func compile(_ source: RuleSource) throws(LexiconError) -> CompiledRule {
    rule = CompiledRule()
    captures = []
    rule.name = source.name
    rule.file = source.file
    rule.line = source.line
    rule.kind = source.kind
    rule.priority = source.priority
    rule.weight = source.weight ?? (RuleKinds.purpose(of: source.kind) == .names ? 2 : 0)
    isForNames = RuleKinds.purpose(of: source.kind) == .names
    rule.staysInClause = source.staysInClause
    let pattern = source.find.count == 1 ? source.find[0] : .choice(source.find)
    let piece = try build(pattern, 0, source)
    guard !piece.first.contains(CompiledRule.accept) else {
      throw LexiconError(
        file: source.file, line: source.line,
        reason: "rule '\(source.name)' matches no words at all; make one step obligatory")
    }
    rule.entry = piece.first
    for (slot, capture) in source.slots {
      rule.slots.append(slot)
      rule.slotCaptures.append(try known(capture, source))
    }
    for (flag, capture) in source.flags {
      let index = capture.isEmpty ? CompiledRule.always : try known(capture, source)
      if flag == "former" { rule.formerCapture = index } else { rule.quotedCapture = index }
    }
    for element in source.notAfter { rule.notAfter.append(add(element)) }
    for element in source.notBefore { rule.notBefore.append(add(element)) }
    try chooseAnchors(pattern, source)
    return rule
  }

  private func known(_ capture: String, _ source: RuleSource) throws(LexiconError) -> UInt8 {
    guard let index = captures.firstIndex(of: capture) else {
      throw LexiconError(
        file: source.file, line: source.givesLine,
        reason: "nothing is captured as '\(capture)'; write \(capture):STEP in 'find', or remove the slot")
    }
    return UInt8(index)
  }

  /// A part of the automaton: where it begins, and which positions end it. `accept` in `first` stands for "nothing".
  private struct Piece {
    var first: [UInt8]
    /// Positions whose follow list holds `accept` where the next piece goes.
    var last: [UInt8]
  }

  private mutating func add(_ written: RuleElement) -> UInt16 {
    var element = written
    if rule.staysInClause, element.tests == [.shape(.sentenceGap)] { element.tests = [.shape(.clauseGap)] }
    if let i = rule.elements.firstIndex(of: element) { return UInt16(i) }
    rule.elements.append(element)
    return UInt16(rule.elements.count - 1)
  }

  private mutating func build(_ pattern: RulePattern, _ held: UInt16, _ source: RuleSource) throws(LexiconError)
    -> Piece
  {
    switch pattern {
    case .element(let element):
      guard rule.positions.count < CompiledRule.mostPositions else {
        throw LexiconError(
          file: source.file, line: element.line, column: element.column,
          reason: "rule '\(source.name)' needs more than \(CompiledRule.mostPositions) steps at '\(element.text)'; "
            + "shorten its repetitions, or split it into two rules")
      }
      let position = UInt8(rule.positions.count)
      rule.positions.append(.init(element: add(element), captures: held, follow: [CompiledRule.accept]))
      return Piece(first: [position], last: [position])
    case .sequence(let parts):
      var piece = try build(parts[0], held, source)
      for part in parts.dropFirst() { piece = join(piece, try build(part, held, source)) }
      return piece
    case .choice(let branches):
      var piece = Piece(first: [], last: [])
      for branch in branches {
        let next = try build(branch, held, source)
        piece.first += next.first.filter { !piece.first.contains($0) }
        piece.last += next.last
      }
      return piece
    case .capture(let name, let inner):
      return try build(inner, held | UInt16(1) << UInt16(try capture(name, source)), source)
    case .repeated(let inner, let least, let most, let isLazy):
      return try buildRepeated(inner, least, most, isLazy, held, source)
    }
  }

  private mutating func capture(_ name: String, _ source: RuleSource) throws(LexiconError) -> Int {
    if let i = captures.firstIndex(of: name) { return i }
    guard captures.count < CompiledRule.mostCaptures else {
      throw LexiconError(
        file: source.file, line: source.line,
        reason: "rule '\(source.name)' has more than \(CompiledRule.mostCaptures) captures; split it into two rules")
    }
    captures.append(name)
    return captures.count - 1
  }

  private mutating func buildRepeated(
    _ inner: RulePattern, _ least: Int, _ most: Int?, _ isLazy: Bool, _ held: UInt16, _ source: RuleSource
  ) throws(LexiconError) -> Piece {
    guard let most else {
      // The positions follow themselves; the length of a match bounds them.
      var piece = try build(inner, held, source)
      let again = piece.first.filter { $0 != CompiledRule.accept }
      let loop = isLazy ? [CompiledRule.accept] + again : again + [CompiledRule.accept]
      for p in piece.last { rule.positions[Int(p)].follow = Self.splice(rule.positions[Int(p)].follow, loop) }
      if least == 0, !piece.first.contains(CompiledRule.accept) { piece.first = loop }
      return piece
    }
    var piece: Piece?
    for copy in (0..<most).reversed() {
      // From the last copy to the first, so that the optional ones nest: a(a(a)?)?
      var one = try build(inner, held, source)
      if let rest = piece { one = join(one, rest) }
      if copy >= least, !one.first.contains(CompiledRule.accept) {
        one.first = isLazy ? [CompiledRule.accept] + one.first : one.first + [CompiledRule.accept]
      }
      piece = one
    }
    return piece ?? Piece(first: [CompiledRule.accept], last: [])
  }

  /// `a` then `b`: wherever `a` may end, `b` begins.
  private mutating func join(_ a: Piece, _ b: Piece) -> Piece {
    for p in a.last { rule.positions[Int(p)].follow = Self.splice(rule.positions[Int(p)].follow, b.first) }
    let passes = b.first.contains(CompiledRule.accept)
    return Piece(first: Self.splice(a.first, b.first), last: passes ? a.last + b.last : b.last)
  }

  /// `list` with `insert` in the place of its end.
  private static func splice(_ list: [UInt8], _ insert: [UInt8]) -> [UInt8] {
    guard let place = list.firstIndex(of: CompiledRule.accept) else { return list }
    var out = Array(list[..<place])
    for p in insert + list[(place + 1)...] where !out.contains(p) { out.append(p) }
    return out
  }

  // MARK: anchors

  /// Words that are more frequent than this one, by their rank, are no anchors of rules that give names.
  private static let mostFrequent: UInt32 = 250

  /// What follows a step: how many tokens have to be looked at, about, before most of what is no match has shown it; and
  /// whether nothing follows that could, so that all that stands before has to be searched.
  private struct Lead {
    var loose = 0
    var isEnd = true
  }

  /// The set of elements that every match must hold one of, with the least expected work: hits, times the tokens that have to
  /// be looked at for each.
  private func anchorSet(_ pattern: RulePattern, before: Int = 0, then lead: Lead = Lead())
    -> (elements: [RuleElement], cost: UInt64)?
  {
    switch pattern {
    case .element(let element):
      let tokens = 4 + lead.loose + (lead.isEnd ? min(before, CompiledRule.longestMatch) : 0)
      return cost(element).map { ([element], $0 * UInt64(tokens)) }
    case .sequence(let parts):
      var best: (elements: [RuleElement], cost: UInt64)?
      var before = before
      for (i, part) in parts.enumerated() {
        let next = self.lead(parts[(i + 1)...], then: lead)
        if let found = anchorSet(part, before: before, then: next), found.cost < best?.cost ?? .max { best = found }
        before += longest(part)
      }
      return best
    case .choice(let branches):
      var out: (elements: [RuleElement], cost: UInt64) = ([], 0)
      for branch in branches {
        guard let found = anchorSet(branch, before: before, then: lead) else { return nil }
        out.elements += found.elements
        out.cost += found.cost
      }
      return out
    case .capture(_, let inner): return anchorSet(inner, before: before, then: lead)
    case .repeated(let inner, let least, _, _): return least > 0 ? anchorSet(inner, before: before, then: lead) : nil
    }
  }

  private func lead(_ parts: ArraySlice<RulePattern>, then outer: Lead) -> Lead {
    var loose = 0
    for part in parts {
      let next = lead(of: part)
      loose += next.loose
      if !next.isEnd { return Lead(loose: loose, isEnd: false) }
    }
    return Lead(loose: loose + outer.loose, isEnd: outer.isEnd)
  }

  /// What a part says by itself; `isEnd` when a match can go on without having met a step that few tokens fit.
  private func lead(of pattern: RulePattern) -> Lead {
    switch pattern {
    case .element(let element):
      let isNarrow = cost(element).map { $0 < 100_000 } ?? false
      return Lead(loose: isNarrow ? 0 : 1, isEnd: !isNarrow)
    case .sequence(let parts): return lead(parts[...], then: Lead())
    case .choice(let branches):
      let leads = branches.map { lead(of: $0) }
      return Lead(loose: leads.map(\.loose).max() ?? 0, isEnd: leads.contains(where: \.isEnd))
    case .capture(_, let inner): return lead(of: inner)
    case .repeated(let inner, let least, let most, _):
      let one = lead(of: inner)
      if least > 0 { return Lead(loose: one.loose * least, isEnd: one.isEnd) }
      // Most matches have little of what may be missing.
      return Lead(loose: one.isEnd ? min(16, one.loose * (most ?? 16)) / 4 : 0, isEnd: true)
    }
  }

  /// Expected hits per million tokens, roughly; nil where any token would do.
  private func cost(_ element: RuleElement) -> UInt64? {
    var sum: UInt64 = 0
    for test in element.tests {
      switch test {
      case .literal(let hash):
        let rank = rank(hash)
        if isForNames, rank > 0, rank < Self.mostFrequent { return nil }
        // Word frequency falls about as 1 / rank (Zipf).
        sum += rank == 0 ? 1 : 60_000 / UInt64(rank + 1) + 1
      case _ where isForNames: return nil
      case .mark: sum += 50_000
      case .listed(_, let conditions): sum += conditions.isEmpty ? 12_000 : 4_000
      case .entity(let labels): sum += labels == 0xFF ? 60_000 : 20_000
      case .date: sum += 10_000
      case .quantity: sum += 9_000
      case .number: sum += 20_000
      case .shape(let shape):
        switch shape {
        case .quote: sum += 10_000
        case .digits: sum += 25_000
        case .mark: sum += 120_000
        case .capital: sum += 250_000
        default: return nil
        }
      }
    }
    return sum
  }

  private mutating func chooseAnchors(_ pattern: RulePattern, _ source: RuleSource) throws(LexiconError) {
    guard let found = anchorSet(pattern) else {
      if isForNames {
        throw LexiconError(
          file: source.file, line: source.line,
          reason: "rule '\(source.name)' has no obligatory rare word, so it would have to be tried in every text; "
            + "a rule that gives \(source.kind) needs a word such as 'bernama', or several with '|'")
      }
      throw LexiconError(
        file: source.file, line: source.line,
        reason:
          "rule '\(source.name)' has no obligatory step but <word>, <lower> or <any>, so it would have to be tried at every token; "
          + "add a word, a class or an annotation")
    }
    for element in found.elements {
      let index = add(element)
      if !rule.anchors.contains(index) { rule.anchors.append(index) }
    }
    rule.reachBefore = min(CompiledRule.longestMatch, before(pattern, found.elements) ?? CompiledRule.longestMatch)
  }

  /// The most tokens that can stand before an anchor; nil when the part holds none.
  private func before(_ pattern: RulePattern, _ anchors: [RuleElement]) -> Int? {
    switch pattern {
    case .element(let element): return anchors.contains(element) ? 0 : nil
    case .sequence(let parts):
      var sum = 0
      var most: Int?
      for part in parts {
        if let inside = before(part, anchors) { most = max(most ?? 0, sum + inside) }
        sum += longest(part)
      }
      return most
    case .choice(let branches): return branches.compactMap { before($0, anchors) }.max()
    case .capture(_, let inner): return before(inner, anchors)
    case .repeated(let inner, _, let most, _):
      guard let inside = before(inner, anchors) else { return nil }
      return inside + (most.map { ($0 - 1) * longest(inner) } ?? CompiledRule.longestMatch)
    }
  }

  /// The most tokens that the pattern can cover, about.
  private func longest(_ pattern: RulePattern) -> Int {
    switch pattern {
    case .element(let element):
      var most = 1
      for test in element.tests {
        switch test {
        case .listed: most = max(most, 8)
        case .entity: most = max(most, 12)
        case .date, .quantity, .number: most = max(most, 10)
        default: break
        }
      }
      return most
    case .sequence(let parts): return parts.reduce(0) { $0 + longest($1) }
    case .choice(let branches): return branches.map { longest($0) }.max() ?? 0
    case .capture(_, let inner): return longest(inner)
    case .repeated(let inner, _, let most, _):
      guard let most else { return CompiledRule.longestMatch }
      return longest(inner) * most
    }
  }
}
