import Foundation
import Testing

@testable import Fakta

@Suite struct RecordDateTests {
  private func read(_ text: String) -> String? {
    parseISODate(utf8(text).span).map { "\($0.year)-\($0.month)-\($0.day)" }
  }

  @Test(arguments: [
    "2015-11-09", " 2015-11-09\n", "2015-11-9", "2015-11-09T10:00:00Z", "2015-11-09T10:00:00+07:00",
    "2015-11-09T23:59:59.123456-0800", "2015-11-09t10:00", "2015-11-09 10:00:00", "2015-11-09 10:00 WIB",
    "2015-11-09 ", "2015-11-09T10:00:00,5Z", "2015-11-09 10:00:00 UTC", "2015/11/09", "2015/11/9 10:00",
    "20151109", "20151109T100000Z", "20151109T1000+0700", "20151109100000",
    "Mon, 09 Nov 2015 10:00:00 +0700", "9 Nov 2015", "09 nov 2015 10:00 GMT", "Mon, 9 NOV 2015",
    "Mon, 09 Nov 2015 10:00:00 +0700 (WIB)", "1447059600", "1447059600123", "1447059600.5",
    "Nov 9, 2015", "November 9, 2015", "nov 09, 2015 10:00 AM",
  ])
  func ninthOfNovember(_ text: String) {
    #expect(read(text) == "2015-11-9")
  }

  @Test(arguments: [
    "", " ", "2015", "2015-11", "2015-13-01", "2015-02-29", "2015-04-31", "2015-00-10", "2015-11-00", "0000-01-01",
    "2015-11/09", "2015.11.09", "15-11-09", "2015-11-09x", "2015-11-09T", "2015-11-09Tx", "2015-11-09 pagi",
    "2015-11-09 - 2015-12-01", "2015-11-091", "201511", "201511091", "20151399", "9 November 2015",
    "Senin, 9 Nov 2015 pagi", "Nov 9 2015", "Nov 39, 2015", "Novemberevening 9, 2015", "Nov 9, 2015 pagi ini",
    "09/11/2015", "Mon 09 Nov 2015", "99 Nov 2015", "144703800", "14470380000", "١٢٣٤-11-09", "—", "2015-11-09\0",
  ])
  func notADate(_ text: String) {
    #expect(read(text) == nil)
  }

  @Test func leapDays() {
    #expect(read("2016-02-29") == "2016-2-29")
    #expect(read("2000-02-29") == "2000-2-29")
    #expect(read("1900-02-29") == nil)
  }

  /// Every day from 2001 (the first with ten digits) to 2100, against Foundation.
  @Test func epochSeconds() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for day in 11_575..<47_482 {
      let seconds = day * 86_400 + (day % 2 == 0 ? 0 : 86_399)
      let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(seconds)))
      let found = parseISODate(utf8("\(seconds)").span)
      #expect(found?.year == parts.year && found?.month == parts.month && found?.day == parts.day)
    }
  }

  @Test func randomBytesNeverTrap() {
    var random = SeededRandom(seed: 3)
    let alphabet = utf8("0123456789-/:TZ+. (),NovMon\u{FF}")
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<30, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
      if let date = parseISODate(bytes.span) { #expect((1...12).contains(date.month) && (1...31).contains(date.day)) }
    }
  }
}
