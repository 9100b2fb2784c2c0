/// What a finder of quantities remembers from number to number; for one worker. Outside the finder, which would else be copied
/// for each call that it makes of itself.
final class QuantityMemory: @unchecked Sendable {
  @exclusivity(unchecked) fileprivate var last: Quantity?
  @exclusivity(unchecked) fileprivate var names = NamesBeside()
}

/// What the entities know of the names beside a number.
struct NamesBeside {
  /// The label of the name in front of the bracket or comma before the number: `.none` when there is none, nil when nobody knows.
  var label: EntityLabel?
  /// Whether a name ends directly in front of the number, and whether one begins directly behind it.
  var endsBefore = false
  var startsBehind = false
}

/// Makes the quantity of one number.
struct QuantityFinder {
  let text: NumberText
  let items: ItemReader
  let words: PhraseWords
  let numberWords: NumberWords
  let tokens: TokenTable
  private let memory: QuantityMemory
  /// The quantity before, for series of scores and of prices.
  var last: Quantity? {
    get { memory.last }
    nonmutating set { memory.last = newValue }
  }
  /// The names beside the number.
  var names: NamesBeside { memory.names }

  init(text: NumberText, memory: QuantityMemory) {
    self.text = text
    items = ItemReader(text: text)
    words = text.lists.phraseWords
    numberWords = text.lists.words
    tokens = text.tokens
    self.memory = memory
    memory.last = nil
  }

  /// Whether a unit of measure or a cue for an age stands beside `number`, so that it is no length of time.
  func measuresThings(_ number: Number) -> Bool {
    guard let hit = text.unit(at: Int(number.span.end), afterDigits: number.traits.contains(.digits)) else {
      return false
    }
    return hit.unit.kind == .measure || besideNoName { age(number, hit) } != nil
  }

  /// The quantity that `number` is, or nil.
  func quantity(of number: Number, beside names: NamesBeside) -> Quantity? {
    memory.names = names
    guard var found = unmodified(number) else { return nil }
    modify(&found, number)
    if found.kind == .money || found.kind == .measure { rate(&found) }
    last = found
    return found
  }

  /// What `body` says of another number than that of `quantity(of:beside:)`, whose names nobody knows.
  func besideNoName(_ body: () -> Quantity?) -> Quantity? {
    let own = memory.names
    memory.names = NamesBeside()
    defer { memory.names = own }
    return body()
  }

  func unmodified(_ number: Number) -> Quantity? {
    let start = Int(number.span.start)
    if isWorldRank(number) { return quantity(number, .ordinal) }
    guard !text.isNever(start) else { return nil }
    if number.isOrdinal { return ordinal(number) }
    if let money = money(number) { return money }
    let isDigits = number.traits.contains(.digits)
    // "tiga jam tangan" are watches; in "1-1 Real Melati" the currency begins a name.
    let compound = text.cue(at: Int(number.span.end), .compound)
    if let hit = text.unit(at: Int(number.span.end), afterDigits: isDigits) ?? unitBehindHyphen(number),
      hit.unit.kind != .time || compound == nil, hit.unit.kind != .money || !names.startsBehind
    {
      return measured(number, hit)
    }
    if let age = bareAge(number) { return age }
    if isCode(number) { return nil }
    if let score = score(number) { return score }
    guard number.form != .score else { return nil }
    return count(number)
  }

  /// The unit of measure that a hyphen ties to its number: `13-megapixel`, `13 - megapixel`; not the word inside `2-in-1`.
  private func unitBehindHyphen(_ number: Number) -> NumberText.UnitHit? {
    let hyphen = Int(number.span.end)
    guard tokens.kindAt(hyphen) == TokenKind.hyphen, tokens.attached(hyphen) == tokens.attached(hyphen + 1),
      tokens.gapAt(hyphen) <= TokenGap.space, number.traits.contains(.digits),
      let hit = text.unit(at: hyphen + 1, afterDigits: true),
      hit.unit.kind == .measure, tokens.kindAt(hit.end) != TokenKind.hyphen || !tokens.attached(hit.end)
    else { return nil }
    return hit
  }

