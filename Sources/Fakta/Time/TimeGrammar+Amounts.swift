/// Numbers in front of a unit of time.
extension TimeGrammar {
  /// A whole number in words at `i`: `tiga`, `dua puluh lima`, `sebelas`.
  func spelled(_ i: Int) -> (value: Int, end: Int)? {
    var at = i
    var total = 0
    var group = 0
    var digit = 0
    var found = false
    while at < i + 10 {
      let hit = at == i ? hit(at) : next(at)
      let word = word(hit)
      guard word.roles.contains(.numeral), hit.end == at + 1 || word.numeral != .none else { break }
      switch word.numeral {
      case .digit:
        guard digit == 0 else { return found ? (total + group + digit, at) : nil }
        digit = Int(word.number)
      case .whole: group += Int(word.number)
      case .teen:
        guard digit > 0 else { return nil }
        group += digit + 10
        digit = 0
      case .times:
        guard digit > 0 || group > 0 else { return nil }
        if word.number >= 1000 {
          total += (group + digit) * Int(word.number)
          group = 0
        } else {
          group += digit * Int(word.number)
        }
        digit = 0
      case .part, .ordinal, .to, .none: return found ? (total + group + digit, at) : nil
      }
      found = true
      at = hit.end
    }
    return found ? (total + group + digit, at) : nil
  }

  /// A number in digits or words, a range of two, or a vague one, in front of a unit.
  func amount(_ i: Int) -> (amount: TimeAmount, end: Int, isDigits: Bool)? {
    guard i < count else { return nil }
    if roles(hit(i)).contains(.vague) { return (.vague, hit(i).end, false) }
    guard var first = plainAmount(i) else { return nil }
    if let product = product(first.end, first.amount) { return (product.amount, product.end, true) }
    if kind(first.end) == TokenKind.openParen, let again = plainAmount(first.end + 1), again.amount == first.amount,
      kind(again.end) == TokenKind.closeParen
    {
      // "24 (dua puluh empat) bulan"
      first.end = again.end + 1
    }
    let joint = next(first.end)
    // "tujuh atau delapan tahun"
    let behind = roles(joint).contains(.or) ? joint.end : rangeMark(first.end)
    if let to = behind, let second = plainAmount(to), second.amount.scale == first.amount.scale,
      second.amount.mantissa > first.amount.mantissa
    {
      first.amount.high = second.amount.mantissa
      first.end = second.end
    }
    return first
  }

  /// `x24` behind a number: `1x24 jam`, `2 x 24 jam`.
  func product(_ i: Int, _ amount: TimeAmount) -> (amount: TimeAmount, end: Int)? {
    guard goesOn(i), tokens.isWord(i), tokens.length(i) == 1, byte(i) | 0x20 == UInt8(ascii: "x"),
      let left = amount.integer, left < 1000,
      let right = number(i + 1, digits: 1...3), tokens.attached(i) == tokens.attached(i + 1), !isGluedAfter(i + 2)
    else { return nil }
    return (.whole(left * right), i + 2)
  }

  func plainAmount(_ i: Int) -> (amount: TimeAmount, end: Int, isDigits: Bool)? {
    guard i < count else { return nil }
    if tokens.isNumber(i) { return digits(i).map { ($0.amount, $0.end, true) } }
    let hit = hit(i)
    let word = word(hit)
    if word.numeral == .part { return (.decimal(Int(word.number), 2), hit.end, false) }
    guard let whole = spelled(i) else { return nil }
    let half = next(whole.end)
    if self.word(half).numeral == .part, self.word(half).roles.contains(.half) {
      return (.decimal(whole.value * 10 + 5, 1), half.end, false)
    }
    return (.whole(whole.value), whole.end, false)
  }

  /// `2`, `1.000`, `2,5`, `2.5`, `0.545`.
  func digits(_ i: Int) -> (amount: TimeAmount, end: Int)? {
    guard var value = number(i, digits: 1...4) else { return nil }
    var at = i + 1
    var scale = 0
    while at + 1 < count, tokens.attached(at), tokens.attached(at + 1), tokens.isNumber(at + 1) {
      let mark = tokens.kind[at]
      let length = tokens.length(at + 1)
      if mark == TokenKind.period, length == 3, scale == 0, value > 0, let part = number(at + 1, digits: 3...3) {
        guard value < 100_000 else { return nil }
        value = value * 1000 + part
      } else if mark == TokenKind.comma || mark == TokenKind.period, scale == 0, length <= 3,
        let part = number(at + 1, digits: 1...3)
      {
        guard value < 1_000_000 else { return nil }
        scale = length
        value = value * (length == 1 ? 10 : length == 2 ? 100 : 1000) + part
      } else {
        return mark == TokenKind.period || mark == TokenKind.comma ? nil : (.decimal(value, scale), at)
      }
      at += 2
    }
    return (.decimal(value, scale), at)
  }
}
