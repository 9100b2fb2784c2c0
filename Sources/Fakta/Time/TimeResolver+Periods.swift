/// Months, weeks, quarters and distances in time.
extension TimeResolver {
  func resolveMonth(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    let month = Int(reading.month)
    guard let year = year(ofMonth: reading, anchor) else {
      out.value.append("XXXX-")
      out.value.append(month, width: 2)
      if reading.isRange {
        out.value.append("/XXXX-")
        out.value.append(Int(reading.endMonth), width: 2)
      }
      return
    }
    out.value.append(year: year, month: month)
    var lastYear = year
    var lastMonth = month
    if reading.isRange {
      lastMonth = Int(reading.endMonth)
      lastYear = reading.endYear != TimeReading.unknown ? Int(reading.endYear) : lastMonth < month ? year + 1 : year
      out.value.append(UInt8(ascii: "/"))
      out.value.append(year: lastYear, month: lastMonth)
    }
    out.from = CivilCalendar.number(year, month, 1)
    out.to = CivilCalendar.number(lastYear, lastMonth + 1, 1) - 1
    out.granularity = .month
  }

  func year(ofMonth reading: TimeReading, _ anchor: Int?) -> Int? {
    if reading.hasYear { return Int(reading.year) }
    guard let anchor else { return nil }
    let at = CivilCalendar.day(anchor)
    let year = Int(at.year)
    if reading.yearOffset != TimeReading.unknown { return year + Int(reading.yearOffset) }
    let distance = Int(reading.month) - Int(at.month)
    if reading.shift.contains(.past) { return distance >= 0 ? year - 1 : year }
    if reading.shift.contains(.next) || reading.isFuture {
      return distance <= 0 && !(distance == 0 && reading.isFuture) ? year + 1 : year
    }
    if reading.shift.contains(.this) { return year }
    // The nearest; half a year away it is the past one.
    if distance >= 6 { return year - 1 }
    if distance < -6 { return year + 1 }
    return year
  }

  // MARK: Distances

  func resolveOffset(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    if reading.isRange {
      let first = unitText(reading, min(reading.offset, reading.endOffset), anchor, &out)
      let from = out.from
      let second = unitText(reading, max(reading.offset, reading.endOffset), anchor, &out)
      out.from = from
      out.value.append(first)
      out.value.append(UInt8(ascii: "/"))
      out.value.append(second)
      return
    }
    if reading.unit == .day, let day = day(of: reading, anchor: anchor)?.day {
      out.from = day
      out.to = day
      out.granularity = .day
      writeDay(day, reading, &out)
      return
    }
    out.value.append(unitText(reading, reading.offset, anchor, &out))
    if reading.hasClock {
      out.kind = .time
      appendTime(reading, day: nil, &out)
    } else if reading.part != .none {
      out.kind = .time
      out.value.append(reading.part.code)
    }
  }

  /// The value of so many units from the anchor or the focus.
  func unitText(_ reading: TimeReading, _ offset: Int32, _ anchor: Int?, _ out: inout Resolution) -> ShortText {
    var text = ShortText()
    let steps = Int(offset)
    out.granularity = reading.unit
    switch reading.unit {
    case .day:
      guard let base = reading.isFocus ? focusDay : anchor else {
        text.append("XXXX-XX-XX")
        break
      }
      text.append(day: base + steps)
      out.from = base + steps
      out.to = base + steps
    case .week:
      guard let base = reading.isFocus ? focusDay ?? anchor : anchor else {
        text.append("XXXX-WXX")
        break
      }
      let monday = CivilCalendar.monday(base) + 7 * steps
      text.append(weekOf: monday)
      out.from = monday
      out.to = monday + 6
    case .month:
      guard let base = reading.isFocus ? focusMonth ?? anchor.map(Self.monthIndex) : anchor.map(Self.monthIndex) else {
        text.append("XXXX-XX")
        break
      }
      let index = base + steps
      let year = CivilCalendar.floorDivide(index, 12)
      text.append(year: year, month: index - year * 12 + 1)
      out.from = CivilCalendar.number(year, index - year * 12 + 1, 1)
      out.to = CivilCalendar.number(year, index - year * 12 + 2, 1) - 1
    default:
      guard let base = reading.isFocus ? focusYear ?? anchor.map(Self.year) : anchor.map(Self.year) else {
        text.append(reading.unitSize == 10 ? "XXX" : reading.unitSize == 100 ? "XX" : "XXXX")
        break
      }
      if reading.unitSize == 10 {
        let decade = CivilCalendar.floorDivide(base, 10) + steps
        text.append(decade, width: 3)
        setYears(decade * 10, decade * 10 + 9, &out)
        out.granularity = .none
      } else if reading.unitSize == 100 {
        let century = CivilCalendar.floorDivide(base - 1, 100) + steps
        text.append(century, width: 2)
        setYears(century * 100 + 1, century * 100 + 100, &out)
        out.granularity = .none
      } else {
        let year = base + steps
        guard year > 0, year < 10_000 else {
          text.append("XXXX")
          break
        }
        text.append(year, width: 4)
        setYears(year, year, &out)
      }
    }
    return text
  }

