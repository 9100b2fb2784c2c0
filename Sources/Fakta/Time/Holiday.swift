import CFaktaICU

/// A day that recurs by a rule.
struct Holiday: Sendable {
  enum Rule: Sendable {
    case fixed(month: Int, day: Int)
    case hijri(month: Int, day: Int)
    case chinese(month: Int, day: Int)
    /// Days after Easter.
    case easter(Int)
    /// Every 210 days, through this day.
    case cycle(Int)
    case dates([Int])

    /// Reads `12-25`, `hijri 10-01`, `chinese 01-01`, `easter -2`, `cycle 2024-02-28` or `dates nyepi`.
    init?(_ text: String, days: [String: [Int]]) {
      let words = text.parts(" ")
      guard let last = words.last else { return nil }
      let parts = last.parts("-").compactMap { Int($0) }
      let monthDay = parts.count == 2 ? (parts[0], parts[1]) : nil
      switch (words.count, words[0]) {
      case (1, _):
        guard let (month, day) = monthDay else { return nil }
        self = .fixed(month: month, day: day)
      case (2, "hijri"):
        guard let (month, day) = monthDay else { return nil }
        self = .hijri(month: month, day: day)
      case (2, "chinese"):
        guard let (month, day) = monthDay else { return nil }
        self = .chinese(month: month, day: day)
      case (2, "easter"):
        guard let offset = Int(last) else { return nil }
        self = .easter(offset)
      case (2, "cycle"):
        guard let day = CalendarRow.day(last) else { return nil }
        self = .cycle(day)
      case (2, "dates"): self = .dates(days[last] ?? [])
      default: return nil
      }
    }
  }

  let rule: Rule
  /// What is added to a year of the era that the holiday counts in: `Imlek 2569`, `Tahun Baru Saka 1940`.
  var era = 0

  /// Years of an era that began before ours are larger than these, and those of one that began behind it smaller: what lies between
  /// is a year of ours (`Imlek 2018`, `Tahun Baru Saka 2018`).
  private static let oursBesideEra = 1980..<2400

  /// The Gregorian year that `year` beside the holiday means.
  func gregorianYear(_ year: Int) -> Int {
    let isOfEra = era < 0 ? year >= Self.oursBesideEra.upperBound : year < Self.oursBesideEra.lowerBound
    return isOfEra ? year + era : year
  }

  /// Whether the day is one of the Islamic calendar.
  var isHijri: Bool { if case .hijri = rule { true } else { false } }

  /// The day in a Gregorian year; the first one, where two fall into it.
  func day(in year: Int, _ hijri: HijriCalendar) -> Int? {
    guard year > 0, year < 4000 else { return nil }
    let first = CivilCalendar.number(year, 1, 1)
    let last = CivilCalendar.number(year, 12, 31)
    switch rule {
    case .fixed(let month, let day): return CivilCalendar.number(year, month, day)
    case .hijri(let month, let day):
      guard let start = hijri.date(first) else { return nil }
      for y in [start.year, start.year + 1] {
        if let number = hijri.number(y, month, day), number >= first, number <= last { return number }
      }
      return nil
    case .chinese(let month, let day):
      var m: Int32 = 0
      var d: Int32 = 0
      guard fk_chinese_to_gregorian(Int32(year), Int32(month), Int32(day), &m, &d) == 0 else { return nil }
      return CivilCalendar.number(year, Int(m), Int(d))
    case .easter(let offset): return CivilCalendar.easter(year) + offset
    case .cycle(let anchor):
      let number = first + ((anchor - first) % 210 + 210) % 210
      return number <= last ? number : nil
    case .dates(let days): return days.first { $0 >= first && $0 <= last }
    }
  }

  /// The day in a year of the Islamic calendar, for its holidays.
  func day(hijriYear year: Int, _ hijri: HijriCalendar) -> Int? {
    guard case .hijri(let month, let day) = rule else { return nil }
    return hijri.number(year, month, day)
  }

  /// The occurrence nearest to a day.
  func nearest(to number: Int, _ hijri: HijriCalendar) -> Int? {
    let year = Int(CivilCalendar.day(number).year)
    var best: Int?
    for y in year - 1...year + 1 {
      guard let day = day(in: y, hijri) else { continue }
      if best.map({ abs(day - number) < abs($0 - number) }) ?? true { best = day }
    }
    return best
  }
}
