/// Runs rules for a stage before the facts: over tokens, lists, numbers and dates, while there are no entities yet.
///
/// **Cost.** One look per word in texts that hold no word at which a rule begins; else one pass over the tokens, and what
/// the matcher needs for the sentences that hold such a word.
final class RuleReader: @unchecked Sendable {
  let text = FactText()
  let matcher: RuleMatcher
  /// A bit per token at which a rule begins to look.
  @exclusivity(unchecked) private var anchors = TokenColumn<UInt64>.none()

  private init(tables: RuleTables) { matcher = RuleMatcher(tables: tables) }

  convenience init(lexicon: Lexicon, rules: RuleSet) { self.init(tables: RuleTables(lexicon: lexicon, rules: rules)) }

  /// A reader of its own memory for another thread.
  convenience init(like other: RuleReader) { self.init(tables: other.matcher.tables) }

  deinit { anchors.free() }

  /// Fills `matcher.matches`; says false where no rule can match.
  func run(on document: borrowing Document) -> Bool {
    guard read(document, { matcher.run(text, cues: anchors, onlyWithCues: true) }) else { return false }
    return !matcher.matches.isEmpty
  }

  /// Fills `matcher.matches`, looking at the whole text; says false where no rule matches.
  func runEverywhere(on document: borrowing Document) -> Bool {
    guard matcher.tables.rules.count > 0, document.tokens.count > 0 else { return false }
    readEverywhere(document) { matcher.run(text, cues: anchors) }
    return !matcher.matches.isEmpty
  }

  /// Opens `document` for the time of `body`, with the classes of all list phrases.
  func readEverywhere(_ document: borrowing Document, _ body: () -> Void) {
    let words = (document.tokens.count >> 6) + 1
    anchors.grow(words, 0)
    anchors.base.update(repeating: .max, count: words)
    text.read(document) {
      text.clearClasses()
      matcher.clear(text.count)
      for sentence in text.sentences.indices { readClasses(text.sentences[sentence]) }
      body()
    }
  }

  private func findAnchors(_ tokens: TokenTable) -> Bool {
    let (tables, count) = (matcher.tables, tokens.count)
    guard tables.rules.count > 0, count > 0 else { return false }
    precondition(tokens.hash.limit >= count)
    let hashes = tokens.hash.base
    anchors.clear((count >> 6) + 1, 0)
    var any: UInt64 = 0
    var first = 0
    while first < count {
      var left = tables.mayWait(forWords: hashes + first, min(64, count &- first))
      var bits: UInt64 = 0
      while left != 0 {
        let k = left.trailingZeroBitCount
        left &= left &- 1
        bits |= (tables.waits(forWord: hashes[first &+ k]) ? 1 : 0) << UInt64(k)
      }
      anchors[first >> 6] = bits
      any |= bits
      first &+= 64
    }
    return any != 0
  }

  /// Opens `document` for the time of `body`, with the classes of the list phrases in the sentences that hold an anchor;
  /// says false, and does nothing, where there is none.
  func read(_ document: borrowing Document, _ body: () -> Void) -> Bool {
    guard findAnchors(document.tokens) else { return false }
    text.read(document) {
      text.clearClasses()
      matcher.clear(text.count)
      for sentence in text.sentences.indices { readClasses(text.sentences[sentence]) }
      body()
    }
    return true
  }

  private func readClasses(_ sentence: TokenSpan) {
    guard RuleMatcher.holds(anchors, sentence, text.count) else { return }
    let (lexicon, wanted, waiting) = (matcher.tables.lexicon, matcher.tables.anchorClasses, matcher.waiting)
    for i in max(0, Int(sentence.start))..<min(text.count, Int(sentence.end)) {
      var classes = ClassSet()
      for m in text.matchRange(at: i) {
        classes.formUnion(lexicon.classes(at: text.matches[m].state))
        text.noteContinued(i, Int(text.matches[m].end))
      }
      text.classes[i] = classes
      if classes.intersects(wanted) { waiting[i >> 6] |= 1 << UInt64(i & 63) }
      guard classes.intersects(matcher.tables.conditioned) else { continue }
      for m in text.matchRange(at: i) {
        matcher.features[i] |= matcher.tables.conditionFeatures(text.matches[m].state, text)
      }
    }
  }
}
