/// Decides how a place is used: as a place, as an actor, or to describe a noun.
///
///     di Suriah → place    Rusia berharap → actor    pasukan Suriah → modifier
///
/// What stands before the place says most: a preposition, a designator, a noun, a verb. Where nothing does, the verb behind
/// it tells an actor from a place. The words are in `place-words.tsv`; verbs that no list has are told by their prefix
/// (`morphology.tsv`).
///
/// **Cost.** A few tokens around each place.
struct PlaceUseRules: Sendable {
  private enum Voice { case active, passive, other }

  private struct Prefix {
    var letters: [UInt8]
    var voice: Voice
  }

  private let lexicon: Lexicon
  private let words: NameWords
  private let directionNoun: ClassSet
  private let placeNoun: ClassSet
  private let placeVerb: ClassSet
  private let example: ClassSet
  private let copula: ClassSet
  private let verb: ClassSet
  private let nameWord: ClassSet
  private let lookalike: ClassSet
  /// Words that may stand between a place and its verb.
  private let adverbs: ClassSet
  /// Words that may stand before a noun, beside function words.
  private let determiners: ClassSet
  private let country: ClassSet
  private let prefixes: [Prefix]
  /// Prepositions behind which stands where something comes from (`dari`).
  private let origins: [UInt32]

  /// Fewest letters of a verb that only its prefix shows.
  private static let shortestVerb = 6
  /// How far before `seperti` the noun is sought that the names stand for.
  private static let farthestNoun = 6
  /// How far before `dari` the result stands.
  private static let farthestResult = 6

  init(lexicon: Lexicon, _ words: NameWords) {
    self.lexicon = lexicon
    self.words = words
    directionNoun = lexicon.wordClass("direction-noun")
    placeNoun = lexicon.wordClass("place-noun")
    placeVerb = lexicon.wordClass("place-verb")
    example = lexicon.wordClass("place-example")
    copula = lexicon.wordClass("place-copula")
    verb = lexicon.wordClass("verb").union(placeVerb)
    lookalike = lexicon.wordClass("verb-lookalike")
    nameWord = lexicon.wordClass("name-word")
    adverbs = lexicon.wordClass("focus").union(lexicon.wordClass("adverb"))
    determiners = lexicon.wordClass("numeral").union(lexicon.wordClass("count-classifier"))
    country = lexicon.wordClass("sub-country")
    origins = ListRows.words(of: "prepositions", columns: ["form", "role"], in: lexicon) { $0.text(1) == "from" }
    var prefixes: [Prefix] = []
    for entry in lexicon.rows(table: "morphology") {
      guard let kind = lexicon.cellBytes(entry, "kind").first, kind == UInt8(ascii: "p") else { continue }
      let voice: Voice =
        switch lexicon.cellBytes(entry, "voice").first {
        case UInt8(ascii: "a"): .active
        case UInt8(ascii: "p"): .passive
        default: .other
        }
      prefixes.append(Prefix(letters: Array(lexicon.cellBytes(entry, "form")), voice: voice))
    }
    prefixes.sort { $0.letters.count > $1.letters.count }
    self.prefixes = prefixes
  }

  /// The use of the place at `start..<end`, given that of the place before it.
  func use(
    _ start: Int, _ end: Int, last: (end: Int, use: PlaceUse)?, _ document: borrowing Document, _ context: EntityContext
  ) -> PlaceUse {
    if let last, let use = takenOver(from: last, start, end, document, context) { return use }
    let hasHead = context[start].starts.contains(.placeHead) && end - start > 1
    var before = start - 1
    if before < 0 || context[start].begin != 0 { return asSubject(start, end, hasHead, document, context) }
    // `pukul 19.00 waktu Jepang`
    if words.has(.time, before, start, document) { return .modifier }
    // `menang 2-0 atas Malaysia`, `kalah 0-2 dari Malaysia`: who plays.
    if context.isSport, context[before].ends.contains(.preposition), isCountry(start, end, document),
      isOpponent(start, document, context)
    {
      return .actor
    }
    // Past designators and direction words: `di wilayah Suriah`, `di utara Aleppo`.
    var steps = 0
    while before > 0, steps < 2, isDesignator(before, document, context) {
      before -= 1
      steps += 1
    }
    if steps > 0, isSeveral(before, document, context) { return .modifier }
    if steps > 0 || hasHead { return behindDesignator(before, start, hasHead, last: last?.end, document, context) }
    return behindWord(before, end, document, context)
  }

