/// A run of tokens, `start..<end`; `none` is the empty value of a slot.
public struct TokenSpan: Sendable, Equatable, Hashable {
  public var start: Int32
  public var end: Int32
  @inlinable public init(_ start: Int, _ end: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }
  public static let none = TokenSpan(-1, -1)
  @inlinable public var isNone: Bool { start < 0 }
  @inlinable public var count: Int { Int(end - start) }
  @inlinable public var range: Range<Int> { isNone ? 0..<0 : Int(start)..<Int(end) }
  @inlinable public func contains(_ token: Int) -> Bool { token >= Int(start) && token < Int(end) }
  @inlinable public func overlaps(_ other: TokenSpan) -> Bool { start < other.end && other.start < end }
  @inlinable public func contains(_ other: TokenSpan) -> Bool { start <= other.start && other.end <= end }
}

/// A part of the article that is not its running text.
public struct Region: Sendable, Equatable {
  public enum Kind: UInt8, Sendable { case title, dateline, caption, byline, boilerplate }
  public var span: TokenSpan
  public var kind: Kind
}

/// A decimal number without rounding: `mantissa` × 10^`exponent`.
public struct ExactDecimal: Sendable, Equatable, Hashable {
  public var mantissa: Int64
  public var exponent: Int32
  @inlinable public init(_ mantissa: Int64, exponent: Int32 = 0) {
    self.mantissa = mantissa
    self.exponent = exponent
  }
  public static let zero = ExactDecimal(0)
}

/// A number in the text, in digits or words, before anyone knows what it counts.
///
/// Codes that are written with digits (`Su-24M`, `0812-3456-7890`, `46/PUU/2010`) are no numbers.
public struct Number: Sendable, Equatable {
  /// How the value is known: one value, both ends, or a vague word (`puluhan`) with its usual bounds; a score is two
  /// numbers around a hyphen of which the first is not smaller (`2-1`).
  public enum Form: UInt8, Sendable { case single, range, vague, score }

  /// How the number is written.
  public struct Traits: OptionSet, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// It begins with digits.
    public static let digits = Traits(rawValue: 1)
    /// It has a scale word: `2 juta`, `seribu`.
    public static let scaled = Traits(rawValue: 2)
    /// It has marks between its thousands: `250.000`.
    public static let grouped = Traits(rawValue: 4)
    /// One comma and three digits: `1,250`. The value is the decimal one; a count of things is a thousand times that.
    public static let commaGroup = Traits(rawValue: 8)
    /// `kedua`: both before a noun, the second behind one.
    public static let collective = Traits(rawValue: 16)
    /// `pertama`: an ordinal without any doubt.
    public static let first = Traits(rawValue: 32)
    /// Two numbers joined by a hyphen or dash: a range or a score.
    public static let hyphen = Traits(rawValue: 64)
    /// `ke 3`: an ordinal, or the preposition `ke` and a number.
    public static let looseOrdinal = Traits(rawValue: 128)
    /// A part of one: `1/3`, `setengah`.
    public static let fraction = Traits(rawValue: 256)
    /// `5.000-an`, `15 ribuan`.
    public static let approximate = Traits(rawValue: 512)
    /// A zero stands in front: `05`.
    public static let leadingZero = Traits(rawValue: 1024)
    /// `lima (5)`.
    public static let doubled = Traits(rawValue: 2048)
    /// `antara 3 dan 5`.
    public static let between = Traits(rawValue: 4096)
  }

  public var span: TokenSpan
  public var form: Form = .single
  public var isOrdinal = false
  /// Written with digits only, without a scale word: may be a year, a house number …
  public var isPlainDigits = false
  public var traits = Traits()
  /// The value, or the lower end of a range.
  public var low: ExactDecimal
  /// The upper end of a range; equal to `low` for one value.
  public var high: ExactDecimal
}

/// A counted, measured or priced number.
public struct Quantity: Sendable, Equatable {
  public enum Kind: UInt8, Sendable, CaseIterable { case count, money, percent, measure, age, ordinal, score }
  public enum Modifier: UInt8, Sendable, CaseIterable { case exact, approx, atLeast, atMost, moreThan, lessThan }
  public var span: TokenSpan
  public var kind: Kind
  public var modifier: Modifier = .exact
  public var isRange = false
  /// The value, or the lower end of a range.
  public var low: ExactDecimal
  public var high: ExactDecimal
  /// Unit symbol (ISO 4217, `%`, UCUM …); empty for counts.
  public var unit = ShortText()
  public var classifier = TokenSpan.none
  public var item = TokenSpan.none
  /// The token that is the head of `item`.
  public var head: Int32 = -1
  public var per = TokenSpan.none
  /// The value in SI base units where the unit has a factor; the unit's symbol is empty where not.
  public var si = ExactDecimal.zero
  public var siUnit = ShortText()
}

