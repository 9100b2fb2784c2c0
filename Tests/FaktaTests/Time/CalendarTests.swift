import CFaktaICU
import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct CalendarTests {
  static let first = CivilCalendar.number(1900, 1, 1)
  static let last = CivilCalendar.number(2100, 12, 31)

  @Test func knownDays() {
    #expect(CivilCalendar.number(1970, 1, 1) == 0)
    #expect(CivilCalendar.number(2000, 3, 1) == 11_017)
    #expect(CivilCalendar.number(2015, 11, 9) == 16_748)
    #expect(CivilCalendar.day(-1) == CalendarDay(1969, 12, 31))
  }

  /// Every day from 1900 to 2100 there and back, following its neighbour, with the weekday of an independent calendar.
  @Test func everyDay() {
    var previous = CivilCalendar.day(Self.first - 1)
    for number in Self.first...Self.last {
      let day = CivilCalendar.day(number)
      #expect(CivilCalendar.number(day) == number)
      #expect(CivilCalendar.isDay(Int(day.year), Int(day.month), Int(day.day)))
      #expect(previous < day)
      previous = day
    }
    // ICU is slow: each tenth day, and the days around each new year.
    for number in Self.first...Self.last
    where number % 10 == 0 || CivilCalendar.day(number).month % 11 == 1 && CivilCalendar.day(number).day < 4 {
      let day = CivilCalendar.day(number)
      #expect(CivilCalendar.weekday(number) == Int(fk_weekday(day.year, Int32(day.month), Int32(day.day))))
    }
  }

  /// A week has seven days, week 1 holds 4 January, and the week number grows by one from Monday to Monday.
  @Test func isoWeeks() {
    for year in 1900...2100 {
      #expect(CivilCalendar.isoWeek(CivilCalendar.number(year, 1, 4)) == (year, 1))
      let last = CivilCalendar.isoWeek(CivilCalendar.number(year, 12, 28))
      #expect(last.year == year)
      // A year has 53 weeks when it begins on a Thursday, or is a leap year and begins on a Wednesday.
      let first = CivilCalendar.weekday(CivilCalendar.number(year, 1, 1))
      #expect(last.week == (first == 4 || first == 3 && CivilCalendar.isLeap(year) ? 53 : 52))
    }
    #expect(CivilCalendar.isoWeek(CivilCalendar.number(2016, 1, 1)) == (2015, 53))
    #expect(CivilCalendar.isoWeek(CivilCalendar.number(2019, 12, 30)) == (2020, 1))
  }

  @Test func months() {
    #expect(
      CivilCalendar.day(CivilCalendar.add(months: -1, to: CivilCalendar.number(2015, 3, 31)))
        == CalendarDay(2015, 2, 28))
    #expect(
      CivilCalendar.day(CivilCalendar.add(months: 12, to: CivilCalendar.number(2020, 2, 29)))
        == CalendarDay(2021, 2, 28))
    #expect(
      CivilCalendar.day(CivilCalendar.add(months: -13, to: CivilCalendar.number(2016, 1, 5)))
        == CalendarDay(2014, 12, 5))
  }

  @Test func easter() {
    for (year, month, day) in [(2015, 4, 5), (2016, 3, 27), (2019, 4, 21), (2024, 3, 31), (2038, 4, 25), (2000, 4, 23)]
    {
      #expect(CivilCalendar.easter(year) == CivilCalendar.number(year, month, day))
    }
  }

  /// Every day of 250 years of the Islamic calendar there and back, with months of 29 or 30 days.
  @Test func hijriThereAndBack() {
    let hijri = HijriCalendar()
    for year in 1320...1570 {
      for month in 1...12 {
        guard let range = hijri.month(year, month) else {
          Issue.record("no month \(month) of \(year)")
          continue
        }
        #expect((29...30).contains(range.last - range.first + 1))
        for number in [range.first, range.first + 14, range.last] {
          guard let date = hijri.date(number) else {
            Issue.record("no date for \(number)")
            continue
          }
          #expect((date.year, date.month) == (year, month))
          #expect(hijri.number(date.year, date.month, date.day) == number)
        }
      }
    }
    #expect(hijri.number(1437, 9, 31) == nil)
  }

  /// The decided months fit between ICU's: months keep 29 or 30 days, and the days of ICU are at most one day off.
  @Test func decidedMonthsFit() {
    let decided = CalendarVocabulary(lexicon: TestLexicon.shared).hijri
    let computed = HijriCalendar()
    for year in 1420...1447 {
      for month in 1...12 {
        guard let a = decided.start(year, month), let b = computed.start(year, month) else { continue }
        #expect(abs(a - b) <= 1, "\(month) \(year)")
      }
    }
  }

  @Test func holidays() throws {
    let vocabulary = CalendarVocabulary(lexicon: TestLexicon.shared)
    func day(_ rule: String, _ year: Int) throws -> CalendarDay? {
      let rule = try #require(Holiday.Rule(rule, days: ["nyepi": [CivilCalendar.number(2016, 3, 9)]]))
      return Holiday(rule: rule).day(in: year, vocabulary.hijri).map(CivilCalendar.day)
    }
    #expect(try day("12-25", 2015) == CalendarDay(2015, 12, 25))
    #expect(try day("hijri 10-01", 2019) == CalendarDay(2019, 6, 5))
    #expect(try day("hijri 12-10", 2016) == CalendarDay(2016, 9, 12))
    #expect(try day("chinese 01-01", 2016) == CalendarDay(2016, 2, 8))
    #expect(try day("chinese 01-01", 2025) == CalendarDay(2025, 1, 29))
    #expect(try day("easter -2", 2016) == CalendarDay(2016, 3, 25))
    #expect(try day("cycle 2024-02-28", 2024) == CalendarDay(2024, 2, 28))
    #expect(try day("dates nyepi", 2016) == CalendarDay(2016, 3, 9))
    #expect(try day("dates nyepi", 2017) == nil)
    #expect(Holiday.Rule("cycle", days: [:]) == nil)
  }

  @Test func daysAsText() {
    #expect(CalendarDay(2015, 11, 9).iso == "2015-11-09")
    var text = ShortText()
    text.append(0x2D)
    text.append(7, width: 2)
    #expect(text.description == "-07")
  }
}
