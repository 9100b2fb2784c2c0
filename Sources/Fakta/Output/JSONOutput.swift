import CFaktaText

/// Writing of JSON values as bytes.
package enum JSONOutput {
  /// Appends `text` as a JSON string. Control characters are escaped, everything else stays UTF-8.
  @inline(__always)
  package static func append(string text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    out.append(0x22)
    var from = 0
    var at = 0
    let n = text.count
    while at < n {
      let b = text[at]
      if b >= 0x20, b != 0x22, b != 0x5C {
        at += 1
        continue
      }
      if from < at { out.append(contentsOf: UnsafeBufferPointer(rebasing: text[from..<at])) }
      escape(b, to: &out)
      at += 1
      from = at
    }
    if from < n { out.append(contentsOf: UnsafeBufferPointer(rebasing: text[from..<n])) }
    out.append(0x22)
  }

  private static func escape(_ b: UInt8, to out: inout [UInt8]) {
    switch b {
    case 0x22: append("\\\"", to: &out)
    case 0x5C: append("\\\\", to: &out)
    case 0x0A: append("\\n", to: &out)
    case 0x0D: append("\\r", to: &out)
    case 0x09: append("\\t", to: &out)
    default:
      append("\\u00", to: &out)
      let hex: StaticString = "0123456789abcdef"
      out.append(hex.utf8Start[Int(b >> 4)])
      out.append(hex.utf8Start[Int(b & 15)])
    }
  }

  @inline(__always)
  static func append(_ text: StaticString, to out: inout [UInt8]) {
    out.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  static func append(_ text: ShortText, to out: inout [UInt8]) {
    out.append(0x22)
    for i in 0..<text.count {
      let b = text[i]
      if b == 0x22 || b == 0x5C { out.append(0x5C) }
      out.append(b)
    }
    out.append(0x22)
  }

  @inline(__always)
  static func append(_ value: Int, to out: inout [UInt8]) {
    if value < 0 { out.append(0x2D) }
    var v = value.magnitude
    if v < 10 {
      out.append(UInt8(truncatingIfNeeded: 0x30 + v))
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
      var i = 20
      while v > 0 {
        i -= 1
        buffer[i] = UInt8(truncatingIfNeeded: 0x30 + v % 10)
        v /= 10
      }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[i..<20]))
    }
  }

  /// Appends a decimal without rounding: `1200000000000`, `0.5`; long zero runs as an exponent (`1e30`).
  static func append(_ value: ExactDecimal, to out: inout [UInt8]) {
    if value.exponent == 0 || value.mantissa == 0 {
      append(Int(value.mantissa), to: &out)
    } else if value.exponent > 0 {
      append(Int(value.mantissa), to: &out)
      if value.exponent <= 21 {
        for _ in 0..<value.exponent { out.append(0x30) }
      } else {
        out.append(0x65)
        append(Int(value.exponent), to: &out)
      }
    } else {
      appendFraction(value, to: &out)
    }
  }

  private static func appendFraction(_ value: ExactDecimal, to out: inout [UInt8]) {
    if value.exponent < -18 {
      append(Int(value.mantissa), to: &out)
      out.append(0x65)
      append(Int(value.exponent), to: &out)
      return
    }
    if value.mantissa < 0 { out.append(0x2D) }
    var divisor: UInt64 = 1
    for _ in 0..<(-value.exponent) { divisor *= 10 }
    var rest = value.mantissa.magnitude % divisor
    append(Int(value.mantissa.magnitude / divisor), to: &out)
    guard rest > 0 else { return }
    out.append(0x2E)
    while rest > 0 {
      divisor /= 10
      out.append(UInt8(truncatingIfNeeded: 0x30 + rest / divisor))
      rest %= divisor
    }
  }
}

/// Code-point and UTF-16 offsets of byte offsets of one text.
///
/// Every 64th byte's offset is kept; from there the lead bytes are counted eight at a time.
struct OffsetTable {
  enum Unit: Sendable { case codepoint, utf16, utf8 }

  private var marks: [UInt32] = []
  private var isASCII = true
  private var unit = Unit.codepoint

  /// Counts through `text`. O(length), without allocation once the table has grown.
  mutating func reset(_ text: [UInt8], unit: Unit) {
    self.unit = unit
    marks.removeAll(keepingCapacity: true)
    isASCII = true
    guard unit != .utf8 else { return }
    text.withUnsafeBufferPointer { p in
      guard let base = p.baseAddress else { return }
      let n = p.count
      isASCII = Self.isASCII(base, n)
      if isASCII { return }
      var total: UInt32 = 0
      var at = 0
      while at < n {
        marks.append(total)
        total += UInt32(truncatingIfNeeded: Self.units(base, at, min(at + 64, n), unit))
        at += 64
      }
    }
  }

  static func isASCII(_ p: UnsafePointer<UInt8>, _ n: Int) -> Bool {
    var at = 0
    while at + 8 <= n {
      if fk_load64(p + at) & 0x8080_8080_8080_8080 != 0 { return false }
      at += 8
    }
    return n == at || fk_load_part(p + at, Int64(n - at)) & 0x8080_8080_8080_8080 == 0
  }

  /// Units of the scalars that begin in `from..<to`.
  @inline(__always)
  private static func units(_ p: UnsafePointer<UInt8>, _ from: Int, _ to: Int, _ unit: Unit) -> Int {
    var at = from
    var count = 0
    while at + 8 <= to {
      let x = fk_load64(p + at)
      // A continuation byte is 10xxxxxx.
      let continuation = (x >> 7) & ~(x >> 6) & 0x0101_0101_0101_0101
      count += 8 - continuation.nonzeroBitCount
      if unit == .utf16 {
        let four = (x >> 7) & (x >> 6) & (x >> 5) & (x >> 4) & 0x0101_0101_0101_0101
        count += four.nonzeroBitCount
      }
      at += 8
    }
    while at < to {
      if p[at] & 0xC0 != 0x80 { count += unit == .utf16 && p[at] >= 0xF0 ? 2 : 1 }
      at += 1
    }
    return count
  }

  /// The offset of byte `at` of `text`, the text given to `reset`.
  @inline(__always)
  func offset(_ at: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int {
    if isASCII || unit == .utf8 { return at }
    let block = at >> 6
    guard block < marks.count else {
      guard let last = marks.last else { return 0 }
      return Int(last) + Self.units(text.baseAddress!, (marks.count - 1) << 6, at, unit)
    }
    return Int(marks[block]) + Self.units(text.baseAddress!, block << 6, at, unit)
  }
}
