/// Ranges of quantities, shared items, SI values.
extension QuantityFinder {
  /// A number that is no ordinal after all.
  func plainQuantity(_ number: Number) -> Quantity? { besideNoName { unmodified(number) } }

  /// Joins "10 persen sampai 15 persen" and "Rp10 juta-Rp15 juta" to one; false when `found` stands by itself.
  func joinRange(_ found: Quantity, to quantities: inout [Quantity]) -> Bool {
    guard let previous = quantities.last, !previous.isRange, !found.isRange, previous.kind == found.kind,
      previous.unit == found.unit,
      found.kind == .money || found.kind == .percent || found.kind == .measure || found.kind == .age,
      previous.item.isNone, previous.per.isNone, previous.low.isLess(than: found.low)
    else { return false }
    let gap = Int(previous.span.end)
    let next = Int(found.span.start)
    guard next > gap, next - gap <= 3, tokens.gapAt(gap) <= TokenGap.space else { return false }
    let kind = tokens.kindAt(gap)
    let isMark = (kind == TokenKind.hyphen || kind == TokenKind.dash) && next == gap + 1
    guard isMark || text.cue(at: gap, .range)?.end == next else { return false }
    var joined = found
    joined.span.start = previous.span.start
    joined.low = previous.low
    // "Rp 40-Rp 75 ribu": the scale belongs to both.
    if let scale = scale(of: found), scale > 0, self.scale(of: previous) == nil,
      previous.low.isLess(than: ExactDecimal(1000))
    {
      let scaled = previous.low.scaled(by: scale)
      if scaled.isLess(than: found.low) { joined.low = scaled }
    }
    joined.high = found.low
    joined.isRange = true
    joined.modifier = previous.modifier
    quantities[quantities.count - 1] = joined
    last = joined
    return true
  }

  /// The number of zeros of the scale word in an amount: 3 for "Rp 500 ribu"; nil without one.
  private func scale(of quantity: Quantity) -> Int? {
    for i in quantity.span.range {
      let word = numberWords.at(tokens.idAt(i))
      switch word.role {
      case .scale, .shortScale, .moneyScale: return word.value
      default: continue
      }
    }
    return nil
  }

  /// Gives counts without an item that of the next count in their list: "12, 15, dan 20 pemain", "tewas 3 dan luka 12 orang";
  /// or its unit: "70 dan 85 km".
  func share(_ quantities: inout [Quantity]) {
    guard quantities.count > 1 else { return }
    var k = quantities.count - 2
    while k >= 0 {
      let next = quantities[k + 1]
      if quantities[k].kind == .count, quantities[k].item.isNone, next.kind == .count, !next.item.isNone,
        isList(from: Int(quantities[k].span.end), to: Int(next.span.start))
      {
        quantities[k].item = next.item
        quantities[k].head = next.head
        quantities[k].classifier = next.classifier
      } else if quantities[k].kind == .count, quantities[k].item.isNone, next.kind == .measure,
        isList(from: Int(quantities[k].span.end), to: Int(next.span.start))
      {
        quantities[k].kind = next.kind
        quantities[k].unit = next.unit
        if !quantities[k].isRange, let unit = unit(of: next), let value = unit.siValue(of: quantities[k].low) {
          quantities[k].si = value
          quantities[k].siUnit = unit.si
        }
      }
      k -= 1
    }
  }

  /// A comma, `dan` or `atau`, with at most one word of state behind it.
  private func isList(from start: Int, to end: Int) -> Bool {
    guard end > start, end - start <= 4 else { return false }
    var i = start
    var joins = false
    if tokens.kindAt(i) == TokenKind.comma {
      joins = true
      i += 1
    }
    if let hit = text.cue(at: i, [.and, .or]) {
      joins = true
      i = hit.end
    }
    guard joins else { return false }
    if i + 1 == end, tokens.isWord(i) { return words.kind(at: i, in: text) == .result }
    return i == end
  }

  /// Adds the SI value.
  func convert(_ quantity: inout Quantity) {
    guard quantity.kind == .measure, !quantity.isRange, !quantity.unit.isEmpty, let unit = unit(of: quantity),
      let value = unit.siValue(of: quantity.low)
    else { return }
    quantity.si = value
    quantity.siUnit = unit.si
  }

  /// The unit that ends the quantity.
  private func unit(of quantity: Quantity) -> Unit? {
    let end = Int(quantity.span.end)
    var i = end - 1
    var found: Unit?
    while i > Int(quantity.span.start), i >= end - 6 {
      if let hit = text.unit(at: i, afterDigits: true), hit.end == end { found = hit.unit }
      i -= 1
    }
    return found
  }
}
