/// Gives readings their TIMEX3 value, from the day of the report and the times mentioned before.
struct TimeResolver {
  let vocabulary: CalendarVocabulary
  /// Day number from which relative times are counted; nil when none is known.
  var reference: Int?

  /// The last day, month and year that the text spoke of, for "hari itu" and "setahun kemudian".
  private(set) var focusDay: Int?
  private(set) var focusMonth: Int?
  private(set) var focusYear: Int?
  /// The last day mentioned in the paragraph, and whether it only says when somebody spoke.
  private(set) var paragraphDay: Int?
  private var paragraphDayIsStatement = false
  /// The last day mentioned that does not only say when somebody spoke.
  private var eventDay: Int?
  private(set) var lastHoliday: Int?
  /// The last day named in full, for each weekday.
  private var named = InlineArray<8, Int?>(repeating: nil)

  init(vocabulary: CalendarVocabulary, reference: Int?) {
    self.vocabulary = vocabulary
    self.reference = reference
  }

  /// What a reading denotes.
  struct Resolution {
    var value = ShortText()
    var kind = DateExpression.Kind.date
    /// Day numbers of the closed interval.
    var from: Int?
    var to: Int?
    var isHijri = false
    var conflicts = false
    var freq = ShortText()
    var granularity = TimeUnit.none
    /// The day, where the value is one day.
    var day: Int? { from == to ? from : nil }
  }

  mutating func beginParagraph() {
    paragraphDay = nil
    paragraphDayIsStatement = false
  }

  /// Remembers a time for those that lean on it.
  mutating func focus(on resolution: Resolution, by reading: TimeReading) {
    guard let from = resolution.from, resolution.kind == .date || resolution.kind == .time else { return }
    let isStatement = reading.isStatement
    if resolution.granularity == .day, reading.base == .day || reading.shift != [] || reading.unit == .week {
      named[CivilCalendar.weekday(from)] = from
    }
    // A misspelt year leads nowhere.
    if let reference, from > reference + 400 { return }
    let day = CivilCalendar.day(from)
    switch resolution.granularity {
    case .day:
      if isStatement, focusDay != nil || focusMonth != nil || focusYear != nil {
        if paragraphDay == nil || paragraphDayIsStatement {
          paragraphDay = from
          paragraphDayIsStatement = true
        }
        break
      }
      focusDay = from
      focusMonth = Int(day.year) * 12 + Int(day.month) - 1
      focusYear = Int(day.year)
      // A feast is named, not told: it gives no day to the clock times after it.
      if reading.base == .holiday || reading.base == .countdown { break }
      if !isStatement { eventDay = from }
      if !isStatement || paragraphDay == nil || paragraphDayIsStatement {
        paragraphDay = from
        paragraphDayIsStatement = isStatement
      }
    case .month:
      focusMonth = Int(day.year) * 12 + Int(day.month) - 1
      focusYear = Int(day.year)
    case .year: focusYear = Int(day.year)
    default: break
    }
  }

  // MARK: Days

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