/// A day of the (proleptic) Gregorian calendar.
public struct CalendarDay: Sendable, Equatable, Hashable, Comparable {
  public var year: Int32
  public var month: Int8
  public var day: Int8
  public init(_ year: Int, _ month: Int, _ day: Int) {
    self.year = Int32(truncatingIfNeeded: year)
    self.month = Int8(truncatingIfNeeded: month)
    self.day = Int8(truncatingIfNeeded: day)
  }
  public static func < (a: CalendarDay, b: CalendarDay) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }
}

/// A temporal expression with its TIMEX3 value.
public struct DateExpression: Sendable, Equatable {
  public enum Kind: UInt8, Sendable { case date, time, duration, set }
  public enum Mod: UInt8, Sendable {
    case none, start, mid, end, approx, moreThan, lessThan, equalOrMore, equalOrLess
  }
  public var span: TokenSpan
  /// Bytes at the end of the last token that do not belong to the date: the number of the next item of a list, glued to a year.
  public var trim: UInt8 = 0
  public var kind: Kind
  public var value: ShortText
  public var from: CalendarDay?
  public var to: CalendarDay?
  public var mod: Mod = .none
  public var freq = ShortText()
  public var isHijri = false
  /// The weekday that is written with the date is not the date's weekday.
  public var weekdayConflicts = false
}

extension DateExpression {
  /// PRESENT_REF: `kini`.
  var isPresent: Bool { isPresentOrPast && value[1] == UInt8(ascii: "R") }
  /// PAST_REF: `dulu`, `saat itu`.
  var isPast: Bool { isPresentOrPast && value[1] == UInt8(ascii: "A") }
  /// A date whose value begins so is none of the calendar.
  var isPresentOrPast: Bool { kind == .date && value.count > 1 && value[0] == UInt8(ascii: "P") }
  /// FUTURE_REF: `ke depan`.
  var isFuture: Bool { kind == .date && value.count > 0 && value[0] == UInt8(ascii: "F") }
}

/// How a place is used.
public enum PlaceUse: UInt8, Sendable { case none, place, actor, modifier }

/// One reason for an entity: a kind and what it refers to.
public struct Evidence: Sendable, Equatable {
  public enum Kind: UInt8, Sendable, CaseIterable {
    case gazetteer, cue, title, alias, model, memory, abbreviation, domain, userList, shape, rule

    /// The word of the output. Written out: making it of the case's name takes two million instructions of each start.
    var code: String {
      switch self {
      case .gazetteer: "gazetteer"
      case .cue: "cue"
      case .title: "title"
      case .alias: "alias"
      case .model: "model"
      case .memory: "memory"
      case .abbreviation: "abbreviation"
      case .domain: "cue:domain"
      case .userList: "user"
      case .shape: "shape"
      case .rule: "rule"
      }
    }
  }
  public var kind: Kind
  /// A cue's tokens, where it has some.
  public var span = TokenSpan.none
  /// The gazetteer entry, where it is one.
  public var entry: EntryID?
  /// The entity (index in `Document.entities`) that an alias or memory refers to.
  public var entity: Int32 = -1
  /// The rule that voted for the name (index into `Lexicon.nameRules`), -1 for none.
  public var rule: Int32 = -1
}

/// A mention of a person, place or organization.
public struct Entity: Sendable, Equatable {
  public var span: TokenSpan
  /// Bytes at the end of the last token that do not belong to the name: a clitic (`Indonesialah`).
  public var trim: UInt8 = 0
  public var label: EntityLabel
  public var use: PlaceUse = .none
  /// Bytes at the beginning of the gazetteer entry's name that are no part of this one: the designator of `Kota Surakarta`,
  /// where the text says `Solo`.
  public var nameSkip: UInt8 = 0
  /// Confidence in thousandths.
  public var score: UInt16 = 1000
  public var entry: EntryID?
  /// Mentions of one thing share this number, from 1 on.
  public var number: Int32 = 0
  /// The mention whose surface is the canonical name; -1 when the gazetteer entry's name is.
  public var nameMention: Int32 = -1
  /// Indices into `Document.evidence`.
  public var evidence = 0..<0
}

/// One filled place of a fact.
public struct FactSlot: Sendable, Equatable {
  public enum Layer: UInt8, Sendable { case none, entity, date, quantity }
  public var name: SlotName
  public var span: TokenSpan
  /// The annotation that the span is, where it is one.
  public var layer = Layer.none
  public var index: Int32 = -1
}

