/// A rule as its author wrote it, before it is compiled.
struct RuleSource: Sendable {
  var name: String
  var file: String
  var line: Int
  /// Alternatives: one per `find` line.
  var find: [RulePattern] = []
  var kind = ""
  /// Slot and the capture that fills it.
  var slots: [(slot: String, capture: String)] = []
  /// Flags (`former`, `quoted`), and the capture that must be filled for them; empty for always.
  var flags: [(flag: String, capture: String)] = []
  var priority = 0
  /// How much a rule that gives a name says, in units of the tagger; nil when the author gave none.
  var weight: Int?
  var staysInClause = false
  var notAfter: [RuleElement] = []
  var notBefore: [RuleElement] = []
  var yes: [(line: Int, text: String)] = []
  var no: [(line: Int, text: String)] = []
  /// Where `gives` stands, for messages.
  var givesLine = 0
  /// The words with which its lines begin.
  var keys: Set<String> = []
  /// Whether a line of it has a fault.
  var isBroken = false
}

/// A `.rules` file: comments, and rules of a name and indented lines.
///
///     rule arrest-active
///       find   pelaku:<ORG> menangkap korban:<PER>
///       gives  penangkapan(pelaku, korban)
///       yes    [Polri menangkap Budi](penangkapan pelaku=Polri korban=Budi) di Bogor.
///       no     Polri membantah menangkap Budi.
///
/// **Errors.** `problems` holds every fault of the form as a `LexiconError` with file, line, column and remedy, in the order of
/// reading; rules that have one are `isBroken`.
struct RuleFile {
  let path: String
  private(set) var rules: [RuleSource] = []
  private(set) var problems: [LexiconError] = []
  private var named: [String: RulePattern] = [:]
  private var ruleLines: [String: Int] = [:]
  private var letLines: [String: Int] = [:]
  /// Whether a `let` line has a fault: what the rules below mean is not known then.
  private var hasBrokenLet = false

  /// Reads a file that must have no fault; the first one is thrown.
  init(parsing bytes: [UInt8], path: String) throws(LexiconError) {
    self.init(reading: bytes, path: path)
    if let problem = problems.first { throw problem }
  }

