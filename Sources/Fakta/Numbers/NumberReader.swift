/// One value as it is written, before ranges and doubles are looked for.
struct NumberReading {
  /// The token behind the value.
  var end: Int
  var low = ExactDecimal.zero
  var high = ExactDecimal.zero
  /// The value without its last scale: 2 in "2 juta".
  var base = ExactDecimal.zero
  /// Zeros of the last scale.
  var scale = 0
  var isVague = false
  var traits = Number.Traits()
}

/// Reads single values: digits, number words, and both mixed.
///
///     2,5 juta   dua ratus lima puluh ribu   satu setengah   puluhan ribu   3/4
///
/// **Errors.** None: what is no number gives nil. Values that would not be exact give nil too.
///
/// **Cost.** Linear in the tokens that it consumes.
struct NumberReader {
  let tokens: TokenTable
  let digits: DigitReader
  let words: NumberWords

  init(tokens: TokenTable, bytes: [UInt8], words: NumberWords) {
    self.tokens = tokens
    digits = DigitReader(tokens: tokens, bytes: bytes)
    self.words = words
  }

  /// The number word at token `j`, where it goes on from the token before: no line break between paragraphs, no mark.
  @inline(__always)
  func word(_ j: Int) -> NumberWord {
    guard j < tokens.count, tokens.kindAt(j) == TokenKind.word, tokens.gapAt(j) <= TokenGap.line else {
      return NumberWord()
    }
    return words.at(tokens.idAt(j))
  }

  /// Reads the words from token `i`.
  func readWords(at i: Int) -> NumberReading? {
    guard i < tokens.count, tokens.kindAt(i) == TokenKind.word else { return nil }
    let first = words.at(tokens.idAt(i))
    switch first.role {
    case .none, .teenMark, .tenMark, .hundredMark, .scale, .shortScale, .moneyScale, .denominator, .point, .per,
      .ordinalMark, .minus, .suffix:
      return nil
    case .zero:
      // "kosong" is empty, but in "kosong koma lima" a figure.
      guard word(i + 1).role == .point, isFigure(i + 2) else { return nil }
      return withSpokenDecimals(NumberReading(end: i + 1))
    case .vague:
      var reading = NumberReading(end: i + 1, low: first.low, high: first.high, base: first.low)
      reading.isVague = true
      return withScales(reading)
    case .fraction, .half:
      var reading = NumberReading(end: i + 1, low: first.low, high: first.high, base: first.low)
      reading.traits.insert(.fraction)
      return withScales(reading)
    case .first:
      var reading = NumberReading(end: i + 1, low: first.low, high: first.low, base: first.low)
      reading.traits.insert(.first)
      return reading
    case .digit, .ten, .teen, .hundred, .oneScale, .collective:
      var phrase = NumberPhrase()
      var j = i
      while j < tokens.count, j == i || tokens.gapAt(j) == TokenGap.space || tokens.gapAt(j) == TokenGap.line,
        tokens.kindAt(j) == TokenKind.word, phrase.take(words.at(tokens.idAt(j)))
      { j += 1 }
      guard let value = phrase.value else { return nil }
      var reading = NumberReading(end: j, low: value, high: value, base: value)
      if phrase.scale > 0 {
        reading.scale = phrase.scale
        reading.base = phrase.isSingleScale ? phrase.base : value
        reading.traits.insert(.scaled)
      }
      if phrase.isCollective { reading.traits.insert(.collective) }
      return continued(asAbout(reading, phrase), phrase)
    }
  }

  /// "dua ribuan warga", "lima belas ratusan": about so many, where a vague word stands for the scale.
  private func asAbout(_ start: NumberReading, _ phrase: NumberPhrase) -> NumberReading {
    let next = word(start.end)
    guard next.role == .vague, next.value >= 2, phrase.scale == 0, !phrase.isCollective,
      tokens.gapAt(start.end) == TokenGap.space
    else { return start }
    var reading = start
    reading.low = reading.low.scaled(by: next.value)
    reading.high = reading.low
    reading.scale = next.value
    reading.traits.formUnion([.scaled, .approximate])
    reading.end += 1
    return reading
  }

