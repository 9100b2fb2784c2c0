/// What a token is in its clause, as bits: the view that the finders of figures, statements and events share.
struct WordBits: OptionSet, Sendable {
  let rawValue: UInt32
  static let active = WordBits(rawValue: 1 << 0)
  static let passive = WordBits(rawValue: 1 << 1)
  static let intransitive = WordBits(rawValue: 1 << 2)
  static let stative = WordBits(rawValue: 1 << 3)
  /// The active verb of headlines, without its prefix; a noun as often.
  static let bareVerb = WordBits(rawValue: 1 << 4)
  static let auxiliary = WordBits(rawValue: 1 << 5)
  static let negation = WordBits(rawValue: 1 << 6)
  static let relative = WordBits(rawValue: 1 << 7)
  static let preposition = WordBits(rawValue: 1 << 8)
  static let placePreposition = WordBits(rawValue: 1 << 9)
  static let timePreposition = WordBits(rawValue: 1 << 10)
  /// Joins words or clauses: `dan`, `serta`, `atau`.
  static let and = WordBits(rawValue: 1 << 11)
  /// Begins another clause: `karena`, `sehingga`, `bahwa`, `tetapi`.
  static let clause = WordBits(rawValue: 1 << 12)
  /// Closes a noun phrase: `itu`, `ini`, `tersebut`.
  static let demonstrative = WordBits(rawValue: 1 << 13)
  static let adverb = WordBits(rawValue: 1 << 14)
  static let pronoun = WordBits(rawValue: 1 << 15)
  /// `ia`, `dia`, `beliau`: stands for a person named before.
  static let thirdPerson = WordBits(rawValue: 1 << 16)
  static let speech = WordBits(rawValue: 1 << 17)
  static let connective = WordBits(rawValue: 1 << 18)
  /// Links an amount to its noun: `sebesar`, `senilai`, `sebanyak`.
  static let amount = WordBits(rawValue: 1 << 19)
  static let adjective = WordBits(rawValue: 1 << 20)
  static let title = WordBits(rawValue: 1 << 21)
  static let copula = WordBits(rawValue: 1 << 22)
  static let comma = WordBits(rawValue: 1 << 23)
  /// `; : – ( ) [ ]` and sentence ends.
  static let hardMark = WordBits(rawValue: 1 << 24)
  static let quote = WordBits(rawValue: 1 << 25)
  static let entity = WordBits(rawValue: 1 << 26)
  static let date = WordBits(rawValue: 1 << 27)
  static let quantity = WordBits(rawValue: 1 << 28)
  static let honorific = WordBits(rawValue: 1 << 29)
  static let determiner = WordBits(rawValue: 1 << 30)
  /// `untuk`, `guna`: a purpose follows, and its subject is that of the clause before.
  static let purpose = WordBits(rawValue: 1 << 31)

  static let sureVerb: WordBits = [.active, .passive, .intransitive, .stative]
}

/// The word classes that the fact finders ask for, and the bits of a token by them.
struct FactWords: Sendable {
  let lexicon: Lexicon
  let speech: ClassSet
  let verb: ClassSet
  let preposition: ClassSet
  let office: ClassSet
  let occupation: ClassSet
  let citizen: ClassSet
  let former: ClassSet
  let media: ClassSet
  let kinship: ClassSet
  /// `yang juga`, `selaku`: joins a name and a title.
  let officeLink: ClassSet
  /// `terlalu`, `sangat`: an adjective follows.
  let degree: ClassSet
  /// `agar`, `supaya`: open the content directly behind the cue.
  let opener: ClassSet
  /// `tiba`, `mendarat`: a place with `di` is their goal.
  let arrival: ClassSet
  /// `hal itu`, `hal tersebut`: stands for the sentence before.
  let backReference: ClassSet
  /// Nouns of several words: no verb inside (`rumah SAKIT`, `tempat TIDUR`).
  private let compound: ClassSet
  private let spreading: ClassSet
  /// Classes whose phrases of several words mark each of their words.
  private let spreads: [(ClassSet, WordBits)]
  /// Words that open a content clause: `bahwa`, `agar`, `jika`.
  let contentWord: ClassSet
  /// `menurutnya`, `katanya`: cues that point back by themselves.
  let suffixedCue: ClassSet
  /// `masih menurut`: words before the cue proper.
  let stillCue: ClassSet
  /// Nouns for people and bodies: `polisi`, `warga`, `saksi mata`.
  let people: ClassSet
  private let simple: [(ClassSet, WordBits)]
  let voices: EntryMap<WordBits>
  let prepositions: EntryMap<PrepositionSense>
  let cues: EntryMap<SpeechCue>
  private let conjunctions: EntryMap<WordBits>
  private let pronouns: EntryMap<WordBits>
  private let conjunction: ClassSet
  private let pronoun: ClassSet
  private let determiner: ClassSet
  private let morphology: Morphology
  /// Voice by vocabulary id where the affixes give one, found once: 0 not yet known, 1 none, else 2 + the bits.
  private var affixCache: [UInt8]
  /// Bits per node of the phrase tree, with bit 63 where they are known.
  private var stateBits: [UInt64] = []