  /// Enumerations and appositions take over the use of the place before: `Aleppo, Idlib dan Raqqa`, `Ciawi, Kabupaten Bogor`.
  private func takenOver(
    from last: (end: Int, use: PlaceUse), _ start: Int, _ end: Int, _ document: borrowing Document,
    _ context: EntityContext
  ) -> PlaceUse? {
    guard last.end < start, start - last.end <= 2, context[start].begin == 0 else { return nil }
    let mark = document.tokens.kind[last.end]
    if mark == TokenKind.comma || mark == TokenKind.openParen {
      return last.use == .modifier && end - start > 1 ? .place : last.use
    }
    guard start - last.end == 1 else { return nil }
    if context[last.end].starts.contains(.conjunction) { return last.use }
    // `tol Bogor - Ciawi`, `hubungan Jepang - Rusia`
    guard mark == TokenKind.hyphen || mark == TokenKind.dash, context.datelineEnd < last.end else { return nil }
    return last.use == .modifier && !isCountry(start, end, document) ? .place : last.use
  }

  /// The use of a place with a designator, or behind words for places: that of the noun, if one stands before them at `before`.
  private func behindDesignator(
    _ before: Int, _ start: Int, _ hasHead: Bool, last: Int?, _ document: borrowing Document, _ context: EntityContext
  ) -> PlaceUse {
    let cues = context[before].ends
    // `warga desa Sukamaju`: a noun before the designator.
    let isNoun =
      context[before].form == WordForm.small && context[before].begin == 0
      || !cues.isDisjoint(with: CueSet.personTitle)
    // "Kadis Pariwisata Provinsi Riau"
    let isOffice =
      hasHead && context[before].form == WordForm.capital && context[before].begin == 0
      && document.tokens.kind[before] == TokenKind.word && last != start
      && cues.isDisjoint(with: [.placeHead, .direction])
    if isOffice { return .modifier }
    // `menyusuri Sungai Kenanga`
    return isNoun && cues.isDisjoint(with: [.preposition, .conjunction, .functionWord, .verb, .speech])
      && (!cues.isDisjoint(with: CueSet.personTitle) || voice(before, document, context) == nil)
      ? .modifier : .place
  }

  /// The use of a place without a designator, by the token `before` it.
  private func behindWord(
    _ before: Int, _ end: Int, _ document: borrowing Document, _ context: EntityContext
  ) -> PlaceUse {
    let start = before + 1
    let cues = context[before].ends
    if cues.contains(.placePreposition) { return .place }
    if let use = asExample(before, end, document, context) { return use }
    if document.tokens.kind[before] != TokenKind.word {
      return followsAbbreviation(before, document, context)
        ? .modifier : asSubject(start, end, false, document, context)
    }
    if cues.contains(.preposition) {
      // `memutar MELALUI Semarang`, `berbatasan dengan Polandia`
      return classes(before, document).intersects(placeVerb)
        || before > 0 && classes(before - 1, document).intersects(placeVerb) ? .place : .actor
    }
    if !cues.isDisjoint(with: [.conjunction, .functionWord]) { return asSubject(start, end, false, document, context) }
    if cues.contains(.speech) { return .actor }
    if cues.isDisjoint(with: CueSet.personTitle), let voice = voice(before, document, context) {
      if voice == .other || classes(before, document).intersects(placeVerb) { return .place }
      // `dikuasai Israel`; what is done to a country is mostly done to its people, to a city only where it does something itself:
      // `memperindah Manado`, but `mendesak Manado membuka`.
      let isObject = voice == .active && !isCountry(start, end, document) && verb(behind: end, document, context) == nil
      return isObject ? .place : .actor
    }
    // `wilayah udara Eropa`, `daerah pemilihan Lampung`
    if before > 0, context[before].form == WordForm.small, context[before - 1].form == WordForm.small,
      isArea(before - 1, document, context)
    {
      return .place
    }
    return .modifier
  }

