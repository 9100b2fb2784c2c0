/// Digits with their separators, read by both conventions.
///
///     250.000   1.250.000,50   1,250.75   1.5   0,125
///
/// A separator belongs to the number only between digits without white space. Where every group behind the first has three
/// digits the separator groups; where two kinds stand the last one is the decimal mark. What fits no convention
/// (`10.3.1`, `01.234.567.8`) is a code, and no number.
///
/// **Cost.** One visit per digit.
struct DigitReader {
  struct Result {
    /// The token behind the digits.
    var end: Int
    /// Nil for a code, and for more digits than 18.
    var value: ExactDecimal?
    var isGrouped = false
    /// One comma and three digits: 1,250 is 1250 where things are counted.
    var isCommaGroup = false
    var hasLeadingZero = false
    /// Digits only, no separator.
    var isPlain = false
  }

  let tokens: TokenTable
  let bytes: [UInt8]

  /// Reads the digits that start at token `i`, which is a number.
  func read(at i: Int) -> Result {
    var end = i + 1
    var groups = 1
    var dots = 0
    var commas = 0
    var lastSeparator: UInt8 = 0
    // A group counts as thousands when it has three digits; the last one decides what a mixed form means.
    var innerAreThousands = true
    var lastIsThousands = true
    var separatorChanged = 0
    while end + 1 < tokens.count, tokens.gap[end] == TokenGap.none, tokens.gap[end + 1] == TokenGap.none,
      tokens.kind[end + 1] == TokenKind.number,
      tokens.kind[end] == TokenKind.period || tokens.kind[end] == TokenKind.comma
    {
      let kind = tokens.kind[end]
      if groups > 1 && !lastIsThousands { innerAreThousands = false }
      if lastSeparator != 0 && kind != lastSeparator { separatorChanged += 1 }
      lastSeparator = kind
      if kind == TokenKind.period { dots += 1 } else { commas += 1 }
      lastIsThousands = tokens.length(end + 1) == 3
      groups += 1
      end += 2
    }
    var result = Result(end: end, value: nil)
    let firstLength = tokens.length(i)
    let firstByte = bytes[Int(tokens.start[i])]
    result.hasLeadingZero = firstByte == 0x30 && firstLength > 1
    let canGroup = firstLength <= 3 && firstByte != 0x30
    guard groups <= 8 else { return result }
    if groups == 1 {
      result.isPlain = true
      result.value = number(i, end, decimals: 0)
      return result
    }
    if separatorChanged == 0 {
      let isDot = dots > 0
      if groups == 2 {
        if lastIsThousands && canGroup && isDot {
          result.isGrouped = true
          result.value = number(i, end, decimals: 0)
        } else {
          result.isCommaGroup = lastIsThousands && canGroup && !isDot
          result.value = number(i, end, decimals: 1)
        }
      } else if innerAreThousands && lastIsThousands && canGroup {
        result.isGrouped = true
        result.value = number(i, end, decimals: 0)
      }
      return result
    }
    // 1.250.000,50 and 1,250.75: one change, groups of three before it.
    if separatorChanged == 1, innerAreThousands, canGroup, lastSeparator == TokenKind.period ? dots == 1 : commas == 1 {
      result.isGrouped = true
      result.value = number(i, end, decimals: 1)
    }
    return result
  }

  /// The digits of the tokens from `i` to `end` as one number; the last token is the fraction when `decimals` is 1.
  private func number(_ i: Int, _ end: Int, decimals: Int) -> ExactDecimal? {
    var mantissa: Int64 = 0
    var count = 0
    var k = i
    while k < end {
      for at in Int(tokens.start[k])..<Int(tokens.end[k]) {
        let digit = Int64(bytes[at]) - 0x30
        guard digit >= 0, digit <= 9 else { return nil }
        if mantissa != 0 || digit != 0 { count += 1 }
        guard count <= 18 else { return nil }
        mantissa = mantissa &* 10 &+ digit
      }
      k += 2
    }
    guard decimals == 1 else { return ExactDecimal(mantissa) }
    let places = tokens.length(end - 1)
    guard places <= 18 else { return nil }
    return ExactDecimal(mantissa, exponent: -Int32(places)).normalized
  }
}