  struct PrepositionSense: Sendable {
    var place = false
    var time = false
    var actor = false
    var relation = Fact.Relation.none
    /// `ke`, `dengan`: what follows is the verb's object.
    var isTo = false
    var isFrom = false
    var isBy = false
  }

  struct SpeechCue: Sendable {
    enum Form: UInt8, Sendable {
      case verb, noun, suffixed, passive, according, citation, modal, source, setting, never
    }
    var form: Form
    var isNegatable = false
    var takesQuote = true
  }

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    func set(_ names: String...) -> ClassSet { names.reduce(ClassSet()) { $0.union(lexicon.wordClass($1)) } }
    speech = set("speech")
    verb = set("verb")
    preposition = set("preposition")
    office = set("office", "office-prefix")
    occupation = set("occupation", "occupation-role")
    citizen = set("occupation-role")
    former = set("former")
    media = set("sub-media")
    kinship = set("kinship")
    degree = set("degree", "intensifier")
    opener = set("content-opener")
    arrival = set("arrival")
    officeLink = set("office-link")
    backReference = set("back-reference")
    compound = set("office", "occupation", "org-head", "place-head", "compound")
    spreading = compound.union(preposition).union(
      set(
        "adverb", "particle", "focus", "degree", "intensifier", "modifier-approx", "connective", "auxiliary",
        "negation", "determiner"))
    spreads = [
      (set("adverb", "particle", "focus", "degree", "intensifier", "modifier-approx"), .adverb),
      (set("connective"), .connective),
      (set("auxiliary"), .auxiliary), (set("negation"), .negation), (preposition, .preposition),
      (set("determiner"), .determiner),
    ]
    contentWord = set("content-word")
    suffixedCue = set("cue-suffixed")
    stillCue = set("cue-still")
    people = set("office", "occupation", "occupation-role", "kinship", "people")
    conjunction = set("conjunction")
    pronoun = set("pronoun")
    determiner = set("determiner")
    simple = [
      (set("auxiliary"), .auxiliary), (set("negation"), .negation), (set("relative"), .relative),
      (preposition, .preposition),
      (set("adverb", "particle", "focus", "degree", "intensifier", "modifier-approx"), .adverb), (speech, .speech),
      (set("connective"), .connective), (set("adjective"), .adjective),
      (set("office", "occupation", "office-prefix"), .title),
      (set("copula", "existential"), .copula), (set("honorific", "rank", "rank-suffix"), .honorific),
      (determiner, .determiner),
    ]
    voices = EntryMap(lexicon, table: "verbs") { entry in
      switch lexicon.cell(entry, "voice") {
      case "active": .active
      case "passive": .passive
      case "intransitive": .intransitive
      case "stative": .stative
      case "bare": .bareVerb
      default: nil
      }
    }
    prepositions = EntryMap(lexicon, table: "prepositions") { Self.sense(lexicon, $0) }
    cues = EntryMap(lexicon, table: "speech-verbs") { Self.cue(lexicon, $0) }
    conjunctions = EntryMap(lexicon, table: "conjunctions") { entry in
      switch lexicon.cell(entry, "sense") {
      case "and", "or": .and
      case "purpose": [.purpose, .clause]
      default: .clause
      }
    }
    pronouns = EntryMap(lexicon, table: "pronouns") { entry in
      switch lexicon.cell(entry, "use") {
      case "demonstrative": .demonstrative
      case "personal":
        lexicon.cell(entry, "person") == "3" && lexicon.cell(entry, "number") == "sg"
          ? [.pronoun, .thirdPerson] : .pronoun
      default: .pronoun
      }
    }
    morphology = Morphology(lexicon: lexicon)
    affixCache = [UInt8](repeating: 0, count: lexicon.wordCount + 1)
  }

  private static func sense(_ lexicon: Lexicon, _ entry: EntryID) -> PrepositionSense {
    var out = PrepositionSense()
    for word in lexicon.cell(entry, "sense").split(separator: " ") {
      switch word {
      case "place": out.place = true
      case "time": out.time = true
      case "actor": out.actor = true
      default: break
      }
    }
    switch lexicon.cell(entry, "role") {
    case "at": out.relation = .at
    case "to":
      out.relation = .at
      out.isTo = true
    case "with": out.isTo = true
    case "since": out.relation = .since
    case "from":
      out.relation = .since
      out.isFrom = true
    case "until": out.relation = .until
    case "before": out.relation = .before
    case "after": out.relation = .after
    case "during": out.relation = .during
    case "by": out.isBy = true
    default: break
    }
    return out
  }

  private static func cue(_ lexicon: Lexicon, _ entry: EntryID) -> SpeechCue? {
    let forms: [String: SpeechCue.Form] = [
      "verb": .verb, "noun-cue": .noun, "nya": .suffixed, "passive": .passive, "according": .according,
      "citation": .citation,
      "modal": .modal, "source": .source, "setting": .setting, "never": .never,
    ]
    guard let form = forms[lexicon.cell(entry, "form_kind")] else { return nil }
    return SpeechCue(
      form: form, isNegatable: lexicon.cell(entry, "negatable") == "yes",
      takesQuote: lexicon.cell(entry, "complement") != "bahwa")
  }

  /// The bits of token `i` from lists and affixes; marks and annotations are the caller's.
  mutating func bits(_ i: Int, _ document: Document, _ view: FactTokens) -> WordBits {
    var raw: UInt32 = 0
    if view.entityIn[i] < 0 {
      for m in document.matchRange(at: i) { raw |= listedBits(document.matches[m].state) }
    }
    var bits = WordBits(rawValue: raw)
    if bits.isDisjoint(with: .sureVerb), isPlain(bits), document.tokens.isWord(i),
      !document.tokens.isCapitalized(i) || view.sentenceOf[i] != (i > 0 ? view.sentenceOf[i - 1] : -2)
    {
      bits.formUnion(affixBits(i, document))
    }
    return bits
  }

  /// The bits of the entries that end at a node of the phrase tree; found once per node and kept.
  private mutating func listedBits(_ state: UInt32) -> UInt32 {
    let slot = Int(state & ~Lexicon.userBit) << 1 | (state & Lexicon.userBit != 0 ? 1 : 0)
    if slot < stateBits.count, stateBits[slot] != 0 { return UInt32(truncatingIfNeeded: stateBits[slot]) }
    let found = readBits(state).rawValue
    if slot >= stateBits.count { stateBits.append(contentsOf: repeatElement(0, count: slot + 1024 - stateBits.count)) }
    stateBits[slot] = UInt64(found) | 1 << 63
    return found
  }

  private func readBits(_ state: UInt32) -> WordBits {
    let classes = lexicon.classes(at: state)
    var bits = WordBits()
    for (set, value) in simple where classes.intersects(set) { bits.insert(value) }
    if classes.intersects(conjunction), let b = conjunctions.first(at: state, in: lexicon) { bits.formUnion(b) }
    if classes.intersects(pronoun), let b = pronouns.first(at: state, in: lexicon) { bits.formUnion(b) }
    if classes.intersects(verb) {
      lexicon.forEachListing(at: state) { listing in
        if let b = voices[listing.entry] { bits.formUnion(b) }
        return true
      }
    }
    if classes.intersects(preposition), let sense = prepositions.first(at: state, in: lexicon) {
      if sense.place { bits.insert(.placePreposition) }
      if sense.time { bits.insert(.timePreposition) }
      if !sense.place, !sense.time, !sense.actor, sense.relation == .at { bits.insert(.amount) }
    }
    return bits
  }

  /// What a phrase of several words that begins at `i` makes of the words behind the first: bits to add, whether verbs inside
  /// are none, and its end.
  func spread(at i: Int, _ document: Document, _ view: FactTokens) -> (add: WordBits, isCompound: Bool, end: Int)? {
    let range = document.matchRange(at: i)
    guard !range.isEmpty, Int(document.matches[range.upperBound - 1].end) > i + 1, view.entityIn[i] < 0 else {
      return nil
    }
    guard view.classes[i].intersects(spreading) else { return nil }
    for m in range.reversed() {
      let match = document.matches[m]
      guard Int(match.end) > i + 1 else { break }
      let classes = lexicon.classes(at: match.state)
      if classes.intersects(compound) { return ([], true, Int(match.end)) }
      var bits = WordBits()
      for (set, value) in spreads where classes.intersects(set) { bits.insert(value) }
      if !bits.isEmpty { return (bits, false, Int(match.end)) }
    }
    return nil
  }

  private func isPlain(_ bits: WordBits) -> Bool {
    bits.isDisjoint(with: [
      .preposition, .auxiliary, .pronoun, .clause, .and, .adverb, .connective, .title, .copula, .honorific, .negation,
      .determiner,
      .demonstrative, .adjective, .relative,
    ])
  }

  private mutating func affixBits(_ i: Int, _ document: Document) -> WordBits {
    let id = Int(document.tokens.id[i])
    if id > 0, id < affixCache.count, affixCache[id] != 0 { return WordBits(rawValue: UInt32(affixCache[id] - 1)) }
    let found = morphology.voice(document.bytes, Int(document.tokens.start[i]), Int(document.tokens.end[i]), lexicon)
    if id > 0, id < affixCache.count { affixCache[id] = UInt8(truncatingIfNeeded: found.rawValue + 1) }
    return found
  }

  /// Whether a passive form has no agent behind it: `tertimbun longsor` (`ter-`, by the rows `agentless` of morphology.tsv).
  func isAgentless(_ i: Int, _ document: Document) -> Bool {
    morphology.isAgentless(document.bytes, Int(document.tokens.start[i]), Int(document.tokens.end[i]))
  }

  /// Whether the cue at `i` begins with a word that is not part of it.
  func isStill(at i: Int, _ document: Document) -> Bool {
    document.longestMatch(at: i, of: stillCue, in: lexicon) != nil
  }

  /// The cue that begins at `i`: the longest one, with its end.
  func cue(at i: Int, _ document: Document, _ view: FactTokens) -> (cue: SpeechCue, end: Int)? {
    guard i >= 0, i < view.count, view.classes[i].intersects(speech) else { return nil }
    for m in document.matchRange(at: i).reversed() {
      let match = document.matches[m]
      guard lexicon.classes(at: match.state).intersects(speech) else { continue }
      if let cue = cues.first(at: match.state, in: lexicon) { return cue.form == .never ? nil : (cue, Int(match.end)) }
    }
    return nil
  }

  /// The preposition that begins at `i`: the longest one, with its end.
  func preposition(at i: Int, _ document: Document, _ view: FactTokens) -> (sense: PrepositionSense, end: Int)? {
    guard i >= 0, i < view.count, view.classes[i].intersects(preposition) else { return nil }
    for m in document.matchRange(at: i).reversed() {
      let match = document.matches[m]
      guard lexicon.classes(at: match.state).intersects(preposition) else { continue }
      if let sense = prepositions.first(at: match.state, in: lexicon) { return (sense, Int(match.end)) }
    }
    return nil
  }
}

