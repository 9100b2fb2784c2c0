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
final class FactWords: @unchecked Sendable {
  let lexicon: Lexicon
  let speech: ClassSet
  let verb: ClassSet
  let preposition: ClassSet
  let office: ClassSet
  /// The abbreviations of offices.
  let shortTitle: CellColumn
  let occupation: ClassSet
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
  let compound: ClassSet
  /// Classes of the phrases that `spread` knows.
  let spreading: ClassSet
  /// Classes whose phrases of several words mark each of their words.
  private let spreads: [(ClassSet, WordBits)]
  /// Words that open a content clause: `bahwa`, `agar`, `jika`.
  let contentWord: ClassSet
  /// `ada`, `terdapat`: what there is.
  let existential: ClassSet
  /// Nouns for people and bodies: `polisi`, `warga`, `saksi mata`.
  let people: ClassSet
  /// Nouns that with a demonstrative stand for a person named before: `mantan` `pelatih` `pria`.
  let described: ClassSet
  /// Titles of people whom news leaves unnamed: `saksi`, `petugas`.
  let unnamed: ClassSet
  /// `kita`, `Anda`: who writes or reads, no speaker of the news.
  let reader: ClassSet
  /// `para`, `masyarakat`, `pernyataan`: several people or no person, for whom `ia` cannot stand.
  let several: ClassSet
  /// Titles of those who serve somebody: a `sang` before them points to no speaker.
  let serving: ClassSet
  /// `akrab disapa`, `bernama`: the name of whoever is described follows.
  let naming: ClassSet
  /// Verbs that only headlines use.
  let headlineVerb: ClassSet
  private let simple: [(ClassSet, WordBits)]
  private let voices: EntryMap<WordBits>
  private let prepositions: EntryMap<PrepositionSense>
  private let cues: EntryMap<SpeechCue>
  private let conjunctions: EntryMap<WordBits>
  private let states: EntryMap<Bool>
  private let pronouns: EntryMap<WordBits>
  /// `dibanding`, `ketimbang`: what follows is compared with, and its date is no date of the figure.
  let comparison: ClassSet
  /// `periode`, `masa bakti`: behind a name or title, the years say a term of office.
  let term: ClassSet
  /// Words that say how the parts of a clause belong together.
  let clauseWord: ClassSet
  private let clauseUses: EntryMap<ClauseUse>
  let placeHead: ClassSet
  /// `yaitu`, `yakni`, `meliputi`: which places they are stands behind it.
  let placeExample: ClassSet
  /// `lembaga`, `kementerian`: the first word of a body's name.
  let orgHead: ClassSet
  let outletLead: ClassSet
  let holiday: ClassSet
  private let conjunction: ClassSet
  let pronoun: ClassSet
  let determiner: ClassSet
  let morphology: Morphology

  struct PrepositionSense: Sendable {
    var place = false
    var time = false
    var actor = false
    var relation = Fact.Relation.none
    /// `ke`, `dengan`: what follows is the verb's object.
    var isTo = false
    /// `dengan`, `bersama`.
    var isWith = false
    var isFrom = false
    var isBy = false
    /// `terhadap`, `tentang`: what follows is neither doer nor place nor time, but can belong to the verb before (`terdiri atas`).
    var isAbout = false
    /// `secara`, `dibanding`: the same, whatever stands before.
    var isLike = false
    /// `selain`, `kecuali`: not what follows.
    var isExcept = false
    /// `secara`: with the word behind it an adverb.
    var isManner = false
  }

  struct SpeechCue: Sendable {
    enum Form: UInt8, Sendable {
      case verb, noun, suffixed, passive, according, citation, modal, source, setting, never
    }
    var form: Form
    var takesQuote = true
    /// `mengatakan`: what follows is said even where it has no verb.
    var isSure = false
    /// `mengumumkan`: a noun follows as often, and what is said has a verb.
    var needsPredicate = false
    /// `seperti disampaikan`: only a person behind it says it.
    var needsPerson = false
  }