  private func calendarDay(_ reading: TimeReading, anchor: Int?) -> (day: Int, conflicts: Bool)? {
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

  private func weekday(_ reading: TimeReading, _ weekday: Int, _ anchor: Int) -> Int {
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

  private func dayOfMonth(_ reading: TimeReading, _ day: Int, _ anchor: Int) -> Int? {
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

  // MARK: Readings

  /// The value of a reading.
  ///
  /// - Parameter anchor: The day from which relative times are counted; another one than the reference inside quotations.
  mutating func resolve(_ reading: TimeReading, anchor: Int?) -> Resolution {
    var out = Resolution()
    switch reading.base {
    case .day, .weekday, .dayOfMonth: resolveDay(reading, anchor, &out)
    case .offset: resolveOffset(reading, anchor, &out)
    case .month: resolveMonth(reading, anchor, &out)
    case .year:
      out.value.append(Int(reading.year), width: 4)
      if reading.isRange {
        out.value.append(UInt8(ascii: "/"))
        out.value.append(Int(reading.endYear), width: 4)
      }
      setYears(Int(reading.year), reading.isRange ? Int(reading.endYear) : Int(reading.year), &out)
    case .decade:
      out.value.append(Int(reading.ordinal), width: 3)
      setYears(Int(reading.ordinal) * 10, Int(reading.ordinal) * 10 + 9, &out)
      out.granularity = .none
    case .century:
      out.value.append(Int(reading.ordinal), width: 2)
      setYears(Int(reading.ordinal) * 100 + 1, Int(reading.ordinal) * 100 + 100, &out)
      out.granularity = .none
    case .period: resolvePeriod(reading, anchor, &out)
    case .weekend: resolveWeekend(reading, anchor, &out)
    case .reference:
      out.value.append(reading.reference == 0 ? "PRESENT_REF" : reading.reference == 1 ? "PAST_REF" : "FUTURE_REF")
    case .holiday, .countdown: resolveHoliday(reading, anchor, &out)
    case .hijriDay, .hijriMonth: resolveHijri(reading, anchor, &out)
    case .clock: resolveClock(reading, anchor, &out)
    case .duration: resolveDuration(reading, anchor, &out)
    case .set: resolveSet(reading, &out)
    }
    return out
  }

  private func setYears(_ first: Int, _ last: Int, _ out: inout Resolution) {
    out.from = CivilCalendar.number(first, 1, 1)
    out.to = CivilCalendar.number(last, 12, 31)
    out.granularity = .year
  }

  private func resolveDay(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
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
        last = CivilCalendar.number(Int(first.year), Int(first.month), Int(reading.endDay))
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
  private func writeDay(_ day: Int, _ reading: TimeReading, _ out: inout Resolution) {
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
  private func appendTime(_ reading: TimeReading, day: Int?, _ out: inout Resolution) {
    out.value.append(
      hour: Int(reading.hour), minute: Int(reading.minute), second: Int(reading.second), zone: reading.zone)
    guard reading.endHour >= 0 else { return }
    out.value.append(UInt8(ascii: "/"))
    if let day { out.value.append(day: day) }
    out.value.append(hour: Int(reading.endHour), minute: Int(reading.endMinute), second: -1, zone: reading.zone)
  }

  private func symbolicDay(_ reading: TimeReading, _ out: inout Resolution) {
    switch reading.base {
    case .weekday:
      out.value.append("XXXX-WXX-")
      out.value.append(Int(reading.weekday))
      if reading.isRange {
        out.value.append("/XXXX-WXX-")
        out.value.append(Int(reading.endWeekday))
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

  private func resolveClock(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
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
  private func clockDay(_ reading: TimeReading, _ anchor: Int?) -> Int? {
    if let day = paragraphDay, !paragraphDayIsStatement { return day }
    guard let anchor else { return paragraphDay }
    if let day = eventDay, abs(day - anchor) <= 14 { return day }
    return paragraphDay ?? anchor
  }

  // MARK: Months

  private func resolveMonth(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
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

  private func year(ofMonth reading: TimeReading, _ anchor: Int?) -> Int? {
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

  private func resolveOffset(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
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
  private func unitText(_ reading: TimeReading, _ offset: Int32, _ anchor: Int?, _ out: inout Resolution) -> ShortText {
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

  private static func monthIndex(_ number: Int) -> Int {
    let day = CivilCalendar.day(number)
    return Int(day.year) * 12 + Int(day.month) - 1
  }

  private static func year(_ number: Int) -> Int { Int(CivilCalendar.day(number).year) }

  private func resolveWeekend(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
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

  private func resolvePeriod(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    let parts = max(1, Int(reading.periodParts))
    let months = 12 / parts
    var year: Int?
    var ordinal = Int(reading.ordinal)
    if reading.hasYear {
      year = Int(reading.year)
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
    if ordinal > 0 { out.value.append(ordinal) } else { out.value.append(UInt8(ascii: "X")) }
    guard let year, ordinal > 0 else { return }
    out.from = CivilCalendar.number(year, (ordinal - 1) * months + 1, 1)
    out.to = CivilCalendar.number(year, ordinal * months + 1, 1) - 1
  }

  // MARK: Durations and sets

  private func resolveDuration(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    out.kind = .duration
    out.value = durationText(reading, high: false)
    if reading.amounts.0.isRange {
      out.value.append(UInt8(ascii: "/"))
      out.value.append(durationText(reading, high: true))
    }
    guard !reading.shift.isDisjoint(with: [.last, .coming]), reading.pieces == 1, !reading.amounts.0.isVague,
      let anchor,
      let n = reading.amounts.0.integer, n < 10_000
    else { return }
    let steps = reading.shift.contains(.last) ? -n : n
    let other: Int
    switch reading.units.0 {
    case .day: other = anchor + steps
    case .week: other = anchor + 7 * steps
    case .month: other = CivilCalendar.add(months: steps, to: anchor)
    case .year: other = CivilCalendar.add(months: 12 * steps * Int(reading.sizes.0), to: anchor)
    default: return
    }
    out.from = min(anchor, other)
    out.to = max(anchor, other)
  }

  private func durationText(_ reading: TimeReading, high: Bool) -> ShortText {
    var text = ShortText()
    text.append(UInt8(ascii: "P"))
    var inTime = false
    func piece(_ amount: TimeAmount, _ unit: TimeUnit, _ size: Int16) {
      if unit.isClock, !inTime {
        text.append(UInt8(ascii: "T"))
        inTime = true
      }
      if amount.isVague {
        text.append(UInt8(ascii: "X"))
      } else {
        text.append(mantissa: Int(high ? amount.high : amount.mantissa) * Int(size), scale: Int(amount.scale))
      }
      switch unit {
      case .day: text.append(UInt8(ascii: "D"))
      case .week: text.append(UInt8(ascii: "W"))
      case .month, .minute: text.append(UInt8(ascii: "M"))
      case .hour: text.append(UInt8(ascii: "H"))
      case .second: text.append(UInt8(ascii: "S"))
      default: text.append(UInt8(ascii: "Y"))
      }
    }
    piece(reading.amounts.0, reading.units.0, reading.sizes.0)
    if reading.pieces > 1 { piece(reading.amounts.1, reading.units.1, reading.sizes.1) }
    if reading.pieces > 2 { piece(reading.amounts.2, reading.units.2, reading.sizes.2) }
    return text
  }

  private func resolveSet(_ reading: TimeReading, _ out: inout Resolution) {
    out.kind = .set
    if reading.freq > 0 {
      out.freq.append(Int(reading.freq))
      out.freq.append(UInt8(ascii: "X"))
    }
    if reading.pieces > 0 {
      out.value = durationText(reading, high: false)
      return
    }
    if reading.weekday != 0 {
      out.value.append("XXXX-WXX-")
      out.value.append(Int(reading.weekday))
    } else if reading.unit == .week {
      out.value.append("XXXX-WXX-WE")
    } else {
      out.value.append("XXXX-")
      if reading.month != 0 { out.value.append(Int(reading.month), width: 2) } else { out.value.append("XX") }
      if reading.day != 0 {
        out.value.append(UInt8(ascii: "-"))
        out.value.append(Int(reading.day), width: 2)
      } else if reading.month == 0 {
        out.value.append("-XX")
      }
    }
    if reading.hasClock {
      appendTime(reading, day: nil, &out)
    } else if reading.part != .none {
      out.value.append(reading.part.code)
    }
  }

  // MARK: Holidays and the Islamic calendar

  private mutating func resolveHoliday(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    var day: Int?
    if reading.base == .countdown {
      day = lastHoliday.map { $0 + Int(reading.offset) }
    } else if reading.holiday >= 0, Int(reading.holiday) < vocabulary.holidays.count {
      let holiday = vocabulary.holidays[Int(reading.holiday)]
      out.isHijri = holiday.isHijri && reading.hijriMonth != 0
      if let main = holidayDay(holiday, reading, anchor) {
        lastHoliday = main
        day = main + Int(reading.offset)
      }
    }
    guard let day else {
      if reading.hasYear, reading.hijriMonth == 0 {
        out.value.append(Int(reading.year), width: 4)
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

  private func holidayDay(_ holiday: Holiday, _ reading: TimeReading, _ anchor: Int?) -> Int? {
    if reading.hasYear {
      return reading.hijriMonth != 0
        ? holiday.day(hijriYear: Int(reading.year), vocabulary.hijri)
        : holiday.day(in: Int(reading.year), vocabulary.hijri)
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

  private func resolveHijri(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
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

  private func hijriYear(_ reading: TimeReading, _ anchor: Int?) -> Int? {
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
  private func hijriYear(in year: Int, _ month: Int) -> Int? {
    guard let start = vocabulary.hijri.date(CivilCalendar.number(year, 1, 1)) else { return nil }
    for y in [start.year, start.year + 1] {
      if let first = vocabulary.hijri.start(y, month), Self.year(first) == year { return y }
    }
    return nil
  }
}