  /// Whether the preposition before the country at `start` says who the other team was.
  private func isOpponent(_ start: Int, _ document: borrowing Document, _ context: EntityContext) -> Bool {
    let before = start - 1
    if words.has(.club, before, start, document) {
      return before == 0 || !context[before - 1].ends.contains(.placePreposition)
    }
    guard context[before].ends.contains(.placePreposition), origins.contains(document.tokens.id[before]) else {
      return false
    }
    var k = before - 1
    while k >= max(0, before - Self.farthestResult), context[k].form != WordForm.capital {
      if document.matchRange(at: k).contains(where: { Int(document.matches[$0].end) <= before }),
        words.has(.result, k, k + 1, document) || words.has(.result, k, k + 2, document)
      {
        return true
      }
      // `unggul tiga angka dari petenis asal Belgia`
      if context[k].begin != 0 || origins.contains(document.tokens.id[k]) { return false }
      k -= 1
    }
    return false
  }

  /// The use of a place that nothing before it tells: that of its clause's subject.
  private func asSubject(
    _ start: Int, _ end: Int, _ hasHead: Bool, _ document: borrowing Document, _ context: EntityContext
  ) -> PlaceUse {
    guard let verb = verb(behind: end, document, context) else { return .place }
    if classes(verb, document).intersects(copula) { return isPlace(verb, document, context) ? .place : .actor }
    // `Bali dipilih`, `Tugu Kujang diresmikan`; of countries nearly always their people or government are meant.
    if voice(verb, document, context) == .passive, context[verb].starts.isDisjoint(with: .speech) {
      return hasHead || !isCountry(start, end, document) ? .place : .actor
    }
    return .actor
  }

  /// The use of a place behind `seperti`, `termasuk` and the like at `k`: that of the noun it is an example of; nil where
  /// no noun for places stands before them.
  private func asExample(_ k: Int, _ end: Int, _ document: borrowing Document, _ context: EntityContext) -> PlaceUse? {
    guard classes(k, document).intersects(example) else { return nil }
    let low = max(0, k - Self.farthestNoun)
    var isFound = false
    var i = k - 1
    while i >= low, context[i].begin == 0 || isFound {
      if context[i].ends.contains(.placePreposition), isFound { return .place }
      if isDesignator(i, document, context) || classes(i, document).intersects(placeNoun) {
        isFound = true
      } else if context[i].form != WordForm.small, context[i].kind != TokenKind.comma || i < k - 1 {
        break
      }
      i -= 1
    }
    guard isFound else { return nil }
    return verb(behind: end, document, context) == nil ? .place : .actor
  }

  /// The verb or word of speech of which the place before `end` can be the subject.
  private func verb(behind end: Int, _ document: borrowing Document, _ context: EntityContext) -> Int? {
    let count = document.tokens.count
    var i = end
    // `AS dan Iran berunding`
    if i + 1 < count, context[i].starts.contains(.conjunction), context[i + 1].runEnd > 0, context[i + 1].begin == 0 {
      i = Int(context[i + 1].runEnd)
    }
    let high = min(count, i + 4)
    while i < high, context[i].begin == 0 {
      if !context[i].starts.isDisjoint(with: [.verb, .speech]) || voice(i, document, context) != nil { return i }
      guard
        !context[i].starts.isDisjoint(with: [.functionWord, .calendar]) || classes(i, document).intersects(adverbs)
      else { return nil }
      i += 1
    }
    return nil
  }

  /// Whether the first noun behind a copula says the kind of a place: `menjadi salah satu kota tertua`; not
  /// `menjadi tuan rumah`.
  private func isPlace(_ copula: Int, _ document: borrowing Document, _ context: EntityContext) -> Bool {
    var i = copula + 1
    let high = min(document.tokens.count, i + 4)
    while i < high, context[i].begin == 0, context[i].form == WordForm.small {
      if isDesignator(i, document, context) || classes(i, document).intersects(placeNoun) { return true }
      guard context[i].starts.contains(.functionWord) || classes(i, document).intersects(determiners) else {
        return false
      }
      i += 1
    }
    return false
  }

