/// Times that lean on the day of the report or on another time: `kemarin`, `pekan lalu`, `akhir tahun`, `kuartal III`.
extension TimeGrammar {
  /// `hari ini`, `kemarin sore`, `besok pukul 10.00 WIB`, `keesokan harinya`.
  func deictic(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading {
    var reading = TimeReading()
    reading.base = .offset
    reading.unit = .day
    reading.offset = Int32(word.offset)
    reading.isFocus = word.isFocus
    reading.part = word.part
    var at = hit.end
    if reading.part == .none, let part = part(at) {
      reading.part = part.part
      at = part.end
    }
    reading.span = TokenSpan(i, at)
    if let end = clock(behindDay: at, into: &reading) { reading.span.end = Int32(end) }
    return reading
  }

  func reference(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    if word.meansFirst, !meansOnce(i, hit.end) { return nil }
    var reading = TimeReading()
    reading.base = .reference
    reading.reference = word.reference
    reading.span = TokenSpan(i, hit.end)
    return reading
  }

  /// Whether `dulu` at `i` is a time, "once", and not "first": it opens a sentence or a clause (`Dulu, …`, `sejak dulu`, `yang dulu
  /// menjabat`), or stands between subject and verb (`Budi dulu bekerja`); not behind what is to be done (`tunggu hasilnya dulu`).
  private func meansOnce(_ i: Int, _ end: Int) -> Bool {
    guard i > 0, tokens.gap[i] < TokenGap.line, !startsSentence(i) else { return true }
    guard tokens.isWord(i - 1) else { return tokens.kind[i - 1] != TokenKind.closeParen }
    let before = lexicon.classes(ofWord: tokens.id[i - 1])
    if before.intersects(classes.leading) { return true }
    if !vocabulary.words[single(i - 1)].shifts.isDisjoint(with: [.this, .that]) { return true }
    guard goesOn(end), tokens.isWord(end) else { return false }
    if before.intersects(classes.pronoun) { return true }
    return tokens.isCapitalized(i - 1) && !before.intersects(classes.verb.union(classes.negation))
  }

  /// `tadi pagi`, `nanti malam`.
  func todayPart(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    guard let part = part(hit.end) else { return nil }
    var reading = TimeReading()
    reading.base = .offset
    reading.unit = .day
    reading.part = part.part
    reading.span = TokenSpan(i, part.end)
    return dayTail(reading)
  }

  /// `siang tadi`, `malam ini`, `pagi itu`, `sejak pagi`, `dini hari`.
  func dayPart(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    var reading = TimeReading()
    reading.part = word.part
    reading.span = TokenSpan(i, hit.end)
    let shift = next(hit.end)
    let shiftWord = self.word(shift)
    if shift.index != 0, !tokens.isCapitalized(i) || startsSentence(i) {
      reading.base = .offset
      reading.unit = .day
      reading.span.end = Int32(shift.end)
      if shiftWord.roles.contains(.earlierToday) || shiftWord.shifts.contains(.this)
        || shiftWord.roles.contains(.laterToday)
      {
        return dayTail(reading)
      }
      if shiftWord.shifts.contains(.that) {
        reading.isFocus = true
        return reading
      }
      if shiftWord.roles.contains(.deictic), shiftWord.offset != 0, !shiftWord.isFocus {
        reading.offset = Int32(shiftWord.offset)
        return reading
      }
    }
    reading.span.end = Int32(hit.end)
    reading.base = .clock
    reading.offset = 0
    guard !tokens.isCapitalized(i) || startsSentence(i) else { return nil }
    guard word.part == .dawn || before(i, .preposition) != nil else { return nil }
    return reading
  }

  /// `akhir pekan`, `akhir pekan lalu`.
  func weekend(_ i: Int, _ hit: Hit) -> TimeReading {
    var reading = TimeReading()
    reading.base = .weekend
    reading.unit = .week
    let shift = next(hit.end)
    reading.span = TokenSpan(i, hit.end)
    if shift.index != 0, let offset = Self.offset(of: word(shift).shifts) {
      reading.offset = Int32(offset)
      reading.span.end = Int32(shift.end)
    }
    return reading
  }

  /// `awal 2015`, `pertengahan Oktober`, `akhir tahun ini`, `akhir tahun`, `akhir 1990-an`, `awal abad ke-20`.
  func edge(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    let at = hit.end
    guard goesOn(at), let inner = innerOfEdge(at), !endsPlace(i, hit) else { return nil }
    var reading = inner
    reading.mod = word.mod
    reading.span.start = Int32(i)
    return reading
  }

  /// `Pilkada Jawa | TENGAH 2018`: whether the word is the last one of a listed place.
  private func endsPlace(_ i: Int, _ hit: Hit) -> Bool {
    guard i > 0, tokens.isCapitalized(i), tokens.isCapitalized(i - 1) else { return false }
    return (Int(matchIndex[i - 1])..<Int(matchIndex[i])).contains {
      Int(matches[$0].end) == hit.end && lexicon.classes(at: matches[$0].state).intersects(classes.place)
    }
  }

  func innerOfEdge(_ at: Int) -> TimeReading? {
    if tokens.isNumber(at) {
      if let value = number(at, digits: 4...4), value % 10 == 0, isDecadeEnding(at + 1) != nil {
        return decadeOrYear(at)
      }
      guard let reading = yearOrRange(at), !isGluedAfter(Int(reading.span.end)) else { return nil }
      return monthTail(reading)
    }
    let hit = hit(at)
    let word = word(hit)
    if word.roles.contains(.month), let reading = monthStart(at, hit, word) { return reading }
    if word.roles.contains(.hijriMonth), let reading = hijriMonth(at, hit, word) { return reading }
    if word.roles.contains(.period), let reading = period(at, hit, word) { return reading }
    if word.roles.contains(.season), let reading = season(at, hit, word) { return reading }
    if word.roles.contains(.yearWord), let reading = introducedYear(at, hit.end) { return reading }
    guard word.roles.contains(.unit), word.amount == 0, !word.unit.isClock, !word.isShort, !word.isSetOnly,
      word.unit != .day
    else { return nil }
    if let reading = unitStart(at, hit, word) { return reading }
    guard word.unitSize == 1 else { return nil }
    var reading = TimeReading()
    reading.base = .offset
    reading.unit = word.unit
    reading.span = TokenSpan(at, hit.end)
    return reading
  }

  /// `kuartal III 2015`, `triwulan I tahun 2014`, `semester II tahun ini`, `kuartal lalu`, `paruh akhir 2015`; not the `paruh kedua` of a match.
  func period(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    var reading = TimeReading()
    reading.base = .period
    reading.periodParts = word.periodParts
    guard let ordinal = ordinal(hit.end, roman: true) ?? spelled(hit.end) ?? half(hit.end, word), ordinal.value >= 1,
      ordinal.value <= Int(word.periodParts)
    else {
      return word.needsYear ? nil : shiftedPeriod(i, hit.end, reading)
    }
    reading.ordinal = Int16(ordinal.value)
    var at = ordinal.end
    if kind(at) == TokenKind.hyphen || kind(at) == TokenKind.slash || kind(at) == TokenKind.dash,
      year(at + 1, bracketed: false) != nil
    {
      at += 1
    }
    let end = yearBehindMonth(at, into: &reading)
    if !reading.hasYear, reading.yearOffset == TimeReading.unknown {
      if word.needsYear { return nil }
      // "semester pertama INI", "kuartal I LALU"
      let shift = next(ordinal.end)
      let isShifted = shift.index != 0 && Self.offset(of: self.word(shift).shifts).map { $0 <= 0 } == true
      reading.span = TokenSpan(i, isShifted ? shift.end : ordinal.end)
      return reading
    }
    reading.span = TokenSpan(i, end)
    return reading.hasYear ? monthTail(reading) : reading
  }

  /// `kuartal lalu`, and of the one that the text spoke of `kuartal sebelumnya`, `kuartal tersebut`; not `tiga kuartal sebelumnya`.
  private func shiftedPeriod(_ i: Int, _ end: Int, _ reading: TimeReading) -> TimeReading? {
    let shift = next(end)
    guard shift.index != 0 else { return nil }
    var reading = reading
    reading.span = TokenSpan(i, shift.end)
    let shifts = self.word(shift).shifts
    if let offset = Self.offset(of: shifts) {
      reading.offset = Int32(offset)
      return reading
    }
    guard !shifts.isDisjoint(with: [.earlier, .that]), before(i, .numeral) == nil, i == 0 || !tokens.isNumber(i - 1),
      !roles(next(shift.end)).contains(.unit)
    else { return nil }
    reading.isFocus = true
    reading.offset = shifts.contains(.earlier) ? -1 : 0
    return reading
  }

  /// Which half of a year `awal` or `akhir` at `i` says: `paruh AWAL 2015`.
  private func half(_ i: Int, _ word: CalendarWord) -> (value: Int, end: Int)? {
    let edge = next(i)
    guard word.needsYear, roles(edge).contains(.edge), self.word(edge).mod != .mid else { return nil }
    return (self.word(edge).mod == .start ? 1 : Int(word.periodParts), edge.end)
  }

  /// `musim panas 2017`, `musim gugur tahun lalu`, `musim semi mendatang`; not the season of every year, nor `Olimpiade Musim Dingin`.
  func season(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    guard !tokens.isCapitalized(hit.end - 1), !tokens.isCapitalized(i) || startsSentence(i) else { return nil }
    var reading = TimeReading()
    reading.base = .season
    reading.ordinal = Int16(word.periodParts)
    reading.span = TokenSpan(i, yearBehindMonth(hit.end, into: &reading))
    if reading.hasYear || reading.yearOffset != TimeReading.unknown { return monthTail(reading) }
    reading = monthTail(reading)
    return reading.shift == [] ? nil : reading
  }

  /// `III`, `3`, `ketiga`, `ke-3` at `i`.
  func ordinal(_ i: Int, roman: Bool) -> (value: Int, end: Int)? {
    guard goesOn(i) else { return nil }
    if let value = number(i, digits: 1...2),
      !isGluedAfter(i + 1) || kind(i + 1) == TokenKind.hyphen || kind(i + 1) == TokenKind.slash
    {
      return (value, i + 1)
    }
    let hit = hit(i)
    let word = word(hit)
    if word.numeral == .ordinal { return (Int(word.number), hit.end) }
    if word.numeral == .to {
      let at = kind(hit.end) == TokenKind.hyphen ? hit.end + 1 : hit.end
      if let value = number(at, digits: 1...2) { return (value, at + 1) }
      if let value = self.roman(at) { return (value, at + 1) }
      if let value = spelled(at) { return value }
      return nil
    }
    if roman, let value = self.roman(i) { return (value, i + 1) }
    return nil
  }

  /// The value of a roman number of capitals up to 39.
  func roman(_ i: Int) -> Int? {
    guard goesOn(i), tokens.isWord(i), tokens.length(i) <= 6 else { return nil }
    var total = 0
    var last = 0
    for k in (Int(tokens.start[i])..<Int(tokens.end[i])).reversed() {
      let value: Int
      switch bytes[k] {
      case UInt8(ascii: "I"): value = 1
      case UInt8(ascii: "V"): value = 5
      case UInt8(ascii: "X"): value = 10
      default: return nil
      }
      total += value < last ? -value : value
      last = max(last, value)
    }
    return total > 0 ? total : nil
  }

  // MARK: Units

  /// What begins with the name of a unit: `hari Senin`, `bulan Maret 2011`, `tahun 2015`, `abad ke-20`, `pekan lalu`, `sehari`.
  func unitStart(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    guard !word.isSetOnly else { return nil }
    // "tahun-tahun sebelumnya"
    if tokens.attached(i), tokens.kind[i - 1] == TokenKind.hyphen { return nil }
    let at = hit.end
    if word.amount != 0 {
      return amountTail(i, at, first: word.amount > 0 ? .whole(1) : .vague, word)
    }
    guard !word.isShort || word.roles.contains(.era) || word.unit != .day else { return nil }
    let following = next(at)
    let followingWord = self.word(following)
    switch word.unit {
    case .day:
      if followingWord.roles.contains(.weekday) {
        return weekdayStart(at, Hit(index: following.index, end: following.end), followingWord, from: i)
      }
      return nil
    case .month:
      if followingWord.roles.contains(.month) || month(at) != nil { return monthAfterWord(i, at) }
      if followingWord.roles.contains(.hijriMonth) {
        guard var reading = hijriMonth(at, following, followingWord, introduced: true) else { return nil }
        reading.span.start = Int32(i)
        return reading
      }
    case .year:
      if word.unitSize == 100 { return century(i, at) ?? shiftedUnit(i, following, word) }
      // "dekade 1990"
      if word.unitSize == 10, let year = year(at, bracketed: false), year.year % 10 == 0, !isGluedAfter(year.end) {
        return decade(year.year / 10, TokenSpan(i, year.end))
      }
      if let reading = introducedYear(i, at) { return reading }
    default: break
    }
    return shiftedUnit(i, following, word)
  }

  func monthAfterWord(_ i: Int, _ at: Int) -> TimeReading? {
    let hit = next(at)
    guard var reading = monthStart(at, hit, word(hit)) else { return nil }
    reading.span.start = Int32(i)
    return reading
  }

  /// `pekan lalu`, `bulan ini`, `tahun itu`, `tahun sebelumnya`.
  func shiftedUnit(_ i: Int, _ shift: Hit, _ word: CalendarWord) -> TimeReading? {
    guard shift.index != 0, !word.unit.isClock, word.unit != .day, word.unit != .none else { return nil }
    let shifts = self.word(shift).shifts
    var reading = TimeReading()
    reading.base = .offset
    reading.unit = word.unit
    reading.unitSize = word.unitSize
    reading.span = TokenSpan(i, shift.end)
    if let offset = Self.offset(of: shifts) {
      if offset == 0, closesAge(i, shift.end, word) { return nil }
      reading.offset = Int32(offset)
    } else if shifts.contains(.that) {
      // "pria 32 tahun itu"
      if i > 0, tokens.isNumber(i - 1) || before(i, .numeral) != nil { return nil }
      // "bulan yang sama tahun lalu": which month, the year does not say.
      if roles(next(shift.end)).contains(.unit) { return nil }
      reading.isFocus = true
    } else if shifts.contains(.earlier) {
      reading.isFocus = true
      reading.offset = -1
    } else if shifts.contains(.after) {
      reading.isFocus = true
      reading.offset = 1
    } else {
      return nil
    }
    if reading.unitSize > 1, reading.unitSize != 10, reading.unitSize != 100 { return nil }
    return reading
  }

  /// Whether `tahun ini` at `i` closes somebody's age: `penyanyi berusia 25 TAHUN INI`, `pelatih 66 TAHUN INI`; but `Cinema 21 tahun
  /// ini`, `kloter 2 tahun ini`.
  private func closesAge(_ i: Int, _ end: Int, _ word: CalendarWord) -> Bool {
    guard i > 1, word.unit == .year, tokens.isNumber(i - 1), number(i - 1, digits: 1...3) != nil else { return false }
    return isAge(i - 1, end, word)
  }

  /// `abad ke-20`, `abad XVII`, `abad 21`.
  func century(_ i: Int, _ at: Int) -> TimeReading? {
    guard let ordinal = ordinal(at, roman: true), ordinal.value >= 1, ordinal.value <= 30 else { return nil }
    var reading = TimeReading()
    reading.base = .century
    reading.ordinal = Int16(ordinal.value - 1)
    reading.span = TokenSpan(i, ordinal.end)
    return reading
  }
}