  static func monthIndex(_ number: Int) -> Int {
    let day = CivilCalendar.day(number)
    return Int(day.year) * 12 + Int(day.month) - 1
  }

  static func year(_ number: Int) -> Int { Int(CivilCalendar.day(number).year) }

  func resolveWeekend(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    guard let anchor else {
      out.value.append("XXXX-WXX-WE")
      return
    }
    let monday = CivilCalendar.monday(anchor) + 7 * Int(reading.offset)
    out.value.append(weekOf: monday)
    out.value.append("-WE")
    out.from = monday + 5
    out.to = monday + 6
  }

  func resolvePeriod(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    let parts = max(1, Int(reading.periodParts))
    let months = 12 / parts
    var year: Int?
    var ordinal = Int(reading.ordinal)
    if reading.hasYear {
      year = Int(reading.year)
    } else if reading.isFocus {
      // Of which one it is told is not known where the text named none.
      if let focusPeriod, focusPeriod.parts == parts {
        let index = focusPeriod.index + Int(reading.offset)
        year = CivilCalendar.floorDivide(index, parts)
        ordinal = index - year! * parts + 1
      }
    } else if let anchor {
      let at = CivilCalendar.day(anchor)
      let current = (Int(at.month) - 1) / months
      if ordinal == 0 {
        let index = Int(at.year) * parts + current + Int(reading.offset)
        year = CivilCalendar.floorDivide(index, parts)
        ordinal = index - year! * parts + 1
      } else if reading.yearOffset != TimeReading.unknown {
        year = Int(at.year) + Int(reading.yearOffset)
      } else {
        // Without a year, the last one that has begun.
        year =
          ordinal - 1 > current && !reading.isFuture ? Int(at.year) - (ordinal - 1 > current + 1 ? 1 : 0) : Int(at.year)
      }
    }
    if let year { out.value.append(year, width: 4) } else { out.value.append("XXXX") }
    out.value.append(parts == 4 ? "-Q" : "-H")
    if ordinal > 0 { out.value.append(ordinal, width: 1) } else { out.value.append(UInt8(ascii: "X")) }
    guard let year, ordinal > 0 else { return }
    out.from = CivilCalendar.number(year, (ordinal - 1) * months + 1, 1)
    out.to = CivilCalendar.number(year, ordinal * months + 1, 1) - 1
  }

  /// `2017-SU`: a season of the north, whose days nobody fixes.
  func resolveSeason(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    if let year = year(ofSeason: reading, anchor) { out.value.append(year, width: 4) } else { out.value.append("XXXX") }
    switch reading.ordinal {
    case 1: out.value.append("-SP")
    case 2: out.value.append("-SU")
    case 3: out.value.append("-FA")
    default: out.value.append("-WI")
    }
  }

  /// The year in which the season begins: of a past one the last that is over, of a coming one the first that has not begun.
  private func year(ofSeason reading: TimeReading, _ anchor: Int?) -> Int? {
    if reading.hasYear { return Int(reading.year) }
    guard let anchor else { return nil }
    let at = CivilCalendar.day(anchor)
    let year = Int(at.year)
    if reading.yearOffset != TimeReading.unknown { return year + Int(reading.yearOffset) }
    let month = Int(at.month)
    let first = 3 * Int(reading.ordinal)
    if reading.shift.contains(.past) { return (first + 2 < month ? 0 : first + 2 - 12 < month ? -1 : -2) + year }
    if reading.shift.contains(.next) { return first > month ? year : year + 1 }
    return first + 2 - 12 >= month ? year - 1 : year
  }
}
