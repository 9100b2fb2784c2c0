/// Runs the `yes` and `no` lines of rules: the proof that each rule carries.
///
/// A `yes` line must be matched by its rule: exactly the marked words, when words are marked, with the kind and all slots that
/// the mark states, and no others, when it states any. A `no` line must not be matched by it. Other rules may match either.
///
/// **Cost.** One run of the pipeline per example.
public struct RuleExamples {
  private let lexicon: Lexicon
  private var pipeline: Pipeline
  private var document = Document()
  private let context: FactContext
  /// For rules of earlier stages, which see the document without entities.
  private let names: RuleReader
  private let dates: RuleReader
  private var beforeNames: Pipeline
  private var purpose = RulePurpose.facts
  private var matches: [RuleMatch] = []
  private var slotSpans: [TokenSpan] = []

  public init(lexicon: Lexicon, options: PipelineOptions = PipelineOptions()) throws {
    self.lexicon = lexicon
    pipeline = try Pipeline(
      lexicon: lexicon, layers: [.entities, .dates, .quantities, .numbers, .sentences], options: options)
    context = FactContext(lexicon: lexicon)
    names = RuleReader(lexicon: lexicon, rules: lexicon.nameRules)
    dates = RuleReader(lexicon: lexicon, rules: lexicon.dateRules)
    beforeNames = try Pipeline(lexicon: lexicon, layers: [.dates, .numbers, .sentences], options: options)
  }

  private var rules: RuleSet {
    switch purpose {
    case .facts: lexicon.rules
    case .names: lexicon.nameRules
    case .dates: lexicon.dateRules
    }
  }

  /// What a check of rule files found.
  public struct Report: Sendable {
    public var rules = 0
    public var examples = 0
    public var failures: [LexiconError] = []
  }

  /// Runs the examples of files whose rules are in `lexicon`; paths are relative to `folder`.
  public static func check(files: [String], folder: String?, _ lexicon: Lexicon) throws -> Report {
    var examples = try RuleExamples(lexicon: lexicon)
    var report = Report()
    for path in files {
      let bytes = try FileIO.read(folder.map { "\($0)/\(path)" } ?? path)
      let file = RuleFile(reading: bytes, path: path)
      report.rules += file.rules.count
      report.examples += file.rules.reduce(0) { $0 + $1.yes.count + $1.no.count }
      report.failures += examples.failures(of: file)
    }
    return report
  }

  /// The examples of a file that fail, as errors with file and line; all its rules must be in the lexicon.
  public mutating func failures(of bytes: [UInt8], path: String) throws(LexiconError) -> [LexiconError] {
    failures(of: try RuleFile(parsing: bytes, path: path))
  }

  /// The examples that fail, of the rules that have no other fault.
  private mutating func failures(of file: RuleFile) -> [LexiconError] {
    var out: [LexiconError] = []
    for rule in file.rules where !rule.isBroken {
      purpose = RuleKinds.purpose(of: rule.kind)
      guard let index = rules.index(named: rule.name, file: file.path),
        rules.problems(ofRule: index, in: lexicon).isEmpty
      else { continue }
      for example in rule.yes {
        if let reason = yes(example.text, index) {
          out.append(LexiconError(file: file.path, line: example.line, reason: reason))
        }
      }
      for example in rule.no {
        if let reason = no(example.text, index, rule.name) {
          out.append(LexiconError(file: file.path, line: example.line, reason: reason))
        }
      }
    }
    return out
  }

  private mutating func run(_ text: [UInt8], _ rule: Int) {
    document.reset(text: text)
    if purpose != .facts {
      beforeNames.annotate(&document)
      let reader = purpose == .names ? names : dates
      reader.matcher.only = rule
      let found = purpose == .names ? reader.run(on: document) : reader.runEverywhere(on: document)
      matches = found ? reader.matcher.matches : []
      slotSpans = reader.matcher.slotSpans
      return
    }
    pipeline.annotate(&document)
    context.matcher.only = rule
    context.read(document) { context.matchRules() }
    matches = context.matcher.matches
    slotSpans = context.matcher.slotSpans
  }

  private mutating func yes(_ written: String, _ rule: Int) -> String? {
    guard let mark = RuleMark(written) else { return "the mark is not closed; write [words](kind slot=text)" }
    if let problem = problem(with: mark, rules.rules[rule]) { return problem }
    run(mark.text, rule)
    guard !matches.isEmpty else { return "the rule does not match: \(near(rule))" }
    guard let range = mark.range else { return nil }
    guard let match = matches.first(where: { document.rawRange(of: $0.span) == range }) else {
      let found = matches.map { "\"\(document.rawText(of: $0.span))\"" }.joined(separator: ", ")
      return "the rule matches \(found), not the marked words"
    }
    return mark.hasNote ? difference(match, mark) : nil
  }

