/// What rules say of dates by the words around them: which one is the day of the report, and which cannot be.
///
///     … ketika dihubungi Rabu, 3 Juni 2015.     report-date(date)
///     Rapat akan digelar pada Senin (16/9/2019).         no-report-date(date)
///
/// **Cost.** None where the option, the record or the dateline has a date; else one pass over the tokens.
struct ReportDateRules: Sendable {
  private var reader: RuleReader

  /// A date, by the tokens that a rule captured.
  struct Verdict: Sendable {
    var span: TokenSpan
    var isReport: Bool
    var rule: Int32
  }

  init(lexicon: Lexicon) { reader = RuleReader(lexicon: lexicon, rules: lexicon.dateRules) }

  /// The verdicts on the expressions of `document` that `readings` holds; its dates are not known yet.
  mutating func verdicts(on document: inout Document, _ readings: [TimeReading]) -> [Verdict] {
    // A copy of the stage, on another thread perhaps, shares the columns until one of the two is used.
    if !isKnownUniquelyReferenced(&reader) { reader = RuleReader(like: reader) }
    guard !readings.isEmpty, reader.matcher.tables.rules.count > 0 else { return [] }
    // The steps <date> and <time> see the readings as dates without values.
    for reading in readings {
      document.dates.append(DateExpression(span: reading.span, kind: reading.ruleKind, value: ShortText()))
    }
    let found = reader.runEverywhere(on: document)
    document.dates.removeAll(keepingCapacity: true)
    guard found else { return [] }
    let rules = reader.matcher.tables.rules
    return reader.matcher.matches.filter { $0.lostTo < 0 }.map {
      Verdict(
        span: $0.claim, isReport: rules.rules[Int($0.rule)].kind == RuleKinds.reportDate, rule: $0.rule)
    }
  }
}

extension TimeReading {
  /// The kind of expression that rules see.
  var ruleKind: DateExpression.Kind {
    switch base {
    case .clock: .time
    case .duration: .duration
    case .set: .set
    default: .date
    }
  }
}
