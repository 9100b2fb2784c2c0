/// Days of holidays and of the Islamic calendar.
extension TimeResolver {
  mutating func resolveHoliday(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    var day: Int?
    var year = Int(reading.year)
    if reading.base == .countdown {
      day = lastHoliday.map { $0 + Int(reading.offset) }
    } else if reading.holiday >= 0, Int(reading.holiday) < vocabulary.holidays.count {
      let holiday = vocabulary.holidays[Int(reading.holiday)]
      out.isHijri = holiday.isHijri && reading.hijriMonth != 0
      year = holiday.gregorianYear(year)
      if let main = holidayDay(holiday, reading, anchor) {
        lastHoliday = main
        day = main + Int(reading.offset)
      }
    }
    guard let day else {
      if reading.hasYear, reading.hijriMonth == 0 {
        out.value.append(year, width: 4)
        out.value.append("-XX-XX")
      } else {
        out.value.append("XXXX-XX-XX")
      }
      return
    }
    out.granularity = .day
    out.from = day
    out.to = day
    out.value.append(day: day)
  }

  func holidayDay(_ holiday: Holiday, _ reading: TimeReading, _ anchor: Int?) -> Int? {
    if reading.hasYear {
      return reading.hijriMonth != 0
        ? holiday.day(hijriYear: Int(reading.year), vocabulary.hijri)
        : holiday.day(in: holiday.gregorianYear(Int(reading.year)), vocabulary.hijri)
    }
    guard let anchor else { return nil }
    let year = Self.year(anchor)
    if reading.yearOffset != TimeReading.unknown {
      return holiday.day(in: year + Int(reading.yearOffset), vocabulary.hijri)
    }
    if reading.shift.contains(.past) || reading.shift.contains(.next) {
      let isPast = reading.shift.contains(.past)
      for y in isPast ? [year, year - 1, year - 2] : [year, year + 1, year + 2] {
        if let day = holiday.day(in: y, vocabulary.hijri), isPast ? day < anchor : day > anchor { return day }
      }
      return nil
    }
    return holiday.nearest(to: anchor, vocabulary.hijri)
  }

  func resolveHijri(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    out.isHijri = true
    guard let year = hijriYear(reading, anchor) else {
      out.value.append("XXXX-XX-XX")
      return
    }
    if reading.base == .hijriDay {
      guard let day = vocabulary.hijri.number(year, Int(reading.hijriMonth), Int(reading.day)) else {
        out.value.append("XXXX-XX-XX")
        return
      }
      out.value.append(day: day)
      out.from = day
      out.to = day
      out.granularity = .day
      return
    }
    let isYear = reading.hijriMonth == 0
    guard let first = vocabulary.hijri.month(year, isYear ? 1 : Int(reading.hijriMonth)),
      let last = isYear ? vocabulary.hijri.month(year, 12) : first
    else {
      out.value.append("XXXX-XX-XX")
      return
    }
    out.value.append(day: first.first)
    out.value.append(UInt8(ascii: "/"))
    out.value.append(day: last.last)
    out.from = first.first
    out.to = last.last
  }

  func hijriYear(_ reading: TimeReading, _ anchor: Int?) -> Int? {
    if reading.hasYear { return Int(reading.year) }
    let month = max(1, Int(reading.hijriMonth))
    let day = reading.base == .hijriDay ? Int(reading.day) : 15
    if reading.endYear != TimeReading.unknown { return hijriYear(in: Int(reading.endYear), month) }
    guard let anchor else { return nil }
    if reading.yearOffset != TimeReading.unknown {
      return hijriYear(in: Self.year(anchor) + Int(reading.yearOffset), month)
    }
    guard let at = vocabulary.hijri.date(anchor) else { return nil }
    var best: (year: Int, distance: Int)?
    for year in at.year - 1...at.year + 1 {
      guard let first = vocabulary.hijri.start(year, month) else { continue }
      let distance = first + day - 1 - anchor
      var cost = abs(distance)
      if reading.shift.contains(.past), distance > 0 { cost += 1000 }
      if reading.shift.contains(.next), distance < 0 { cost += 1000 }
      if best.map({ cost < $0.distance }) ?? true { best = (year, cost) }
    }
    return best?.year
  }

  /// The year of the Islamic calendar whose `month` begins in the Gregorian `year`.
  func hijriYear(in year: Int, _ month: Int) -> Int? {
    guard let start = vocabulary.hijri.date(CivilCalendar.number(year, 1, 1)) else { return nil }
    for y in [start.year, start.year + 1] {
      if let first = vocabulary.hijri.start(y, month), Self.year(first) == year { return y }
    }
    return nil
  }
}
