/// Arithmetic that never rounds: a result that does not fit is `nil`, and the number is left alone.
extension ExactDecimal {
  /// 10^`n` for 0 to 18.
  static func power(_ n: Int) -> Int64? {
    guard n >= 0, n <= 18 else { return nil }
    var value: Int64 = 1
    for _ in 0..<n { value &*= 10 }
    return value
  }

  /// The same value with the smallest exponent that is not negative without need: 12.50 is 125 × 10^-1, 2 × 10^6 is 2000000.
  var normalized: ExactDecimal {
    guard mantissa != 0 else { return .zero }
    var m = mantissa
    var e = exponent
    while e < 0, m % 10 == 0 {
      m /= 10
      e += 1
    }
    while e > 0 {
      let (next, overflow) = m.multipliedReportingOverflow(by: 10)
      if overflow { break }
      m = next
      e -= 1
    }
    return ExactDecimal(m, exponent: e)
  }

  /// The value × 10^`zeros`.
  func scaled(by zeros: Int) -> ExactDecimal {
    ExactDecimal(mantissa, exponent: exponent &+ Int32(truncatingIfNeeded: zeros)).normalized
  }

  func times(_ other: ExactDecimal) -> ExactDecimal? {
    let (m, overflow) = mantissa.multipliedReportingOverflow(by: other.mantissa)
    guard !overflow else { return nil }
    return ExactDecimal(m, exponent: exponent &+ other.exponent).normalized
  }

  /// Both mantissas at the smaller exponent.
  private func aligned(_ other: ExactDecimal) -> (Int64, Int64, Int32)? {
    let low = min(exponent, other.exponent)
    guard let a = Self.power(Int(exponent - low)), let b = Self.power(Int(other.exponent - low)) else { return nil }
    let (x, p) = mantissa.multipliedReportingOverflow(by: a)
    let (y, q) = other.mantissa.multipliedReportingOverflow(by: b)
    return p || q ? nil : (x, y, low)
  }

  func plus(_ other: ExactDecimal) -> ExactDecimal? {
    guard let (x, y, e) = aligned(other) else { return nil }
    let (sum, overflow) = x.addingReportingOverflow(y)
    return overflow ? nil : ExactDecimal(sum, exponent: e).normalized
  }

  /// Whether the value is smaller; by magnitude where the exact comparison would overflow.
  func isLess(than other: ExactDecimal) -> Bool {
    if let (x, y, _) = aligned(other) { return x < y }
    if (mantissa < 0) != (other.mantissa < 0) { return mantissa < 0 }
    let smaller = digits + Int(exponent) < other.digits + Int(other.exponent)
    return mantissa < 0 ? !smaller : smaller
  }

  func isEqual(to other: ExactDecimal) -> Bool { normalized == other.normalized }

  private var digits: Int {
    var m = mantissa.magnitude
    var n = 0
    while m > 0 {
      m /= 10
      n += 1
    }
    return n
  }

  /// `numerator` / `denominator`: exact where four digits suffice, else rounded to four as the specification writes it.
  static func fraction(_ numerator: Int, _ denominator: Int) -> ExactDecimal? {
    guard numerator >= 0, numerator < 1_000_000, denominator > 0, denominator < 1_000_000 else { return nil }
    let rounded = (numerator * 10_000 * 2 + denominator) / (denominator * 2)
    return ExactDecimal(Int64(rounded), exponent: -4).normalized
  }

  /// The value as a small whole number.
  var smallInteger: Int? {
    let n = normalized
    guard n.exponent == 0, n.mantissa >= 0, n.mantissa < 1 << 40 else { return nil }
    return Int(n.mantissa)
  }

  /// The decimal in `text` (`1609344`, `-5`), or nil.
  init?(text: String) {
    var mantissa: Int64 = 0
    var exponent: Int32 = 0
    var seen = false
    var afterPoint = false
    var negative = false
    for byte in text.utf8 {
      switch byte {
      case 0x2D where !seen && !negative: negative = true
      case 0x2E where !afterPoint: afterPoint = true
      case 0x30...0x39:
        let (scaled, over) = mantissa.multipliedReportingOverflow(by: 10)
        let (next, more) = scaled.addingReportingOverflow(Int64(byte - 0x30))
        guard !over, !more else { return nil }
        mantissa = next
        seen = true
        if afterPoint { exponent -= 1 }
      default: return nil
      }
    }
    guard seen else { return nil }
    self = ExactDecimal(negative ? -mantissa : mantissa, exponent: exponent)
  }
}
