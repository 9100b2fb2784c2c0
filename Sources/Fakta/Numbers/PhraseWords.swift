/// Which words may stand in the phrase behind a number, and which end it.
///
/// The lists of word classes decide; a word that no list knows is judged by its beginning (`affixes`): most unknown words
/// in me-, di-, ber- and ter- are verbs.
struct PhraseWords: Sendable {
  struct Affix: Sendable {
    enum Makes: Sendable { case verb, superlative }
    var bytes: [UInt8]
    var minimum: Int
    var makes: Makes
  }

  /// What a word is for the phrase.
  enum Kind: Sendable { case noun, adjective, result, stop }

  private let stops: ClassSet
  private let verbs: ClassSet
  private let headlineVerbs: ClassSet
  let prepositions: ClassSet
  private let relatives: ClassSet
  private let adjectives: ClassSet
  private let lookalikes: ClassSet
  private let numerals: ClassSet
  let classifiers: ClassSet
  let cueClass: ClassSet
  private let results: EntryMap<Bool>
  private let affixes: [Affix]

  init(lexicon: Lexicon, cues: NumberCues) {
    var stops = ClassSet()
    for name in [
      "preposition", "conjunction", "connective", "pronoun", "determiner", "auxiliary", "negation", "relative",
      "adverb",
      "degree", "particle", "copula", "existential", "focus", "question", "interjection", "modifier-approx",
    ] { stops = stops.union(lexicon.wordClass(name)) }
    self.stops = stops
    prepositions = lexicon.wordClass("preposition")
    relatives = lexicon.wordClass("relative")
    verbs = lexicon.wordClass("verb").union(lexicon.wordClass("speech"))
    headlineVerbs = lexicon.wordClass("headline-verb")
    adjectives = lexicon.wordClass("adjective")
    lookalikes = lexicon.wordClass("verb-lookalike")
    numerals = lexicon.wordClass("numeral")
    classifiers = lexicon.wordClass("count-classifier")
    cueClass = cues.cueClass
    results = EntryMap(lexicon, table: "adjectives", columns: ["item"]) { $0[0] == "no" }
    affixes = lexicon.rows(table: "affixes").compactMap { entry in
      guard let minimum = Int(lexicon.cell(entry, "min")) else { return nil }
      return Affix(
        bytes: Array(lexicon.cell(entry, "form").utf8), minimum: minimum,
        makes: lexicon.cell(entry, "makes") == "superlative" ? .superlative : .verb)
    }
  }

  /// What the word at token `i` is; a noun behind the end of the text.
  func kind(at i: Int, in text: NumberText) -> Kind {
    guard i < text.tokens.count else { return .noun }
    let id = text.tokens.idAt(i)
    let classes = text.lexicon.classes(ofWord: id)
    if classes.intersects(cueClass), let hit = text.cue(at: i, [.noun, .stop, .person, .both]), hit.end == i + 1 {
      return hit.cue.roles.contains(.stop) ? .stop : .noun
    }
    if classes.intersects(numerals), !text.tokens.isCapitalized(i) { return .stop }
    if classes.intersects(adjectives) {
      return isResult(at: i, in: text) || classes.intersects(verbs) ? .result : .adjective
    }
    if classes.intersects(verbs) || classes.intersects(stops) { return .stop }
    if classes.intersects(lookalikes) { return .noun }
    return looksLikeVerb(i, in: text)
  }

  /// Whether the adjective says what happened ("tewas", "rusak") rather than which thing it is.
  private func isResult(at i: Int, in text: NumberText) -> Bool {
    for m in text.matchRange(at: i) where Int(text.matches[m].end) == i + 1 {
      if results.first(at: text.matches[m].state, in: text.lexicon) == true { return true }
    }
    return false
  }

  private func looksLikeVerb(_ i: Int, in text: NumberText) -> Kind {
    let start = Int(text.tokens.start[i])
    let length = text.tokens.length(i)
    for affix in affixes where length >= affix.minimum && length > affix.bytes.count {
      var fits = true
      for k in 0..<affix.bytes.count where text.bytes[start + k] | 0x20 != affix.bytes[k] { fits = false }
      guard fits else { continue }
      switch affix.makes {
      case .verb: return .stop
      case .superlative:
        let rest = text.lexicon.classes(ofWord: id(of: start + affix.bytes.count, start + length, in: text))
        if rest.intersects(adjectives) { return .adjective }
      }
    }
    return .noun
  }

  private func id(of start: Int, _ end: Int, in text: NumberText) -> UInt32 {
    let hash = text.bytes.withUnsafeBufferPointer {
      WordHash.ascii($0.baseAddress! + start, end - start, readable: $0.count - start)
    }
    return text.lexicon.base.word(hash: hash)
  }

  func isNoun(at i: Int, in text: NumberText) -> Bool { text.tokens.isWord(i) && kind(at: i, in: text) == .noun }

  /// Whether the word at `i` is a noun or an adjective, so that an ordinal may follow it.
  func isNounLike(at i: Int, in text: NumberText) -> Bool {
    guard text.tokens.isWord(i) else { return false }
    switch kind(at: i, in: text) {
    case .noun, .adjective: return true
    case .result, .stop: return false
    }
  }

  func isVerb(at i: Int, in text: NumberText) -> Bool {
    text.tokens.isWord(i) && text.lexicon.classes(ofWord: text.tokens.idAt(i)).intersects(verbs)
  }

  /// Whether the word is a verb where a headline writes it with a capital: `Polisi CIDUK 12 Pelaku`.
  func isHeadlineVerb(at i: Int, in text: NumberText) -> Bool {
    text.tokens.isCapitalized(i) && text.lexicon.classes(ofWord: text.tokens.idAt(i)).intersects(headlineVerbs)
  }

  /// Whether the word is `yang`.
  func isRelative(at i: Int, in text: NumberText) -> Bool {
    text.tokens.isWord(i) && text.lexicon.classes(ofWord: text.tokens.idAt(i)).intersects(relatives)
  }

  func isFunctionWord(at i: Int, in text: NumberText) -> Bool {
    text.tokens.isWord(i) && text.lexicon.classes(ofWord: text.tokens.idAt(i)).intersects(stops)
  }
}
