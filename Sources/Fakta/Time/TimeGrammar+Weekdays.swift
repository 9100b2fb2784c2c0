/// Weekdays, what may follow a day, and clock times.
extension TimeGrammar {
  // MARK: Weekdays

  /// `Senin`, `Senin (9/11/2015)`, `Senin, 9 November`, `Senin pekan depan`, `Senin sampai Rabu pekan depan`, `Senin pagi`.
  ///
  /// - Parameter start: Where the expression begins, when `hari` stands before the weekday.
  func weekdayStart(_ i: Int, _ hit: Hit, _ word: CalendarWord, from start: Int? = nil) -> TimeReading? {
    var reading = TimeReading()
    reading.base = .weekday
    reading.weekday = word.weekday
    reading.span = TokenSpan(start ?? i, hit.end)
    var at = hit.end
    if !word.isFull, kind(at) == TokenKind.period, tokens.attached(at) { at += 1 }
    if let part = part(at) {
      reading.part = part.part
      at = part.end
    }
    if let end = date(behindWeekday: at, into: &reading) {
      reading.span.end = Int32(end)
      return dayTail(reading)
    }
    guard word.isFull, start != nil || mayStandAlone(i, hit, word) else { return nil }
    if reading.part != .none {
      reading.span.end = Int32(at)
      return dayTail(reading)
    }
    if let range = weekdayRange(reading, at) { return range }
    if let end = week(behindWeekday: at, into: &reading) {
      reading.span.end = Int32(end)
      if let end = date(behindWeekday: end, into: &reading) { reading.span.end = Int32(end) }
      return dayTail(reading)
    }
    return dayTail(reading)
  }