  /// An amount with a currency before or behind it.
  private func money(_ number: Number) -> Quantity? {
    let isDigits = number.traits.contains(.digits)
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    if let before = text.unit(before: start, afterDigits: isDigits), number.form != .score {
      // "M5,6" is a magnitude; "M3" and "M750" are names of things.
      guard before.unit.kind == .money || number.low.normalized.exponent < 0 else { return nil }
      var quantity = self.quantity(number, before.unit.kind == .money ? .money : .measure, unit: before.unit)
      quantity.span.start = Int32(before.start)
      if before.unit.kind == .money {
        restoreThousands(&quantity, number)
        scaleByLetter(&quantity, number)
        // "Rp 300 juta rupiah".
        if let again = text.unit(at: Int(quantity.span.end), afterDigits: true), again.unit.kind == .money,
          again.unit.symbol == before.unit.symbol
        {
          quantity.span.end = Int32(again.end)
        }
      }
      return quantity
    }
    guard let behind = text.unit(at: end, afterDigits: isDigits), behind.unit.kind == .money, number.form != .score
    else { return nil }
    var quantity = self.quantity(number, .money, unit: behind.unit)
    quantity.span.end = Int32(behind.end)
    restoreThousands(&quantity, number)
    return quantity
  }

  /// "Rp 5 M": a capital behind an amount of money is its scale.
  private func scaleByLetter(_ quantity: inout Quantity, _ number: Number) {
    let end = Int(number.span.end)
    guard !number.traits.contains(.scaled), number.traits.contains(.digits), tokens.isWord(end),
      tokens.gapAt(end) <= TokenGap.space,
      tokens.length(end) == 1, tokens.isCapitalized(end)
    else { return }
    let word = numberWords.at(tokens.idAt(end))
    guard word.role == .moneyScale, !tokens.attached(end + 1) || tokens.kindAt(end + 1) != TokenKind.hyphen else {
      return
    }
    quantity.low = number.low.scaled(by: word.value)
    quantity.high = number.high.scaled(by: word.value)
    quantity.span.end = Int32(end + 1)
  }

  /// "1,250 kaleng" and "US$ 1,250" are thousands, "1,250 persen" is not.
  func restoreThousands(_ quantity: inout Quantity, _ number: Number) {
    guard number.traits.contains(.commaGroup), number.form == .single else { return }
    quantity.low = number.low.scaled(by: 3)
    quantity.high = number.high.scaled(by: 3)
  }

  func quantity(_ number: Number, _ kind: Quantity.Kind, unit: Unit? = nil) -> Quantity {
    var quantity = Quantity(span: number.span, kind: kind, low: number.low, high: number.high)
    quantity.isRange = number.form != .single
    if let unit { quantity.unit = unit.symbol }
    if number.traits.contains(.approximate) { quantity.modifier = .approx }
    return quantity
  }

  /// A number with a unit behind it: a measure, a percentage, or a length of time, which is an age or a date.
  private func measured(_ number: Number, _ hit: NumberText.UnitHit) -> Quantity? {
    guard number.form != .score else { return nil }
    switch hit.unit.kind {
    case .time: return age(number, hit)
    case .percent:
      var quantity = self.quantity(number, .percent, unit: hit.unit)
      quantity.span.end = Int32(hit.end)
      negate(&quantity, number)
      percentItem(&quantity)
      return quantity
    case .measure:
      if isCoordinate(hit) || isPlate(number, unitEnd: hit.end) || isModel(number, unitEnd: hit.end)
        || text.cue(endingAt: nameEnd(before: Int(number.span.start)), .name) != nil && isSymbol(hit)
      {
        return nil
      }
      var quantity = self.quantity(number, .measure, unit: hit.unit)
      quantity.span.end = Int32(hit.end)
      negate(&quantity, number)
      let item = items.item(at: hit.end)
      // "25 km barat daya Kota Melati": where it lies is nothing measured.
      if !item.isAlone, text.cue(at: hit.end, .direction) == nil, !opensSentencePart(item, number.span) {
        set(item, &quantity)
      }
      return quantity
    case .money: return nil
    }
  }

