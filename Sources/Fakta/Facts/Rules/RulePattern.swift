/// What one step of a rule accepts: a word, a class of a list, an annotation, a kind of token.
enum RuleTest: Equatable, Sendable {
  /// A word as written, in any case (`WordHash` of the lower-cased form).
  case literal(UInt64)
  /// A mark such as `,`, by its bytes.
  case mark([UInt8])
  /// The longest list phrase of a class; every `column=value` must hold for its row.
  case listed(String, [RuleCondition])
  /// Entities by label, as bits `1 << EntityLabel.rawValue`.
  case entity(UInt8)
  /// Temporal expressions by kind, as bits `1 << DateExpression.Kind.rawValue`.
  case date(UInt8)
  /// Quantities by kind, as bits `1 << Quantity.Kind.rawValue`.
  case quantity(UInt8)
  /// A number in digits or words, whatever it counts.
  case number
  /// One token of a shape.
  case shape(RuleShape)
}

/// A cell that the row of a listed phrase must have.
struct RuleCondition: Equatable, Sendable {
  var column: String
  var value: String
}

/// Kinds of single tokens.
enum RuleShape: UInt8, Sendable {
  case word, capital, lower, digits, mark, quote, any
  /// Any token that does not end a clause, or any token of the sentence: the steps of a gap.
  case clauseGap, sentenceGap

  static let byName: [String: RuleShape] = [
    "word": .word, "capital": .capital, "lower": .lower, "digits": .digits, "mark": .mark, "quote": .quote, "any": .any,
  ]
}

/// One step: any of `tests`, none of `excluded`.
struct RuleElement: Equatable, Sendable {
  var tests: [RuleTest]
  var excluded: [RuleTest] = []
  /// The step as the author wrote it, for messages.
  var text: String
  /// Where it stands first: 1-based.
  var line = 0
  var column = 0

  /// Whether both accept the same; where they stand does not count.
  static func == (a: RuleElement, b: RuleElement) -> Bool {
    a.tests == b.tests && a.excluded == b.excluded && a.text == b.text
  }
}

/// The tree of a pattern.
indirect enum RulePattern: Sendable {
  case element(RuleElement)
  case sequence([RulePattern])
  case choice([RulePattern])
  /// `isLazy`: as few times as possible (gaps); a `most` of nil has no bound but the clause or sentence.
  case repeated(RulePattern, least: Int, most: Int?, isLazy: Bool)
  case capture(String, RulePattern)
}

/// Reads the notation of a `find` line.
///
///     pelaku:<PER|ORG> .. menangkap jumlah:<count>? korban:(seorang? <occupation>)
///
/// **Errors.** `LexiconError` with file, line and column of the character that does not fit.
struct RulePatternParser {
  private let file: String
  private let line: Int
  private let text: [Unicode.Scalar]
  /// Column of `text[0]`, 0-based.
  private let offset: Int
  private var at = 0
  /// Groups that are open.
  private var depth = 0
  private static let deepest = 100
  private let tokenizer = Tokenizer()
  /// Patterns that `let` lines named.
  private let named: [String: RulePattern]

  static let longestRepetition = 16

  init(_ text: [Unicode.Scalar], offset: Int, file: String, line: Int, named: [String: RulePattern] = [:]) {
    self.named = named
    self.text = text
    self.offset = offset
    self.file = file
    self.line = line
  }

  /// The pattern of the whole text.
  mutating func pattern() throws(LexiconError) -> RulePattern {
    let found = try choice()
    guard at == text.count else { throw failure("')' closes no '('; remove it, or write \")\" for the mark") }
    return found
  }

  private func failure(_ reason: String, at place: Int? = nil) -> LexiconError {
    LexiconError(file: file, line: line, column: offset + (place ?? at) + 1, reason: reason)
  }

  private mutating func skipSpace() { while at < text.count, text[at] == " " || text[at] == "\t" { at += 1 } }