  /// Reads a file with all its faults.
  init(reading bytes: [UInt8], path: String) {
    self.path = path
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problems.append(LexiconError(file: path, reason: "is not valid UTF-8; save it as UTF-8"))
      return
    }
    var line = 0
    // By scalars: CR and LF are one character.
    let scalars = text.unicodeScalars.drop { $0 == "\u{FEFF}" }
    for written in scalars.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      // Editors of Windows end lines with CR LF.
      var scalars = Array(written)
      if scalars.last == "\r" { scalars.removeLast() }
      while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
      let indent = scalars.prefix { $0 == " " || $0 == "\t" }.count
      if indent == scalars.count || scalars[indent] == "#" { continue }
      do throws(LexiconError) { try read(scalars, indent, line) } catch { note(error) }
    }
    checkLast()
  }

  /// Keeps a fault of a line, and that the rule which it belongs to has one.
  private mutating func note(_ problem: LexiconError) {
    problems.append(problem)
    if !rules.isEmpty { rules[rules.count - 1].isBroken = true }
  }

  private mutating func read(_ scalars: [Unicode.Scalar], _ indent: Int, _ line: Int) throws(LexiconError) {
    var end = indent
    while end < scalars.count, scalars[end] != " ", scalars[end] != "\t" { end += 1 }
    let key = String(String.UnicodeScalarView(scalars[indent..<end]))
    var start = end
    while start < scalars.count, scalars[start] == " " || scalars[start] == "\t" { start += 1 }
    let rest = Array(scalars[start...])
    if key == "rule" {
      checkLast()
      try begin(rest, line, start)
      return
    }
    if key == "let" {
      do throws(LexiconError) { try define(rest, line, start) } catch {
        hasBrokenLet = true
        problems.append(error)
      }
      return
    }
    guard !rules.isEmpty else {
      throw LexiconError(
        file: path, line: line, column: indent + 1,
        reason: "'\(key)' stands before the first rule; begin with: rule NAME")
    }
    rules[rules.count - 1].keys.insert(key)
    guard !rest.isEmpty else {
      throw LexiconError(
        file: path, line: line, column: indent + 1, reason: "'\(key)' is empty; write something behind it")
    }
    try readLine(key, rest, line, start, indent)
  }

  /// `let title <office-prefix>? <office>`: a pattern that later lines use as `$title`.
  private mutating func define(_ rest: [Unicode.Scalar], _ line: Int, _ start: Int) throws(LexiconError) {
    let end = rest.firstIndex { $0 == " " || $0 == "\t" } ?? rest.count
    let name = String(String.UnicodeScalarView(rest[..<end]))
    guard end > 0, end < rest.count, rest[..<end].allSatisfy(RulePatternParser.isNameScalar) else {
      throw LexiconError(file: path, line: line, column: start + 1, reason: "write: let NAME PATTERN")
    }
    if let twin = letLines[name] {
      throw LexiconError(
        file: path, line: line, column: start + 1,
        reason: "'let \(name)' stands already at line \(twin); rename one of them")
    }
    letLines[name] = line
    var parser = RulePatternParser(Array(rest[end...]), offset: start + end, file: path, line: line, named: named)
    named[name] = try parser.pattern()
  }

  private mutating func begin(_ rest: [Unicode.Scalar], _ line: Int, _ start: Int) throws(LexiconError) {
    let name = String(String.UnicodeScalarView(rest))
    // Also where its name is wrong, the lines below are those of a rule.
    rules.append(RuleSource(name: name, file: path, line: line, isBroken: hasBrokenLet))
    guard !rest.isEmpty, rest.allSatisfy({ RulePatternParser.isNameScalar($0) || $0 == "-" }) else {
      throw LexiconError(
        file: path, line: line, column: start + 1, reason: "'\(name)' is no rule name; use letters, digits and hyphens")
    }
    if let twin = ruleLines[name] {
      throw LexiconError(
        file: path, line: line, column: start + 1,
        reason: "a rule '\(name)' stands already at line \(twin); rename one of them")
    }
    ruleLines[name] = line
  }

  private mutating func readLine(
    _ key: String, _ rest: [Unicode.Scalar], _ line: Int, _ start: Int, _ indent: Int
  ) throws(LexiconError) {
    let last = rules.count - 1
    let text = String(String.UnicodeScalarView(rest))
    func fail(_ reason: String, _ column: Int? = nil) -> LexiconError {
      LexiconError(file: path, line: line, column: column ?? start + 1, reason: reason)
    }
    switch key {
    case "find":
      var parser = RulePatternParser(rest, offset: start, file: path, line: line, named: named)
      rules[last].find.append(try parser.pattern())
    case "gives": try readGives(rest, line, start)
    case "priority":
      guard let value = Int(text), value >= -1000, value <= 1000 else {
        throw fail("priority '\(text)' is no number from -1000 to 1000")
      }
      rules[last].priority = value
    case "within":
      guard text == "clause" || text == "sentence" else { throw fail("a match stays within 'clause' or 'sentence'") }
      rules[last].staysInClause = text == "clause"
    case "not": try readContext(rest, line, start)
    case "yes": rules[last].yes.append((line, text))
    case "no": rules[last].no.append((line, text))
    default:
      throw fail(
        "'\(key)' is unknown; lines of a rule begin with find, gives, priority, within, not, yes or no", indent + 1)
    }
  }

  /// `not after tidak | <negation>`, `not before <date>`.
  private mutating func readContext(_ rest: [Unicode.Scalar], _ line: Int, _ start: Int) throws(LexiconError) {
    let words = String(String.UnicodeScalarView(rest)).split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0] == "after" || words[0] == "before" else {
      throw LexiconError(
        file: path, line: line, column: start + 1,
        reason: "write 'not after STEP' or 'not before STEP', such as: not after tidak | belum")
    }
    let skipped = rest.count - words[1].unicodeScalars.count
    var parser = RulePatternParser(
      Array(rest[skipped...]), offset: start + skipped, file: path, line: line, named: named)
    let elements = try Self.singleSteps(try parser.pattern(), file: path, line: line, column: start + skipped + 1)
    if words[0] == "after" {
      rules[rules.count - 1].notAfter += elements
    } else {
      rules[rules.count - 1].notBefore += elements
    }
  }

  private static func singleSteps(
    _ pattern: RulePattern, file: String, line: Int, column: Int
  ) throws(LexiconError) -> [RuleElement] {
    switch pattern {
    case .element(let element): return [element]
    case .choice(let branches):
      var out: [RuleElement] = []
      for branch in branches { out += try singleSteps(branch, file: file, line: line, column: column) }
      return out
    default:
      throw LexiconError(
        file: file, line: line, column: column,
        reason: "a context is one step or alternatives of one step; put longer ones in 'find'")
    }
  }

  /// `kind(slot, slot=capture, former)`.
  private mutating func readGives(_ rest: [Unicode.Scalar], _ line: Int, _ start: Int) throws(LexiconError) {
    let last = rules.count - 1
    func fail(_ reason: String, _ column: Int) -> LexiconError {
      LexiconError(file: path, line: line, column: start + column + 1, reason: reason)
    }
    guard let open = rest.firstIndex(of: "("), let close = rest.lastIndex(of: ")"), open > 0, close > open else {
      throw fail("write what the rule gives as kind(slot, slot=capture)", 0)
    }
    let more = String(String.UnicodeScalarView(rest[(close + 1)...])).split(separator: " ")
    if !more.isEmpty {
      guard more.count == 2, more[0] == "weight", let weight = Int(more[1]), (1...9).contains(weight) else {
        throw fail("behind ')' only 'weight N' may stand, with N from 1 to 9", close + 1)
      }
      rules[last].weight = weight
    }
    let inside = rest[...close]
    let kind = inside[..<open]
    guard kind.allSatisfy({ RulePatternParser.isNameScalar($0) || $0 == "-" }) else {
      throw fail("'\(String(String.UnicodeScalarView(kind)))' is no kind; use letters, digits and hyphens", 0)
    }
    guard rules[last].kind.isEmpty else { throw fail("the rule gives something already; write a second rule", 0) }
    rules[last].kind = String(String.UnicodeScalarView(kind))
    rules[last].givesLine = line
    var at = open + 1
    while at < inside.count - 1 {
      var end = at
      while end < inside.count - 1, inside[end] != "," { end += 1 }
      let piece = String(String.UnicodeScalarView(inside[at..<end].filter { $0 != " " }))
      let halves = piece.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard !piece.isEmpty, halves.count <= 2,
        halves.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy(RulePatternParser.isNameScalar) })
      else { throw fail("'\(piece)' is no slot; write slot or slot=capture", at) }
      if Self.flags.contains(halves[0]) {
        rules[last].flags.append((halves[0], halves.count == 2 ? halves[1] : ""))
      } else {
        rules[last].slots.append((halves[0], halves[halves.count - 1]))
      }
      at = end + 1
    }
  }

  static let flags: Set<String> = ["former", "quoted"]

  private static let keys: Set<String> = ["find", "gives", "priority", "within", "not", "yes", "no"]

  /// Notes what the last rule lacks, and what its kind does not allow.
  private mutating func checkLast() {
    guard let rule = rules.last else { return }
    // A line that was meant for a missing one is no second fault.
    guard rule.keys.isSubset(of: Self.keys) else { return }
    for (key, remedy) in [
      ("find", "write the words it looks for"), ("gives", "write kind(slot, …)"),
      ("yes", "add a sentence that it must find"), ("no", "add a similar sentence that it must leave alone"),
    ] where !rule.keys.contains(key) {
      note(
        LexiconError(file: path, line: rule.line, reason: "rule '\(rule.name)' has no '\(key)' line; \(remedy)"))
    }
    if !rules[rules.count - 1].isBroken { for problem in RuleKinds.problems(of: rule) { note(problem) } }
  }
}
