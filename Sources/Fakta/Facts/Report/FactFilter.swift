/// A condition on facts: `unit=IDR and value>1e9`, `actor~polisi or not place=Jakarta`.
///
///     or   := and ("or" and)*          compare := field op word | field
///     and  := not ("and" not)*         op      := = != < <= > >= ~
///     not  := "not" not | "(" or ")" | compare
///
/// Fields are slots (`actor`) and values (`value`, `low`, `high`, `unit`, `from`, `to`, `relation`, `root` …). Numbers compare as
/// numbers (a range fulfils `>` by its lower end and `<` by its upper one), days as ISO dates, where a month or a year stands for
/// all of its days (`from=2015-11`), words in any case; `~` asks whether the words stand in the field; a field alone asks whether
/// it is filled.
///
/// **Errors.** `FactFilter.Problem` with the 1-based column and a remedy.
public struct FactFilter: Sendable {
  public struct Problem: Error, CustomStringConvertible, Equatable {
    public var column: Int
    public var reason: String
    public var description: String { "--where:\(column): \(reason)" }
  }

  private indirect enum Node: Sendable {
    case compare(Comparison)
    case filled(String)
    case not(Node)
    case and(Node, Node)
    case or(Node, Node)
  }

  private struct Comparison: Sendable {
    var field: String
    var op: String
    var word: String
    var number: Double?
  }

  /// A field where it is written, with what it is compared with.
  private struct Use: Sendable {
    var field: String
    var column: Int
    var op: String?
    var word = ""
    var wordColumn = 0
  }

  private let root: Node
  private let uses: [Use]

  public init(_ text: String) throws(Problem) {
    var parser = Parser(text)
    root = try parser.expression()
    try parser.end()
    uses = parser.uses
  }

  /// Refuses a field that no fact can have, of `known` ones, and what a field never holds: a slip of the pen would let no fact
  /// through, or the wrong ones.
  public func check(_ known: [FactField]) throws(Problem) {
    for use in uses {
      guard let field = known.first(where: { $0.name == use.field }) else {
        let names = known.map(\.name).joined(separator: ", ")
        throw Problem(column: use.column, reason: "no fact has a '\(use.field)'; write one of \(names)")
      }
      guard let op = use.op, let reason = field.problem(op, use.word) else { continue }
      throw Problem(column: use.wordColumn, reason: reason)
    }
  }

  /// Whether `word` is a day, a month or a year as `from` and `to` are written.
  static func isPeriod(_ word: String) -> Bool {
    let whole = word + "0001-01-01".utf8.dropFirst(word.utf8.count).map { String(UnicodeScalar($0)) }.joined()
    return [4, 7, 10].contains(word.utf8.count) && parseISODate(Array(whole.utf8).span) != nil
  }

  /// Whether the row fulfils the condition.
  public func accepts(_ row: FactRow) -> Bool { Self.test(root, row) }

  private static func test(_ node: Node, _ row: FactRow) -> Bool {
    switch node {
    case .filled(let field): return row.text(field) != nil
    case .not(let inner): return !test(inner, row)
    case .and(let a, let b): return test(a, row) && test(b, row)
    case .or(let a, let b): return test(a, row) || test(b, row)
    case .compare(let comparison): return test(comparison, row)
    }
  }

  private static func test(_ comparison: Comparison, _ row: FactRow) -> Bool {
    let (field, op, word) = (comparison.field, comparison.op, comparison.word)
    let isUpper = op.hasPrefix("<")
    // A range stands for `value` with the end that decides.
    guard let text = row.text(field) ?? (field == "value" ? row.text(isUpper ? "high" : "low") : nil) else {
      return op == "!="
    }
    if op == "~" { return folded(text).contains(folded(word)) }
    if asksForWorth(field, op), let worth = row.worth(field), let isFulfilled = test(worth, comparison) {
      return isFulfilled
    }
    if field == "from" || field == "to", isPeriod(word), isPeriod(text) {
      return compare(String(text.prefix(word.count)), op, word)
    }
    if let number = comparison.number, let own = Double(text), asksForWorth(field, op) {
      return compare(own, op, number)
    }
    // Words have no order: `10,1` is not less than `5` because of its first letter.
    if FactField.isOrder(op), !(isPeriod(word) && isPeriod(text)) { return false }
    return compare(folded(text), op, folded(word))
  }

  /// Compares the number or the days in a slot as `value`, `from` and `to` are compared; `nil` when the word is neither.
  private static func test(_ worth: FactRow.Worth, _ comparison: Comparison) -> Bool? {
    let op = comparison.op
    switch worth {
    case .number(let low, let high):
      guard let number = comparison.number else { return nil }
      return test(low, high, op, number)
    case .days(let from, let to):
      let word = comparison.word
      guard isPeriod(word) else { return nil }
      return test(String(from.prefix(word.count)), String(to.prefix(word.count)), op, word)
    }
  }

  /// A range fulfils `>` by its lower end and `<` by its upper one; it equals what both of its ends equal.
  private static func test<Value: Comparable>(_ low: Value, _ high: Value, _ op: String, _ word: Value) -> Bool {
    switch op {
    case "=": low == word && high == word
    case "!=": low != word || high != word
    case "<", "<=": compare(high, op, word)
    default: compare(low, op, word)
    }
  }

  /// Whether the field is asked for a number or a day: the id `007` is not `7`, but a slot of a user's rule may hold either.
  private static func asksForWorth(_ field: String, _ op: String) -> Bool {
    FactField.numbers.contains(field) || FactField.isOrder(op) || !FactField.builtIn.contains(field)
  }