/// The name of a slot: a built-in one, or a user's by its string in the rules.
public struct SlotName: Sendable, Equatable, Hashable {
  public var raw: UInt16
  public init(raw: UInt16) { self.raw = raw }
  public static let quantity = SlotName(raw: 0)
  public static let action = SlotName(raw: 1)
  public static let actor = SlotName(raw: 2)
  public static let place = SlotName(raw: 3)
  public static let time = SlotName(raw: 4)
  public static let source = SlotName(raw: 5)
  public static let person = SlotName(raw: 6)
  public static let title = SlotName(raw: 7)
  public static let affiliation = SlotName(raw: 8)
  public static let speaker = SlotName(raw: 9)
  public static let cue = SlotName(raw: 10)
  public static let content = SlotName(raw: 11)
  public static let outlet = SlotName(raw: 12)
  public static let subject = SlotName(raw: 13)
  public static let object = SlotName(raw: 14)
  /// The word that denies a figure or event: `tidak`.
  public static let negation = SlotName(raw: 15)
  /// The words of the built-in ones, by number. New ones come last: tables have a column for each.
  static let names: [StaticString] = [
    "quantity", "action", "actor", "place", "time", "source", "person", "title", "affiliation", "speaker", "cue",
    "content", "outlet", "subject", "object", "negation",
  ]
  /// Users' slots begin here.
  static let firstUser: UInt16 = 64

  /// The word of a built-in slot; nil for users' ones, whose words the rules know.
  var builtInName: String? { Int(raw) < Self.names.count ? "\(Self.names[Int(raw)])" : nil }
  /// The words of all built-in slots, by number.
  package static var builtInNames: [String] { names.map { "\($0)" } }
}

/// A fact: its kind and slots.
public struct Fact: Sendable, Equatable {
  public enum Kind: UInt8, Sendable { case figure, role, statement, event, user }
  public enum Relation: UInt8, Sendable, CaseIterable { case none, at, since, until, before, after, during }
  public var kind: Kind
  /// Indices into `Document.slots`.
  public var slots: Range<Int>
  public var isFormer = false
  public var isQuoted = false
  public var relation = Relation.none
  /// The rule that made it (index into the rules), -1 for none; it names the kind of a user's fact.
  public var rule: Int32 = -1
  /// How it was found where no rule did.
  var procedure = FactProcedure.none
  /// The row of the verbs' list that the action is.
  public var verb: EntryID?
}

/// Up to 47 bytes of ASCII or UTF-8 without a heap allocation, for values and symbols.
///
/// 47 bytes hold the longest value of a time: `2015-11-10T08:00+07:00/2015-11-10T10:00+07:00`.
public struct ShortText: Sendable, Equatable, Hashable {
  private var a: UInt64 = 0
  private var b: UInt64 = 0
  private var c: UInt64 = 0
  private var d: UInt64 = 0
  private var e: UInt64 = 0
  private var f: UInt64 = 0

  public static let capacity = 47

  public init() {}

  /// The first 47 bytes of `text`.
  public init(_ text: String) {
    for byte in text.utf8 { append(byte) }
  }

  public init(bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes { append(byte) }
  }

  public var count: Int { Int(f >> 56) }
  public var isEmpty: Bool { count == 0 }

  public subscript(_ i: Int) -> UInt8 {
    let shift = UInt64(i & 7) * 8
    switch i >> 3 {
    case 0: return UInt8(truncatingIfNeeded: a >> shift)
    case 1: return UInt8(truncatingIfNeeded: b >> shift)
    case 2: return UInt8(truncatingIfNeeded: c >> shift)
    case 3: return UInt8(truncatingIfNeeded: d >> shift)
    case 4: return UInt8(truncatingIfNeeded: e >> shift)
    default: return UInt8(truncatingIfNeeded: f >> shift)
    }
  }

  /// Calls `body` with the bytes, which are read where they are.
  @inline(__always)
  func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    var words = (
      a.littleEndian, b.littleEndian, c.littleEndian, d.littleEndian, e.littleEndian, f.littleEndian
    )
    return withUnsafeBytes(of: &words) { raw in
      body(UnsafeBufferPointer(start: raw.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count))
    }
  }

  /// Appends a byte; a full text stays as it is.
  public mutating func append(_ byte: UInt8) {
    let i = count
    guard i < Self.capacity else { return }
    let value = UInt64(byte) << (UInt64(i & 7) * 8)
    switch i >> 3 {
    case 0: a |= value
    case 1: b |= value
    case 2: c |= value
    case 3: d |= value
    case 4: e |= value
    default: f |= value
    }
    f = f & 0x00FF_FFFF_FFFF_FFFF | UInt64(i + 1) << 56
  }

  public mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { append(byte) } }
  }

  /// Appends `value` in decimal, padded with zeros to `width`, which has no default: `append(0x2D)` is a byte.
  public mutating func append(_ value: Int, width: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    let v = value.magnitude
    var divisor: UInt = 1
    var places = 1
    while v / divisor >= 10 || places < width {
      divisor *= 10
      places += 1
    }
    while divisor > 0 {
      append(UInt8(0x30 + v / divisor % 10))
      divisor /= 10
    }
  }

  public var description: String { String(decoding: (0..<count).map { self[$0] }, as: UTF8.self) }
}

extension ShortText: CustomStringConvertible {}