/// Verbs by their affixes, from `morphology.tsv`.
struct Morphology: Sendable {
  private struct Rule: Sendable {
    var prefix: [UInt8]
    var restores: UInt8?
    var voice: WordBits
    var needsSuffix: Bool
  }

  private var rules: [Rule] = []
  private var exceptions: Set<UInt64> = []
  private var agentless: [[UInt8]] = []
  /// Roots of the verbs' list: known words, whatever the statistics say.
  private var roots: Set<UInt64> = []
  private static let suffixes: [[UInt8]] = [[], Array("kan".utf8), Array("i".utf8), Array("nya".utf8)]

  init(lexicon: Lexicon) {
    for entry in lexicon.rows(table: "morphology") {
      let part = Array(lexicon.cell(entry, "form").utf8)
      if lexicon.cell(entry, "kind") == "exception" {
        exceptions.insert(WordHash.folded(part, part.count))
        continue
      }
      if lexicon.cell(entry, "kind") == "agentless" {
        agentless.append(part)
        continue
      }
      let voice: WordBits =
        switch lexicon.cell(entry, "voice") {
        case "active": .active
        case "passive": .passive
        default: .intransitive
        }
      rules.append(
        Rule(
          prefix: part, restores: lexicon.cell(entry, "restores").utf8.first, voice: voice,
          needsSuffix: lexicon.cell(entry, "needs") == "suffix"))
    }
    for entry in lexicon.rows(table: "verbs") {
      let root = lexicon.cellBytes(entry, "root")
      if let base = root.baseAddress { roots.insert(WordHash.folded(base, root.count)) }
    }
    for entry in lexicon.rows(table: "verb-lookalikes") {
      let form = Array(lexicon.cell(entry, "form").utf8)
      exceptions.insert(WordHash.folded(form, form.count))
    }
    rules.sort { $0.prefix.count > $1.prefix.count }
  }

