/// Single days and clock times.
extension TimeResolver {
  /// The day of a reading that denotes one; `anchor` is the day from which it is counted.
  func day(of reading: TimeReading, anchor: Int?) -> (day: Int, conflicts: Bool)? {
    switch reading.base {
    case .day: return calendarDay(reading, anchor: anchor)
    case .weekday: return anchor.map { (weekday(reading, Int(reading.weekday), $0), false) }
    case .offset:
      guard reading.unit == .day, !reading.isRange else { return nil }
      let base = reading.isFocus ? focusDay : anchor
      return base.map { ($0 + Int(reading.offset), false) }
    case .dayOfMonth:
      guard let anchor else { return nil }
      return dayOfMonth(reading, Int(reading.day), anchor).map { ($0, false) }
    default: return nil
    }
  }

  func calendarDay(_ reading: TimeReading, anchor: Int?) -> (day: Int, conflicts: Bool)? {
    let month = Int(reading.month)
    let day = Int(reading.day)
    func conflict(_ number: Int) -> Bool {
      reading.weekday != 0 && CivilCalendar.weekday(number) != Int(reading.weekday)
    }
    if reading.hasYear {
      guard CivilCalendar.isDay(Int(reading.year), month, day) else { return nil }
      let number = CivilCalendar.number(Int(reading.year), month, day)
      return (number, conflict(number))
    }
    guard let anchor = anchor ?? focusDay else { return nil }
    let year = Int(CivilCalendar.day(anchor).year)
    if reading.yearOffset != TimeReading.unknown {
      let y = year + Int(reading.yearOffset)
      guard CivilCalendar.isDay(y, month, day) else { return nil }
      let number = CivilCalendar.number(y, month, day)
      return (number, conflict(number))
    }
    let reach = month == 2 && day == 29 ? 4 : 1
    var best: Int?
    var bestCost = Int.max
    for y in year - reach...year + reach where CivilCalendar.isDay(y, month, day) {
      let number = CivilCalendar.number(y, month, day)
      var cost = abs(number - anchor)
      let last = reading.isRange ? number + max(0, Int(reading.endDay) - day) : number
      if reading.shift.contains(.past), number > anchor { cost += 4000 }
      // Nobody has spoken on a day months ahead.
      if reading.isStatement, number > anchor + 31 { cost += 400 }
      if reading.shift.contains(.next), last < anchor { cost += 4000 }
      // Nearness wins over a weekday that does not fit, but not by a whole year when another year is close.
      if conflict(number) { cost += 250 }
      if cost < bestCost {
        best = number
        bestCost = cost
      }
    }
    return best.map { ($0, conflict($0)) }
  }

  func weekday(_ reading: TimeReading, _ weekday: Int, _ anchor: Int) -> Int {
    if reading.unit == .week { return CivilCalendar.monday(anchor) + 7 * Int(reading.offset) + weekday - 1 }
    let back = (CivilCalendar.weekday(anchor) - weekday + 7) % 7
    if reading.shift.contains(.past) { return anchor - (back == 0 ? 7 : back) }
    // The nearest: "Senin ini" said on a Sunday is the day after.
    if reading.shift.contains(.this) { return back > 3 ? anchor + 7 - back : anchor - back }
    if reading.shift.contains(.next) || reading.isFuture && back > 0 { return anchor + 7 - back }
    // A day ahead that the text has named already: "Senin, pekan depan … pada hari Senin".
    if !reading.isStatement, let named = named[weekday], named > anchor, named <= anchor + 7 { return named }
    return anchor - back
  }

  func dayOfMonth(_ reading: TimeReading, _ day: Int, _ anchor: Int) -> Int? {
    let at = CivilCalendar.day(anchor)
    let index = Int(at.year) * 12 + Int(at.month) - 1
    func number(_ offset: Int) -> Int? {
      let year = CivilCalendar.floorDivide(index + offset, 12)
      let month = index + offset - year * 12 + 1
      return CivilCalendar.isDay(year, month, day) ? CivilCalendar.number(year, month, day) : nil
    }
    if reading.monthOffset != TimeReading.unknown { return number(Int(reading.monthOffset)) }
    if reading.shift.contains(.past), let this = number(0), this > anchor { return number(-1) }
    if reading.shift.contains(.next), let this = number(0), this < anchor { return number(1) }
    return number(0)
  }

