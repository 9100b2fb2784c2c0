import CFaktaICU
import FaktaTestSupport
import Testing

@testable import Fakta

/// Reads the numbers of a text, without what comes before or after numbers in the pipeline.
private struct NumberBench {
  var pipeline: Pipeline
  var document = Document()

  init() throws { pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.numbers]) }

  mutating func numbers(in text: String) -> [Number] {
    document.reset(text: Array(text.utf8))
    pipeline.annotate(&document)
    return document.numbers
  }
}

@Suite struct NumberTests {
  /// What stands between two numbers so that they are never read as one.
  static let separator = " x\n"

  #if DEBUG
    /// The full counts are for release builds (`swift test -c release`); a debug build takes a sample of them.
    static let integers = 20_000
    static let decimals = 2_000
  #else
    static let integers = 1_000_000
    static let decimals = 100_000
  #endif

  private func spelled(_ format: OpaquePointer, _ value: String) throws -> String {
    var buffer = [CChar](repeating: 0, count: 512)
    let n = fk_number_format(format, value, &buffer, 512)
    try #require(n >= 0, "ICU cannot format \(value)")
    return String(decoding: buffer[..<Int(n)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Formats `values` by ICU, reads them back in batches, and expects the same values.
  private func roundTrip(_ values: [(text: String, value: ExactDecimal)], kind: Int32, locale: String) throws {
    let format = try #require(fk_number_format_open(kind, locale))
    defer { fk_number_format_close(format) }
    var bench = try NumberBench()
    var at = 0
    while at < values.count {
      let batch = values[at..<min(values.count, at + 500)]
      let texts = try batch.map { try spelled(format, $0.text) }
      let numbers = bench.numbers(in: texts.joined(separator: Self.separator))
      let read = numbers.map { Self.read($0, english: locale == "en") }
      if read != batch.map(\.value.normalized) {
        for (text, wanted) in zip(texts, batch) {
          let alone = bench.numbers(in: text).map { Self.read($0, english: locale == "en") }
          guard alone == [wanted.value.normalized] else {
            Issue.record("'\(text)' is \(wanted.text), read as \(alone)")
            return
          }
        }
        Issue.record("a batch from '\(texts[0])' on reads differently together")
        return
      }
      at += 500
    }
  }

  /// One comma and three digits are thousands by the English convention.
  private static func read(_ number: Number, english: Bool) -> ExactDecimal {
    english && number.traits.contains(.commaGroup) ? number.low.scaled(by: 3).normalized : number.low.normalized
  }

  /// Whole numbers of every magnitude up to 10^15.
  private func integers(_ count: Int, seed: UInt64) -> [(text: String, value: ExactDecimal)] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      let magnitude = Int64.random(in: 1...15, using: &random)
      let value = Int64.random(in: 1...(ExactDecimal.power(Int(magnitude)) ?? 1), using: &random)
      return ("\(value)", ExactDecimal(value))
    }
  }

  private func decimals(_ count: Int, seed: UInt64) -> [(text: String, value: ExactDecimal)] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      // One or two decimals: with three a comma could be either mark.
      let places = Int.random(in: 1...2, using: &random)
      let value = Int64.random(in: 1...99_999_999, using: &random)
      let unit = ExactDecimal.power(places) ?? 1
      let fraction = String("\(value % unit + unit)".dropFirst())
      return ("\(value / unit).\(fraction)", ExactDecimal(value, exponent: -Int32(places)))
    }
  }

  @Test(arguments: [UInt64(20_151_109)])
  func readsSpelledIntegers(seed: UInt64) throws {
    try roundTrip(integers(Self.integers, seed: seed), kind: 0, locale: "id")
  }

  @Test(arguments: [UInt64(20_151_110)])
  func readsIndonesianDigits(seed: UInt64) throws {
    try roundTrip(integers(Self.integers, seed: seed), kind: 1, locale: "id")
    try roundTrip(decimals(Self.decimals, seed: seed), kind: 1, locale: "id")
  }

  @Test(arguments: [UInt64(20_151_111)])
  func readsEnglishDigits(seed: UInt64) throws {
    try roundTrip(integers(Self.integers, seed: seed), kind: 1, locale: "en")
    try roundTrip(decimals(Self.decimals, seed: seed), kind: 1, locale: "en")
  }

  @Test(arguments: [UInt64(20_151_112)])
  func readsSpelledDecimals(seed: UInt64) throws {
    try roundTrip(decimals(Self.decimals / 10, seed: seed), kind: 0, locale: "id")
  }

  @Test(arguments: [
    ("seribu", "1000"), ("sejuta", "1000000"), ("dua ratus lima puluh ribu empat ratus tiga puluh satu", "250431"),
    ("setengah juta", "500000"), ("satu setengah", "1.5"), ("dua pertiga", "0.6667"), ("seperempat", "0.25"),
    ("belasan", "11..19"), ("ratusan ribu", "100000..999000"), ("jutaan", "1000000..9999999"), ("2,5 juta", "2500000"),
    ("15 ribuan", "15000"), ("lima (5)", "5"), ("ke-70", "70"), ("ke-XII", "12"), ("5-7", "5..7"),
    ("lima hingga tujuh", "5..7"),
    ("31-33 ribu", "31000..33000"), ("2 juta 500 ribu", "2500000"), ("5 ratus ribu", "500000"),
    ("dua ribu triliun", "2000000000000000"),
    // With its decimals it has no room.
    (
      "sembilan ratus dua puluh dua ribu tiga ratus tiga puluh tujuh triliun dua ratus tiga miliar enam ratus delapan puluh lima "
        + "juta empat ratus tujuh puluh tujuh ribu lima ratus delapan puluh koma sembilan", "922337203685477580"
    ),
    ("1/3", "0.3333"), ("6,055", "6.055"), ("1.5 juta", "1500000"), ("1,250.75", "1250.75"),
    ("1.250.000,50", "1250000.5"),
    ("antara 3 dan 5", "3..5"), ("kedua belas", "12"), ("keduapuluh satu", "21"), ("duapuluh lima", "25"),
  ])
  func reads(_ text: String, _ wanted: String) throws {
    var bench = try NumberBench()
    let number = try #require(bench.numbers(in: text).first)
    var found = QuantityTests.decimal(number.low)
    if number.form != .single { found += "..\(QuantityTests.decimal(number.high))" }
    #expect(found == wanted)
  }

  /// Codes and numbers of more than 18 digits are left alone, not rounded.
  @Test(arguments: [
    "Su-24M", "G20", "0812-3456-7890", "46/PUU-VIII/2010", "10.3.1", "01.234.567.8-901.000", "abc123",
    "redaksi24@contoh.id", "5:3",
    "9/11/2015", "2015-11-09", "123456789012345678901234567890", "1.234.567.890.123.456.789.012", "U - 19", "satu-satu",
  ])
  func isNoNumber(_ text: String) throws {
    var bench = try NumberBench()
    #expect(bench.numbers(in: text).isEmpty)
  }

  @Test func arithmeticIsExactOrRefused() {
    let tenth = ExactDecimal(1, exponent: -1)
    #expect(tenth.plus(ExactDecimal(2, exponent: -1)) == ExactDecimal(3, exponent: -1))
    #expect(ExactDecimal(.max).plus(ExactDecimal(1)) == nil)
    #expect(ExactDecimal(.max).times(ExactDecimal(2)) == nil)
    #expect(ExactDecimal(1, exponent: 30).isLess(than: ExactDecimal(2, exponent: 30)))
    #expect(ExactDecimal(9, exponent: -20).isLess(than: ExactDecimal(1, exponent: 20)))
    #expect(ExactDecimal(1250, exponent: -2).normalized == ExactDecimal(125, exponent: -1))
    #expect(ExactDecimal(text: "-12.50") == ExactDecimal(-1250, exponent: -2))
    #expect(ExactDecimal(text: "12a") == nil)
  }
}