  private mutating func choice() throws(LexiconError) -> RulePattern {
    var branches = [try sequence()]
    while at < text.count, text[at] == "|" {
      at += 1
      branches.append(try sequence())
    }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(LexiconError) -> RulePattern {
    var parts: [RulePattern] = []
    skipSpace()
    while at < text.count, text[at] != "|", text[at] != ")" {
      parts.append(try item())
      skipSpace()
    }
    guard !parts.isEmpty else { throw failure("a step is missing here; write a word, \"mark\", <class> or (group)") }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func item() throws(LexiconError) -> RulePattern {
    let start = at
    if let name = captureName() {
      skipSpace()
      guard at < text.count else { throw failure("nothing follows '\(name):'; write what it captures") }
      return .capture(name, try quantified(try atom()))
    }
    at = start
    return try quantified(try atom())
  }

  /// `name:` directly before a step.
  private mutating func captureName() -> String? {
    var end = at
    while end < text.count, Self.isNameScalar(text[end]) { end += 1 }
    guard end > at, end < text.count, text[end] == ":", end + 1 < text.count, text[end + 1] != " " else { return nil }
    let name = String(String.UnicodeScalarView(text[at..<end]))
    at = end + 1
    return name
  }

  static func isNameScalar(_ s: Unicode.Scalar) -> Bool {
    (s >= "a" && s <= "z") || (s >= "A" && s <= "Z") || (s >= "0" && s <= "9") || s == "_"
  }

  private mutating func quantified(_ pattern: RulePattern) throws(LexiconError) -> RulePattern {
    guard at < text.count else { return pattern }
    switch text[at] {
    case "?":
      at += 1
      return .repeated(pattern, least: 0, most: 1, isLazy: false)
    case "*", "+":
      at += 1
      return .repeated(pattern, least: text[at - 1] == "*" ? 0 : 1, most: nil, isLazy: false)
    case "{": return try bounded(pattern)
    default: return pattern
    }
  }

  private mutating func bounded(_ pattern: RulePattern) throws(LexiconError) -> RulePattern {
    let open = at
    at += 1
    let least = number()
    var most = least
    if at < text.count, text[at] == "," {
      at += 1
      most = number()
    }
    guard at < text.count, text[at] == "}", let least, let most, least <= most, most > 0 else {
      throw failure("a repetition is {2} or {1,3}; write the least and the most", at: open)
    }
    guard most <= Self.longestRepetition else {
      throw failure(
        "\(most) repetitions are too many; \(Self.longestRepetition) are possible, write * or + for as many as fit",
        at: open)
    }
    at += 1
    return .repeated(pattern, least: least, most: most, isLazy: false)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while at < text.count, text[at] >= "0", text[at] <= "9", (value ?? 0) < 1000 {
      value = (value ?? 0) * 10 + Int(text[at].value - 0x30)
      at += 1
    }
    return value
  }

  private mutating func atom() throws(LexiconError) -> RulePattern {
    switch text[at] {
    case "(":
      let open = at
      at += 1
      depth += 1
      guard depth <= Self.deepest else {
        throw failure("more than \(Self.deepest) groups stand inside each other; write fewer", at: open)
      }
      let inner = try choice()
      guard at < text.count, text[at] == ")" else { throw failure("'(' is not closed; write ')'", at: open) }
      at += 1
      depth -= 1
      return inner
    case "<": return try bracket()
    case "\"": return try quoted()
    case ".": return try gap()
    case "$": return try reference()
    case "?", "{", "*", "+": throw failure("'\(text[at])' follows nothing; write it directly behind a step")
    case ">", "}": throw failure("'\(text[at])' opens nothing; write \"\(text[at])\" for the mark")
    default: return try bare()
    }
  }

  /// `..` to the end of the clause, `...` to the end of the sentence; `..3` three tokens at most.
  private mutating func gap() throws(LexiconError) -> RulePattern {
    let start = at
    while at < text.count, text[at] == "." { at += 1 }
    let dots = at - start
    guard dots == 2 || dots == 3 else {
      throw failure(
        "a gap is '..' (inside the clause) or '...' (inside the sentence); write \".\" for the full stop", at: start)
    }
    let most = number()
    if let most, most == 0 || most > Self.longestRepetition {
      throw failure(
        "a counted gap holds 1 to \(Self.longestRepetition) tokens; leave the number out for more", at: start)
    }
    let shape: RuleShape = dots == 2 ? .clauseGap : .sentenceGap
    let element = RuleElement(
      tests: [.shape(shape)], text: String(String.UnicodeScalarView(text[start..<at])), line: line,
      column: offset + start + 1)
    return .repeated(.element(element), least: 0, most: most, isLazy: true)
  }

  /// `$title`: the pattern of a `let` line.
  private mutating func reference() throws(LexiconError) -> RulePattern {
    let start = at
    at += 1
    while at < text.count, Self.isNameScalar(text[at]) { at += 1 }
    let name = String(String.UnicodeScalarView(text[(start + 1)..<at]))
    guard let pattern = named[name] else {
      throw failure("no line 'let \(name) …' stands before this one; write one, or \"$\" for the mark", at: start)
    }
    return pattern
  }

  /// Words in quotation marks: marks and characters that the notation uses itself.
  private mutating func quoted() throws(LexiconError) -> RulePattern {
    let open = at
    at += 1
    let start = at
    while at < text.count, text[at] != "\"" { at += 1 }
    guard at < text.count else {
      throw failure("'\"' is not closed; write '\"' (a quotation mark itself is <quote>)", at: open)
    }
    let inner = Array(text[start..<at])
    at += 1
    return try words(inner, open)
  }

  private mutating func bare() throws(LexiconError) -> RulePattern {
    let start = at
    while at < text.count, !Self.ends(text[at]) { at += 1 }
    return try words(Array(text[start..<at]), start)
  }

  private static func ends(_ s: Unicode.Scalar) -> Bool {
    switch s {
    case " ", "\t", "|", "(", ")", "<", ">", "\"", "?", "{", "}", "*", "+": true
    default: false
    }
  }

  /// Tokens of a literal, one step each (`anak-anak` is three).
  private func words(_ scalars: [Unicode.Scalar], _ start: Int) throws(LexiconError) -> RulePattern {
    let written = String(String.UnicodeScalarView(scalars))
    let bytes = Array(written.utf8)
    var tokens = TokenTable()
    tokenizer.tokenize(bytes, into: &tokens)
    guard tokens.count > 0 else { throw failure("the quotation marks hold nothing; write a word or a mark", at: start) }
    let steps = (0..<tokens.count).map { i -> RulePattern in
      let slice = Array(bytes[Int(tokens.start[i])..<Int(tokens.end[i])])
      let test = tokens.hash[i] != 0 ? RuleTest.literal(tokens.hash[i]) : .mark(slice)
      return .element(
        RuleElement(tests: [test], text: String(decoding: slice, as: UTF8.self), line: line, column: offset + start + 1)
      )
    }
    return steps.count == 1 ? steps[0] : .sequence(steps)
  }

  /// `<office|occupation heads=yes !office-prefix>`.
  private mutating func bracket() throws(LexiconError) -> RulePattern {
    let open = at
    at += 1
    var names: [(String, Int)] = []
    var excluded: [RuleTest] = []
    var conditions: [RuleCondition] = []
    while true {
      while at < text.count, text[at] == " " || text[at] == "|" { at += 1 }
      guard at < text.count else { throw failure("'<' is not closed; write '>'", at: open) }
      if text[at] == ">" { break }
      let isExcluded = text[at] == "!"
      if isExcluded { at += 1 }
      let start = at
      while at < text.count, Self.isNameScalar(text[at]) || text[at] == "-" { at += 1 }
      let name = String(String.UnicodeScalarView(text[start..<at]))
      guard !name.isEmpty else { throw notAClass(open) }
      if at < text.count, text[at] == "=" {
        at += 1
        let valueStart = at
        while at < text.count, text[at] != " ", text[at] != ">", text[at] != "|" { at += 1 }
        conditions.append(RuleCondition(column: name, value: String(String.UnicodeScalarView(text[valueStart..<at]))))
      } else if isExcluded {
        excluded.append(Self.test(name, []))
      } else {
        names.append((name, start))
      }
    }
    at += 1
    guard !names.isEmpty else { throw failure("'<>' names no class; write one, such as <verb> or <PER>", at: open) }
    let tests = names.map { Self.test($0.0, conditions) }
    let written = String(String.UnicodeScalarView(text[open..<at]))
    return .element(RuleElement(tests: tests, excluded: excluded, text: written, line: line, column: offset + open + 1))
  }

  /// What is wrong where a name should stand in `<…`: most often the `>` before it is missing.
  private func notAClass(_ open: Int) -> LexiconError {
    let next = text[at...].first { ["<", ">", "(", ")", "\""].contains($0) }
    guard next == ">" else { return failure("'<' is not closed; write '>'", at: open) }
    return failure("'\(text[at])' is no class name; use letters, digits and hyphens, or write '>' before it")
  }

  private static let labels: [String: EntityLabel] = [
    "PER": .person, "LOC": .location, "ORG": .organization, "person": .person, "place": .location,
    "organization": .organization,
  ]
  private static let quantities: [String: Quantity.Kind] = [
    "count": .count, "money": .money, "percent": .percent, "measure": .measure, "age": .age, "ordinal": .ordinal,
    "score": .score,
  ]

  /// The test that a name in angle brackets stands for.
  static func test(_ name: String, _ conditions: [RuleCondition]) -> RuleTest {
    if let label = labels[name] { return .entity(1 << label.rawValue) }
    if let kind = quantities[name] { return .quantity(1 << kind.rawValue) }
    if let shape = RuleShape.byName[name] { return .shape(shape) }
    switch name {
    case "entity": return .entity(0xFF)
    case "quantity": return .quantity(0xFF)
    case "number": return .number
    case "date": return .date(1 << DateExpression.Kind.date.rawValue | 1 << DateExpression.Kind.time.rawValue)
    case "time": return .date(1 << DateExpression.Kind.time.rawValue)
    case "duration": return .date(1 << DateExpression.Kind.duration.rawValue)
    default: return .listed(name, conditions)
    }
  }
}
