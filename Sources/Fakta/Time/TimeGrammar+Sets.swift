/// Recurring times: `setiap hari`, `tiap Senin`, `per bulan`.
extension TimeGrammar {
  func setReading(_ span: TokenSpan, _ unit: TimeUnit, _ amount: TimeAmount, size: Int) -> TimeReading {
    var reading = TimeReading()
    reading.base = .set
    reading.span = span
    reading.amounts.0 = amount
    reading.units.0 = unit
    reading.sizes.0 = Int16(truncatingIfNeeded: size)
    reading.pieces = 1
    return reading
  }

  /// `setiap hari`, `tiap Senin`, `setiap dua tahun`, `setiap pagi`, `setiap 17 Agustus`, `setiap akhir pekan`, `setiap Natal`.
  func each(_ i: Int, _ hit: Hit) -> TimeReading? {
    var at = hit.end
    guard goesOn(at) else { return nil }
    var following = self.hit(at)
    var word = word(following)
    if word.roles.contains(.weekend) { return recurring(TokenSpan(i, following.end)) { $0.unit = .week } }
    if word.roles.contains(.unit), word.unit == .day || word.unit == .month, word.amount == 0 {
      let inner = next(following.end)
      let innerWord = self.word(inner)
      if word.unit == .day, innerWord.roles.contains(.weekday) {
        at = following.end
        following = inner
        word = innerWord
      } else if word.unit == .month, let month = month(following.end) {
        return recurring(TokenSpan(i, month.end)) { $0.month = Int8(month.month) }
      }
    }
    if word.roles.contains(.weekday), word.isFull,
      !word.roles.contains(.unit) || tokens.isCapitalized(at) || at > hit.end
    {
      return recurringDay(i, following, word)
    }
    if word.roles.contains(.clock), goesOn(following.end) {
      var reading = recurring(TokenSpan(i, following.end)) { _ in }
      if let end = clock(following.end, introduced: true, into: &reading), reading.endHour < 0 {
        reading.span.end = Int32(end)
        return reading
      }
    }
    // "setiap MALAMNYA", which elsewhere is that of the day before it
    if word.roles.contains(.part) || word.roles.contains(.deictic) && word.isFocus && word.part != .none {
      return recurring(TokenSpan(i, following.end)) { $0.part = word.part }
    }
    if word.roles.contains(.date), let value = number(following.end, digits: 1...2), value >= 1, value <= 31 {
      let month = month(following.end + 1)
      return recurring(TokenSpan(i, month?.end ?? following.end + 1)) {
        $0.day = Int8(value)
        $0.month = Int8(month?.month ?? 0)
      }
    }
    if let value = number(at, digits: 1...2), value >= 1, value <= 31, let month = month(at + 1) {
      return recurring(TokenSpan(i, month.end)) {
        $0.day = Int8(value)
        $0.month = Int8(month.month)
      }
    }
    if word.roles.contains(.month), word.isFull, tokens.isCapitalized(at) {
      return recurring(TokenSpan(i, following.end)) { $0.month = word.month }
    }
    if word.roles.contains(.holiday), let reading = recurringHoliday(i, at, following, word) { return reading }
    if word.roles.contains(.unit), word.amount == 0, !word.isShort {
      // "setiap Hari Raya": what begins with a capital is a day of its own.
      if tokens.isCapitalized(at), !tokens.isCapitalized(i) { return nil }
      return setReading(TokenSpan(i, following.end), word.unit, .whole(1), size: Int(word.unitSize))
    }
    guard let amount = amount(at), !amount.amount.isVague else { return nil }
    let unit = self.unit(amount.end)
    let unitWord = self.word(unit)
    guard unitWord.roles.contains(.unit), unitWord.amount == 0, !unitWord.isSetOnly else { return nil }
    let end = roles(next(unit.end)).contains(.once) ? next(unit.end).end : unit.end
    return setReading(TokenSpan(i, end), unitWord.unit, amount.amount, size: Int(unitWord.unitSize))
  }

