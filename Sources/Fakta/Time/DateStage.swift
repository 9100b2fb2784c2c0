/// Finds temporal expressions and the day of the report, and gives each its TIMEX3 value.
///
///     "Kami tiba besok," kata Budi, Senin (9/11/2015).
///                ╰─┬─╯              ╰───────┬──────╯
///            2015-11-10                2015-11-09
///
/// Three steps: the grammar reads expressions (`TimeGrammar`), the day of the report is looked for (`ReferenceDate`), and the
/// resolver gives values (`TimeResolver`). The clock of the machine is never read.
///
/// **Offsets.** Spans of tokens.
///
/// **Errors.** None: text that is no date yields none, and impossible dates are left alone.
///
/// **Cost.** One look-up per token, bounded work per word of the calendar.
public struct DateStage: Stage {
  public static let reads: Set<Layer> = [.tokens, .matches, .regions, .sentences, .numbers]
  public static let writes: Layer = .dates

  let lexicon: Lexicon
  let vocabulary: CalendarVocabulary
  private let classes: TimeGrammar.WordClasses
  private var readings: [TimeReading] = []
  private var context = TimeContext()
  private var rules: ReportDateRules
  private let records: RecordDateLists

  public init(lexicon: Lexicon) {
    self.lexicon = lexicon
    vocabulary = CalendarVocabulary(lexicon: lexicon)
    records = RecordDateLists(lexicon: lexicon)
    rules = ReportDateRules(lexicon: lexicon)
    classes = TimeGrammar.WordClasses(lexicon: lexicon)
  }

  public mutating func run(on document: inout Document) {
    readings.removeAll(keepingCapacity: true)
    let grammar = TimeGrammar(
      vocabulary: vocabulary, lexicon: lexicon, tokens: document.tokens, bytes: document.bytes,
      matches: document.matches,
      matchIndex: document.matchIndex, classes: classes)
    read(grammar, hidden: document.includesBoilerplate ? [] : document.regions)
    context.fill(&readings, grammar)
    var search = ReferenceDate(
      grammar: grammar, readings: readings, regions: document.regions, option: document.optionDate,
      record: document.recordDate, records: records)
    var reference = search.findGiven()
    if reference.source == .none {
      search.verdicts = rules.verdicts(on: &document, readings)
      reference = search.findInText()
    }
    document.referenceDate = reference.day.map(CivilCalendar.day)
    document.referenceSource = reference.source
    document.referenceRule = reference.rule
    resolve(reference, into: &document)
  }

  /// Reads all expressions outside boilerplate.
  private mutating func read(_ grammar: TimeGrammar, hidden regions: [Region]) {
    let count = grammar.tokens.count
    var last = 0
    var i = 0
    var region = 0
    while i < count {
      guard let next = firstStart(from: i, grammar) else { return }
      i = next
      while region < regions.count, regions[region].kind != .boilerplate || Int(regions[region].span.end) <= i {
        region += 1
      }
      if region < regions.count, regions[region].span.contains(i) {
        i = max(i + 1, Int(regions[region].span.end))
        continue
      }
      var skip = i + 1
      if let reading = grammar.reading(at: i, last: last, skip: &skip), Int(reading.span.end) > i {
        readings.append(reading)
        i = Int(reading.span.end)
        last = i
      } else {
        i = max(skip, i + 1)
      }
    }
  }

  /// The next token from `start` on with which an expression can begin.
  private func firstStart(from start: Int, _ grammar: TimeGrammar) -> Int? {
    let count = grammar.tokens.count
    if vocabulary.hasUserWords { return start < count ? start : nil }
    var i = start
    while true {
      i = grammar.tokens.next(from: i, with: TokenTrigger.calendar | TokenTrigger.digits)
      guard i < count else { return nil }
      if grammar.tokens.kind[i] == TokenKind.number || vocabulary.starters.contains(grammar.tokens.id[i]) { return i }
      i += 1
    }
  }