  /// The voice of `bytes[start..<end]` as a verb; empty when its affixes make none.
  func voice(_ bytes: [UInt8], _ start: Int, _ end: Int, _ lexicon: Lexicon) -> WordBits {
    guard end - start >= 5, end - start <= 24 else { return [] }
    return bytes.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return [] }
      if exceptions.contains(WordHash.folded(base + start, end - start)) { return [] }
      for rule in rules where end - start >= rule.prefix.count + 3 && Self.begins(base + start, rule.prefix) {
        for suffix in Self.suffixes where !rule.needsSuffix || !suffix.isEmpty {
          let from = start + rule.prefix.count
          let to = end - suffix.count
          guard to - from >= 3, Self.begins(base + to, suffix), isRoot(base, from, to, rule.restores, lexicon) else {
            continue
          }
          return rule.voice
        }
      }
      return []
    }
  }

  func isAgentless(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return false }
      return agentless.contains { end - start > $0.count && Self.begins(base + start, $0) }
    }
  }

  private static func begins(_ text: UnsafePointer<UInt8>, _ part: [UInt8]) -> Bool {
    for (k, b) in part.enumerated() where text[k] | 0x20 != b { return false }
    return true
  }

  /// Whether the rest of the word, with the letter that the prefix swallowed, is a word that is mostly written small.
  private func isRoot(_ base: UnsafePointer<UInt8>, _ from: Int, _ to: Int, _ restored: UInt8?, _ lexicon: Lexicon)
    -> Bool
  {
    if let restored {
      // `menangkap`: only a vowel follows a swallowed letter.
      switch base[from] | 0x20 {
      case 0x61, 0x65, 0x69, 0x6F, 0x75: break
      default: return false
      }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
        buffer[0] = restored
        for k in 0..<(to - from) { buffer[k + 1] = base[from + k] }
        guard let start = buffer.baseAddress else { return false }
        return isKnown(WordHash.folded(start, to - from + 1), lexicon)
      }
    }
    return isKnown(WordHash.folded(base + from, to - from), lexicon)
  }

  private func isKnown(_ hash: UInt64, _ lexicon: Lexicon) -> Bool {
    if roots.contains(hash) { return true }
    let id = lexicon.base.word(hash: hash)
    guard id != 0 else { return false }
    let tendency = lexicon.caseTendency(ofWord: id)
    return tendency >= 1 && tendency <= 3
  }
}