  private static func compare<Value: Comparable>(_ a: Value, _ op: String, _ b: Value) -> Bool {
    switch op {
    case "=": a == b
    case "!=": a != b
    case "<": a < b
    case "<=": a <= b
    case ">": a > b
    default: a >= b
    }
  }

  static func folded(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { out.append(CaseFolding.lower(scalar)) }
    return String(out)
  }

  /// Reads the notation, one token ahead.
  private struct Parser {
    private let text: [Character]
    private var at = 0
    private var depth = 0
    private static let deepest = 100
    private(set) var uses: [Use] = []

    init(_ text: String) { self.text = Array(text) }

    mutating func expression() throws(Problem) -> Node {
      var left = try conjunction()
      while takeWord("or") { left = .or(left, try conjunction()) }
      return left
    }

    private mutating func conjunction() throws(Problem) -> Node {
      var left = try negation()
      while takeWord("and") { left = .and(left, try negation()) }
      return left
    }

    private mutating func negation() throws(Problem) -> Node {
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.deepest else {
        throw Problem(column: at + 1, reason: "more than \(Self.deepest) brackets and 'not' are open here; write fewer")
      }
      if takeWord("not") { return .not(try negation()) }
      skipSpace()
      if at < text.count, text[at] == "(" {
        let open = at
        at += 1
        let inner = try expression()
        skipSpace()
        guard at < text.count, text[at] == ")" else {
          throw Problem(column: open + 1, reason: "'(' is not closed; write ')'")
        }
        at += 1
        return inner
      }
      return try comparison()
    }

    private mutating func comparison() throws(Problem) -> Node {
      skipSpace()
      let start = at
      let field = name()
      guard !field.isEmpty else {
        throw Problem(
          column: start + 1,
          reason: at < text.count
            ? "'\(text[at])' is no field; write a slot or value, such as actor or unit"
            : "a condition is missing; write field=word")
      }
      var use = Use(field: field, column: start + 1)
      skipSpace()
      guard let op = takeOperator() else {
        uses.append(use)
        return .filled(field)
      }
      let opStart = at - op.count
      if at < text.count, "=<>!~".contains(text[at]) {
        throw Problem(
          column: opStart + 1, reason: "'\(op)\(text[at])' is no operator; write one of = != < <= > >= ~")
      }
      skipSpace()
      let wordStart = at
      let word = try literal()
      guard !word.isEmpty else {
        throw Problem(
          column: wordStart + 1, reason: "nothing stands behind '\(op)'; write a word, a number or \"several words\"")
      }
      (use.op, use.word, use.wordColumn) = (op, word, wordStart + 1)
      uses.append(use)
      return .compare(Comparison(field: field, op: op, word: word, number: Double(word)))
    }

    func end() throws(Problem) {
      var rest = at
      while rest < text.count, text[rest].isWhitespace { rest += 1 }
      guard rest == text.count else {
        throw Problem(
          column: rest + 1, reason: "'\(String(text[rest...]))' does not fit here; join conditions with 'and' or 'or'")
      }
    }

    /// Scripts part long conditions by line ends.
    private mutating func skipSpace() { while at < text.count, text[at].isWhitespace { at += 1 } }

    private mutating func takeWord(_ word: String) -> Bool {
      skipSpace()
      let end = at + word.count
      guard end <= text.count, String(text[at..<end]).lowercased() == word,
        end == text.count || text[end].isWhitespace || text[end] == "("
      else { return false }
      at = end
      return true
    }

    private mutating func name() -> String {
      let start = at
      while at < text.count, text[at].isLetter || text[at].isNumber || text[at] == "_" || text[at] == "-" { at += 1 }
      return String(text[start..<at])
    }

    private mutating func takeOperator() -> String? {
      for op in ["!=", "<=", ">=", "=", "<", ">", "~"] where text[at...].starts(with: Array(op)) {
        at += op.count
        return op
      }
      return nil
    }

    private mutating func literal() throws(Problem) -> String {
      guard at < text.count else { return "" }
      if text[at] == "\"" || text[at] == "'" {
        let mark = text[at]
        let open = at
        at += 1
        let start = at
        while at < text.count, text[at] != mark { at += 1 }
        guard at < text.count else {
          throw Problem(column: open + 1, reason: "\(mark) is not closed; write \(mark) again")
        }
        at += 1
        return String(text[start..<(at - 1)])
      }
      let start = at
      while at < text.count, !text[at].isWhitespace, text[at] != ")" { at += 1 }
      return String(text[start..<at])
    }
  }
}

/// What `fakta facts` shows: kinds, conditions, things, days.
public struct FactSelection: Sendable {
  /// Kinds to show; empty for all.
  public var kinds: Set<String> = []
  /// All of them are to be fulfilled.
  public var conditions: [FactFilter] = []
  /// Who or what is in a slot; `nil` for all.
  public var names: NameQuery?
  /// Facts whose time lies in these days; facts without a time are left out when one is set.
  public var from: CalendarDay?
  public var to: CalendarDay?

  public init() {}

  /// The rows of a document that are shown.
  public func rows(of document: Document, _ lexicon: Lexicon, id: String = "") -> [FactRow] {
    let rows = document.factRows(lexicon, id: id).filter(accepts)
    guard let names, !rows.isEmpty else { return rows }
    let spans = document.spans(of: names, lexicon)
    return rows.filter { document.fact(document.facts[$0.number - 1], holdsOneOf: spans) }
  }

  private func accepts(_ row: FactRow) -> Bool {
    if !kinds.isEmpty, !kinds.contains(row.kind) { return false }
    if let from, (row.text("to") ?? "") < from.iso { return false }
    if let to, (row.text("from") ?? "9999") > to.iso { return false }
    return conditions.allSatisfy { $0.accepts(row) }
  }
}