  /// Whether a weekday without a date is one: `minggu` with a small letter is a week, "Kamis Santoso" a person, "Jalan Sabtu"
  /// a street.
  private func mayStandAlone(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> Bool {
    if word.roles.contains(.unit) {
      guard tokens.isCapitalized(i), !tokens.isAllCaps(i) || !word.roles.contains(.unit) else { return false }
      // "Minggu depan" at the beginning of a sentence is a week as often as a day.
      let shift = self.word(next(hit.end)).shifts
      if startsSentence(i), !shift.isDisjoint(with: [.past, .this, .next]) { return false }
    }
    if tokens.attached(i), i > 0, tokens.kind[i - 1] == TokenKind.hyphen || tokens.kind[i - 1] == TokenKind.slash {
      return false
    }
    if i > 0, tokens.gap[i] < TokenGap.line, tokens.isWord(i - 1) {
      let role = roles(Hit(index: single(i - 1), end: i))
      if role.contains(.honorific), !role.contains(.preposition) { return false }
    }
    return !isNameBehind(hit.end, startsSentence(i) && !isInsideLine(i))
  }

  private func isInsideLine(_ i: Int) -> Bool {
    i > 0 && tokens.gap[i] < TokenGap.line && tokens.kind[i - 1] == TokenKind.dash
  }

  /// `(9/11/2015)`, `, 9 November 2015`, ` tanggal 9 November` behind a weekday.
  private func date(behindWeekday at: Int, into reading: inout TimeReading) -> Int? {
    guard goesOn(at) else { return nil }
    var i = at
    if kind(i) == TokenKind.comma, kind(i + 1) == TokenKind.openParen { i += 1 }
    if kind(i) == TokenKind.openParen {
      guard let found = anyDay(i + 1, allowsHyphen: true) else { return nil }
      take(found, into: &reading)
      reading.isSlashed = kind(i + 2) == TokenKind.slash
      let end = Int(found.span.end)
      return kind(end) == TokenKind.closeParen ? end + 1 : end
    }
    if kind(i) == TokenKind.comma { i += 1 }
    let hit = next(i)
    if roles(hit).contains(.date) {
      i = hit.end
      if kind(i) == TokenKind.period, tokens.attached(i) { i += 1 }
    }
    guard goesOn(i), let found = anyDay(i, allowsHyphen: false), !found.isRange else { return nil }
    take(found, into: &reading)
    return Int(found.span.end)
  }

  /// A day in digits or words at `i`, without its tail.
  private func anyDay(_ i: Int, allowsHyphen: Bool) -> TimeReading? {
    guard goesOn(i) else { return nil }
    if let found = numericDay(i) { return found }
    if let found = shortNumericRange(i) { return found }
    if allowsHyphen || kind(i + 1) == TokenKind.slash, let found = shortNumericDay(i) { return found }
    let hit = hit(i)
    if roles(hit).contains(.date), let found = anyDay(hit.end, allowsHyphen: allowsHyphen) { return found }
    guard let first = number(i, digits: 1...2), first >= 1, first <= 31, !isGluedBefore(i) else { return nil }
    return dayAndMonthCore(i, first)
  }

  /// `7-8/11` or `7-8/11/2015`.
  private func shortNumericRange(_ i: Int) -> TimeReading? {
    guard let first = number(i, digits: 1...2), kind(i + 1) == TokenKind.hyphen || kind(i + 1) == TokenKind.dash,
      kind(i + 3) == TokenKind.slash,
      let found = numericDay(i + 2, afterRange: true) ?? shortNumericDay(i + 2), first >= 1, first < Int(found.day)
    else { return nil }
    var reading = found
    reading.isRange = true
    reading.endDay = found.day
    reading.endMonth = found.month
    reading.endYear = found.year
    reading.day = Int8(truncatingIfNeeded: first)
    reading.span.start = Int32(i)
    return reading
  }

  private func numericDay(_ i: Int, afterRange: Bool) -> TimeReading? {
    guard kind(i + 1) == TokenKind.slash, kind(i + 3) == TokenKind.slash, let d = number(i, digits: 1...2),
      let m = number(i + 2, digits: 1...2),
      let y = number(i + 4, digits: 4...4), y >= 1000, y < 3000, CivilCalendar.isDay(y, m, d), !isGluedAfter(i + 5)
    else { return nil }
    var reading = day(d, m, y)
    reading.span = TokenSpan(i, i + 5)
    return reading
  }

  private func take(_ found: TimeReading, into reading: inout TimeReading) {
    reading.base = .day
    reading.day = found.day
    reading.month = found.month
    reading.year = found.year
    reading.yearOffset = found.yearOffset
    reading.isRange = found.isRange
    reading.endDay = found.endDay
    reading.endMonth = found.endMonth
    reading.endYear = found.endYear
    reading.trim = found.trim
    if found.shift != [] { reading.shift = found.shift }
  }

  /// `pekan depan`, `, Minggu depan` behind a weekday.
  private func week(behindWeekday at: Int, into reading: inout TimeReading) -> Int? {
    var i = at
    if kind(i) == TokenKind.comma { i += 1 }
    let hit = next(i)
    let word = word(hit)
    guard word.roles.contains(.unit), word.unit == .week, word.amount == 0 else { return nil }
    let shift = next(hit.end)
    guard let offset = Self.offset(of: self.word(shift).shifts) else { return nil }
    reading.unit = .week
    reading.offset = Int32(offset)
    return shift.end
  }

  /// `Senin sampai Rabu`, `Senin-Jumat`, with or without a week.
  private func weekdayRange(_ reading: TimeReading, _ at: Int) -> TimeReading? {
    guard let to = rangeMark(at) else { return nil }
    let hit = next(to)
    let word = word(hit)
    guard word.roles.contains(.weekday), word.isFull else { return nil }
    var reading = reading
    reading.isRange = true
    reading.endWeekday = word.weekday
    if let end = week(behindWeekday: hit.end, into: &reading) {
      reading.span.end = Int32(end)
      return reading
    }
    var day = hit.end
    if kind(day) == TokenKind.comma { day += 1 }
    if goesOn(day), let first = number(day, digits: 1...2), first >= 1, let found = dayAndMonthCore(day, first),
      found.isRange
    {
      // "Senin-Rabu, 9-11 September 2019"
      take(found, into: &reading)
      reading.span.end = found.span.end
      return reading
    }
    guard kind(hit.end) == TokenKind.openParen, let found = shortNumericRange(hit.end + 1) else { return nil }
    take(found, into: &reading)
    let end = Int(found.span.end)
    reading.span.end = Int32(kind(end) == TokenKind.closeParen ? end + 1 : end)
    return reading
  }

  /// The part of the day at `i`.
  func part(_ i: Int) -> (part: DayPart, end: Int)? {
    let hit = next(i)
    guard roles(hit).contains(.part) else { return nil }
    return (word(hit).part, hit.end)
  }

  // MARK: Tails

  /// What may follow a day: a part of the day, a word that says which, a clock time.
  func dayTail(_ reading: TimeReading) -> TimeReading {
    var reading = reading
    var at = Int(reading.span.end)
    if reading.hasClock || reading.trim > 0 { return reading }
    if reading.part == .none, !reading.isRange, let part = part(at) {
      reading.part = part.part
      at = part.end
      if reading.base == .weekday, let end = dateInBrackets(at, into: &reading) { at = end }
      reading.span.end = Int32(at)
    }
    // "Minggu (28/5) dini hari WIB"
    if reading.part != .none, roles(next(at)).contains(.zone), word(next(at)).zone != CalendarWord.noZone {
      at = next(at).end
      reading.span.end = Int32(at)
    }
    let shift = next(at)
    let shifts = word(shift).shifts
    if shift.index != 0, reading.shift == [], !shifts.isDisjoint(with: [.past, .next, .this]), isShiftHere(shift),
      // "sejak 8 Oktober 2002 ini": the word belongs to what came before.
      !shifts.contains(.this) || reading.base == .weekday
        || reading.base == .day && (reading.weekday != 0 || !reading.hasYear)
    {
      reading.shift = shifts.contains(.past) ? .past : shifts.contains(.next) ? .next : .this
      if word(shift).roles.contains(.deictic) { reading.deixis = Int32(word(shift).offset) }
      at = shift.end
      reading.span.end = Int32(at)
      if reading.part == .none, let part = part(at) {
        reading.part = part.part
        at = part.end
        reading.span.end = Int32(at)
      }
      if reading.base == .weekday, let end = dateInBrackets(at, into: &reading) {
        at = end
        reading.span.end = Int32(at)
      }
    }
    if reading.base == .day, reading.shift == [], kind(at) != TokenKind.comma {
      var week = reading
      if let end = self.week(behindWeekday: at, into: &week) {
        at = end
        reading.span.end = Int32(at)
      }
    }
    if !reading.isRange, let end = clock(behindDay: at, into: &reading) { reading.span.end = Int32(end) }
    return reading
  }

  private func dateInBrackets(_ at: Int, into reading: inout TimeReading) -> Int? {
    guard kind(at) == TokenKind.openParen else { return nil }
    return date(behindWeekday: at, into: &reading)
  }

  /// `pukul 14.30 WIB`, `, sekitar pukul 16.45`, `14:30 WIB` behind a day.
  func clock(behindDay at: Int, into reading: inout TimeReading) -> Int? {
    var i = at
    if kind(i) == TokenKind.comma { i += 1 }
    let mod = next(i)
    var exactness = DateExpression.Mod.none
    if roles(mod).contains(.mod) {
      exactness = word(mod).mod
      i = mod.end
    }
    let hit = next(i)
    if roles(hit).contains(.clock), goesOn(hit.end) {
      guard let end = clock(hit.end, introduced: true, into: &reading) else { return nil }
      reading.mod = exactness
      return end
    }
    guard goesOn(i), tokens.isNumber(i), reading.base == .day else { return nil }
    var copy = reading
    guard let end = clock(i, introduced: false, into: &copy),
      kind(i + 1) == TokenKind.colon && exactness == .none || copy.zone != nil
    else { return nil }
    reading = copy
    reading.mod = exactness
    return end
  }

  // MARK: Clock times

  /// `pukul 14.30 WIB`, `jam 2 siang`, `pukul 18.20 WIB, Sabtu (7/11)`.
  func introducedClock(_ i: Int, _ hit: Hit) -> TimeReading? {
    var reading = TimeReading()
    reading.base = .clock
    var at = hit.end
    if kind(at) == TokenKind.period || kind(at) == TokenKind.colon, tokens.attached(at) { at += 1 }
    guard goesOn(at), let end = clock(at, introduced: true, into: &reading) else { return nil }
    reading.span = TokenSpan(i, end)
    return withDay(reading)
  }

  /// `14:30`, `14.30 WIB`, `08.00-10.00 WITA`.
  func bareClock(_ i: Int) -> TimeReading? {
    let mark = kind(i + 1)
    guard mark == TokenKind.colon || mark == TokenKind.period, tokens.attached(i + 1), tokens.attached(i + 2),
      tokens.isNumber(i + 2),
      !isGluedBefore(i) || mark == TokenKind.colon && tokens.isWord(i - 1),
      i == 0 || !tokens.attached(i) || !tokens.isNumber(i - 2) || tokens.isWord(i - 1)
    else { return nil }
    var reading = TimeReading()
    reading.base = .clock
    guard let end = clock(i, introduced: false, into: &reading) else { return nil }
    guard reading.zone != nil || mark == TokenKind.colon && tokens.length(i) == 2 else { return nil }
    reading.span = TokenSpan(i, end)
    return withDay(reading)
  }

  /// Reads hour, minute, part of the day, zone and the other end of a range.
  func clock(_ i: Int, introduced: Bool, into reading: inout TimeReading) -> Int? {
    guard let start = hour(i, introduced: introduced) else { return nil }
    var at = start.end
    reading.hour = Int8(truncatingIfNeeded: start.hour)
    reading.minute = Int8(truncatingIfNeeded: start.minute)
    reading.second = Int8(truncatingIfNeeded: start.second)
    if let to = rangeMark(at), goesOn(to), let last = hour(to, introduced: introduced),
      last.hasMinute || !start.hasMinute
    {
      let zone = next(last.end)
      if introduced || start.isColon || roles(zone).contains(.zone) {
        reading.endHour = Int8(truncatingIfNeeded: last.hour)
        reading.endMinute = Int8(truncatingIfNeeded: last.minute)
        at = last.end
      }
    }
    let part = next(at)
    if roles(part).contains(.part), !roles(part).contains(.notDate), !tokens.attached(at) {
      let word = word(part)
      if start.hour <= 12 {
        reading.hour = Int8(truncatingIfNeeded: Self.hour(start.hour, from: Int(word.partFrom), to: Int(word.partTo)))
        if reading.endHour >= 0 {
          reading.endHour = Int8(
            truncatingIfNeeded: Self.hour(Int(reading.endHour), from: Int(word.partFrom), to: Int(word.partTo)))
        }
      }
      at = part.end
    }
    var zone = next(at)
    if kind(at) == TokenKind.openParen, roles(next(at + 1)).contains(.zone) { zone = next(at + 1) }
    if roles(zone).contains(.zone) {
      let offset = word(zone).zone
      if offset != CalendarWord.noZone { reading.zone = offset }
      at = zone.end
      if kind(at) == TokenKind.closeParen, kind(at - 2) == TokenKind.openParen { at += 1 }
    } else if start.hasMinute, let offset = sharedZone(at) {
      reading.zone = offset
    }
    return at
  }

  /// The zone behind the other of two clock times: `09.00 atau 10.00 WIB`, `(09.00) dan 10.00 WIB`.
  private func sharedZone(_ at: Int) -> Int16? {
    var i = at
    var joined = false
    for _ in 0..<4 where !(joined && tokens.isNumber(i)) {
      let kind = kind(i)
      if kind == TokenKind.openParen || kind == TokenKind.closeParen || kind == TokenKind.comma {
        i += 1
        continue
      }
      let hit = next(i)
      guard !roles(hit).isDisjoint(with: [.and, .to]) else { break }
      joined = true
      i = hit.end
    }
    guard joined, goesOn(i), let other = hour(i, introduced: false), other.hasMinute else { return nil }
    let zone = next(other.end)
    guard roles(zone).contains(.zone), word(zone).zone != CalendarWord.noZone else { return nil }
    return word(zone).zone
  }

  /// The hour from 0 to 24 that goes with a part of the day: 2 at midday is 14, 11 is 11; 1 at night is 1.
  static func hour(_ hour: Int, from: Int, to: Int) -> Int {
    for candidate in [hour, hour + 12, hour + 24] where candidate >= from && candidate <= to {
      return candidate > 24 ? candidate - 24 : candidate == 24 && hour == 12 ? 0 : candidate
    }
    return hour
  }

  private struct Hour {
    var hour: Int
    var minute = 0
    var second = -1
    var end: Int
    var hasMinute = false
    var isColon = false
  }

  /// `14.30`, `14:30:15`, and where a word like `pukul` introduces it: `2`, `delapan`, `setengah tujuh`.
  private func hour(_ i: Int, introduced: Bool) -> Hour? {
    if let value = number(i, digits: 1...2) {
      guard value <= 24 else { return nil }
      let mark = kind(i + 1)
      if mark == TokenKind.period || mark == TokenKind.colon, tokens.attached(i + 1), tokens.attached(i + 2),
        let minute = number(i + 2, digits: 1...3)
      {
        guard tokens.length(i + 2) == 2, minute < 60, value < 24 || minute == 0 else { return nil }
        var hour = Hour(hour: value, minute: minute, end: i + 3, hasMinute: true, isColon: mark == TokenKind.colon)
        if kind(i + 3) == mark, tokens.attached(i + 3), tokens.attached(i + 4),
          let second = number(i + 4, digits: 2...2), second < 60
        {
          hour.second = second
          hour.end = i + 5
        }
        // "14.30-16.00" goes on with a hyphen.
        if isGluedAfter(hour.end), tokens.kind[hour.end] != TokenKind.hyphen { return nil }
        return hour
      }
      guard introduced, !isGluedAfter(i + 1) || kind(i + 1) == TokenKind.hyphen, !isCountedHour(i + 1) else {
        return nil
      }
      return Hour(hour: value, end: i + 1)
    }
    guard introduced else { return nil }
    let hit = next(i)
    if roles(hit).contains(.half),
      let amount = number(hit.end, digits: 1...2).map({ ($0, hit.end + 1) })
        ?? spelled(hit.end).map({ ($0.value, $0.end) }), amount.0 >= 1, amount.0 <= 12
    {
      let hour = amount.0 == 1 ? 12 : amount.0 - 1
      return Hour(hour: hour, minute: 30, end: amount.1, hasMinute: true)
    }
    guard let amount = spelled(i), amount.value >= 1, amount.value <= 24 else { return nil }
    return Hour(hour: amount.value, end: amount.end)
  }

  /// "jam 2 menit", "jam 10 orang": the number counts something else.
  private func isCountedHour(_ i: Int) -> Bool {
    let role = roles(next(i))
    return role.contains(.unit) && !role.contains(.weekday) || role.contains(.counted) || kind(i) == TokenKind.percent
  }

  /// A clock time and the day behind it: `pukul 18.20 WIB, Sabtu (7/11)`, `pukul 10.00 WIB hari ini`.
  private func withDay(_ reading: TimeReading) -> TimeReading {
    let end = Int(reading.span.end)
    var at = end
    let isComma = kind(at) == TokenKind.comma
    if isComma { at += 1 }
    guard goesOn(at) else { return reading }
    let hit = hit(at)
    let word = word(hit)
    var day: TimeReading?
    if tokens.isNumber(at) {
      day = numericDay(at) ?? dayAndMonth(at)
    } else if word.roles.contains(.weekday) {
      day = weekdayStart(at, hit, word)
      if isComma, day?.base != .day { day = nil }
    } else if word.roles.contains(.unit), word.unit == .day {
      let weekday = next(hit.end)
      if roles(weekday).contains(.weekday) {
        day = weekdayStart(weekday.end - 1, weekday, self.word(weekday), from: at)
      }
    } else if word.roles.contains(.date), !isComma {
      day = introducedDay(at, hit)
    } else if word.roles.contains(.deictic), !isComma {
      day = deictic(at, hit, word)
    }
    guard var day, !day.hasClock, !day.isRange, day.base != .hijriDay, day.base != .dayOfMonth || reading.zone != nil
    else { return reading }
    day.hour = reading.hour
    day.minute = reading.minute
    day.second = reading.second
    day.endHour = reading.endHour
    day.endMinute = reading.endMinute
    day.zone = reading.zone
    day.mod = reading.mod
    day.part = .none
    day.span.start = reading.span.start
    return day
  }
}
