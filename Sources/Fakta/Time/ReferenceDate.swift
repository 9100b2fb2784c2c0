/// Finds the day of the report.
///
/// In this order: the option, the record's date, a full date in dateline, byline or page header, a word like "kemarin" beside
/// a full date, the day on which somebody spoke, a weekday with day and month that only one near year fits, the first full
/// date with a weekday. The machine's clock is no source.
struct ReferenceDate {
  let grammar: TimeGrammar
  let readings: [TimeReading]
  let document: Document

  struct Result {
    var day: Int?
    var source = Document.ReferenceSource.none
    /// The day from which relative times are counted: the day of the report, unless the text fixes another ("hari ini, Kamis
    /// (7/9)" in an article of the 8th).
    var anchor: Int?
  }

  func find() -> Result {
    var result = Result()
    if let option = document.optionDate {
      result = Result(day: CivilCalendar.number(option), source: .option, anchor: CivilCalendar.number(option))
      return result
    }
    if let day = recordDay() {
      result = Result(day: day, source: .record, anchor: day)
    } else if let day = headerDay() {
      result = Result(day: day, source: .dateline, anchor: day)
    } else if let day = appositionDay(near: nil) ?? statementDay() {
      result = Result(day: day, source: .text, anchor: day)
    }
    if let day = result.day, let anchor = appositionDay(near: day), abs(anchor - day) <= 31 { result.anchor = anchor }
    return result
  }

  private func recordDay() -> Int? {
    guard !document.recordDate.isEmpty else { return nil }
    if let date = parseISODate(document.recordDate.span) { return CivilCalendar.number(date.year, date.month, date.day) }
    return nil
  }

  private func resolver(_ reference: Int?) -> TimeResolver { TimeResolver(vocabulary: grammar.vocabulary, reference: reference) }

  private func fullDay(_ reading: TimeReading) -> Int? {
    guard reading.isCalendarDay, reading.hasYear else { return nil }
    return resolver(nil).day(of: reading, anchor: nil)?.day
  }

  /// A full date in a dateline, byline, caption or page header.
  private func headerDay() -> Int? {
    for reading in readings {
      guard let day = fullDay(reading) else { continue }
      for region in document.regions where region.kind == .dateline || region.kind == .byline {
        if region.span.contains(Int(reading.span.start)) { return day }
      }
      if Int(reading.span.start) < 40, reading.hasClock, isAloneOnLine(reading) { return day }
    }
    return nil
  }

  private func isAloneOnLine(_ reading: TimeReading) -> Bool {
    let start = Int(reading.span.start)
    let end = Int(reading.span.end)
    let tokens = grammar.tokens
    let opens = start == 0 || tokens.gap[start] >= TokenGap.line || tokens.kind[start - 1] == TokenKind.dash || tokens.kind[start - 1] == TokenKind.other
    return opens && (end >= tokens.count || tokens.gap[end] >= TokenGap.line)
  }

  /// The day that a word like `kemarin` beside a full date fixes.
  ///
  /// - Parameter day: The day of the report, by which a date without a year gets one.
  private func appositionDay(near day: Int?) -> Int? {
    for i in readings.indices.dropLast() {
      let deictic = readings[i]
      guard deictic.base == .offset, deictic.unit == .day, !deictic.isFocus, !deictic.isRange, deictic.quoteEnd < 0 else { continue }
      let date = readings[i + 1]
      let gap = Int(deictic.span.end)
      guard date.isCalendarDay, date.quoteEnd < 0, Int(date.span.start) == gap + 1 else { continue }
      let kind = grammar.tokens.kind[gap]
      guard kind == TokenKind.comma || kind == TokenKind.openParen else { continue }
      let found = day == nil ? fullDay(date) ?? yearless(date) : resolver(day).day(of: date, anchor: day)?.day
      if let found { return found - Int(deictic.offset) }
    }
    return nil
  }

  /// A weekday with day and month, in the one year near those of the text that fits.
  private func yearless(_ reading: TimeReading) -> Int? {
    guard reading.isCalendarDay, !reading.hasYear, reading.weekday != 0, let year = latestYear() else { return nil }
    for y in [year, year + 1, year - 1, year + 2, year - 2] where CivilCalendar.isDay(y, Int(reading.month), Int(reading.day)) {
      let number = CivilCalendar.number(y, Int(reading.month), Int(reading.day))
      if CivilCalendar.weekday(number) == Int(reading.weekday) { return number }
    }
    return nil
  }

  /// The latest year that the text names.
  private func latestYear() -> Int? {
    var latest: Int?
    for reading in readings where reading.hasYear && (reading.base == .day || reading.base == .month || reading.base == .year) {
      let year = Int(reading.year)
      guard year > 1900, year < 2100 else { continue }
      latest = max(latest ?? 0, year)
    }
    return latest
  }

  /// The latest day on which somebody spoke; else the first full date with a weekday; else the first full date.
  private func statementDay() -> Int? {
    var latest: Int?
    var first: Int?
    var plain: Int?
    for reading in readings where reading.quoteEnd < 0 {
      guard reading.isCalendarDay, !reading.shift.contains(.next) else { continue }
      guard let day = fullDay(reading) ?? yearless(reading) else { continue }
      if reading.isStatement, reading.weekday != 0 { latest = max(latest ?? day, day) }
      if reading.weekday != 0, first == nil { first = day }
      if reading.hasYear, plain == nil { plain = day }
    }
    return latest ?? first ?? plain
  }
}