  /// What a word of `clause-words.tsv` says of the clause: the column `use`.
  enum ClauseUse: String, CaseIterable, Sendable {
    case change, contrast, departure, superlative, attributive, held, sum, breakdown, report, times, control,
      causative, estimate, manner, recipient, comitative, complement, period, stance, success, dated,
      alternative, deed, affirmed, consequence, equation, company, possession, record, concession, turn, definite,
      resuming, nowhere, session, earlier, attendant, season, each, there, outcome, seat, strike, sides, state, part,
      unheld, group, asked, learned, holding, occasion, page, balance
  }

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    func set(_ names: String...) -> ClassSet { names.reduce(ClassSet()) { $0.union(lexicon.wordClass($1)) } }
    speech = set("speech")
    verb = set("verb")
    preposition = set("preposition")
    office = set("office", "office-prefix")
    shortTitle = CellColumn("short", in: lexicon)
    occupation = set("occupation", "occupation-role")
    former = set("former")
    media = set("sub-media")
    kinship = set("kinship")
    degree = set("degree")
    opener = set("content-opener")
    arrival = set("arrival")
    officeLink = set("office-link")
    backReference = set("back-reference")
    compound = set("office", "occupation", "org-head", "place-head", "compound")
    let adverb = set("adverb", "particle", "focus", "degree", "modifier-approx")
    spreading = compound.union(preposition).union(adverb).union(
      set("connective", "auxiliary", "negation", "determiner"))
    spreads = [
      (adverb, .adverb),
      (set("connective"), .connective),
      (set("auxiliary"), .auxiliary), (set("negation"), .negation), (preposition, .preposition),
      (set("determiner"), .determiner),
    ]
    contentWord = set("content-word")
    existential = set("existential")
    people = set("office", "occupation", "occupation-role", "kinship", "people")
    described = set("described")
    serving = set("servant", "relational", "job-word", "kinship")
    naming = set("naming")
    headlineVerb = set("headline-verb")
    reader = set("reader")
    several = set("several")
    unnamed = set("people", "occupation-role")
    comparison = set("comparison-word")
    term = set("term-word")
    clauseWord = set("clause-word")
    placeHead = set("place-head")
    placeExample = set("place-example")
    orgHead = set("org-head")
    outletLead = set("outlet-lead")
    holiday = set("holiday")
    conjunction = set("conjunction")
    pronoun = set("pronoun")
    determiner = set("determiner")
    simple = [
      (set("auxiliary"), .auxiliary), (set("negation"), .negation), (set("relative"), .relative),
      (preposition, .preposition),
      (adverb, .adverb), (speech, .speech),
      (set("connective"), .connective), (set("adjective"), .adjective),
      (set("office", "occupation", "office-prefix"), .title),
      (set("copula", "existential"), .copula), (set("honorific", "rank", "rank-suffix"), .honorific),
      (determiner, .determiner),
    ]
    voices = EntryMap(lexicon, table: "verbs", columns: ["voice"]) { Self.voiceBits[$0[0]] }
    prepositions = EntryMap(lexicon, table: "prepositions", columns: ["sense", "role"]) { cells in
      Self.sense(of: cells[0], role: cells[1])
    }
    cues = EntryMap(lexicon, table: "speech-verbs", columns: ["form_kind", "complement"]) { cells in
      Self.cue(form: cells[0], complement: cells[1])
    }
    conjunctions = EntryMap(lexicon, table: "conjunctions", columns: ["sense"]) { cells in
      switch cells[0] {
      case "and", "or": .and
      case "purpose": [.purpose, .clause]
      default: .clause
      }
    }
    clauseUses = EntryMap(lexicon, table: "clause-words", columns: ["use"]) { ClauseUse(rawValue: $0[0]) }
    states = EntryMap(lexicon, table: "function-words", columns: ["sense"]) { $0[0] == "past" || $0[0] == "ability" }
    pronouns = EntryMap(lexicon, table: "pronouns", columns: ["use", "person", "number"]) { cells in
      switch cells[0] {
      case "demonstrative": .demonstrative
      case "personal":
        cells[1] == "3" && cells[2] == "sg" ? [.pronoun, .thirdPerson] : .pronoun
      default: .pronoun
      }
    }
    morphology = Morphology(lexicon: lexicon)
  }

  /// What the column `voice` of `verbs.tsv` says.
  static let voiceBits: [String: WordBits] = [
    "active": .active, "passive": .passive, "intransitive": .intransitive, "stative": .stative, "bare": .bareVerb,
  ]

  private static func sense(of words: String, role: String) -> PrepositionSense {
    var out = PrepositionSense()
    for word in words.parts(" ") {
      switch word {
      case "place": out.place = true
      case "time": out.time = true
      case "actor": out.actor = true
      default: break
      }
    }
    switch role {
    case "at": out.relation = .at
    case "to":
      out.relation = .at
      out.isTo = true
    case "with":
      out.isTo = true
      out.isWith = true
    case "since": out.relation = .since
    case "from":
      out.relation = .since
      out.isFrom = true
    case "until": out.relation = .until
    case "before": out.relation = .before
    case "after": out.relation = .after
    case "during": out.relation = .during
    case "by": out.isBy = true
    case "except": out.isExcept = true
    case "about": out.isAbout = true
    case "like": out.isLike = true
    case "manner": (out.isLike, out.isManner) = (true, true)
    default: break
    }
    return out
  }

  private static func cue(form: String, complement: String) -> SpeechCue? {
    let kind: SpeechCue.Form
    switch form {
    case "verb": kind = .verb
    case "noun-cue": kind = .noun
    case "suffixed": kind = .suffixed
    case "passive": kind = .passive
    case "according": kind = .according
    case "citation": kind = .citation
    case "modal": kind = .modal
    case "source": kind = .source
    case "setting": kind = .setting
    case "never": kind = .never
    default: return nil
    }
    return SpeechCue(
      form: kind, takesQuote: complement != "clause", isSure: complement == "sure",
      needsPredicate: complement == "predicate", needsPerson: complement == "person")
  }

  /// The bits that classes alone give a word.
  private func simpleBits(_ classes: ClassSet) -> WordBits {
    var bits = WordBits()
    for (set, value) in simple where classes.intersects(set) { bits.insert(value) }
    return bits
  }

  /// The bits of the entries that end at a node of the phrase tree.
  func readBits(_ state: UInt32) -> WordBits {
    let classes = lexicon.classes(at: state)
    var bits = simpleBits(classes)
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

  func cue(at state: UInt32) -> SpeechCue? { cues.first(at: state, in: lexicon) }

  func clauseUse(at state: UInt32) -> ClauseUse? { clauseUses.first(at: state, in: lexicon) }

  /// Whether the auxiliary at a node tells of a state: what can be done, or is done before.
  func isState(_ state: UInt32) -> Bool { states.first(at: state, in: lexicon) == true }

  func preposition(at state: UInt32) -> PrepositionSense? { prepositions.first(at: state, in: lexicon) }

  /// The first row of the verbs' list at a node.
  func verb(at state: UInt32) -> UInt32? {
    var found: UInt32?
    lexicon.forEachListing(at: state) { listing in
      if voices[listing.entry] != nil { found = listing.entry.raw }
      return found == nil
    }
    return found
  }

  /// What a phrase of several words that begins at `i` makes of the words behind the first: bits to add, whether verbs inside
  /// are none, and its end.
  ///
  /// Only for a token that no entity covers, with a match of several words of `spreading` classes.
  func spread(
    at i: Int, _ text: FactText, _ reader: WordBitReader
  ) -> (add: WordBits, isCompound: Bool, end: Int)? {
    let range = text.matchRange(at: i)
    var m = range.upperBound
    while m > range.lowerBound {
      m -= 1
      let match = text.matches[m]
      guard Int(match.end) > i + 1 else { break }
      let classes = reader.classes(at: match.state)
      if classes.intersects(compound) { return ([], true, Int(match.end)) }
      var bits = WordBits()
      for (set, value) in spreads where classes.intersects(set) { bits.insert(value) }
      // "seperti diketahui": the verb in it governs nothing.
      if !bits.isEmpty { return (bits, bits.contains(.connective), Int(match.end)) }
    }
    return nil
  }

  /// Whether a passive form has no agent behind it: `tertimbun longsor` (`ter-`, by the rows `agentless` of morphology.tsv).
  func isAgentless(_ i: Int, _ text: FactText) -> Bool {
    morphology.isAgentless(text.bytes, Int(text.start[i]), Int(text.end[i]))
  }
}
