/// A unit of measure, a currency, or a length of time; shared, since it is long and handed on often.
final class Unit: Sendable {
  enum Kind: UInt8, Sendable { case measure, percent, time, money }
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    static let exactCase = Flags(rawValue: 1)
    static let digits = Flags(rawValue: 2)
    static let attached = Flags(rawValue: 4)
    static let before = Flags(rawValue: 8)
    static let after = Flags(rawValue: 16)
  }
  let kind: Kind
  let flags: Flags
  let symbol: ShortText
  let si: ShortText
  let factor: ExactDecimal
  let offset: ExactDecimal

  init(
    kind: Kind, flags: Flags, symbol: ShortText, si: ShortText = ShortText(), factor: ExactDecimal = .zero,
    offset: ExactDecimal = .zero
  ) {
    self.kind = kind
    self.flags = flags
    self.symbol = symbol
    self.si = si
    self.factor = factor
    self.offset = offset
  }

  /// `value` in the SI unit; nil where no exact factor is known or the value would not be exact.
  func siValue(of value: ExactDecimal) -> ExactDecimal? {
    guard !si.isEmpty else { return nil }
    return value.times(factor)?.plus(offset)
  }
}

/// Units and currencies of the lists `units` and `currencies`.
struct UnitTable: Sendable {
  enum Position { case before, after }

  let classes: ClassSet
  private let unitMap: EntryMap<Unit>
  private let currencyMap: EntryMap<Unit>

  init(lexicon: Lexicon) {
    classes = lexicon.wordClass("unit").union(lexicon.wordClass("currency"))
    let columns = ["kind", "symbol", "si", "mantissa", "exponent", "offset", "when"]
    unitMap = Self.map(lexicon, "units", columns, Self.unit)
    currencyMap = Self.map(lexicon, "currencies", ["position", "code", "when"], Self.currency)
  }

  private static func map(
    _ lexicon: Lexicon, _ table: String, _ columns: [String], _ parse: (ListRows.Row) -> Unit?
  ) -> EntryMap<Unit> {
    var units: [Unit?] = []
    ListRows.forEach(of: table, columns: columns, in: lexicon) { units.append(parse($0)) }
    var next = 0
    return EntryMap(lexicon, table: table) { _ in
      next += 1
      return next <= units.count ? units[next - 1] : nil
    }
  }

  private static func flags(_ row: ListRows.Row, _ column: Int) -> Unit.Flags {
    var flags: Unit.Flags = []
    guard row.id(column) != 0 else { return flags }
    for name in row.text(column).parts(",") {
      switch name {
      case "exact-case": flags.insert(.exactCase)
      case "digits": flags.insert(.digits)
      case "attached": flags.insert(.attached)
      case "prefix": flags.insert(.before)
      default: break
      }
    }
    return flags
  }

  private static func unit(_ row: ListRows.Row) -> Unit? {
    let kind: Unit.Kind
    switch row.text(0) {
    case "measure": kind = .measure
    case "percent": kind = .percent
    case "time": kind = .time
    default: return nil
    }
    var flags = flags(row, 6)
    if !flags.contains(.before) { flags.insert(.after) }
    let symbol = ShortText(bytes: row.bytes(1))
    guard row.id(2) != 0, let mantissa = Int64(row.text(3)), let exponent = Int32(row.text(4)) else {
      return Unit(kind: kind, flags: flags, symbol: symbol)
    }
    return Unit(
      kind: kind, flags: flags, symbol: symbol, si: ShortText(bytes: row.bytes(2)),
      factor: ExactDecimal(mantissa, exponent: exponent),
      offset: row.id(5) == 0 ? .zero : ExactDecimal(text: row.text(5)) ?? .zero)
  }

  private static func currency(_ row: ListRows.Row) -> Unit? {
    var flags = flags(row, 2)
    switch row.text(0) {
    case "before": flags.insert(.before)
    case "after": flags.insert(.after)
    case "both": flags.formUnion([.before, .after])
    default: return nil
    }
    return Unit(kind: .money, flags: flags, symbol: ShortText(bytes: row.bytes(1)))
  }

  /// The unit that `match` names, where position and spelling allow it.
  func unit(at match: Match, in text: NumberText, position: Position, digits: Bool, attached: Bool) -> Unit? {
    var found: Unit?
    text.lexicon.forEachListing(at: match.state) { listing in
      guard let unit = unitMap[listing.entry] ?? currencyMap[listing.entry] else { return true }
      guard unit.flags.contains(position == .before ? .before : .after), digits || !unit.flags.contains(.digits),
        attached || !unit.flags.contains(.attached),
        !unit.flags.contains(.exactCase) || hasCase(of: listing, match, text)
      else { return true }
      found = unit
      return false
    }
    return found
  }

  /// Whether the text spells the phrase with the capitals of the list.
  private func hasCase(of listing: Listing, _ match: Match, _ text: NumberText) -> Bool {
    let form = text.lexicon.formBytes(of: listing)
    let start = Int(text.tokens.start[Int(match.start)])
    let end = Int(text.tokens.end[Int(match.end) - 1])
    guard end - start == form.count else { return false }
    for k in 0..<form.count where text.bytes[start + k] != form[k] { return false }
    return true
  }
}