  /// The weekday `hit` of an expression that begins at `i`, every week, with its part of the day or its hour: `setiap Senin malam`, `setiap
  /// Jumat pukul 20.45 WIB`.
  private func recurringDay(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading {
    let part = part(hit.end)
    var reading = recurring(TokenSpan(i, part?.end ?? hit.end)) {
      $0.weekday = word.weekday
      $0.part = part?.part ?? .none
    }
    var timed = reading
    guard part == nil, let end = clock(behindDay: hit.end, into: &timed), timed.endHour < 0 else { return reading }
    reading = timed
    reading.span.end = Int32(end)
    return reading
  }

  /// `setiap Natal`, `setiap Lebaran`: the day where our calendar fixes it, else once a year.
  private func recurringHoliday(_ i: Int, _ at: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    guard let found = holiday(at, hit, word), !found.hasYear, found.yearOffset == TimeReading.unknown, found.shift == []
    else { return nil }
    guard case .fixed(let month, let day) = vocabulary.holidays[Int(word.holiday)].rule else {
      return setReading(TokenSpan(i, hit.end), .year, .whole(1), size: 1)
    }
    return recurring(TokenSpan(i, hit.end)) {
      $0.month = Int8(month)
      $0.day = Int8(day)
    }
  }

  /// A weekday at `i` that goes on with a list of recurring ones: `setiap Senin dan | KAMIS`, `setiap Senin, | RABU dan | SABTU`, `setiap
  /// Sabtu - | MINGGU`; not one with a date of its own.
  func weekdayOfSet(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    guard word.isFull, tokens.isCapitalized(i), let joint = joint(before: i) else { return nil }
    // "setiap Senin, Rabu ia pulang": a comma joins only what goes on as a list.
    if tokens.kind[i - 1] == TokenKind.comma, !goesOnWithWeekday(hit.end) { return nil }
    var at = joint
    var members = 0
    while members < 6 {
      var day = at - 1
      guard day > 0, vocabulary.words[single(day)].roles.contains(.weekday) else { return nil }
      if vocabulary.words[single(day - 1)].unit == .day { day -= 1 }
      if day > 0, vocabulary.words[single(day - 1)].roles.contains(.each) { break }
      guard let earlier = self.joint(before: day) else { return nil }
      at = earlier
      members += 1
    }
    guard members < 6 else { return nil }
    var dated = TimeReading()
    if date(behindWeekday: hit.end, into: &dated) != nil { return nil }
    let shift = next(hit.end)
    if shift.index != 0, !self.word(shift).shifts.isDisjoint(with: [.past, .this, .next]) { return nil }
    return recurringDay(i, hit, word)
  }

  /// Where the joint of a list or range begins right before token `i`: a mark, a word, `, dan`.
  private func joint(before i: Int) -> Int? {
    guard i > 1, tokens.gap[i] < TokenGap.line else { return nil }
    let kind = tokens.kind[i - 1]
    if kind == TokenKind.comma || kind == TokenKind.hyphen || kind == TokenKind.dash { return i - 1 }
    guard !vocabulary.words[single(i - 1)].roles.isDisjoint(with: [.and, .to]) else { return nil }
    return tokens.kind[i - 2] == TokenKind.comma ? i - 2 : i - 1
  }

  /// Whether a joint and another weekday stand at `i`.
  private func goesOnWithWeekday(_ i: Int) -> Bool {
    var at = i
    if kind(at) == TokenKind.comma { at += 1 }
    if !vocabulary.words[single(at)].roles.isDisjoint(with: [.and, .to]) { at += 1 }
    return at > i && goesOn(at) && vocabulary.words[single(at)].roles.contains(.weekday)
  }

  func recurring(_ span: TokenSpan, _ fill: (inout TimeReading) -> Void) -> TimeReading {
    var reading = TimeReading()
    reading.base = .set
    reading.span = span
    fill(&reading)
    return reading
  }

  /// `per hari`, `per - bulan`; not `km per jam`, `per tahun 2015`.
  func per(_ i: Int, _ hit: Hit) -> TimeReading? {
    var at = hit.end
    if kind(at) == TokenKind.hyphen || kind(at) == TokenKind.dash { at += 1 }
    let following = next(at)
    let word = word(following)
    guard word.roles.contains(.unit), word.amount == 0, !word.unit.isClock, !word.isShort else { return nil }
    if tokens.isNumber(following.end), goesOn(following.end) { return nil }
    if !word.roles.contains(.weekday), !roles(next(following.end)).isDisjoint(with: [.month, .weekday]) { return nil }
    if word.roles.contains(.weekday), tokens.isCapitalized(at) { return nil }
    if let offset = Self.offset(of: self.word(next(following.end)).shifts), offset != 0 { return nil }
    return setReading(TokenSpan(i, following.end), word.unit, .whole(1), size: Int(word.unitSize))
  }
}