  private func isSymbol(_ hit: NumberText.UnitHit) -> Bool { hit.end == hit.start + 1 && tokens.length(hit.start) == 1 }

  /// "-5 derajat", "minus 5 persen".
  private func negate(_ quantity: inout Quantity, _ number: Number) {
    let start = Int(number.span.start)
    guard number.form == .single, start > 0 else { return }
    let isMinus =
      tokens.kindAt(start - 1) == TokenKind.hyphen && tokens.attached(start)
      && (tokens.gapAt(start - 1) == TokenGap.space
        || tokens.attached(start - 1)
          && (tokens.kindAt(start - 2) == TokenKind.openParen
            || quantity.kind == .percent && tokens.isCapitalized(start - 2)))
    let isWord = tokens.isWord(start - 1) && numberWords.at(tokens.idAt(start - 1)).role == .minus
    guard isMinus || isWord else { return }
    // "4 plus minus 1 persen", "+ -3 persen", "15% -25%": more or less, up to.
    if isWord, let hit = text.cue(endingAt: start, .before), hit.start < start - 1 { return }
    if isMinus, tokens.kindAt(start - 2) == TokenKind.plus || tokens.kindAt(start - 2) == TokenKind.percent { return }
    quantity.low.mantissa = -quantity.low.mantissa
    quantity.high.mantissa = -quantity.high.mantissa
    quantity.span.start = Int32(start - 1)
  }

  func set(_ item: ItemReader.Item, _ quantity: inout Quantity) {
    quantity.classifier = item.classifier
    quantity.item = item.span
    quantity.head = Int32(truncatingIfNeeded: item.head)
  }

  /// "12 persen saham", "45 persen dari total nasabah".
  private func percentItem(_ quantity: inout Quantity) {
    var p = Int(quantity.span.end)
    if tokens.gapAt(p) <= TokenGap.line, let share = text.cue(at: p, .share) { p = share.end }
    let item = items.item(at: p)
    guard !item.isAlone, item.classifier.isNone else { return }
    if opensSentencePart(item, quantity.span) { return }
    set(item, &quantity)
  }

  /// A capital behind a measure that no capital introduces: "berlari 30 km per jam Budi …", "13,7% Survei …".
  private func opensSentencePart(_ item: ItemReader.Item, _ span: TokenSpan) -> Bool {
    let first = Int(item.span.start)
    guard !item.span.isNone, tokens.isCapitalized(first), !tokens.isAllCaps(first) else { return false }
    // "Semen-2,5% Kertas": the next line of a table.
    if tokens.attached(Int(span.start)) { return true }
    return !tokens.isCapitalized(Int(span.start) - 1)
  }

  /// The token behind the word whose abbreviation stands in brackets before a number: `magnitudo | (M) 6,2`.
  func beforeAbbreviation(_ start: Int) -> Int {
    start > 3 && tokens.kind[start - 1] == TokenKind.closeParen && tokens.kind[start - 3] == TokenKind.openParen
      && tokens.isCapitalized(start - 2) && tokens.length(start - 2) <= 3 ? start - 3 : start
  }

  /// A plain count with what it counts.
  private func count(_ number: Number) -> Quantity? {
    var quantity = self.quantity(number, .count)
    let start = Int(number.span.start)
    // "babak 16 besar" counts those that are left.
    if number.form == .single, let rank = text.cue(endingAt: start, .rank),
      number.isPlainDigits || isPlaceInWords(number, behind: rank), text.cue(at: Int(number.span.end), .top) == nil,
      !(isYear(number) && isLabel(number))
    {
      // "di posisi 5.120,35" is where an index stands.
      let isPlace = number.low.normalized.exponent == 0 && !number.traits.contains(.grouped)
      quantity.kind = isPlace ? .ordinal : .measure
      return quantity
    }
    if text.cue(endingAt: beforeAbbreviation(start), .magnitude) != nil
      || text.cue(endingAt: modifierStart(of: start), .magnitude) != nil
    {
      quantity.kind = .measure
      quantity.unit.append("M")
      return quantity
    }
    if text.cue(endingAt: modifierStart(of: start), .level) != nil, number.traits.contains(.digits) {
      quantity.kind = .measure
      return quantity
    }
    var p = afterBracket(Int(number.span.end))
    if number.traits.contains(.fraction), let share = text.cue(at: p, .share) { p = share.end }
    if let more = text.cue(at: p, .after), more.cue.after == .moreThan { p = more.end }
    // "12 - core", where spaces have parted what a hyphen joins.
    if tokens.kindAt(p) == TokenKind.hyphen, !tokens.attached(p), !tokens.attached(p + 1), tokens.isWord(p + 1),
      tokens.gapAt(p + 1) == TokenGap.space, !tokens.isCapitalized(p + 1), number.traits.contains(.digits)
    {
      p += 1
    }
    let item = items.countedItem(at: p)
    set(item, &quantity)
    guard isCount(number, item, &quantity) else { return nil }
    restoreThousands(&quantity, number)
    return quantity
  }