  /// Whether the designator behind token `i` is doubled or counted: `negara-negara Eropa`, `kedua negara Teluk`.
  private func isSeveral(_ i: Int, _ document: borrowing Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    guard i > 0, i + 1 < tokens.count else { return false }
    if tokens.kind[i] == TokenKind.hyphen { return tokens.id[i - 1] == tokens.id[i + 1] }
    // "tikungan kedua sirkuit Melati" is no count.
    return classes(i, document).intersects(determiners) && !context[i].ends.contains(.placePreposition)
      && (context[i].begin != 0 || context[i - 1].form != WordForm.small
        || !context[i - 1].ends.isDisjoint(with: [.preposition, .conjunction, .functionWord, .verb, .speech]))
  }

  /// Whether an office or body and its abbreviation stand before the place: `Perdana Menteri (PM) | Inggris`, `Dinas Pariwisata (Dispar) | Riau`.
  private func followsAbbreviation(_ close: Int, _ document: borrowing Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    guard close > 2, tokens.kind[close] == TokenKind.closeParen, tokens.kind[close - 1] == TokenKind.word,
      tokens.kind[close - 2] == TokenKind.openParen
    else { return false }
    var noun = close - 3
    guard context[close - 1].form != WordForm.small,
      context[noun].form == WordForm.capital || !context[noun].ends.isDisjoint(with: CueSet.personTitle)
    else { return false }
    // "di Gedung Kesenian Melati (GKM) Solok": a house.
    while noun > 0, context[noun].form == WordForm.capital, context[noun].begin == 0 { noun -= 1 }
    return !context[noun].ends.contains(.placePreposition)
  }

  /// Whether the word at `i` is a designator or direction word in small letters.
  private func isDesignator(_ i: Int, _ document: borrowing Document, _ context: EntityContext) -> Bool {
    context[i].form == WordForm.small
      && (!context[i].ends.isDisjoint(with: [.placeHead, .direction])
        || classes(i, document).intersects(directionNoun))
  }

  /// Whether the word at `i` is a designator that stands outside all names: `wilayah`, `kawasan`.
  private func isArea(_ i: Int, _ document: borrowing Document, _ context: EntityContext) -> Bool {
    guard context[i].ends.contains(.placeHead) else { return false }
    var isArea = false
    for m in document.matchRange(at: i) where Int(document.matches[m].end) == i + 1 {
      lexicon.forEachListing(at: document.matches[m].state) { listing in
        // `inside` is `no`
        isArea = isArea || lexicon.cellBytes(listing.entry, "inside").first == UInt8(ascii: "n")
        return !isArea
      }
    }
    return isArea
  }

  private func isCountry(_ start: Int, _ end: Int, _ document: borrowing Document) -> Bool {
    for m in document.matchRange(at: start) where Int(document.matches[m].end) == end {
      if lexicon.classes(at: document.matches[m].state).intersects(country) { return true }
    }
    return false
  }

  private func classes(_ i: Int, _ document: borrowing Document) -> ClassSet {
    lexicon.classes(ofWord: document.tokens.id[i])
  }

  /// The voice of the verb at `i`; nil for other words. A verb without a prefix has none of the two.
  private func voice(_ i: Int, _ document: borrowing Document, _ context: EntityContext) -> Voice? {
    guard context[i].form == WordForm.small else { return nil }
    let tokens = document.tokens
    let classes = classes(i, document)
    let isListed =
      classes.intersects(verb) || classes.intersects(nameWord) && words.has(.deed, i, i + 1, document)
    let (start, count) = (Int(tokens.start[i]), Int(tokens.end[i]) - Int(tokens.start[i]))
    if !isListed, !classes.isEmpty || count < Self.shortestVerb { return nil }
    for prefix in prefixes where prefix.letters.count < count {
      if document.bytes[start..<start + prefix.letters.count].elementsEqual(prefix.letters) {
        return classes.intersects(lookalike) ? nil : prefix.voice
      }
    }
    return isListed ? .other : nil
  }
}
