/// The lists for dates of records that people wrote. A reference, since each document's search holds it and few ask it.
final class RecordDateLists: Sendable {
  let matcher: LexiconMatcher

  init(lexicon: Lexicon) { matcher = LexiconMatcher(lexicon: lexicon) }
}

/// Finds the day of the report.
///
/// In this order: the option, the record's date, a full date in dateline, byline or page header, a word like `kemarin` beside
/// a full date, the day on which somebody spoke or that a rule names (`ReportDateRules`), a weekday with day and month that only
/// one near year fits, the first full date with a weekday. The machine's clock is no source.
struct ReferenceDate {
  let grammar: TimeGrammar
  let readings: [TimeReading]
  let regions: [Region]
  let option: CalendarDay?
  let record: [UInt8]
  let records: RecordDateLists
  /// What rules say of the dates in the text.
  var verdicts: [ReportDateRules.Verdict] = []

  struct Result {
    var day: Int?
    var source = Document.ReferenceSource.none
    /// The day from which relative times are counted: the day of the report, unless the text fixes another ("hari ini, Kamis
    /// (7/9)" in an article of the 8th).
    var anchor: Int?
    /// The rule that named the day (index into `Lexicon.dateRules`), -1 for none.
    var rule: Int32 = -1
  }

  /// The day that option, record or dateline give.
  func findGiven() -> Result {
    if let option {
      return Result(day: CivilCalendar.number(option), source: .option, anchor: CivilCalendar.number(option))
    }
    if let day = recordDay() { return anchored(Result(day: day, source: .record, anchor: day)) }
    if let day = headerDay() { return anchored(Result(day: day, source: .dateline, anchor: day)) }
    return Result()
  }

  /// The day that the article's sentences give.
  func findInText() -> Result {
    if let day = appositionDay(near: nil) { return anchored(Result(day: day, source: .text, anchor: day)) }
    guard let found = statementDay() else { return Result() }
    return anchored(Result(day: found.day, source: .text, anchor: found.day, rule: found.rule))
  }

  private func anchored(_ result: Result) -> Result {
    var result = result
    if let day = result.day, let anchor = appositionDay(near: day), abs(anchor - day) <= 31 { result.anchor = anchor }
    return result
  }

  private func recordDay() -> Int? {
    guard !record.isEmpty else { return nil }
    if let date = parseISODate(record.span) { return CivilCalendar.number(date.year, date.month, date.day) }
    return writtenDay(record)
  }

  /// The full date in a text of its own, as people write it: `Kamis, 12 November 2015 | 08:00 WIB`.
  private func writtenDay(_ bytes: [UInt8]) -> Int? {
    guard bytes.count <= 200, String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var tokens = TokenTable()
    var matches: [Match] = []
    var index: [UInt32] = []
    Tokenizer().tokenize(bytes, into: &tokens)
    var matcher = records.matcher
    matcher.lookUp(bytes, &tokens)
    matcher.match(bytes, tokens, matches: &matches, index: &index)
    let grammar = TimeGrammar(
      vocabulary: grammar.vocabulary, lexicon: grammar.lexicon, tokens: tokens, bytes: bytes, matches: matches,
      matchIndex: index, classes: grammar.classes)
    for i in 0..<tokens.count {
      var skip = i
      if let reading = grammar.reading(at: i, last: 0, skip: &skip), let day = fullDay(reading) { return day }
    }
    return nil
  }

  private func resolver(_ reference: Int?) -> TimeResolver {
    TimeResolver(vocabulary: grammar.vocabulary, reference: reference)
  }

  private func fullDay(_ reading: TimeReading) -> Int? {
    guard reading.isCalendarDay, reading.hasYear else { return nil }
    return resolver(nil).day(of: reading, anchor: nil)?.day
  }

  /// A full date in a dateline or byline, or alone on one of the first lines, with or without a clock time.
  private func headerDay() -> Int? {
    // Both are in text order, and regions do not overlap.
    var r = 0
    for i in readings.indices {
      let start = readings[i].span.start
      while r < regions.count, regions[r].span.end <= start { r += 1 }
      guard let day = fullDay(readings[i]) else { continue }
      if r < regions.count, datesReport(regions[r], start) { return day }
      if start < 40, isAloneOnLine(i) { return day }
    }
    return nil
  }