  /// "Peringkat 2024: 801": a year that says what stands behind the colon.
  private func isLabel(_ number: Number) -> Bool {
    let end = Int(number.span.end)
    return tokens.kindAt(end) == TokenKind.colon && tokens.attached(end)
  }

  /// "petenis nomor SATU dunia", "vendor nomor DUA terbesar": a rank, where other numbers behind the word are names.
  private func isWorldRank(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    guard number.form == .single, number.span.count == 1, !number.traits.contains(.scaled), !number.isOrdinal,
      let behind = text.cue(at: Int(number.span.end), .ranked), !behind.cue.roles.contains(.name),
      let name = text.cue(endingAt: start, .name)
    else { return false }
    return text.cue(at: name.start, .ranked) != nil
  }

  /// Whether the number is one word that counts nothing behind it: `posisi TIGA`, `di lantai LIMA hotel itu`, `peringkat DUA dunia`; not
  /// `posisi dua pemain`, `juara tiga kali`.
  private func isPlaceInWords(_ number: Number, behind rank: NumberText.CueHit) -> Bool {
    let end = Int(number.span.end)
    guard number.span.count == 1, !number.traits.contains(.digits), !number.traits.contains(.scaled),
      text.cue(at: end, .alone) == nil
    else { return false }
    return !words.isNounLike(at: end, in: text) || tokens.isCapitalized(end)
      || text.cue(at: end, [.rank, .ranked]) != nil || words.isPreposition(at: rank.start - 1, in: text)
  }

  /// Behind a bracket that stands between number and noun: "971 (18%) permasalahan".
  private func afterBracket(_ p: Int) -> Int {
    guard tokens.kindAt(p) == TokenKind.openParen else { return p }
    var q = p + 1
    while q < tokens.count, q < p + 6 {
      if tokens.kindAt(q) == TokenKind.closeParen {
        return tokens.kindAt(p + 1) == TokenKind.number ? q + 1 : p
      }
      q += 1
    }
    return p
  }

  /// What a rate is paid for: "Rp 2.000 per kg", "Rp 2.000/kg".
  private func rate(_ quantity: inout Quantity) {
    let p = Int(quantity.span.end)
    guard let rate = text.cue(at: p, .rate) else { return }
    let next = rate.end
    if let unit = text.unit(at: next, afterDigits: true) {
      guard unit.unit.kind != .time else { return }
      quantity.per = TokenSpan(unit.start, unit.end)
    } else if tokens.kindAt(next + 1) == TokenKind.currency, tokens.attached(next + 1) {
      quantity.per = TokenSpan(next, next + 2)
    } else if tokens.isWord(next) {
      let isAttached = tokens.attached(next)
      let item = items.item(at: next)
      if !item.span.isNone {
        let start = item.classifier.isNone ? Int(item.span.start) : Int(item.classifier.start)
        quantity.per = TokenSpan(start, min(Int(item.span.end), start + 2))
      } else if isAttached {
        quantity.per = TokenSpan(next, next + 1)
      }
    }
    if !quantity.per.isNone {
      quantity.item = .none
      quantity.classifier = .none
      quantity.head = -1
    }
  }
}
