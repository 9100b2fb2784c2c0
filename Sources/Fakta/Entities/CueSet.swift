/// What the lists of cues say of a word or phrase, as bits that fit the tagger's features.
///
/// The lists have many classes (`ClassSet`); the tagger sees these few.
struct CueSet: OptionSet, Sendable {
  var rawValue: UInt32
  static let office = CueSet(rawValue: 1 << 0)
  static let officePrefix = CueSet(rawValue: 1 << 1)
  static let orgHead = CueSet(rawValue: 1 << 2)
  static let placeHead = CueSet(rawValue: 1 << 3)
  static let speech = CueSet(rawValue: 1 << 4)
  static let preposition = CueSet(rawValue: 1 << 5)
  static let honorific = CueSet(rawValue: 1 << 6)
  static let rank = CueSet(rawValue: 1 << 7)
  static let occupation = CueSet(rawValue: 1 << 8)
  static let kinship = CueSet(rawValue: 1 << 9)
  static let direction = CueSet(rawValue: 1 << 10)
  static let orgSuffix = CueSet(rawValue: 1 << 11)
  static let degree = CueSet(rawValue: 1 << 12)
  static let given = CueSet(rawValue: 1 << 13)
  static let family = CueSet(rawValue: 1 << 14)
  static let verb = CueSet(rawValue: 1 << 15)
  static let pronoun = CueSet(rawValue: 1 << 16)
  static let calendar = CueSet(rawValue: 1 << 17)
  static let conjunction = CueSet(rawValue: 1 << 18)
  static let particle = CueSet(rawValue: 1 << 19)
  static let functionWord = CueSet(rawValue: 1 << 20)
  /// A preposition after which a place stands (`di`, `ke`, `dari`).
  static let placePreposition = CueSet(rawValue: 1 << 21)

  /// An abbreviation that is no name (`CCTV`), or the first word of a law or event.
  static let thing = CueSet(rawValue: 1 << 22)

  /// A word of sport reports, where cities are clubs.
  static let sport = CueSet(rawValue: 1 << 23)

  static let personTitle: CueSet = [.office, .honorific, .rank, .occupation, .kinship]

  /// What stands beside names and begins or ends none: titles, and the words of the calendar.
  static let besideNames: CueSet = personTitle.union([.officePrefix, .calendar])

  /// Which classes of the lists make which bit.
  static let classes: [(CueSet, [String])] = [
    (.office, ["office"]), (.officePrefix, ["office-prefix", "former", "office-link"]), (.orgHead, ["org-head"]),
    (.placeHead, ["place-head"]), (.speech, ["speech"]), (.preposition, ["preposition"]), (.honorific, ["honorific"]),
    (.rank, ["rank", "rank-suffix"]), (.occupation, ["occupation", "occupation-role"]), (.kinship, ["kinship"]),
    (.direction, ["direction", "direction-en"]), (.orgSuffix, ["org-suffix"]), (.degree, ["degree"]),
    (.given, ["part-given"]), (.family, ["part-family"]), (.verb, ["verb"]), (.pronoun, ["pronoun"]),
    (.calendar, ["month", "weekday", "calendar", "holiday", "date-word"]),
    (.conjunction, ["conjunction", "connective"]),
    (.particle, ["part-particle", "name-particle"]), (.thing, ["thing-head", "common-abbreviation"]),
    (.sport, ["sport-word"]),
    (
      .functionWord,
      ["negation", "auxiliary", "determiner", "relative", "adverb", "question", "copula", "existential", "particle"]
    ),
  ]
}

/// Turns class sets into cue sets.
struct CueTable: Sendable {
  private var low: [CueSet] = []
  private var high: [CueSet] = []
  /// The cues of each class set of the lexicon, by its number.
  private var bySet: [UInt32] = []

  init(lexicon: Lexicon) {
    self.init { lexicon.wordClass($0) }
    let data = lexicon.base
    for i in 0..<data.setLow.count {
      let set = ClassSet(low: data.setLow[i], high: data.setHigh[i])
      bySet.append(cues(set).rawValue | (set.low & 7 != 0 ? Self.nameBit : 0))
    }
  }

  /// - Parameter wordClass: The class set of a class's name.
  init(_ wordClass: (String) -> ClassSet) {
    low = [CueSet](repeating: [], count: 64)
    high = low
    for (cue, names) in CueSet.classes {
      for name in names {
        let set = wordClass(name)
        if set.low != 0 { low[set.low.trailingZeroBitCount].formUnion(cue) }
        if set.high != 0 { high[set.high.trailingZeroBitCount].formUnion(cue) }
      }
    }
  }

  /// Marks a class set that has names of persons, places or organizations.
  static let nameBit: UInt32 = 1 << 31

  /// The cues of the class set with this number in the lexicon, and `nameBit`.
  @inline(__always)
  func packed(set: Int) -> UInt32 { set < bySet.count ? bySet[set] : 0 }

  @inline(__always)
  func cues(_ set: ClassSet) -> CueSet {
    var out: CueSet = []
    var bits = set.low
    while bits != 0 {
      out.formUnion(low[bits.trailingZeroBitCount])
      bits &= bits &- 1
    }
    bits = set.high
    while bits != 0 {
      out.formUnion(high[bits.trailingZeroBitCount])
      bits &= bits &- 1
    }
    return out
  }
}

/// Which of at most eight classes of words a word of the lists has: one byte, where a set of classes is two words apart.
struct WordMarks: Sendable {
  private let lexicon: Lexicon
  private let marks: [UInt8]

  /// - Parameter classes: The classes by the bit that tells of them.
  init(lexicon: Lexicon, _ classes: [String]) {
    precondition(classes.count <= 8)
    self.lexicon = lexicon
    let sets = classes.map { lexicon.wordClass($0) }
    marks = (0..<lexicon.base.setLow.count).map { number in
      let found = lexicon.base.classes(set: UInt16(truncatingIfNeeded: number))
      return sets.indices.reduce(0) { $0 | (found.intersects(sets[$1]) ? 1 << UInt8($1) : 0) }
    }
  }

  /// Whether the word with this id has the class.
  @inline(__always)
  func has(_ bit: UInt8, _ id: UInt32) -> Bool {
    let set = Int(lexicon.base.wordSet[id])
    return set < marks.count && marks[set] >> bit & 1 != 0
  }
}
