/// A number in front of a unit of time: `mantissa` × 10^-`scale`.
struct TimeAmount: Sendable, Equatable {
  var mantissa: Int32 = 0
  /// The upper end of a range ("2-3 jam"); equal to `mantissa` for one number.
  var high: Int32 = 0
  var scale: Int8 = 0
  /// Some, dozens: no number is known.
  var isVague = false

  static func whole(_ n: Int) -> TimeAmount { decimal(n, 0) }
  static func decimal(_ n: Int, _ scale: Int) -> TimeAmount {
    let mantissa = Int32(clamping: n)
    return TimeAmount(mantissa: mantissa, high: mantissa, scale: Int8(truncatingIfNeeded: scale))
  }
  static let vague = TimeAmount(isVague: true)
  var isRange: Bool { high != mantissa }
  /// The value where it is a whole number.
  var integer: Int? {
    var m = Int(mantissa)
    for _ in 0..<scale {
      guard m % 10 == 0 else { return nil }
      m /= 10
    }
    return isVague ? nil : m
  }
}

/// A temporal expression as the grammar read it, before anyone knows the day of the report.
struct TimeReading: Sendable {
  enum Base: UInt8, Sendable {
    /// Day of a month of a year, of which the year may be missing.
    case day
    case month, year, decade, century
    /// Quarter or half of a year.
    case period
    case season
    case weekday
    /// So many units from the report or the focus.
    case offset
    case weekend, reference, holiday, hijriMonth, hijriDay
    /// A clock time or part of the day without a date.
    case clock
    case duration, set
    /// A day without its month ("tanggal 20").
    case dayOfMonth
    /// Days before or after a holiday that is known from the text ("H-2").
    case countdown
  }

  static let unknown = Int32.min

  var span = TokenSpan.none
  /// Digits of the last token that belong to the number of the next item of a list (`September 20233. Seleksi`).
  var trim: UInt8 = 0
  var base = Base.day
  var year: Int32 {
    get { compactYear == .min ? TimeReading.unknown : Int32(compactYear) }
    set { compactYear = Int16(exactly: newValue) ?? .min }
  }
  var month: Int8 = 0
  var day: Int8 = 0
  var weekday: Int8 = 0
  var isRange = false
  var endYear: Int32 {
    get { compactEndYear == .min ? TimeReading.unknown : Int32(compactEndYear) }
    set { compactEndYear = Int16(exactly: newValue) ?? .min }
  }
  var endMonth: Int8 = 0
  var endDay: Int8 = 0
  var endWeekday: Int8 = 0

  var unit = TimeUnit.none
  var unitSize: Int16 = 1
  var offset: Int32 = 0
  var endOffset: Int32 = 0
  /// What the word behind the time said.
  var shift = TimeShift()
  /// Years from the year of the report ("Maret tahun depan"); `unknown` without.
  var yearOffset: Int32 {
    get { compactYearOffset == .min ? TimeReading.unknown : Int32(compactYearOffset) }
    set { compactYearOffset = Int8(exactly: newValue) ?? .min }
  }
  /// Months from the month of the report ("tanggal 20 bulan ini"); `unknown` without.
  var monthOffset: Int32 {
    get { compactMonthOffset == .min ? TimeReading.unknown : Int32(compactMonthOffset) }
    set { compactMonthOffset = Int8(exactly: newValue) ?? .min }
  }
  var isFocus = false
  /// Days from the report, where the word behind a date says them (`Rabu (14/12) besok`); `unknown` without.
  var deixis: Int32 {
    get { compactDeixis == .min ? TimeReading.unknown : Int32(compactDeixis) }
    set { compactDeixis = Int8(exactly: newValue) ?? .min }
  }
  /// No number of units is known ("beberapa hari lalu").
  var isVague = false

  var part = DayPart.none
  var hour: Int8 = -1
  var minute: Int8 = 0
  var second: Int8 = -1
  var endHour: Int8 = -1
  var endMinute: Int8 = 0
  var zone: Int16?
  var mod = DateExpression.Mod.none

  /// Quarter, half, season from spring 1 to winter 4, decade (first three digits) or century.
  var ordinal: Int16 = 0
  var periodParts: Int8 = 0
  var holiday: Int16 = -1
  var hijriMonth: Int8 = 0
  var reference: UInt8 = 0

  var amounts = (TimeAmount(), TimeAmount(), TimeAmount())
  var units = (TimeUnit.none, TimeUnit.none, TimeUnit.none)
  var sizes: (Int16, Int16, Int16) = (1, 1, 1)
  var pieces: Int8 = 0
  var freq: Int16 = 0

  /// Stands in the sentence that says who said it, and when ("kata Budi, Senin (9/11)").
  var isStatement = false
  /// Token behind the quotation in which it stands; -1 outside.
  var quoteEnd: Int32 = -1
  /// Written with slashes behind a weekday, as news writes the day of a statement or event (`Senin (9/11/2015)`).
  var isSlashed = false
  /// Stands as news gives the day of a statement: behind a comma, or with slashes.
  var isReport = false
  /// A year in the title of a law ("Nomor 13 Tahun 2003").
  var isTitleYear = false
  /// A word before it makes it the coming one (`akan`).
  var isFuture = false
  /// Whether a year was written, or found elsewhere.
  var hasYear: Bool { year != TimeReading.unknown }
  var hasClock: Bool { hour >= 0 }
  // Readings are copied often: what has few values is kept in few bits.
  private var compactYear = Int16.min
  private var compactEndYear = Int16.min
  private var compactYearOffset = Int8.min
  private var compactMonthOffset = Int8.min
  private var compactDeixis = Int8.min

  /// Whether the reading is a day that the reader can look up once the year is known.
  var isCalendarDay: Bool { base == .day && !isRange }
}
