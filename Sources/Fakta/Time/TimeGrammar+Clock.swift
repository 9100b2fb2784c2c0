/// Clock times, with their zone and the day behind them.
extension TimeGrammar {
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
    // "12.45 siang"
    let isNamed = mark == TokenKind.period && end > i + 3 && !roles(hit(i + 3)).isDisjoint(with: .part)
    guard reading.zone != nil || isNamed || mark == TokenKind.colon && tokens.length(i) == 2 else { return nil }
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
      at = roles(next(part.end)).contains(.earlierToday) ? next(part.end).end : part.end
    } else if roles(part).contains(.deictic), word(part).part != .none, start.hour <= 12 {
      // "pukul 7 malam kemarin": the night is one phrase with its day, which is read behind the clock.
      let word = vocabulary.words[single(at)]
      reading.hour = Int8(truncatingIfNeeded: Self.hour(start.hour, from: Int(word.partFrom), to: Int(word.partTo)))
    }
    var zone = next(at)
    if kind(at) == TokenKind.openParen, roles(next(at + 1)).contains(.zone) { zone = next(at + 1) }
    if roles(zone).contains(.zone) {
      let offset = word(zone).zone
      if offset != CalendarWord.noZone { reading.zone = offset }
      at = zone.end
      if kind(at) == TokenKind.closeParen, kind(at - 2) == TokenKind.openParen { at += 1 }
      if roles(part).isDisjoint(with: .part), let end = partBehindZone(at, hour: start.hour) { at = end }
    } else if start.hasMinute, let offset = sharedZone(at) {
      reading.zone = offset
    }
    return at
  }

  /// The end of a part of the day that says again what the hour says: `pukul 03.30 WIB dini hari`, `pukul 06.10 WITA pagi tadi`.
  private func partBehindZone(_ at: Int, hour: Int) -> Int? {
    let part = next(at)
    guard roles(part).contains(.part), !roles(part).contains(.notDate) else { return nil }
    let word = word(part)
    guard Int(word.partFrom)...Int(word.partTo) ~= hour || Int(word.partFrom)...Int(word.partTo) ~= hour + 24 else {
      return nil
    }
    let shift = next(part.end)
    return roles(shift).contains(.earlierToday) ? shift.end : part.end
  }

  /// The zone behind the other of two clock times: `13.00 atau 14.00 WITA`, `(13.00) dan 14.00 WITA`.
  func sharedZone(_ at: Int) -> Int16? {
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

  struct Hour {
    var hour: Int
    var minute = 0
    var second = -1
    var end: Int
    var hasMinute = false
    var isColon = false
  }

  /// `14.30`, `14:30:15`, and where a word like `pukul` introduces it: `2`, `delapan`, `setengah tujuh`.
  func hour(_ i: Int, introduced: Bool) -> Hour? {
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
  func isCountedHour(_ i: Int) -> Bool {
    let role = roles(next(i))
    return role.contains(.unit) && !role.contains(.weekday) || role.contains(.counted) || kind(i) == TokenKind.percent
  }

  /// Whether a mark at `i` ends the clause, or the text.
  private func closesClause(_ i: Int) -> Bool {
    switch kind(i) {
    case TokenKind.period, TokenKind.comma, TokenKind.closeParen: true
    default: !goesOn(i)
    }
  }

  /// A clock time and the day behind it: `pukul 18.20 WIB, Sabtu (7/11)`, `pukul 10.00 WIB hari ini`.
  func withDay(_ reading: TimeReading) -> TimeReading {
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
      // "pukul 09.30 WIB, Rabu."; not "pukul 09.30 WIB, Rabu ia pulang".
      if isComma, day?.base != .day, reading.zone == nil || day.map({ !closesClause(Int($0.span.end)) }) ?? true {
        day = nil
      }
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
