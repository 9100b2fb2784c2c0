/// Gives readings their TIMEX3 value, from the day of the report and the times mentioned before.
struct TimeResolver {
  let vocabulary: CalendarVocabulary
  /// Day number from which relative times are counted; nil when none is known.
  var reference: Int?

  /// The last day, month and year that the text spoke of, for "hari itu" and "setahun kemudian".
  var focusDay: Int?
  var focusMonth: Int?
  var focusYear: Int?
  /// The last quarter or half of a year that the text named: its number from year 0 on, and how many a year has.
  var focusPeriod: (index: Int, parts: Int)?
  /// The last day mentioned in the paragraph, and whether it only says when somebody spoke.
  var paragraphDay: Int?
  var paragraphDayIsStatement = false
  /// The last day mentioned that does not only say when somebody spoke.
  var eventDay: Int?
  var lastHoliday: Int?
  /// The last day named in full, for each weekday.
  var named = InlineArray<8, Int?>(repeating: nil)

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
    if reading.base == .season, reading.hasYear { focusYear = Int(reading.year) }
    guard let from = resolution.from, resolution.kind == .date || resolution.kind == .time else { return }
    if reading.base == .period, !reading.isFocus {
      let day = CivilCalendar.day(from)
      let parts = max(1, Int(reading.periodParts))
      focusPeriod = (Int(day.year) * parts + (Int(day.month) - 1) * parts / 12, parts)
    }
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
    case .season: resolveSeason(reading, anchor, &out)
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

  func setYears(_ first: Int, _ last: Int, _ out: inout Resolution) {
    out.from = CivilCalendar.number(first, 1, 1)
    out.to = CivilCalendar.number(last, 12, 31)
    out.granularity = .year
  }
}