  /// Fractions, decimals and halves behind the whole number.
  private func continued(_ start: NumberReading, _ phrase: NumberPhrase) -> NumberReading? {
    var reading = start
    let next = word(reading.end)
    switch next.role {
    case .half where !phrase.isCollective && phrase.scale == 0:
      guard let sum = reading.low.plus(next.low) else { return nil }
      set(&reading, sum, end: reading.end + 1)
      return withScales(reading)
    case .denominator where !phrase.isCollective && phrase.scale == 0:
      guard let n = reading.low.smallInteger, n > 0, let value = ExactDecimal.fraction(n, next.value) else {
        return reading
      }
      set(&reading, value, end: reading.end + 1)
      reading.traits.insert(.fraction)
      return withScales(reading)
    case .per where phrase.scale == 0:
      let lower = word(reading.end + 1)
      guard lower.role == .digit || lower.role == .teen, let n = reading.low.smallInteger, n > 0, n < lower.value,
        lower.value <= 10,
        let value = ExactDecimal.fraction(n, lower.value)
      else { return reading }
      set(&reading, value, end: reading.end + 2)
      reading.traits.insert(.fraction)
      return withScales(reading)
    case .point:
      return withSpokenDecimals(reading)
    default: return reading
    }
  }

  private func set(_ reading: inout NumberReading, _ value: ExactDecimal, end: Int) {
    reading.low = value
    reading.high = value
    reading.base = value
    reading.end = end
  }

  /// "lima koma dua lima": digits behind the spoken decimal mark.
  private func withSpokenDecimals(_ start: NumberReading) -> NumberReading? {
    var j = start.end + 1
    var mantissa = start.low.mantissa
    var places: Int32 = 0
    while places < 9, isFigure(j) {
      let (scaled, over) = mantissa.multipliedReportingOverflow(by: 10)
      let (sum, overSum) = scaled.addingReportingOverflow(Int64(word(j).value))
      guard !over, !overSum, start.low.exponent == 0 else { return start }
      mantissa = sum
      places += 1
      j += 1
    }
    guard places > 0 else { return start }
    var reading = start
    set(&reading, ExactDecimal(mantissa, exponent: -places).normalized, end: j)
    return withScales(reading)
  }

  private func isFigure(_ i: Int) -> Bool {
    let role = word(i).role
    return role == .digit || role == .zero
  }

  /// Scale words behind a value: "2,5 juta", "1.000 triliun", "puluhan ribu".
  func withScales(_ start: NumberReading, afterDigits: Bool = false) -> NumberReading {
    var reading = start
    while reading.scale < 18 {
      let next = word(reading.end)
      switch next.role {
      case .scale: break
      case .shortScale where afterDigits && reading.scale == 0: break
      case .hundredMark where afterDigits && reading.scale == 0:
        reading.low = reading.low.scaled(by: 2)
        reading.high = reading.high.scaled(by: 2)
        reading.base = reading.low
        reading.end += 1
        continue
      case .vague where afterDigits && reading.scale == 0 && next.value >= 3:
        reading.traits.insert(.approximate)
      default: return reading
      }
      // "seribu ribu" is no number.
      guard reading.scale == 0 || reading.scale == 3 && next.value > 3 else { return reading }
      reading.low = reading.low.scaled(by: next.value)
      reading.high = reading.high.scaled(by: next.value)
      // The bounds of a vague number keep their first digits: 20.000 to 99.000.
      reading.scale += next.value
      reading.traits.insert(.scaled)
      reading.end += 1
    }
    return reading
  }
}