  /// Whether a full date at token `start` in or before the region is the day of the report.
  private func datesReport(_ region: Region, _ start: Int32) -> Bool {
    switch region.kind {
    case .dateline, .byline: region.span.contains(Int(start))
    // A line above the dateline that begins with the day: "5 Februari 2024 10:15 WIB • 3 menit". A photo's begins otherwise.
    case .caption: region.span.start == start
    default: false
    }
  }

  private func isAloneOnLine(_ i: Int) -> Bool {
    let tokens = grammar.tokens
    let start = Int(readings[i].span.start)
    guard
      start == 0 || tokens.gap[start] >= TokenGap.line
        || !isWord(start - 1) && tokens.kind[start - 1] != TokenKind.openParen
    else { return false }
    var end = Int(readings[i].span.end)
    var next = i + 1
    while end < tokens.count, tokens.gap[end] < TokenGap.line {
      if next < readings.count, Int(readings[next].span.start) == end, readings[next].base == .clock {
        end = Int(readings[next].span.end)
        next += 1
      } else if tokens.kind[end] == TokenKind.other || tokens.kind[end] == TokenKind.dash
        || tokens.kind[end] == TokenKind.hyphen
      {
        end += 1
      } else {
        return false
      }
    }
    return true
  }

  private func isWord(_ i: Int) -> Bool {
    let kind = grammar.tokens.kind[i]
    return kind <= TokenKind.otherWord || kind == TokenKind.comma || kind == TokenKind.period
  }

  /// The day that a word like `kemarin` beside a full date fixes.
  ///
  /// - Parameter day: The day of the report, by which a date without a year gets one.
  private func appositionDay(near day: Int?) -> Int? {
    lazy var years = yearsOfText()
    for i in readings.indices {
      let deictic = readings[i]
      if deictic.deixis != TimeReading.unknown, deictic.isCalendarDay, deictic.quoteEnd < 0,
        let found = day == nil
          ? fullDay(deictic) ?? yearless(deictic, years) : resolver(day).day(of: deictic, anchor: day)?.day
      {
        // `kemarin` is said loosely of days before.
        if deictic.deixis > 0 || day.map({ abs(found - Int(deictic.deixis) - $0) <= 1 }) ?? false {
          return found - Int(deictic.deixis)
        }
      }
      guard i + 1 < readings.count else { break }
      guard deictic.base == .offset, deictic.unit == .day, !deictic.isFocus, !deictic.isRange, deictic.quoteEnd < 0
      else { continue }
      let date = readings[i + 1]
      let gap = Int(deictic.span.end)
      guard date.isCalendarDay, date.quoteEnd < 0, Int(date.span.start) == gap + 1 else { continue }
      let kind = grammar.tokens.kind[gap]
      guard kind == TokenKind.comma || kind == TokenKind.openParen else { continue }
      let found = day == nil ? fullDay(date) ?? yearless(date, years) : resolver(day).day(of: date, anchor: day)?.day
      if let found { return found - Int(deictic.offset) }
    }
    return nil
  }

  /// A weekday with day and month, in the one year near those of the text that fits.
  ///
  /// - Parameter years: `yearsOfText()`, asked for only where they are needed.
  private func yearless(_ reading: TimeReading, _ years: @autoclosure () -> TextYears) -> Int? {
    guard reading.isCalendarDay, !reading.hasYear, reading.weekday != 0 else { return nil }
    let years = years()
    guard let latest = years.latest else { return years.ofTitles.compactMap { day(reading, of: $0) }.max() }
    let year = Int(CivilCalendar.day(latest).year)
    for y in [year, year + 1, year - 1] {
      // What a report dates in full lies behind it, or a few months ahead.
      guard let number = day(reading, of: y), number > latest - 200 else { continue }
      return y == year ? number : dayNearYears(reading, beside: number, years.named)
    }
    return nil
  }

  /// The day of a weekday with day and month in a year, if it is one; none from before there was news on the web, which writes
  /// dates without their year.
  private func day(_ reading: TimeReading, of year: Int) -> Int? {
    guard year >= Self.firstYear, CivilCalendar.isDay(year, Int(reading.month), Int(reading.day)) else { return nil }
    let number = CivilCalendar.number(year, Int(reading.month), Int(reading.day))
    return CivilCalendar.weekday(number) == Int(reading.weekday) ? number : nil
  }

  private static let firstYear = 1998
  /// How many years ahead a report foretells things.
  private static let farthestForetold = 8

