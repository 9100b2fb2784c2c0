/// Numbers that count nothing.
extension QuantityFinder {
  /// The token in front of which a name cue must end: before a dot ("No. 3", "Jl. 5").
  func nameEnd(before start: Int) -> Int {
    tokens.kindAt(start - 1) == TokenKind.period && tokens.attached(start - 1) ? start - 1 : start
  }

  /// Whether the number belongs to a name, law, address, document, date, clock time, plate or list.
  func isCode(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    let isDigits = number.isPlainDigits
    if number.traits.contains(.leadingZero) { return true }
    // "juara liga tiga kali", but "Liga 1 kali ini"
    if !isDigits, let times = text.cue(at: end, .alone), text.cue(at: times.end, .back) == nil { return false }
    let cueEnd = nameEnd(before: start)
    if let hit = text.cue(endingAt: cueEnd, [.name, .nameDigits, .clock, .month, .year, .weekday]) {
      if hit.cue.roles.contains(.name) || hit.cue.roles.contains(.clock) { return true }
      if isDigits, !number.traits.contains(.grouped) {
        // "ke level 71,408": no name has a decimal.
        // "soal 36 orang": a word for things that are counted
        if hit.cue.roles.contains(.nameDigits), !number.traits.contains(.commaGroup), !items.startsClassifier(at: end),
          cueEnd == start || !opensSentence(start)
        {
          return true
        }
        if hit.cue.roles.contains(.month), tokens.isCapitalized(hit.start) { return true }
        if hit.cue.roles.contains(.year), number.traits.contains(.digits), isYear(number) || isCalendarYearWord(hit) {
          return true
        }
      }
    }
    // "seri - 8", where spaces have parted what a hyphen joins
    if isDigits, tokens.kindAt(start - 1) == TokenKind.hyphen, !tokens.attached(start), !tokens.attached(start - 1),
      text.cue(endingAt: start - 1, [.name, .nameDigits]) != nil
    {
      return true
    }
    // "Detasemen Khusus (Densus) 88", but "magnitudo (M) 6,2"
    if isDigits, tokens.kindAt(start - 1) == TokenKind.closeParen,
      let hit = text.cue(endingAt: start - 1, [.name, .nameDigits]),
      tokens.kindAt(hit.start - 1) == TokenKind.openParen,
      text.cue(endingAt: beforeAbbreviation(start), .magnitude) == nil
    {
      return true
    }
    if isDigits, let hit = text.cue(at: end, [.code, .month]) {
      if hit.cue.roles.contains(.code) || tokens.isCapitalized(end) { return true }
    }
    guard isDigits else { return false }
    if isMinute(number) || isDecade(number) { return true }
    // "pukul setengah 6"
    if numberWords.at(tokens.idAt(start - 1)).role == .half { return true }
    return isListMark(number) || isPlate(number) || isTelephone(number) || isPartOfCode(number)
  }

  /// "tahun 5" is a year of something; "sejak 40 pabrik" counts.
  private func isCalendarYearWord(_ hit: NumberText.CueHit) -> Bool {
    text.unit(at: hit.start, afterDigits: false)?.unit.kind == .time
  }

  /// Four digits from 1900 to 2099, once or on both ends.
  func isYear(_ number: Number) -> Bool {
    guard number.isPlainDigits, !number.traits.contains(.grouped), let low = number.low.smallInteger,
      let high = number.high.smallInteger
    else { return false }
    return low >= 1900 && low < 2100 && high < 2100
  }

  /// "1. ", "(4)", "3)" at the beginning of a line; a number alone in brackets.
  private func isListMark(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    let before = tokens.kindAt(start - 1)
    let behind = tokens.kindAt(end)
    if before == TokenKind.openParen, behind == TokenKind.closeParen { return !isResult(number) }
    let beginsLine = start == 0 || tokens.gapAt(start) >= TokenGap.line
    if beginsLine, tokens.attached(end), behind == TokenKind.period || behind == TokenKind.closeParen { return true }
    guard number.form == .single, tokens.attached(end), tokens.length(start) <= 2 else { return false }
    // "Hadir: 1) Rina; 2) Budi, dan 3) Wati"
    if behind == TokenKind.closeParen {
      return (opensMember(start) || text.cue(endingAt: start, .and) != nil) && !isInBracket(start)
    }
    guard behind == TokenKind.period else { return false }
    // "petani 3. 20-22 Mei 2018: panen"
    if tokens.isNumber(end + 1), tokens.gapAt(end + 1) == TokenGap.space { return true }
    // "… (3/5/2021).4. Syarat", "jadwalnya: 1. Aceh", "12 anggota2. Klub": a line break was lost in front of it.
    guard tokens.isCapitalized(end + 1) else { return false }
    return isSentenceEnd(before) || tokens.attached(start) && before == TokenKind.word
      || tokens.gapAt(end + 1) == TokenGap.space && isNumbered(start)
  }