/// The sum of number words, word by word.
struct NumberPhrase {
  private var total = ExactDecimal.zero
  private var group = 0
  private var pending = -1
  /// The order of the last part of the group: 1000 before anything, then 100, 10, 1.
  private var order = 1000
  private var hasGroup = false
  private var failed = false
  private(set) var scale = 0
  private(set) var base = ExactDecimal.zero
  private var endsInScale = false
  /// Whether the value is one number times one scale.
  var isSingleScale: Bool { endsInScale && !hasGroup && pending < 0 }
  private(set) var isCollective = false
  private var count = 0

  /// Adds a word; false when it does not go on with the number, which then ends before it.
  mutating func take(_ word: NumberWord) -> Bool {
    guard !failed else { return false }
    let taken = takeUncounted(word)
    if taken { count += 1 }
    return taken
  }

  private mutating func takeUncounted(_ word: NumberWord) -> Bool {
    switch word.role {
    case .digit:
      guard pending < 0, order > 1 else { return false }
      // "nol" stands alone.
      if word.value == 0 {
        guard count == 0 else { return false }
        order = 0
      }
      if order == 0 {
        hasGroup = true
        return true
      }
      pending = word.value
      return true
    case .collective:
      guard count == 0 else { return false }
      isCollective = true
      if word.value < 10 {
        pending = word.value
      } else {
        add(word.value, order: word.value % 100 == 0 ? 100 : word.value >= 20 ? 10 : 1)
      }
      return true
    case .teenMark:
      guard pending > 0, order > 10 else { return false }
      let value = pending + 10
      pending = -1
      return add(value, order: 1)
    case .tenMark:
      guard pending > 0, order > 10 else { return false }
      let value = pending * 10
      pending = -1
      return add(value, order: 10)
    case .hundredMark:
      guard pending > 0, order == 1000 else { return false }
      let value = pending * 100
      pending = -1
      return add(value, order: 100)
    case .hundred:
      guard pending < 0, order == 1000 else { return false }
      return add(word.value, order: 100)
    case .ten:
      guard pending < 0, order > 10 else { return false }
      return add(word.value, order: 10)
    case .teen:
      guard pending < 0, order > 10 else { return false }
      return add(word.value, order: 1)
    case .scale: return takeScale(word.value)
    case .oneScale:
      guard pending < 0, order == 1000, scale == 0 || word.value < scale else { return false }
      return close(ExactDecimal(1), word.value)
    default: return false
    }
  }

  @discardableResult
  private mutating func add(_ value: Int, order: Int) -> Bool {
    group += value
    self.order = order
    hasGroup = true
    return true
  }

  private mutating func takeScale(_ zeros: Int) -> Bool {
    flush()
    if hasGroup {
      if scale == 0 || zeros < scale {
        let value = ExactDecimal(Int64(group))
        group = 0
        hasGroup = false
        order = 1000
        return close(value, zeros)
      }
      // "dua ribu lima ratus triliun": the whole of it counts trillions.
      guard scale == 3, zeros > 3, let whole = total.plus(ExactDecimal(Int64(group))) else { return false }
      group = 0
      hasGroup = false
      order = 1000
      total = whole.scaled(by: zeros)
      base = whole
      scale = zeros
      endsInScale = true
      return true
    }
    guard scale == 3, zeros > 3, count > 0 else { return false }
    base = total
    total = total.scaled(by: zeros)
    scale = zeros
    endsInScale = true
    return true
  }

  private mutating func close(_ value: ExactDecimal, _ zeros: Int) -> Bool {
    endsInScale = scale == 0
    base = value
    guard let sum = total.plus(value.scaled(by: zeros)) else {
      failed = true
      return true
    }
    total = sum
    scale = zeros
    return true
  }

  private mutating func flush() {
    guard pending >= 0 else { return }
    group += pending
    pending = -1
    order = 1
    hasGroup = true
  }

  /// The value of all words so far.
  var value: ExactDecimal? {
    guard !failed, count > 0 else { return nil }
    let rest = group + max(0, pending)
    guard rest > 0 || hasGroup || scale > 0 else { return nil }
    if rest > 0 { return total.plus(ExactDecimal(Int64(rest))) }
    return total
  }
}