  func resolveDay(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    guard let found = day(of: reading, anchor: anchor) else {
      symbolicDay(reading, &out)
      return
    }
    out.granularity = .day
    out.conflicts = found.conflicts
    out.from = found.day
    out.to = found.day
    if reading.isRange {
      let last: Int
      if reading.base == .weekday {
        last = found.day + (Int(reading.endWeekday) - Int(reading.weekday) + 7) % 7
      } else {
        let first = CivilCalendar.day(found.day)
        let month = reading.base == .day && reading.endMonth > 0 ? Int(reading.endMonth) : Int(first.month)
        let year = Int(first.year) + (month < Int(first.month) ? 1 : 0)
        last = CivilCalendar.number(year, month, Int(reading.endDay))
      }
      out.to = max(last, found.day)
      out.value.append(day: found.day)
      out.value.append(UInt8(ascii: "/"))
      out.value.append(day: last)
      return
    }
    writeDay(found.day, reading, &out)
  }

  /// Writes a day with its part or clock time.
  func writeDay(_ day: Int, _ reading: TimeReading, _ out: inout Resolution) {
    out.value.append(day: day)
    if reading.hasClock {
      out.kind = .time
      appendTime(reading, day: day, &out)
    } else if reading.part != .none {
      out.kind = .time
      out.value.append(reading.part.code)
    }
  }

  /// Appends the clock time, and the other end of a range with its day.
  func appendTime(_ reading: TimeReading, day: Int?, _ out: inout Resolution) {
    out.value.append(
      hour: Int(reading.hour), minute: Int(reading.minute), second: Int(reading.second), zone: reading.zone)
    guard reading.endHour >= 0 else { return }
    out.value.append(UInt8(ascii: "/"))
    if let day { out.value.append(day: day) }
    out.value.append(hour: Int(reading.endHour), minute: Int(reading.endMinute), second: -1, zone: reading.zone)
  }

  func symbolicDay(_ reading: TimeReading, _ out: inout Resolution) {
    switch reading.base {
    case .weekday:
      out.value.append("XXXX-WXX-")
      out.value.append(Int(reading.weekday), width: 1)
      if reading.isRange {
        out.value.append("/XXXX-WXX-")
        out.value.append(Int(reading.endWeekday), width: 1)
      }
    case .dayOfMonth:
      out.value.append("XXXX-XX-")
      out.value.append(Int(reading.day), width: 2)
      if reading.isRange {
        out.value.append("/XXXX-XX-")
        out.value.append(Int(reading.endDay), width: 2)
      }
    case .day:
      out.value.append("XXXX-")
      out.value.append(Int(reading.month), width: 2)
      out.value.append(UInt8(ascii: "-"))
      out.value.append(Int(reading.day), width: 2)
      if reading.isRange {
        out.value.append("/XXXX-")
        out.value.append(Int(reading.endMonth), width: 2)
        out.value.append(UInt8(ascii: "-"))
        out.value.append(Int(reading.endDay), width: 2)
      }
    default: out.value.append("XXXX-XX-XX")
    }
    if reading.hasClock {
      out.kind = .time
      appendTime(reading, day: nil, &out)
    } else if reading.part != .none {
      out.kind = .time
      out.value.append(reading.part.code)
    }
  }

  func resolveClock(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    out.kind = .time
    guard let day = clockDay(reading, anchor) else {
      if !reading.hasClock { out.value.append("XXXX-XX-XX") }
      if reading.hasClock { appendTime(reading, day: nil, &out) } else { out.value.append(reading.part.code) }
      return
    }
    out.from = day
    out.to = day
    out.granularity = .day
    writeDay(day, reading, &out)
  }

  /// The day of a clock time: the nearest one before it in its paragraph; else the last day of the events, where that is near
  /// the report; else the day of the report.
  func clockDay(_ reading: TimeReading, _ anchor: Int?) -> Int? {
    if let day = paragraphDay, !paragraphDayIsStatement { return day }
    guard let anchor else { return paragraphDay }
    if let day = eventDay, abs(day - anchor) <= 14 { return day }
    return paragraphDay ?? anchor
  }
}