  private mutating func resolve(_ reference: ReferenceDate.Result, into document: inout Document) {
    var resolver = TimeResolver(vocabulary: vocabulary, reference: reference.anchor)
    var paragraph = 0
    var statementDay: Int?
    /// The day of the reading before.
    var lastDay: Int?
    var behind = (quoteEnd: Int32(-1), reading: 0)
    for i in readings.indices {
      var reading = readings[i]
      let start = Int(reading.span.start)
      if context.paragraphStart(before: start) > paragraph {
        paragraph = context.paragraphStart(before: start)
        resolver.beginParagraph()
      }
      var anchor = reference.anchor
      if reading.quoteEnd >= 0, let base = reference.anchor ?? reference.day {
        behind = behindQuotation(i, behind)
        anchor =
          statedDay(i, behind.reading, resolver, base) ?? statementDay.flatMap {
            $0 <= base && $0 >= base - 7 ? $0 : nil
          } ?? anchor
      }
      if reading.base == .weekday, i > 0, reading.span.start == readings[i - 1].span.end, let day = lastDay,
        CivilCalendar.weekday(day) == Int(reading.weekday), readings[i - 1].base == .offset
      {
        // "besok Jumat"
        anchor = day
      }
      if reading.base == .day, !reading.hasYear, let year = yearOfRangeEnd(i) { reading.year = year }
      if context.hasDayBehind[i], let day = resolver.day(of: readings[i + 1], anchor: anchor)?.day {
        resolver.paragraphDay = day
        resolver.paragraphDayIsStatement = false
      }
      var resolution = resolver.resolve(reading, anchor: anchor)
      if reading.base == .countdown, let day = bracketedDay(i, lastDay, document.tokens) {
        resolution = resolver.resolve(dayReading(day, reading.span), anchor: anchor)
      }
      // "10.000 tahun terakhir" began before there were dates.
      if let from = resolution.from, let to = resolution.to,
        !CivilCalendar.writtenDays.contains(from) || !CivilCalendar.writtenDays.contains(to)
      {
        // Nor is there a value for the day after 9999-12-31.
        if from > CivilCalendar.writtenDays.upperBound, resolution.kind == .date || resolution.kind == .time {
          resolution.value = ShortText(from == to ? "XXXX-XX-XX" : "XXXX")
        }
        resolution.from = nil
        resolution.to = nil
      }
      resolver.focus(on: resolution, by: reading)
      if reading.isStatement, let day = resolution.day { statementDay = day }
      document.dates.append(
        DateExpression(
          span: reading.span, trim: reading.trim, kind: resolution.kind, value: resolution.value,
          from: resolution.from.map(CivilCalendar.day),
          to: resolution.to.map(CivilCalendar.day), mod: reading.mod, freq: resolution.freq,
          isHijri: resolution.isHijri,
          weekdayConflicts: resolution.conflicts))
      lastDay = resolution.day
    }
  }

  private func dayReading(_ day: Int, _ span: TokenSpan) -> TimeReading {
    let date = CivilCalendar.day(day)
    var reading = TimeReading()
    reading.span = span
    reading.year = date.year
    reading.month = date.month
    reading.day = date.day
    return reading
  }

  /// The day before a bracket that says the same as days to a holiday: `28 Juni (H+2)`, `hari ini H-2`.
  private func bracketedDay(_ i: Int, _ lastDay: Int?, _ tokens: TokenTable) -> Int? {
    guard i > 0 else { return nil }
    let gap = Int(readings[i].span.start) - Int(readings[i - 1].span.end)
    guard gap == 0 || gap == 1 && tokens.kind[Int(readings[i].span.start) - 1] == TokenKind.openParen else {
      return nil
    }
    return lastDay
  }

  /// The first reading behind the quotation that holds reading `i`, given what the last call found: each quotation is gone
  /// through once.
  private func behindQuotation(_ i: Int, _ last: (quoteEnd: Int32, reading: Int)) -> (quoteEnd: Int32, reading: Int) {
    let close = readings[i].quoteEnd
    guard close != last.quoteEnd else { return last }
    var k = i + 1
    while k < readings.count, readings[k].span.start < close { k += 1 }
    return (close, k)
  }

  /// The day that the attribution of the quotation of reading `i` gives: `"Besok …," kata Budi, Senin (9/11)`.
  ///
  /// - Parameter k: The first reading behind that quotation.
  private func statedDay(_ i: Int, _ k: Int, _ resolver: TimeResolver, _ reference: Int) -> Int? {
    let close = Int(readings[i].quoteEnd)
    guard k < readings.count, readings[k].quoteEnd < 0, readings[k].base == .day || readings[k].base == .weekday,
      !readings[k].isRange,
      context.isSameSentence(close, Int(readings[k].span.start)), readings[k].isStatement
    else { return nil }
    guard let day = resolver.day(of: readings[k], anchor: reference)?.day, abs(day - reference) < 400 else {
      return nil
    }
    return day
  }

  /// The year of the other end of a range: `28 Oktober hingga 2 November 2015`.
  private func yearOfRangeEnd(_ i: Int) -> Int32? {
    guard i + 1 < readings.count, context.isRangeJoint[i] else { return nil }
    let end = readings[i + 1]
    guard end.base == .day, end.hasYear, readings[i].weekday == 0 else { return nil }
    let isLater = (end.month, end.day) >= (readings[i].month, readings[i].day)
    return isLater ? end.year : end.year - 1
  }
}
