/// The words of all calendar lists, found by token.
///
/// A word of one token is found by its vocabulary id in one look-up; phrases come from the matches of the document. The
/// roles that several lists give to one form are joined.
///
/// **Cost.** Two bytes for each word of the vocabulary; one array access per token.
final class CalendarVocabulary: Sendable {
  /// `words[0]` is no word of the calendar.
  let words: [CalendarWord]
  /// Index into `words` by vocabulary id; `startsExpression` and `startsPhrase` are marked in the upper bits.
  let byID: VocabularyColumn<UInt16>
  /// The words with which an expression can begin, by vocabulary id.
  let starters: WordSet
  /// Index into `words` by entry, as runs of consecutive entries.
  private let runs: [(first: UInt32, indices: [UInt16])]
  let holidays: [Holiday]
  let hijri: HijriCalendar
  /// Whether lists of the user have calendar words, which have no vocabulary id of the built-in lists.
  let hasUserWords: Bool

  static let startsExpression: UInt16 = 0x8000
  static let startsPhrase: UInt16 = 0x4000
  static let indexMask: UInt16 = 0x3FFF

  /// Names of the tables.
  static let tables = [
    "months", "weekdays", "time-units", "deictics", "shifts", "day-parts", "zones", "time-references", "holidays",
    "hijri-months", "calendar-words", "numerals", "not-dates",
  ]

  /// Whether an expression of time, or a number, can begin with a form of `table`; for the words that only follow other
  /// words it says no, so that these are passed over. `role` is the cell of that column.
  static func mayStart(table: String, role: String) -> Bool {
    switch table {
    case "shifts", "zones": false
    case "calendar-words": TimeRole.named[role].map { !$0.isDisjoint(with: TimeRole.starters) } ?? false
    default: tables.contains(table)
    }
  }

  init(lexicon: Lexicon) {
    var words = [CalendarWord()]
    // By the form's hash: the same word can stand in lists of the user.
    var indexOf: [UInt64: UInt16] = [:]
    indexOf.reserveCapacity(2048)
    var forms: [UnsafeBufferPointer<UInt8>] = [UnsafeBufferPointer(start: nil, count: 0)]
    var entries: [(UInt32, UInt16)] = []
    var holidays: [Holiday] = []
    let days = Self.days(lexicon, table: "holiday-dates")
    var user = false
    for table in Self.tables {
      ListRows.forEach(of: table, columns: CalendarRow.Column.names, in: lexicon) { cells in
        let row = CalendarRow(cells: cells)
        let form = cells.bytes(CalendarRow.Column.form.rawValue)
        let key = FNV.sum(of: form)
        let known = indexOf[key]
        let index = known ?? UInt16(words.count)
        if known == nil {
          guard words.count < Int(Self.indexMask) else { return }
          indexOf[key] = index
          words.append(CalendarWord())
          forms.append(form)
        }
        row.fill(&words[Int(index)], table: table, holidays: &holidays, days: days)
        entries.append((cells.entry.raw, index))
        if cells.entry.isUser { user = true }
      }
    }
    let byID = VocabularyColumn<UInt16>(count: lexicon.wordCount + 1)
    var starters = WordSet(count: byID.count)
    for (index, form) in forms.enumerated() {
      let end = form.firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "/") } ?? form.count
      guard end > 0, let letters = form.baseAddress else { continue }
      let isStarter = words[index].startsExpression
      let id = Int(lexicon.base.word(hash: WordHash.folded(letters, end)))
      guard id > 0, id < byID.count else { continue }
      if end == form.count { byID[id] |= UInt16(index) } else { byID[id] |= Self.startsPhrase }
      if isStarter {
        byID[id] |= Self.startsExpression
        starters.insert(UInt32(id))
      }
    }
    self.words = words
    self.byID = byID
    self.starters = starters
    runs = Self.runs(of: entries)
    self.holidays = holidays
    hasUserWords = user
    var decided: [Int: Int] = [:]
    for (name, list) in Self.days(lexicon, table: "hijri-starts") {
      let parts = name.parts("-").compactMap { Int($0) }
      if parts.count == 2, let day = list.first { decided[parts[0] * 12 + parts[1] - 1] = day }
    }
    hijri = HijriCalendar(decided: decided)
  }

  /// Day numbers by form of a table with a `day` column.
  private static func days(_ lexicon: Lexicon, table: String) -> [String: [Int]] {
    var out: [String: [Int]] = [:]
    ListRows.forEach(of: table, columns: ["form", "day"], in: lexicon) { row in
      if let day = CalendarRow.day(row.text(1)) { out[row.text(0), default: []].append(day) }
    }
    return out
  }

  private static func runs(of entries: [(UInt32, UInt16)]) -> [(first: UInt32, indices: [UInt16])] {
    var runs: [(first: UInt32, indices: [UInt16])] = []
    for (entry, index) in entries.sorted(by: { $0.0 < $1.0 }) {
      if let last = runs.last, entry == last.first + UInt32(last.indices.count) {
        runs[runs.count - 1].indices.append(index)
      } else {
        runs.append((entry, [index]))
      }
    }
    return runs
  }

  /// Index of the word of an entry, 0 for entries of other lists.
  func index(of entry: EntryID) -> Int {
    for run in runs where entry.raw >= run.first {
      let offset = Int(entry.raw - run.first)
      if offset < run.indices.count { return Int(run.indices[offset]) }
    }
    return 0
  }
}