  /// `number`, or a day that fits a few years before, in a year that the text names or beside one: the latest year is then
  /// foretold (`pada 2030`).
  private func dayNearYears(_ reading: TimeReading, beside number: Int, _ named: [Int]) -> Int {
    let year = Int(CivilCalendar.day(number).year)
    var found = number
    var nearest = Int.max
    for other in named {
      for y in [other, other + 1, other - 1] {
        guard y < year - 1, y + Self.farthestForetold >= year, year - y < nearest, let number = day(reading, of: y)
        else { continue }
        (found, nearest) = (number, year - y)
      }
    }
    return found
  }

  /// The years that a text names.
  private struct TextYears {
    /// As many of each are kept.
    static let most = 12
    /// The latest full date; without one, the first day of the latest year, be it that of a notice.
    var latest: Int?
    /// Years that stand alone or with a month, quarter or half.
    var named: [Int] = []
    /// Years of contests and laws (`Piala Dunia 2018`), by which the day goes where there is no other.
    var ofTitles: [Int] = []

    static func add(_ year: Int, to list: inout [Int]) {
      if list.count < most, !list.contains(year) { list.append(year) }
    }
  }

  private func yearsOfText() -> TextYears {
    var years = TextYears()
    var latest: Int?
    for reading in readings where reading.hasYear {
      guard reading.year > 1900, reading.year < 2100 else { continue }
      let year = Int(reading.year)
      if reading.isTitleYear {
        TextYears.add(year, to: &years.ofTitles)
        continue
      }
      switch reading.base {
      case .day:
        if let found = fullDay(reading) { years.latest = max(years.latest ?? found, found) }
      case .month, .year, .period:
        latest = max(latest ?? 0, year)
        TextYears.add(year, to: &years.named)
      default: break
      }
    }
    years.latest = years.latest ?? (latest ?? noticeYear()).map { CivilCalendar.number($0, 1, 1) }
    return years
  }

  /// The year of a notice at the end of the page ("Copyright © ANTARA 2023").
  private func noticeYear() -> Int? {
    for region in regions where region.kind == .boilerplate {
      for i in region.span.range where grammar.tokens.isNumber(i) {
        if let year = grammar.number(i, digits: 4...4), year > 1990, year < 2100 { return year }
      }
    }
    return nil
  }

  /// The latest day on which somebody spoke, or that a rule names; else the first one written as the day of a report.
  private func statementDay() -> (day: Int, rule: Int32)? {
    var latest: (day: Int, rule: Int32)?
    var first: Int?
    lazy var years = yearsOfText()
    let verdicts = verdicts.sorted { $0.span.start < $1.span.start }
    var v = 0
    for reading in readings where reading.quoteEnd < 0 {
      let start = Int(reading.span.start)
      while v < verdicts.count, verdicts[v].span.end <= start { v += 1 }
      guard reading.isCalendarDay, !reading.shift.contains(.next) else { continue }
      // Two rules of different kinds may have claimed it.
      let verdict = verdicts[v...].prefix { $0.span.start <= start }.first { $0.span.contains(start) }
      if let verdict, !verdict.isReport { continue }
      guard verdict != nil || reading.weekday != 0, let day = fullDay(reading) ?? yearless(reading, years),
        isPlausible(day)
      else { continue }
      if reading.isReport || verdict != nil, day > latest?.day ?? .min {
        latest = (day, reading.isReport ? -1 : verdict?.rule ?? -1)
      }
      if reading.isSlashed, first == nil { first = day }
    }
    guard let found = latest ?? first.map({ ($0, -1) }) else { return nil }
    if let lead = leadDay(after: found.day) { return (lead, -1) }
    return found
  }

  /// Whether the day's year is not far from the other dates of the text, as a misspelt one is.
  private func isPlausible(_ day: Int) -> Bool {
    let year = Int(CivilCalendar.day(day).year)
    return year > 1900 && year < 2100
  }

  /// A bare weekday in the first lines or of a statement (`kata Budi, Rabu`) that is the day after the last full date: the
  /// article is of that day.
  private func leadDay(after day: Int) -> Int? {
    for reading in readings where reading.quoteEnd < 0 {
      let isInLead = Int(reading.span.start) < Self.leadTokens
      guard isInLead || reading.isStatement, reading.base == .weekday, reading.shift == [], reading.unit == .none,
        !reading.isFuture, !reading.isRange
      else { continue }
      let weekday = Int(reading.weekday)
      if CivilCalendar.weekday(day + 1) == weekday { return day + 1 }
      if isInLead || CivilCalendar.weekday(day) == weekday { return nil }
    }
    return nil
  }

  /// About the first two sentences, which tell what is new.
  private static let leadTokens = 60
}
