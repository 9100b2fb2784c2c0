/// Reads temporal expressions from tokens; what day they are is the resolver's work.
///
///     Senin (9/11/2015) pukul 14.30 WIB   →   day 9, month 11, year 2015, weekday 1, 14:30, UTC+7
///
/// Each rule looks at the token where it begins and a bounded number of tokens behind it.
///
/// **Cost.** Bounded work per word of the calendar and per number.
struct TimeGrammar {
  let vocabulary: CalendarVocabulary
  let lexicon: Lexicon
  let tokens: TokenTable
  let bytes: [UInt8]
  let matches: [Match]
  let matchIndex: [UInt32]
  let classes: WordClasses

  /// The classes of the words around a time that decide what it is.
  struct WordClasses: Sendable {
    let person: ClassSet
    let place: ClassSet
    let speech: ClassSet
    let verb: ClassSet
    let pronoun: ClassSet
    let negation: ClassSet
    /// Words that lead a phrase or clause: relatives, prepositions, conjunctions.
    let leading: ClassSet

    init(lexicon: Lexicon) {
      person = lexicon.wordClass("name-per")
      place = lexicon.wordClass("name-loc")
      speech = lexicon.wordClass("speech")
      verb = lexicon.wordClass("verb")
      pronoun = lexicon.wordClass("pronoun")
      negation = lexicon.wordClass("negation")
      leading = lexicon.wordClass("relative").union(lexicon.wordClass("preposition"))
        .union(lexicon.wordClass("conjunction"))
    }
  }

  /// A word of the calendar at some token, and the token behind it.
  struct Hit {
    var index: Int
    var end: Int
  }

  @inline(__always) var count: Int { tokens.count }

  /// The longest word or phrase of the calendar that begins at `i`.
  @inline(__always)
  func hit(_ i: Int) -> Hit {
    guard i >= 0, i < tokens.count else { return Hit(index: 0, end: i) }
    let code = vocabulary.byID[Int(tokens.id[i])]
    if code & CalendarVocabulary.startsPhrase == 0, !vocabulary.hasUserWords {
      return Hit(index: Int(code & CalendarVocabulary.indexMask), end: i + 1)
    }
    return phrase(i, code)
  }

  func phrase(_ i: Int, _ code: UInt16) -> Hit {
    let from = Int(matchIndex[i])
    var m = Int(matchIndex[i + 1])
    while m > from {
      m -= 1
      let match = matches[m]
      if Int(match.end) == i + 1, !vocabulary.hasUserWords { break }
      var index = 0
      lexicon.forEachListing(at: match.state) { listing in
        index = vocabulary.index(of: listing.entry)
        return index == 0
      }
      // "Ia tinggal dua hari. Jadi …" has no "hari jadi".
      if index != 0, !crossesSentence(i, Int(match.end)) { return Hit(index: index, end: Int(match.end)) }
    }
    return Hit(index: Int(code & CalendarVocabulary.indexMask), end: i + 1)
  }

  /// Whether a sentence ends inside a phrase: the matcher passes over the dots of abbreviations.
  private func crossesSentence(_ i: Int, _ end: Int) -> Bool {
    guard end > i + 2 else { return false }
    for k in (i + 1)..<(end - 1) where tokens.kind[k] == TokenKind.period {
      if !tokens.attached(k + 1), tokens.isCapitalized(k + 1) { return true }
    }
    return false
  }

  /// The single word at `i`, whatever phrases begin there.
  func single(_ i: Int) -> Int {
    guard i >= 0, i < tokens.count else { return 0 }
    return Int(vocabulary.byID[Int(tokens.id[i])] & CalendarVocabulary.indexMask)
  }

  func word(_ hit: Hit) -> CalendarWord { vocabulary.words[hit.index] }

  @inline(__always)
  func roles(_ hit: Hit) -> TimeRole { hit.index == 0 ? [] : vocabulary.words[hit.index].roles }

  /// Whether an expression may go on with token `i`: it exists and no paragraph ends before it.
  @inline(__always)
  func goesOn(_ i: Int) -> Bool { i < tokens.count && tokens.gap[i] < TokenGap.paragraph }

  /// The word at `i` when the expression may go on there.
  @inline(__always)
  func next(_ i: Int) -> Hit { goesOn(i) ? hit(i) : Hit(index: 0, end: i) }

  func kind(_ i: Int) -> UInt8 { goesOn(i) ? tokens.kind[i] : TokenKind.other }

