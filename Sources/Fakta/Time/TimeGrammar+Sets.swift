/// Recurring times: `setiap hari`, `tiap Senin`, `per bulan`.
extension TimeGrammar {
  func setReading(_ span: TokenSpan, _ unit: TimeUnit, _ amount: TimeAmount, size: Int) -> TimeReading {
    var reading = TimeReading()
    reading.base = .set
    reading.span = span
    reading.amounts.0 = amount
    reading.units.0 = unit
    reading.sizes.0 = Int16(truncatingIfNeeded: size)
    reading.pieces = 1
    return reading
  }

  /// `setiap hari`, `tiap Senin`, `setiap dua tahun`, `setiap pagi`, `setiap 17 Agustus`, `setiap akhir pekan`.
  func each(_ i: Int, _ hit: Hit) -> TimeReading? {
    var at = hit.end
    guard goesOn(at) else { return nil }
    var following = self.hit(at)
    var word = word(following)
    if word.roles.contains(.weekend) { return recurring(TokenSpan(i, following.end)) { $0.unit = .week } }
    if word.roles.contains(.unit), word.unit == .day || word.unit == .month, word.amount == 0 {
      let inner = next(following.end)
      let innerWord = self.word(inner)
      if word.unit == .day, innerWord.roles.contains(.weekday) {
        at = following.end
        following = inner
        word = innerWord
      } else if word.unit == .month, let month = month(following.end) {
        return recurring(TokenSpan(i, month.end)) { $0.month = Int8(month.month) }
      }
    }
    if word.roles.contains(.weekday), word.isFull,
      !word.roles.contains(.unit) || tokens.isCapitalized(at) || at > hit.end
    {
      let part = part(following.end)
      return recurring(TokenSpan(i, part?.end ?? following.end)) {
        $0.weekday = word.weekday
        $0.part = part?.part ?? .none
      }
    }
    if word.roles.contains(.clock), goesOn(following.end) {
      var reading = recurring(TokenSpan(i, following.end)) { _ in }
      if let end = clock(following.end, introduced: true, into: &reading), reading.endHour < 0 {
        reading.span.end = Int32(end)
        return reading
      }
    }
    if word.roles.contains(.part) { return recurring(TokenSpan(i, following.end)) { $0.part = word.part } }
    if word.roles.contains(.date), let value = number(following.end, digits: 1...2), value >= 1, value <= 31 {
      let month = month(following.end + 1)
      return recurring(TokenSpan(i, month?.end ?? following.end + 1)) {
        $0.day = Int8(value)
        $0.month = Int8(month?.month ?? 0)
      }
    }
    if let value = number(at, digits: 1...2), value >= 1, value <= 31, let month = month(at + 1) {
      return recurring(TokenSpan(i, month.end)) {
        $0.day = Int8(value)
        $0.month = Int8(month.month)
      }
    }
    if word.roles.contains(.month), word.isFull, tokens.isCapitalized(at) {
      return recurring(TokenSpan(i, following.end)) { $0.month = word.month }
    }
    if word.roles.contains(.unit), word.amount == 0, !word.isShort {
      return setReading(TokenSpan(i, following.end), word.unit, .whole(1), size: Int(word.unitSize))
    }
    guard let amount = amount(at), !amount.amount.isVague else { return nil }
    let unit = self.unit(amount.end)
    let unitWord = self.word(unit)
    guard unitWord.roles.contains(.unit), unitWord.amount == 0, !unitWord.isSetOnly else { return nil }
    let end = roles(next(unit.end)).contains(.once) ? next(unit.end).end : unit.end
    return setReading(TokenSpan(i, end), unitWord.unit, amount.amount, size: Int(unitWord.unitSize))
  }

  func recurring(_ span: TokenSpan, _ fill: (inout TimeReading) -> Void) -> TimeReading {
    var reading = TimeReading()
    reading.base = .set
    reading.span = span
    fill(&reading)
    return reading
  }

  /// `per hari`, `per - bulan`; not `km per jam`, `per tahun 2015`.
  func per(_ i: Int, _ hit: Hit) -> TimeReading? {
    var at = hit.end
    if kind(at) == TokenKind.hyphen || kind(at) == TokenKind.dash { at += 1 }
    let following = next(at)
    let word = word(following)
    guard word.roles.contains(.unit), word.amount == 0, !word.unit.isClock, !word.isShort else { return nil }
    if tokens.isNumber(following.end), goesOn(following.end) { return nil }
    if !word.roles.contains(.weekday), !roles(next(following.end)).isDisjoint(with: [.month, .weekday]) { return nil }
    if word.roles.contains(.weekday), tokens.isCapitalized(at) { return nil }
    if let offset = Self.offset(of: self.word(next(following.end)).shifts), offset != 0 { return nil }
    return setReading(TokenSpan(i, following.end), word.unit, .whole(1), size: Int(word.unitSize))
  }
}