/// A set of vocabulary words, one bit each: small enough to stay in the fastest cache.
struct WordSet: Sendable {
  private var bits: [UInt64]

  init(count: Int) { bits = [UInt64](repeating: 0, count: count / 64 + 1) }

  mutating func insert(_ id: UInt32) {
    let word = Int(id >> 6)
    if word < bits.count { bits[word] |= 1 << UInt64(id & 63) }
  }

  @inline(__always)
  func contains(_ id: UInt32) -> Bool {
    let word = Int(id >> 6)
    return word < bits.count && bits[word] >> UInt64(id & 63) & 1 != 0
  }
}

/// One row of a calendar list on its way into a `CalendarWord`.
struct CalendarRow {
  /// The columns of all calendar lists; each has some of them.
  enum Column: Int {
    case form, month, use, day, unit, size, amount, offset, anchor, daypart, kind, from, to, value, rule, role, era

    static let names = [
      "form", "month", "use", "day", "unit", "size", "amount", "offset", "anchor", "daypart", "kind", "from", "to",
      "value", "rule", "role", "era",
    ]
  }

  let cells: ListRows.Row

  private func text(_ column: Column) -> String { cells.text(column.rawValue) }
  private func number(_ column: Column) -> Int { Int(text(column)) ?? 0 }

  /// Day number of `2015-11-09`.
  static func day(_ text: String) -> Int? {
    guard let date = parseISODate(Array(text.utf8).span) else { return nil }
    return CivilCalendar.number(date.year, date.month, date.day)
  }

  func fill(_ word: inout CalendarWord, table: String, holidays: inout [Holiday], days: [String: [Int]]) {
    switch table {
    case "months":
      word.roles.insert(.month)
      word.month = Int8(truncatingIfNeeded: number(.month))
      word.isFull = text(.use) != "short"
    case "weekdays":
      word.roles.insert(.weekday)
      word.weekday = Int8(truncatingIfNeeded: number(.day))
      word.isFull = text(.use) != "short"
    case "time-units": unit(&word)
    case "deictics":
      word.roles.insert(.deictic)
      word.offset = Int8(truncatingIfNeeded: number(.offset))
      word.isFocus = text(.anchor) == "focus"
      word.part = DayPart(code: text(.daypart)) ?? .none
    case "shifts":
      word.roles.insert(.shift)
      for kind in text(.kind).parts(" ") { word.shifts.formUnion(TimeShift.named[kind] ?? []) }
    case "day-parts":
      word.roles.insert(.part)
      word.part = DayPart(code: text(.daypart)) ?? .none
      word.partFrom = Int8(truncatingIfNeeded: number(.from))
      word.partTo = Int8(truncatingIfNeeded: number(.to))
    case "zones":
      word.roles.insert(.zone)
      word.zone = Self.zone(text(.offset))
    case "time-references":
      word.roles.insert(.reference)
      word.reference = text(.value) == "PRESENT_REF" ? 0 : text(.value) == "PAST_REF" ? 1 : 2
      word.meansFirst = text(.use) == "first"
    case "holidays":
      word.roles.insert(.holiday)
      word.needsCapital = text(.use) == "capital"
      word.needsYear = text(.use) == "beside-year"
      if let rule = Holiday.Rule(text(.rule), days: days) {
        word.holiday = Int16(truncatingIfNeeded: holidays.count)
        holidays.append(Holiday(rule: rule, era: number(.era)))
      }
    case "hijri-months":
      word.roles.insert(.hijriMonth)
      word.hijriMonth = Int8(truncatingIfNeeded: number(.month))
      word.isFull = text(.use) != "short"
    case "calendar-words": small(&word)
    case "numerals": numeral(&word)
    case "not-dates":
      word.roles.insert(.notDate)
      word.isCountable = text(.use) == "counted"
    default: break
    }
  }