  /// What a mark says that no match of the rule can be.
  private func problem(with mark: RuleMark, _ rule: CompiledRule) -> String? {
    if mark.isFollowed { return "only one mark may stand in a line; remove the brackets of the others" }
    guard mark.hasNote else { return nil }
    if mark.kind != rule.kind {
      let said = mark.kind.isEmpty ? "the mark names no kind" : "the mark says '\(mark.kind)'"
      return "\(said), the rule gives \(rule.kind); write (\(rule.kind) slot=text)"
    }
    if let name = mark.values.keys.sorted().first(where: { !rule.slots.contains($0) }) {
      let slots = rule.slots.isEmpty ? "none" : rule.slots.joined(separator: ", ")
      return "the rule gives no slot '\(name)'; its slots are \(slots)"
    }
    guard let strange = mark.flags.subtracting(RuleFile.flags).min() else { return nil }
    return "'\(strange)' is no slot=text; write that, or remove it"
  }

  /// What a match has otherwise than its mark says.
  private func difference(_ match: RuleMatch, _ mark: RuleMark) -> String? {
    for (slot, name) in rules.rules[Int(match.rule)].slots.enumerated() {
      let span = slotSpans[Int(match.slots) + slot]
      let found = span.isNone ? "" : document.rawText(of: span)
      guard let wanted = mark.values[name] else {
        if found.isEmpty { continue }
        return "\(name) is \"\(found)\", the example does not mention it"
      }
      if found != wanted { return "\(name) is \"\(found)\", the example says \"\(wanted)\"" }
    }
    for (name, isSet) in [("former", match.isFormer), ("quoted", match.isQuoted)]
    where isSet != mark.flags.contains(name) {
      return "\(name) is \(isSet), the example says otherwise"
    }
    return nil
  }

  private mutating func no(_ written: String, _ rule: Int, _ name: String) -> String? {
    // In brackets the sentence is another one, and the rule leaves it alone for that.
    if written.utf8.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) {
      return "a 'no' line marks nothing; remove the brackets"
    }
    run(Array(written.utf8), rule)
    guard let match = matches.first else { return nil }
    return "rule '\(name)' matches \"\(document.rawText(of: match.span))\""
  }

  /// Where the rule stopped, for the author.
  private func near(_ rule: Int) -> String {
    for sentence in document.sentences {
      var trace: RuleMatcher.Trace?
      switch purpose {
      case .names: _ = names.read(document) { trace = names.matcher.trace(rule, in: sentence, names.text) }
      case .dates: dates.readEverywhere(document) { trace = dates.matcher.trace(rule, in: sentence, dates.text) }
      case .facts:
        context.read(document) { trace = context.matcher.trace(rule, in: sentence, context.text) }
      }
      if let trace {
        let found =
          trace.failedAt < Int(sentence.end)
          ? "\"\(document.rawText(of: TokenSpan(trace.failedAt, trace.failedAt + 1)))\"" : "the end"
        return
          "it fitted \"\(document.rawText(of: trace.fitted))\", then wanted \(trace.expected.joined(separator: " or ")) and found \(found)"
      }
    }
    return "no step of it fitted"
  }
}

/// A `yes` line: text with at most one mark, `[words](kind slot="text" former)`.
struct RuleMark {
  var text: [UInt8] = []
  /// Bytes of the marked words; nil when nothing is marked.
  var range: Range<Int>?
  /// Whether something in brackets stands behind the marked words.
  var hasNote = false
  var kind = ""
  var values: [String: String] = [:]
  var flags: Set<String> = []
  /// Whether another mark follows.
  var isFollowed = false

  init?(_ written: String) {
    let bytes = Array(written.utf8)
    guard let open = bytes.firstIndex(of: 0x5B) else {
      text = bytes
      return
    }
    guard let close = bytes[open...].firstIndex(of: 0x5D) else { return nil }
    text = Array(bytes[..<open]) + bytes[(open + 1)..<close]
    range = open..<(close - 1)
    var at = close + 1
    if at < bytes.count, bytes[at] == 0x28 {
      var end = at + 1
      var quoted = false
      while end < bytes.count, quoted || bytes[end] != 0x29 {
        if bytes[end] == 0x22 { quoted.toggle() }
        end += 1
      }
      guard end < bytes.count else { return nil }
      hasNote = true
      let note = MarkNote(String(decoding: bytes[(at + 1)..<end], as: UTF8.self))
      kind = note.words.first ?? ""
      flags = Set(note.words.dropFirst())
      values = note.values
      at = end + 1
    }
    text += bytes[at...]
    isFollowed = String(decoding: bytes[at...], as: UTF8.self).contains("](")
  }
}
