import FaktaTestSupport
import Testing

@testable import Fakta

/// Days written in every absolute shape and read back, and relative words over the edges of the calendar.
@Suite struct DatePropertyTests {
  static let months = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
  ]
  static let short = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"]
  static let weekdays = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]

  static func two(_ n: Int8) -> String { n < 10 ? "0\(n)" : "\(n)" }

  typealias Shape = @Sendable (CalendarDay, String) -> String

  static let shapes: [(name: String, write: Shape)] = [
    ("long", { day, _ in "\(day.day) \(months[Int(day.month) - 1]) \(day.year)" }),
    ("short month", { day, _ in "\(two(day.day)) \(short[Int(day.month) - 1]) \(day.year)" }),
    ("capitals", { day, _ in "\(day.day) \(months[Int(day.month) - 1].uppercased()) \(day.year)" }),
    ("weekday", { day, weekday in "\(weekday), \(day.day) \(months[Int(day.month) - 1]) \(day.year)" }),
    ("weekday and slashes", { day, weekday in "\(weekday) (\(day.day)/\(day.month)/\(day.year))" }),
    ("weekday and zeros", { day, weekday in "\(weekday) (\(two(day.day))/\(two(day.month))/\(day.year))" }),
    (
      "hari and tanggal",
      { day, weekday in "hari \(weekday) tanggal \(day.day) \(months[Int(day.month) - 1]) \(day.year)" }
    ),
    ("slashes", { day, _ in "\(day.day)/\(day.month)/\(day.year)" }),
    ("hyphens", { day, _ in "\(two(day.day))-\(two(day.month))-\(day.year)" }),
    ("dots", { day, _ in "\(two(day.day)).\(two(day.month)).\(day.year)" }),
    ("ISO", { day, _ in Dates.text(day) }),
  ]

  /// One text per year and shape: 366 lines are read at once.
  @Test(arguments: shapes.map(\.name))
  func everyDayInEveryShape(_ name: String) throws {
    let shape = try #require(Self.shapes.first { $0.name == name })
    for year in 1900...2100 {
      let first = CivilCalendar.number(year, 1, 1)
      let days = (first...CivilCalendar.number(year, 12, 31)).map(CivilCalendar.day)
      let lines = days.map { day in
        "Rapat digelar pada \(shape.write(day, Self.weekdays[CivilCalendar.weekday(CivilCalendar.number(day)) - 1])).\n\n"
      }
      let document = Dates.annotate(lines.joined(), option: CalendarDay(2015, 11, 10))
      #expect(document.dates.count == days.count, "\(name) \(year)")
      for (date, day) in zip(document.dates, days)
      where date.from != day || date.value.description != Dates.text(day) || date.weekdayConflicts {
        Issue.record("\(name): \(Dates.text(day)) was read as \(date.value)")
      }
    }
  }

  /// Day and month without a year, from each day of a leap year and its neighbours: the nearest such day.
  @Test func yearless() {
    for reference in stride(from: CivilCalendar.number(2019, 1, 1), through: CivilCalendar.number(2021, 12, 31), by: 13)
    {
      for target in stride(from: reference - 180, through: reference + 180, by: 7) {
        let day = CivilCalendar.day(target)
        if day.month == 2, day.day == 29 { continue }
        let text = "Rapat digelar \(day.day) \(Self.months[Int(day.month) - 1])."
        #expect(Dates.values(text, option: CivilCalendar.day(reference)) == [Dates.text(day)])
      }
    }
  }

  /// A weekday with its day and month fixes the year and never contradicts itself.
  @Test func weekdayAndShortDay() {
    for reference in stride(from: CivilCalendar.number(2015, 12, 1), through: CivilCalendar.number(2016, 3, 20), by: 5)
    {
      for target in reference - 30...reference + 30 {
        let day = CivilCalendar.day(target)
        let text = "Rapat digelar \(Self.weekdays[CivilCalendar.weekday(target) - 1]) (\(day.day)/\(day.month))."
        let dates = Dates.annotate(text, option: CivilCalendar.day(reference)).dates
        #expect(dates.map(\.value.description) == [Dates.text(day)])
        #expect(dates.first?.weekdayConflicts == false)
      }
    }
  }

  /// The date wins over the weekday, and the annotation says so.
  @Test func contradiction() throws {
    let date = try #require(
      Dates.annotate("Rapat digelar Selasa (9/11/2015).", option: CalendarDay(2015, 11, 10)).dates.first)
    #expect(date.value.description == "2015-11-09")
    #expect(date.weekdayConflicts)
  }

  /// Words counted from the day of the report, over ends of years, leap days and weeks 53.
  @Test func relativeWords() {
    let edges = [(2015, 12, 25), (2016, 2, 24), (2019, 12, 26), (2020, 2, 25), (2020, 12, 26), (2021, 12, 28)]
    for (year, month, start) in edges {
      for reference in CivilCalendar.number(year, month, start)...CivilCalendar.number(year, month, start) + 10 {
        let day = CivilCalendar.day(reference)
        func expect(_ words: String, _ value: String) {
          #expect(Dates.values("Rapat digelar \(words).", option: day) == [value], "\(words) from \(Dates.text(day))")
        }
        func date(_ offset: Int) -> String { Dates.text(CivilCalendar.day(reference + offset)) }
        expect("hari ini", date(0))
        expect("kemarin", date(-1))
        expect("besok", date(1))
        expect("lusa", date(2))
        expect("kemarin lusa", date(-2))
        expect("sepuluh hari lalu", date(-10))
        expect("10 hari lagi", date(10))
        for (offset, words) in [(-1, "pekan lalu"), (0, "pekan ini"), (1, "pekan depan"), (2, "dua pekan lagi")] {
          let week = CivilCalendar.isoWeek(reference + 7 * offset)
          expect(words, "\(week.year)-W\(week.week < 10 ? "0" : "")\(week.week)")
        }
        for (offset, words) in [(-1, "bulan lalu"), (1, "bulan depan"), (-3, "tiga bulan lalu")] {
          let month = CivilCalendar.day(CivilCalendar.add(months: offset, to: reference))
          expect(words, String(Dates.text(month).prefix(7)))
        }
        expect("tahun lalu", "\(day.year - 1)")
        expect("tahun depan", "\(day.year + 1)")
        for (k, weekday) in Self.weekdays.enumerated() {
          let back = (CivilCalendar.weekday(reference) - k - 1 + 7) % 7
          expect("pada \(weekday)", date(-back))
          expect("\(weekday) lalu", date(back == 0 ? -7 : -back))
          expect("\(weekday) mendatang", date(7 - back))
          expect("\(weekday) pekan depan", Dates.text(CivilCalendar.day(CivilCalendar.monday(reference) + 7 + k)))
        }
      }
    }
  }

  /// Days of the Islamic calendar in words.
  @Test func hijriDays() {
    let vocabulary = CalendarVocabulary(lexicon: TestLexicon.shared)
    let names = [
      "Muharam", "Safar", "Rabiul Awal", "Rabiul Akhir", "Jumadil Awal", "Jumadil Akhir", "Rajab", "Syakban", "Ramadan",
      "Syawal", "Zulkaidah", "Zulhijah",
    ]
    for year in stride(from: 1400, through: 1450, by: 7) {
      for (k, name) in names.enumerated() {
        for day in [1, 15, 29] {
          guard let number = vocabulary.hijri.number(year, k + 1, day) else { continue }
          let dates = Dates.annotate("Acara digelar \(day) \(name) \(year) H.").dates
          #expect(dates.map(\.value.description) == [Dates.text(CivilCalendar.day(number))], "\(day) \(name) \(year)")
          #expect(dates.first?.isHijri == true)
        }
      }
    }
  }

  /// Impossible days are left alone.
  @Test func impossibleDays() {
    for text in [
      "Surat bertanggal 31/4/2015.", "Surat bertanggal 29 Februari 2015.", "Surat bertanggal 0/1/2015.",
      "Surat bertanggal 12/13/2015.", "Rapat pukul 24.30.", "Rapat pukul 12.60.",
    ] {
      #expect(Dates.values(text, option: CalendarDay(2015, 11, 10)).filter { $0.count >= 10 } == [], "\(text)")
    }
  }

  /// Nor is the day after the last one written.
  @Test func theLastDay() {
    for (words, value) in [("besok", "XXXX-XX-XX"), ("pekan depan", "XXXX"), ("hari ini", "9999-12-31")] {
      #expect(Dates.values("Rapat digelar \(words).", option: CalendarDay(9999, 12, 31)) == [value], "\(words)")
    }
  }

  /// What lies outside of the years 1 to 9999 is no day that a date can write.
  @Test(arguments: [
    ("Es itu mencair dalam 10.000 tahun terakhir.", "P10000Y"), ("Selama 99 abad ke depan es mencair.", "P9900Y"),
    ("Kota itu ramai dalam 20 tahun terakhir.", "P20Y"),
  ])
  func daysThatNoDateCanWrite(text: String, value: String) throws {
    let document = try TestLexicon.annotate(text, date: CalendarDay(2015, 11, 9))
    let date = try #require(document.dates.first)
    #expect(date.value.description == value)
    #expect(date.from == (value == "P20Y" ? CalendarDay(1995, 11, 9) : nil))
    #expect((date.to == nil) == (date.from == nil))
  }
}