  private func unit(_ word: inout CalendarWord) {
    word.roles.insert(.unit)
    word.unit = Self.unit(text(.unit))
    word.unitSize = Int16(truncatingIfNeeded: max(1, number(.size)))
    word.amount = text(.amount) == "X" ? -1 : Int8(truncatingIfNeeded: number(.amount))
    word.isApart = text(.use) == "apart"
    word.isShort = text(.use) == "short" || word.isApart
    word.isSetOnly = text(.use) == "set"
  }

  static func unit(_ code: String) -> TimeUnit {
    switch code {
    case "D": .day
    case "W": .week
    case "M": .month
    case "Y": .year
    case "H": .hour
    case "MIN": .minute
    case "S": .second
    default: .none
    }
  }

  /// Minutes of `+07:00`.
  private static func zone(_ text: String) -> Int16 {
    let parts = String(text.dropFirst()).parts(":").compactMap { Int16($0) }
    guard parts.count == 2 else { return CalendarWord.noZone }
    let minutes = parts[0] * 60 + parts[1]
    return text.utf8.first == UInt8(ascii: "-") ? -minutes : minutes
  }

  private func small(_ word: inout CalendarWord) {
    guard let role = TimeRole.named[text(.role)] else { return }
    word.roles.insert(role)
    let value = text(.value)
    switch role {
    case .edge: word.mod = value == "START" ? .start : value == "MID" ? .mid : .end
    case .mod:
      switch value {
      case "APPROX": word.mod = .approx
      case "MORE_THAN": word.mod = .moreThan
      case "LESS_THAN": word.mod = .lessThan
      case "EQUAL_OR_MORE": word.mod = .equalOrMore
      default: word.mod = .equalOrLess
      }
    case .age: word.agesAll = word.agesAll || value == "all"
    case .season: word.periodParts = value == "SP" ? 1 : value == "SU" ? 2 : value == "FA" ? 3 : 4
    case .period:
      word.periodParts = value == "Q" ? 4 : 2
      word.needsYear = value == "HY"
    case .set: word.setUnit = Self.unit(String(value.dropFirst(2)))
    default: break
    }
  }

  /// A row of the number words, as far as dates use them.
  private func numeral(_ word: inout CalendarWord) {
    let value = text(.value)
    switch text(.role) {
    case "digit": word.numeral = .digit
    case "ten", "teen", "hundred": word.numeral = .whole
    case "teen-mark":
      word.numeral = .teen
      word.number = 10
    case "ten-mark":
      word.numeral = .times
      word.number = 10
    case "hundred-mark":
      word.numeral = .times
      word.number = 100
    case "scale" where value == "3":
      word.numeral = .times
      word.number = 1000
    case "one-scale" where value == "3":
      word.numeral = .whole
      word.number = 1000
    case "half", "fraction":
      let parts = value.parts("/").compactMap { Int($0) }
      guard parts.count == 2, parts[1] > 0 else { return }
      word.numeral = .part
      word.number = Int16(truncatingIfNeeded: parts[0] * 100 / parts[1])
      if text(.role) == "half" { word.roles.insert(.half) }
    case "vague":
      word.roles.insert(.vague)
      return
    case "collective", "first": word.numeral = .ordinal
    case "ordinal-mark": word.numeral = .to
    default: return
    }
    word.roles.insert(.numeral)
    if word.number == 0 { word.number = Int16(truncatingIfNeeded: number(.value)) }
  }
}