  /// Whether a bracket that is open there stands close before token `i`.
  private func isInBracket(_ i: Int) -> Bool {
    let mark = (max(0, i - 40)..<i).last {
      tokens.kind[$0] == TokenKind.openParen || tokens.kind[$0] == TokenKind.closeParen
    }
    return mark.map { tokens.kind[$0] == TokenKind.openParen } ?? false
  }

  /// Whether the mark before the digits at `start`, or the one behind them, stands nearby: `Melati 40 anggota 2. Mawar 30 anggota 3. Anggrek`.
  private func isNumbered(_ start: Int) -> Bool {
    guard let value = smallNumber(start) else { return false }
    for i in max(0, start - 30)..<min(tokens.count, start + 30)
    where i != start && tokens.kind[i] == TokenKind.number && tokens.kindAt(i + 1) == TokenKind.period {
      guard tokens.length(i) <= 2, tokens.attached(i + 1), tokens.isCapitalized(i + 2), let other = smallNumber(i)
      else {
        continue
      }
      if other == (i < start ? value - 1 : value + 1) { return true }
    }
    return false
  }

  /// The value of one or two digits.
  private func smallNumber(_ i: Int) -> Int? {
    var value = 0
    for byte in text.bytes[Int(tokens.start[i])..<Int(tokens.end[i])].prefix(2) {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  private func isSentenceEnd(_ kind: UInt8) -> Bool {
    switch kind {
    case TokenKind.period, TokenKind.colon, TokenKind.closeParen, TokenKind.quote, TokenKind.closeQuote,
      TokenKind.question,
      TokenKind.exclamation, TokenKind.semicolon:
      return true
    default: return false
    }
  }

  /// "B 1234 XYZ".
  private func isPlate(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    guard number.form == .single, tokens.length(start) <= 4, isCapitals(start - 1, atMost: 2),
      isCapitals(end, atMost: 3)
    else { return false }
    return text.unit(at: end, afterDigits: true) == nil
  }

  /// "F 1976 MP": a plate that ends like a unit.
  func isPlate(_ number: Number, unitEnd: Int) -> Bool {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    return number.span.count == 1 && number.isPlainDigits && tokens.length(start) == 4 && unitEnd == end + 1
      && !tokens.attached(end) && isCapitals(start - 1, atMost: 2) && isCapitals(end, atMost: 3)
  }

  /// "Marketing 4W PT Otoraya", "Jet Angkasa 9W 569": one digit and one capital between names or numbers are a department or flight, not watts or
  /// degrees.
  func isModel(_ number: Number, unitEnd: Int) -> Bool {
    let (start, end) = (Int(number.span.start), Int(number.span.end))
    return number.span.count == 1 && number.isPlainDigits && tokens.length(start) == 1 && unitEnd == end + 1
      && tokens.length(end) == 1 && tokens.attached(end) && isCapitals(end, atMost: 1)
      && (tokens.isNumber(unitEnd) || tokens.isWord(unitEnd) && tokens.isCapitalized(unitEnd))
      && tokens.gapAt(unitEnd) == TokenGap.space && isNamePart(start - 1) && !opensSentence(start - 1)
  }

  private func isCapitals(_ i: Int, atMost: Int) -> Bool {
    tokens.isWord(i) && tokens.length(i) <= atMost && tokens.shape[i] & TokenShape.hasLower == 0
  }

  private func isTelephone(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    if tokens.kindAt(start - 1) == TokenKind.plus, tokens.attached(start) { return true }
    // "21 5551234": digits side by side; "25-18 22-25" are sets of a match.
    if tokens.isNumber(start - 1), tokens.gapAt(start) == TokenGap.space {
      return !(number.traits.contains(.hyphen) && last?.kind == .score && last.map { Int($0.span.end) } == start)
    }
    return number.traits.contains(.hyphen) && tokens.length(start) >= 3 && tokens.length(end - 1) >= 3
      && items.item(at: end).span.isNone && !hasScoreCue(before: start)
  }

  /// Marks that tie the number to something: "-6.2", "6°", "46/PUU".
  private func isPartOfCode(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    if tokens.attached(start), tokens.kindAt(start - 1) == TokenKind.hyphen, tokens.gapAt(start - 1) == TokenGap.space {
      return true
    }
    // "panjangnya ,5": what is left of a number that was lost.
    if tokens.attached(start), tokens.kindAt(start - 1) == TokenKind.comma, tokens.gapAt(start - 1) == TokenGap.space {
      return true
    }
    guard tokens.attached(end) else { return false }
    switch tokens.kindAt(end) {
    case TokenKind.word: return text.cue(at: end, .alone) == nil
    case TokenKind.slash, TokenKind.degree, TokenKind.apostrophe, TokenKind.hyphen: return true
    // "tuntutan 17+8"
    case TokenKind.plus: return tokens.isNumber(end + 1) && tokens.attached(end + 1)
    default: return false
    }
  }

  /// "era 90-an", "'80-an": the years of a decade.
  private func isDecade(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    guard number.traits.contains(.approximate), number.form == .single, tokens.isNumber(start),
      tokens.length(start) == 2
    else { return false }
    switch tokens.kindAt(start - 1) {
    case TokenKind.apostrophe, TokenKind.openSingleQuote, TokenKind.closeSingleQuote: return true
    default: return text.cue(endingAt: start, .year) != nil
    }
  }

  /// "(60 ')", "(90 + 1 ')": the minute of a match, with a mark behind it that stands apart.
  func isMinute(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    var end = Int(number.span.end)
    guard number.form == .single, number.isPlainDigits, number.span.count == 1, tokens.length(start) <= 3 else {
      return false
    }
    let before = tokens.kindAt(start - 1)
    // "menit ke-90 + 4"
    if before == TokenKind.plus, let last, last.kind == .ordinal, Int(last.span.end) == start - 1 { return true }
    guard
      before == TokenKind.openParen || before == TokenKind.comma || before == TokenKind.plus
        || tokens.isCapitalized(start - 1)
    else { return false }
    if tokens.kindAt(end) == TokenKind.plus, tokens.isNumber(end + 1) { end += 2 }
    switch tokens.kindAt(end) {
    case TokenKind.apostrophe, TokenKind.openSingleQuote, TokenKind.closeSingleQuote: return true
    default: return false
    }
  }

  /// Whether the number is one of the shirts of a line-up: `1 - Rudi Hartawan; 21 - Budi Santoso`, and without hyphens before persons.
  func isShirt(_ number: Number, isBeforePerson: Bool) -> Bool {
    let start = Int(number.span.start)
    guard number.form == .single, number.isPlainDigits, number.span.count == 1, let name = shirtName(start),
      name > start + 1 || isBeforePerson, opensMember(start)
    else { return false }
    var k = name
    while k < min(tokens.count, name + 14), tokens.gapAt(k) < TokenGap.line || k == name {
      if opensMember(k), shirtName(k) != nil { return true }
      k += 1
    }
    k = start - 1
    while k >= 0, start - k < 14, tokens.gapAt(k + 1) < TokenGap.line {
      if tokens.isNumber(k), opensMember(k), shirtName(k) != nil { return true }
      k -= 1
    }
    return false
  }

  /// Whether a mark of a list stands before token `i`, or nothing.
  private func opensMember(_ i: Int) -> Bool {
    if i == 0 || tokens.gapAt(i) >= TokenGap.line { return true }
    switch tokens.kindAt(i - 1) {
    case TokenKind.comma, TokenKind.semicolon, TokenKind.colon, TokenKind.openParen: return true
    default: return false
    }
  }

  /// Where the name of a player begins behind the one or two digits at `i`, over a hyphen between spaces.
  private func shirtName(_ i: Int) -> Int? {
    guard tokens.isNumber(i), tokens.length(i) <= 2 else { return nil }
    var name = i + 1
    if tokens.kindAt(name) == TokenKind.hyphen || tokens.kindAt(name) == TokenKind.dash, !tokens.attached(name) {
      name += 1
    }
    return tokens.isCapitalized(name) && tokens.gapAt(name) == TokenGap.space ? name : nil
  }

  /// "6°12'", "116,5 ° BT".
  func isCoordinate(_ hit: NumberText.UnitHit) -> Bool {
    if tokens.attached(hit.end), tokens.isNumber(hit.end) { return true }
    return text.cue(at: hit.end, .code) != nil
  }

  /// The last word of a count: whether its number is one at all.
  func isCount(_ number: Number, _ item: ItemReader.Item, _ quantity: inout Quantity) -> Bool {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    if item.isAlone {
      // "1x24 jam", "12,5 x 8,4 x 3,1 cm"
      if tokens.isNumber(item.end), tokens.length(item.end - 1) == 1 { return false }
    }
    if tokens.isWord(start - 1), tokens.length(start - 1) == 1, text.cue(at: start - 1, .alone) != nil { return false }
    if number.traits.contains(.digits) { return isDigitCount(number, item) }
    if isCapitalInText(start) { return false }
    // "Kasusnya kembali nol."
    if number.low == .zero, number.form == .single, item.span.isNone { return false }
    // "satu" counts only as a real number.
    if number.low == ExactDecimal(1), number.form == .single, !number.traits.contains(.scaled) {
      guard item.span.isNone else { return !(tokens.attached(end) && tokens.kindAt(end) == TokenKind.hyphen) }
      return text.cue(at: end, [.share, .fate]) != nil || isFollowedByPreposition(end)
    }
    // A capital inside a sentence: "Simpang Lima".
    if tokens.isCapitalized(start), start > 0, !opensSentence(start), isNamePart(start - 1), item.span.isNone {
      return false
    }
    return true
  }

  /// "film Hujan dalam Empat Babak", "program BBM Satu Harga": a number word with a capital behind another word, in a line that is no headline.
  private func isCapitalInText(_ start: Int) -> Bool {
    guard tokens.isCapitalized(start), tokens.isWord(start - 1), tokens.gapAt(start) == TokenGap.space,
      !tokens.isAllCaps(start)
    else { return false }
    return hasSmallWords(around: start)
  }

  /// Whether a word near `start`, in its line, is written with a small letter, other than "di", "dan", "yang": then it is no headline.
  private func hasSmallWords(around start: Int) -> Bool {
    for k in max(0, start - 10)..<min(tokens.count, start + 10) where tokens.isWord(k) && !tokens.isCapitalized(k) {
      if !words.isFunctionWord(at: k, in: text) { return !(min(k, start)..<max(k, start)).contains { endsLine($0) } }
    }
    return false
  }

  /// Whether a sentence or line ends at token `k`.
  private func endsLine(_ k: Int) -> Bool {
    isSentenceEnd(tokens.kindAt(k)) && tokens.kindAt(k) != TokenKind.quote || tokens.gapAt(k + 1) >= TokenGap.line
  }

  private func isFollowedByPreposition(_ end: Int) -> Bool {
    tokens.isWord(end) && words.isPreposition(at: end, in: text) && words.kind(at: end + 1, in: text) != .noun
  }

  private func isDigitCount(_ number: Number, _ item: ItemReader.Item) -> Bool {
    let start = Int(number.span.start)
    let isBare = !number.traits.contains(.scaled) && !number.traits.contains(.grouped)
    guard isBare else { return true }
    let isWhole =
      number.low.normalized.exponent >= 0 || number.traits.contains(.fraction) || number.traits.contains(.commaGroup)
    if item.span.isNone, !isWhole || isVersion(number) { return false }
    // News groups the thousands of what it counts; five digits in a row are a code.
    if item.span.isNone, number.form == .single, tokens.length(start) >= 5, !isBridged(start) { return false }
    if number.form == .single, tokens.length(start) >= 9 { return false }
    let isClassified = items.startsClassifier(at: Int(number.span.end))
    if isYear(number), item.span.isNone || !isBridged(start) && !isClassified { return false }
    if item.span.isNone, number.form == .single, isBehindHyphen(start) { return false }
    let isUnnamed = item.span.isNone || tokens.isCapitalized(Int(item.span.start))
    // "jaringan 5 G LTE", "layar 4 K"
    if !item.span.isNone, items.isLetter(Int(item.span.start)) { return false }
    if isUnnamed, number.form == .single, goesOnWithName(start) { return false }
    if !isClassified, isNamePart(start - 1), tokens.gapAt(start) <= TokenGap.space {
      return isShareOfEntity(number, item)
    }
    return true
  }

  /// "Partai Melati 14 kursi", "Rina 16 poin": a name that is whole without the number, and things behind it that can be counted.
  private func isShareOfEntity(_ number: Number, _ item: ItemReader.Item) -> Bool {
    let first = Int(item.span.start)
    return names.endsBefore && number.form == .single && !item.span.isNone && !tokens.isCapitalized(first)
      && first == Int(number.span.end) && tokens.gapAt(first) == TokenGap.space
  }

  /// "Grup 3, 4, dan 6": the first number of the list belongs to a name.
  private func goesOnWithName(_ start: Int) -> Bool {
    var k = start - 1
    var isList = false
    while k > 0, start - k < 16 {
      if tokens.isNumber(k), isList {
        if text.cue(endingAt: k, [.name, .nameDigits]) != nil { return true }
        isList = false
      } else if tokens.kindAt(k) == TokenKind.comma || text.cue(at: k, [.and, .range]) != nil {
        isList = true
      } else {
        return false
      }
      k -= 1
    }
    return false
  }

  /// "Melati - 2", "u - 21", "Anggrek–8": spaces have parted a name from its number.
  private func isBehindHyphen(_ start: Int) -> Bool {
    let hyphen = start - 1
    guard tokens.kindAt(hyphen) == TokenKind.hyphen || tokens.kindAt(hyphen) == TokenKind.dash,
      tokens.isWord(hyphen - 1),
      tokens.gapAt(hyphen) <= TokenGap.space, tokens.attached(hyphen) == tokens.attached(start)
    else { return false }
    return tokens.isCapitalized(hyphen - 1) || tokens.length(hyphen - 1) <= 2
  }

  /// "4.0"
  private func isVersion(_ number: Number) -> Bool {
    let end = Int(number.span.end)
    guard number.span.count == 3, tokens.kindAt(end - 2) == TokenKind.period, tokens.length(end - 1) == 1 else {
      return false
    }
    return text.bytes[Int(tokens.start[end - 1])] == 0x30
  }

  /// Whether a verb, a modifier or a bridge stands in front of the number, as before something counted.
  private func isBridged(_ start: Int) -> Bool {
    text.cue(endingAt: start, [.before, .single, .bridge]) != nil || words.isVerb(at: start - 1, in: text)
  }

  /// Whether the word at `i` is a name, so that a number behind it is its part: "Boeing 737", "Apollo 11".
  func isNamePart(_ i: Int) -> Bool {
    guard tokens.isWord(i), tokens.isCapitalized(i) else { return false }
    // "GA 410": capitals among small letters are a name, even where they look like a word.
    if tokens.isAllCaps(i), tokens.length(i) <= 4, i == 0 || !tokens.isAllCaps(i - 1), !tokens.isAllCaps(i + 2) {
      return true
    }
    if text.cue(endingAt: i + 1, [.before, .loose, .single, .bridge]) != nil { return false }
    if words.isVerb(at: i, in: text) || words.isFunctionWord(at: i, in: text) { return false }
    // "Polisi BIDIK 12 Kapal Asing"
    if words.isHeadlineVerb(at: i, in: text), !hasSmallWords(around: i) { return false }
    // At the beginning of a sentence a word that is seldom a name is none.
    if opensSentence(i) || i == 0 {
      let tendency = text.lexicon.caseTendency(ofWord: tokens.idAt(i))
      if tendency > 0, tendency <= 3, !tokens.isAllCaps(i) { return false }
    }
    return true
  }
}

extension PhraseWords {
  func isPreposition(at i: Int, in text: NumberText) -> Bool {
    text.tokens.isWord(i) && text.lexicon.classes(ofWord: text.tokens.idAt(i)).intersects(prepositions)
  }
}
