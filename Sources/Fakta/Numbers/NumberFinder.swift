/// Finds the whole number that begins at a token: value, range, double, ordinal.
struct NumberFinder {
  let tokens: TokenTable
  let text: NumberText
  let words: NumberWords
  let reader: NumberReader

  init(text: NumberText) {
    self.text = text
    tokens = text.tokens
    words = text.lists.words
    reader = NumberReader(tokens: text.tokens, bytes: text.bytes, words: text.lists.words)
  }

  /// What stands at a token: a number or none, and the token behind what was looked at.
  struct Finding {
    var number: Number?
    var end: Int
  }

  /// Reads the number at token `i`.
  ///
  /// - Parameter floor: The end of the number before, which this one must not reach into.
  func find(at i: Int, after floor: Int) -> Finding {
    if tokens.kindAt(i) == TokenKind.word {
      if words.at(tokens.idAt(i)).role == .ordinalMark { return romanOrdinal(at: i) }
      if tokens.attached(i), tokens.kindAt(i - 1) == TokenKind.number { return Finding(end: i + 1) }
    } else if isInsideCode(at: i) {
      return Finding(end: codeEnd(from: i))
    }
    guard var reading = value(at: i) else {
      return Finding(end: tokens.kindAt(i) == TokenKind.number ? codeEnd(from: i) : i + 1)
    }
    var number = Number(span: TokenSpan(i, reading.end), low: reading.low, high: reading.high)
    number.traits = reading.traits
    if reading.isVague { number.form = .vague }
    if !reading.isVague, !reading.traits.contains(.collective), !reading.traits.contains(.first) {
      if let double = doubled(reading) {
        reading.end = double
        number.traits.insert(.doubled)
      } else if let joined = join(reading, into: &number) {
        guard joined >= 0 else { return Finding(end: codeEnd(from: -joined - 1)) }
        reading.end = joined
      }
    }
    number.span = TokenSpan(i, reading.end)
    number.isPlainDigits = number.traits.contains(.digits) && !number.traits.contains(.scaled)
    ordinal(&number, at: i, floor: floor)
    return Finding(number: number, end: reading.end)
  }

  /// One value in digits or words at token `i`.
  func value(at i: Int) -> NumberReading? {
    guard i < tokens.count else { return nil }
    if tokens.kindAt(i) == TokenKind.word { return reader.readWords(at: i) }
    guard tokens.kindAt(i) == TokenKind.number else { return nil }
    let digits = reader.digits.read(at: i)
    guard let value = digits.value else { return nil }
    var reading = NumberReading(end: digits.end, low: value, high: value, base: value)
    reading.traits.insert(.digits)
    if digits.isGrouped { reading.traits.insert(.grouped) }
    if digits.hasLeadingZero { reading.traits.insert(.leadingZero) }
    if let fraction = slashFraction(at: i, digits) {
      reading = fraction
    } else if isCode(behind: digits.end), suffixEnd(digits.end) == nil {
      return nil
    }
    let scaled = reader.withScales(reading, afterDigits: true)
    if digits.isCommaGroup, scaled.scale == 0 { reading.traits.insert(.commaGroup) }
    return suffixed(scaled.scale > 0 || scaled.end > reading.end ? withRest(scaled) : reading)
  }

  /// "1 juta 200 ribu": a second, smaller scale.
  private func withRest(_ start: NumberReading) -> NumberReading {
    guard start.scale >= 6, tokens.isNumber(start.end), tokens.gapAt(start.end) == TokenGap.space else { return start }
    let digits = reader.digits.read(at: start.end)
    guard let value = digits.value else { return start }
    let rest = reader.withScales(
      NumberReading(end: digits.end, low: value, high: value, base: value), afterDigits: true)
    guard rest.scale > 0, rest.scale < start.scale, start.base.normalized.exponent == 0,
      value.isLess(than: ExactDecimal(1000)),
      let sum = start.low.plus(rest.low)
    else { return start }
    var reading = start
    reading.low = sum
    reading.high = sum
    reading.base = sum
    reading.end = rest.end
    return reading
  }

  /// "5.000-an", "800an", but "1990-an" is a decade: the year's own look is judged later.
  private func suffixed(_ start: NumberReading) -> NumberReading {
    guard let end = suffixEnd(start.end) else { return start }
    var reading = start
    reading.end = end
    reading.traits.insert(.approximate)
    return reading
  }

  /// Where the suffix of an about-number ends that begins at `i`, with or without its hyphen.
  private func suffixEnd(_ i: Int) -> Int? {
    guard tokens.attached(i) else { return nil }
    let word = tokens.kindAt(i) == TokenKind.hyphen ? i + 1 : i
    return tokens.attached(word) && words.at(tokens.idAt(word)).role == .suffix ? word + 1 : nil
  }

  /// "1/3": two plain small numbers, the lower one greater.
  private func slashFraction(at i: Int, _ digits: DigitReader.Result) -> NumberReading? {
    let slash = digits.end
    guard digits.isPlain, tokens.attached(slash), tokens.kindAt(slash) == TokenKind.slash, tokens.attached(slash + 1),
      tokens.isNumber(slash + 1)
    else { return nil }
    let lower = reader.digits.read(at: slash + 1)
    guard lower.isPlain, !lower.hasLeadingZero, !digits.hasLeadingZero, let n = digits.value?.smallInteger,
      let d = lower.value?.smallInteger, n > 0, n < d, d <= 10 || d == 100, !isCode(behind: lower.end),
      let value = ExactDecimal.fraction(n, d)
    else { return nil }
    // "(3/4)" behind a weekday is a date.
    if tokens.kindAt(i - 1) == TokenKind.openParen, tokens.kindAt(lower.end) == TokenKind.closeParen { return nil }
    var reading = NumberReading(end: lower.end, low: value, high: value, base: value)
    reading.traits = [.digits, .fraction]
    return reading
  }

  /// The end of `lima (5)` or `10 (sepuluh)`: the same value again in brackets, in the other writing.
  private func doubled(_ reading: NumberReading) -> Int? {
    guard tokens.kindAt(reading.end) == TokenKind.openParen, reading.end + 1 < tokens.count,
      let again = value(at: reading.end + 1), tokens.kindAt(again.end) == TokenKind.closeParen,
      again.low.isEqual(to: reading.low), again.traits.contains(.digits) != reading.traits.contains(.digits)
    else { return nil }
    return again.end + 1
  }
}
