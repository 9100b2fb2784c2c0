/// Reads the calendar date of a record when it has one of the shapes that machines write.
///
///     2015-11-09   2015-11-09T10:00:00+07:00   2015/11/9 10:00   20151109   20151109T100000Z
///     Mon, 09 Nov 2015 10:00:00 +0700   November 9, 2015   1447038000   1447038000123
///
/// The date is the one that is written; a time zone does not move it. Seconds and milliseconds since 1970 give the
/// date in UTC. White space around it is ignored. Dates as people write them are not read here.
///
/// - Parameter bytes: ASCII or UTF-8.
/// - Returns: A date that exists in the Gregorian calendar, or `nil`; `nil` for empty input.
/// - Complexity: O(*n*), no allocation.
public func parseISODate(_ bytes: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
  var reader = DateReader()
  reader.skipSpace(in: bytes)
  let start = reader.offset
  let digits = reader.skip(in: bytes, while: isDigit)
  reader.offset = start
  let date =
    switch digits {
    case 4, 8, 14: reader.readYearFirst(in: bytes, digits: digits)
    case 10, 13: reader.readEpoch(in: bytes, digits: digits)
    default: reader.readMailDate(in: bytes)
    }
  guard let date, date.year >= 1, CivilCalendar.isDay(date.year, date.month, date.day) else { return nil }
  return date
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

/// Reads the parts of a date one after the other.
private struct DateReader {
  typealias Date = (year: Int, month: Int, day: Int)

  var offset = 0

  func peek(in bytes: Span<UInt8>) -> UInt8 {
    offset < bytes.count ? bytes[offset] : 0
  }

  mutating func skipSpace(in bytes: Span<UInt8>) {
    skip(in: bytes) { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }

  /// Steps over bytes of one class and returns how many there were.
  @discardableResult
  mutating func skip(in bytes: Span<UInt8>, while belongs: (UInt8) -> Bool) -> Int {
    let start = offset
    while offset < bytes.count, belongs(bytes[offset]) { offset += 1 }
    return offset - start
  }

  mutating func skip(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    guard peek(in: bytes) == byte else { return false }
    offset += 1
    return true
  }

  /// Reads a number whose count of digits lies in `length`.
  mutating func readNumber(_ length: ClosedRange<Int>, in bytes: Span<UInt8>) -> Int? {
    var value = 0
    let start = offset
    while offset - start < length.upperBound, isDigit(peek(in: bytes)) {
      value = value * 10 + Int(bytes[offset] - UInt8(ascii: "0"))
      offset += 1
    }
    return length.contains(offset - start) ? value : nil
  }

  mutating func readYearFirst(in bytes: Span<UInt8>, digits: Int) -> Date? {
    guard let year = readNumber(4...4, in: bytes) else { return nil }
    let separator = digits == 4 ? peek(in: bytes) : 0
    let length = digits == 4 ? 1...2 : 2...2
    if digits == 4 {
      guard separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") else { return nil }
      offset += 1
    }
    guard let month = readNumber(length, in: bytes) else { return nil }
    if digits == 4, !skip(separator, in: bytes) { return nil }
    guard let day = readNumber(length, in: bytes) else { return nil }
    if digits == 14 {
      guard readNumber(6...6, in: bytes) != nil, skipZone(in: bytes) else { return nil }
    } else {
      guard skipTime(in: bytes) else { return nil }
    }
    return (year, month, day)
  }

  /// Steps over the rest behind the day: nothing, or a time with or without a zone.
  private mutating func skipTime(in bytes: Span<UInt8>) -> Bool {
    if !skip(UInt8(ascii: "T"), in: bytes) && !skip(UInt8(ascii: "t"), in: bytes) {
      let end = offset
      skipSpace(in: bytes)
      if offset == bytes.count { return true }
      if offset == end { return false }
    }
    return skipClock(in: bytes) && skipZone(in: bytes)
  }

  /// Steps over `10:00`, `10:00:00.123`, `1000` or `100000`.
  private mutating func skipClock(in bytes: Span<UInt8>) -> Bool {
    guard readNumber(1...2, in: bytes) != nil else { return false }
    for _ in 0..<2 {
      let hasColon = skip(UInt8(ascii: ":"), in: bytes)
      guard hasColon || isDigit(peek(in: bytes)) else { break }
      guard readNumber(2...2, in: bytes) != nil else { return false }
    }
    if peek(in: bytes) == UInt8(ascii: ".") || peek(in: bytes) == UInt8(ascii: ",") {
      offset += 1
      return skip(in: bytes, while: isDigit) > 0
    }
    return true
  }

  /// Steps over a zone, a name (`Z`, `WIB`), an offset (`+07:00`) or both, and a comment (`(WIB)`).
  private mutating func skipZone(in bytes: Span<UInt8>) -> Bool {
    skipSpace(in: bytes)
    guard skip(in: bytes, while: isLetter) <= 5 else { return false }
    if skip(UInt8(ascii: "+"), in: bytes) || skip(UInt8(ascii: "-"), in: bytes) {
      guard skip(in: bytes, while: { isDigit($0) || $0 == UInt8(ascii: ":") }) > 0 else {
        return false
      }
    }
    skipSpace(in: bytes)
    if skip(UInt8(ascii: "("), in: bytes) {
      skip(in: bytes) { isLetter($0) || $0 == 0x20 }
      guard skip(UInt8(ascii: ")"), in: bytes) else { return false }
      skipSpace(in: bytes)
    }
    return offset == bytes.count
  }

  /// Reads `Mon, 09 Nov 2015 10:00:00 +0700` and `Nov 9, 2015 10:00`; the weekday and the time may be missing.
  mutating func readMailDate(in bytes: Span<UInt8>) -> Date? {
    if let date = readMonthFirst(in: bytes) { return date }
    if isLetter(peek(in: bytes)) {
      skip(in: bytes, while: isLetter)
      guard skip(UInt8(ascii: ","), in: bytes) else { return nil }
      skipSpace(in: bytes)
    }
    guard let day = readNumber(1...2, in: bytes) else { return nil }
    skipSpace(in: bytes)
    guard let month = readMonth(in: bytes) else { return nil }
    skipSpace(in: bytes)
    guard let year = readNumber(4...4, in: bytes), skipTime(in: bytes) else { return nil }
    return (year, month, day)
  }

  /// Reads `November 9, 2015`, `Nov 9, 2015 10:00 AM`; steps over nothing where none stands.
  private mutating func readMonthFirst(in bytes: Span<UInt8>) -> Date? {
    let start = offset
    if let month = readMonth(letters: 3...9, in: bytes) {
      skipSpace(in: bytes)
      if let day = readNumber(1...2, in: bytes), skip(UInt8(ascii: ","), in: bytes) {
        skipSpace(in: bytes)
        if let year = readNumber(4...4, in: bytes), skipTime(in: bytes) { return (year, month, day) }
      }
    }
    offset = start
    return nil
  }

  /// Reads a month by its first three letters in English, in any case.
  private mutating func readMonth(letters: ClosedRange<Int> = 3...3, in bytes: Span<UInt8>) -> Int? {
    let start = offset
    guard letters.contains(skip(in: bytes, while: isLetter)) else { return nil }
    let names: StaticString = "janfebmaraprmayjunjulaugsepoctnovdec"
    return names.withUTF8Buffer { names in
      (1...12).first { month in
        (0..<3).allSatisfy { bytes[start + $0] | 0x20 == names[3 * (month - 1) + $0] }
      }
    }
  }

  /// Reads seconds (10 digits) or milliseconds (13 digits) since 1970.
  mutating func readEpoch(in bytes: Span<UInt8>, digits: Int) -> Date? {
    guard let count = readNumber(digits...digits, in: bytes) else { return nil }
    if skip(UInt8(ascii: "."), in: bytes) { skip(in: bytes, while: isDigit) }
    skipSpace(in: bytes)
    guard offset == bytes.count else { return nil }
    let days = (digits == 13 ? count / 1000 : count) / 86_400
    let day = CivilCalendar.day(days)
    return (Int(day.year), Int(day.month), Int(day.day))
  }
}
