/// A unit of time.
enum TimeUnit: UInt8, Sendable {
  case none, day, week, month, year, hour, minute, second

  /// Whether the unit divides the day.
  var isClock: Bool { rawValue >= TimeUnit.hour.rawValue }
}

/// What a word can do in a date, as bits; one word may do several things (`minggu` is a day and a week).
struct TimeRole: OptionSet, Sendable {
  let rawValue: UInt64
  static func bit(_ n: UInt64) -> TimeRole { TimeRole(rawValue: 1 << n) }
  static let month = bit(0)
  static let weekday = bit(1)
  static let unit = bit(2)
  static let shift = bit(3)
  static let deictic = bit(4)
  static let part = bit(5)
  static let zone = bit(6)
  static let reference = bit(7)
  static let holiday = bit(8)
  static let hijriMonth = bit(9)
  static let numeral = bit(10)
  static let notDate = bit(11)
  static let date = bit(12)
  static let clock = bit(13)
  static let each = bit(14)
  static let per = bit(15)
  static let times = bit(16)
  static let once = bit(17)
  static let within = bit(18)
  static let set = bit(19)
  static let edge = bit(20)
  static let weekend = bit(21)
  static let period = bit(22)
  static let yearWord = bit(23)
  static let decade = bit(24)
  static let era = bit(25)
  static let to = bit(26)
  static let and = bit(27)
  static let hijri = bit(28)
  static let gregorian = bit(29)
  /// Before a part of today, which is over: "tadi pagi".
  static let earlierToday = bit(30)
  /// Before a part of today, which is to come: "nanti malam".
  static let laterToday = bit(31)
  static let half = bit(32)
  static let countdown = bit(33)
  static let future = bit(34)
  static let mod = bit(35)
  static let preposition = bit(36)
  static let vague = bit(37)
  static let instant = bit(38)
  static let age = bit(39)
  static let notYear = bit(40)
  static let counted = bit(41)
  static let street = bit(42)
  static let honorific = bit(43)
  static let at = bit(44)
  static let season = bit(45)
  static let or = bit(46)

  static let named: [String: TimeRole] = [
    "date": .date, "clock": .clock, "each": .each, "per": .per, "times": .times, "once": .once, "within": .within,
    "set": .set, "edge": .edge, "weekend": .weekend, "period": .period, "year": .yearWord, "decade": .decade,
    "era": .era,
    "to": .to, "and": .and, "hijri": .hijri, "gregorian": .gregorian, "earlier-today": .earlierToday,
    "later-today": .laterToday, "half": .half,
    "countdown": .countdown, "future": .future, "mod": .mod, "preposition": .preposition, "vague": .vague,
    "instant": .instant, "age": .age, "notyear": .notYear, "counted": .counted, "street": .street,
    "honorific": .honorific, "at": .at, "season": .season, "or": .or,
  ]

  /// Words with which an expression can begin.
  static let starters: TimeRole = [
    .month, .weekday, .unit, .deictic, .part, .reference, .holiday, .hijriMonth, .numeral, .notDate, .date, .clock,
    .each, .per,
    .once, .set, .edge, .weekend, .period, .yearWord, .earlierToday, .laterToday, .half, .countdown, .vague, .season,
  ]
}

/// What a word behind a time says of it, as bits (see shifts.tsv).
struct TimeShift: OptionSet, Sendable {
  let rawValue: UInt16
  static let past = TimeShift(rawValue: 1)
  static let ago = TimeShift(rawValue: 2)
  static let this = TimeShift(rawValue: 4)
  static let that = TimeShift(rawValue: 8)
  static let next = TimeShift(rawValue: 16)
  static let ahead = TimeShift(rawValue: 32)
  static let later = TimeShift(rawValue: 64)
  static let earlier = TimeShift(rawValue: 128)
  static let last = TimeShift(rawValue: 256)
  static let coming = TimeShift(rawValue: 512)
  static let first = TimeShift(rawValue: 1024)
  static let after = TimeShift(rawValue: 2048)

  static let named: [String: TimeShift] = [
    "past": .past, "ago": .ago, "this": .this, "that": .that, "next": .next, "ahead": .ahead, "later": .later,
    "earlier": .earlier, "last": .last, "coming": .coming, "first": .first, "after": .after,
  ]
}

/// A part of the day.
enum DayPart: UInt8, Sendable {
  case none, morning, midday, afternoon, night, dawn

  var code: StaticString {
    switch self {
    case .none: ""
    case .morning: "TMO"
    case .midday: "TMI"
    case .afternoon: "TAF"
    case .night: "TNI"
    case .dawn: "TDW"
    }
  }

  init?(code: String) {
    switch code {
    case "MO": self = .morning
    case "MI": self = .midday
    case "AF": self = .afternoon
    case "NI": self = .night
    case "DW": self = .dawn
    default: return nil
    }
  }
}

/// How a number word builds a number.
enum NumeralKind: UInt8, Sendable { case none, digit, whole, teen, times, part, ordinal, to }

/// A word or phrase of the calendar lists, with all that the lists say of it.
struct CalendarWord: Sendable {
  var roles: TimeRole = []
  var shifts: TimeShift = []
  /// Month or weekday that may stand alone.
  var isFull = false
  var month: Int8 = 0
  var weekday: Int8 = 0
  var hijriMonth: Int8 = 0
  var unit = TimeUnit.none
  var unitSize: Int16 = 1
  /// 0: a number stands before the unit; 1: the word says one; -1: it says many.
  var amount: Int8 = 0
  /// The unit is only for digits before it ("3 h").
  var isShort = false
  /// Only with a space between digits and unit: "20th" is English.
  var isApart = false
  /// The unit is only for words like "each" before it ("tiap bulannya").
  var isSetOnly = false
  var offset: Int8 = 0
  var isFocus = false
  var part = DayPart.none
  var partFrom: Int8 = 0
  var partTo: Int8 = 0
  /// Minutes ahead of UTC; `noZone` where the zone depends on the place.
  var zone: Int16 = 0
  /// 0 present, 1 past, 2 future.
  var reference: UInt8 = 0
  /// Index into the holidays.
  var holiday: Int16 = -1
  var needsCapital = false
  var needsYear = false
  var mod = DateExpression.Mod.none
  /// Parts of a year that the period word counts: 4 quarters, 2 halves. Of a season it is the place in the year, spring 1 to winter 4.
  var periodParts: Int8 = 0
  var numeral = NumeralKind.none
  var number: Int16 = 0
  var setUnit = TimeUnit.none
  /// Whether the word in front of an age goes with every unit: "berusia tujuh hari"; behind "warga" seven days are a length of time.
  var agesAll = false
  /// Whether the word means "first" as often as "once": it is a time only where the word before it says so ("sejak dulu").
  var meansFirst = false
  /// Whether a number in front of the phrase counts its first word: "14 hari kerja".
  var isCountable = false

  static let noZone: Int16 = 9999

  /// Whether an expression can begin with the word: a number word only where it begins a number ("dua", not "puluh").
  var startsExpression: Bool {
    guard roles.isDisjoint(with: TimeRole.starters.subtracting(.numeral)) else { return true }
    return numeral == .digit || numeral == .whole || numeral == .part
  }

  /// Whether the word does nothing but count.
  var onlyCounts: Bool { roles.isSubset(of: [.numeral, .half, .vague]) }
}