  /// The value of a number of at most `digits` digits.
  func number(_ i: Int, digits: ClosedRange<Int> = 1...9) -> Int? {
    guard i >= 0, tokens.isNumber(i), digits.contains(tokens.length(i)) else { return nil }
    var value = 0
    for k in Int(tokens.start[i])..<Int(tokens.end[i]) {
      let digit = Int(bytes[k]) - 48
      guard digit >= 0, digit < 10 else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  func byte(_ i: Int) -> UInt8 { bytes[Int(tokens.start[i])] }

  /// Whether a sentence or line begins at `i`, or a quotation.
  func startsSentence(_ i: Int) -> Bool {
    guard i > 0, tokens.gap[i] < TokenGap.line else { return true }
    switch tokens.kind[i - 1] {
    case TokenKind.period, TokenKind.ellipsis, TokenKind.question, TokenKind.exclamation, TokenKind.colon,
      TokenKind.quote,
      TokenKind.openQuote, TokenKind.openParen, TokenKind.bullet, TokenKind.dash:
      return true
    default: return false
    }
  }

  /// Whether token `i` is glued to a number, a code or a word before it.
  func isGluedBefore(_ i: Int) -> Bool {
    guard tokens.attached(i) else { return false }
    switch tokens.kind[i - 1] {
    case TokenKind.openParen, TokenKind.openBracket, TokenKind.quote, TokenKind.openQuote, TokenKind.openSingleQuote,
      TokenKind.apostrophe, TokenKind.dash, TokenKind.colon, TokenKind.closeParen, TokenKind.bullet, TokenKind.asterisk:
      return false
    case TokenKind.comma:
      return tokens.attached(i - 1) && tokens.isNumber(i - 2) && !(tokens.length(i) == 4 && tokens.length(i - 2) == 4)
    case TokenKind.period: return tokens.attached(i - 1) && tokens.isNumber(i - 2)
    default: return true
    }
  }

  /// Whether the number that ends before token `i` goes on there (`10.11.20.15`, `2015-1998`, `12A`).
  func isGluedAfter(_ i: Int) -> Bool {
    guard i < tokens.count, tokens.attached(i) else { return false }
    switch tokens.kind[i] {
    case TokenKind.number, TokenKind.percent: return true
    case TokenKind.comma:
      // "1979,1980" are two years.
      return tokens.attached(i + 1) && tokens.isNumber(i + 1)
        && !(tokens.length(i + 1) == 4 && tokens.length(i - 1) == 4)
    case TokenKind.period, TokenKind.slash, TokenKind.hyphen, TokenKind.colon:
      return tokens.attached(i + 1) && tokens.isNumber(i + 1)
    default: return false
    }
  }

  /// The word that ends directly before `i` with one of `roles`, looking back at most three tokens.
  func before(_ i: Int, _ wanted: TimeRole) -> Hit? {
    var at = i - 1
    while at >= 0, at >= i - 3 {
      let hit = hit(at)
      if hit.end == i, !roles(hit).isDisjoint(with: wanted) { return hit }
      if tokens.gap[at] >= TokenGap.line || tokens.kind[at] > TokenKind.otherWord && tokens.kind[at] != TokenKind.hyphen
      {
        return nil
      }
      at -= 1
    }
    return nil
  }

  // MARK: Entry

  /// The expression that begins at `i`, or `nil`; a phrase that is no date gives a reading with `span` none and the token
  /// where to go on in `skip`.
  ///
  /// - Parameter last: Token behind the expression before it.
  func reading(at i: Int, last: Int, skip: inout Int) -> TimeReading? {
    if tokens.isNumber(i) {
      guard tokens.length(i) == 4 || mayFollowNumber(i + 1) else { return nil }
      guard var found = numberStart(i) ?? dayInBrackets(i, last) else { return nil }
      finish(&found, i)
      return found
    }
    let hit = hit(i)
    guard hit.index != 0 else { return nil }
    let word = word(hit)
    if word.onlyCounts, !mayFollowNumber(hit.end) { return nil }
    if word.roles.contains(.notDate) {
      skip = hit.end
      return nil
    }
    guard var found = wordStart(i, hit, word) else { return nil }
    finish(&found, i)
    return found
  }

  /// Whether a time may go on behind a number: with a mark, or a word of the calendar. Most numbers count something else.
  func mayFollowNumber(_ i: Int) -> Bool {
    guard i < tokens.count else { return false }
    let kind = tokens.kind[i]
    guard kind == TokenKind.word else { return kind >= TokenKind.period && kind != TokenKind.percent }
    if tokens.length(i) == 1 { return true }
    return vocabulary.hasUserWords || vocabulary.byID[Int(tokens.id[i])] != 0
  }

  /// Sets the word before the expression that says how exact it is.
  private func finish(_ reading: inout TimeReading, _ i: Int) {
    if reading.mod == .none, reading.base != .set, reading.base != .reference, let hit = before(i, .mod) {
      reading.mod = word(hit).mod
    }
  }

  func numberStart(_ i: Int) -> TimeReading? {
    // A reading is a large value: only those readers are asked that the next token leaves possible.
    let mark = kind(i + 1)
    let length = tokens.length(i)
    if mark == TokenKind.slash || mark == TokenKind.hyphen || mark == TokenKind.period, let reading = numericDay(i) {
      return dayTail(reading)
    }
    if mark == TokenKind.colon || mark == TokenKind.period, let reading = bareClock(i) { return reading }
    if length <= 2, mayEndDay(i + 1, mark), let reading = dayAndMonth(i) { return reading }
    if length == 4, let reading = decadeOrYear(i) { return reading }
    if length == 2, let reading = decadeOfEra(i) { return reading }
    return amountStart(i)
  }

  /// Whether a month, or a range or list of days before one, may begin at token `i`, which is of kind `kind`.
  private func mayEndDay(_ i: Int, _ kind: UInt8) -> Bool {
    switch kind {
    case TokenKind.period, TokenKind.hyphen, TokenKind.dash, TokenKind.comma: return true
    case TokenKind.word:
      let wanted: TimeRole = [.month, .hijriMonth, .to, .and]
      return !vocabulary.words[single(i)].roles.isDisjoint(with: wanted) || !roles(hit(i)).isDisjoint(with: wanted)
    default: return false
    }
  }

  /// The day in brackets behind another time: `hari ini (2/10)`.
  func dayInBrackets(_ i: Int, _ last: Int) -> TimeReading? {
    guard i > 0, tokens.kind[i - 1] == TokenKind.openParen, let reading = shortNumericDay(i),
      kind(Int(reading.span.end)) == TokenKind.closeParen
    else { return nil }
    return last == i - 1 || kind(i + 1) == TokenKind.slash && tokens.attached(i + 2) && mayDate(i - 1) ? reading : nil
  }

  /// Whether the bracket at `i` may hold a day without a weekday: `di Cilangkap, (16/1)`, `kepada Reuters (26/10)`, `waktu setempat
  /// (27/11)`; not a score or odds: `William 1 (5/6)`.
  private func mayDate(_ i: Int) -> Bool {
    guard i > 1, tokens.gap[i] == TokenGap.space else { return false }
    if tokens.kind[i - 1] == TokenKind.comma { return tokens.isWord(i - 2) }
    guard tokens.isWord(i - 1) else { return false }
    let roles = roles(Hit(index: single(i - 1), end: i))
    if !roles.isDisjoint(with: [.part, .preposition, .weekday]) { return true }
    return tokens.isCapitalized(i - 1) && tokens.length(i - 1) > 2 || before(i, .zone) != nil
  }

  func wordStart(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    let roles = word.roles
    if roles.contains(.each), let reading = each(i, hit) { return reading }
    if roles.contains(.per), let reading = per(i, hit) { return reading }
    if roles.contains(.set) { return setReading(TokenSpan(i, hit.end), word.setUnit, .whole(1), size: 1) }
    if roles.contains(.weekday), let reading = weekdayOfSet(i, hit, word) ?? weekdayStart(i, hit, word) {
      return reading
    }
    if roles.contains(.clock), let reading = introducedClock(i, hit) { return reading }
    if roles.contains(.date), let reading = introducedDay(i, hit) { return reading }
    if roles.contains(.once), let reading = once(i, hit) { return reading }
    if roles.contains(.weekend) { return weekend(i, hit) }
    if roles.contains(.edge), let reading = edge(i, hit, word) { return reading }
    if roles.contains(.period), let reading = period(i, hit, word) { return reading }
    if roles.contains(.season), let reading = season(i, hit, word) { return reading }
    if roles.contains(.holiday), let reading = holiday(i, hit, word) { return reading }
    if roles.contains(.hijriMonth), let reading = hijriMonth(i, hit, word) { return reading }
    if roles.contains(.month), let reading = monthStart(i, hit, word) { return reading }
    if roles.contains(.deictic) { return deictic(i, hit, word) }
    if roles.contains(.reference), let reading = reference(i, hit, word) { return reading }
    if !roles.isDisjoint(with: [.earlierToday, .laterToday]), let reading = todayPart(i, hit, word) { return reading }
    if roles.contains(.part), let reading = dayPart(i, hit, word) { return reading }
    if roles.contains(.yearWord), let reading = introducedYear(i, hit.end) { return reading }
    if roles.contains(.countdown), let reading = countdown(i, hit) { return reading }
    if roles.contains(.unit), let reading = unitStart(i, hit, word) { return reading }
    if !roles.isDisjoint(with: [.numeral, .half, .vague]), let reading = amountStart(i) { return reading }
    return nil
  }
}
