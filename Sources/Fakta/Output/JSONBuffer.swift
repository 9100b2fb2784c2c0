import CFaktaText

/// The memory of a `JSONBuffer`, kept from document to document.
final class JSONMemory: @unchecked Sendable {
  fileprivate(set) var base: UnsafeMutablePointer<UInt8>
  fileprivate(set) var capacity: Int

  init(capacity: Int = 1 << 14) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Moves the first `count` bytes to a place with room for `needed` and as much again.
  fileprivate func grow(_ count: Int, _ needed: Int) {
    let larger = max(needed, capacity) * 2
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = larger
  }
}

/// JSON on its way out: bytes are written through a pointer, without the checks that every append to an array makes.
///
/// Each append makes room for itself, so that nothing is written beyond the memory.
struct JSONBuffer: ~Copyable {
  private let memory: JSONMemory
  private var at: UnsafeMutablePointer<UInt8>
  private var limit: UnsafeMutablePointer<UInt8>

  /// An empty buffer in `memory`, which nobody else may use meanwhile.
  init(_ memory: JSONMemory) {
    self.memory = memory
    at = memory.base
    limit = memory.base + memory.capacity
  }

  /// What was written.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory.base, count: at - memory.base) }

  @inline(__always)
  private mutating func reserve(_ room: Int) {
    if limit - at < room { grow(room) }
  }

  @inline(never)
  private mutating func grow(_ room: Int) {
    let count = at - memory.base
    memory.grow(count, count + room)
    at = memory.base + count
    limit = memory.base + memory.capacity
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    at.pointee = byte
    at += 1
  }

  /// Appends bytes as they are.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    let count = text.utf8CodeUnitCount
    reserve(count)
    at.update(from: text.utf8Start, count: count)
    at += count
  }

  /// Appends bytes as they are.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    reserve(bytes.count)
    at.update(from: base, count: bytes.count)
    at += bytes.count
  }

  /// Appends `text` as a JSON string. Control characters are escaped, everything else stays UTF-8.
  @inline(__always)
  mutating func append(string text: UnsafeBufferPointer<UInt8>) {
    append(0x22)
    append(inner: text)
    append(0x22)
  }

  /// Appends the content of a JSON string without its quotation marks.
  mutating func append(inner text: UnsafeBufferPointer<UInt8>) {
    guard let from = text.baseAddress else { return }
    let n = text.count
    reserve(n)
    let plain = Int(fk_copy_plain(at, from, Int64(n)))
    at += plain
    if plain < n { appendEscaped(from + plain, n - plain) }
  }

  /// Appends bytes of which the first one needs an escape.
  private mutating func appendEscaped(_ from: UnsafePointer<UInt8>, _ n: Int) {
    var done = 0
    while done < n {
      escape(from[done])
      done += 1
      reserve(n - done)
      let plain = Int(fk_copy_plain(at, from + done, Int64(n - done)))
      at += plain
      done += plain
    }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default:
      append("\\u00")
      append(hexDigit(byte >> 4))
      append(hexDigit(byte & 15))
    }
  }

  private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  mutating func append(_ text: ShortText) {
    text.withBytes { append(string: $0) }
  }

  mutating func append(string text: String) {
    var text = text
    text.withUTF8 { append(string: $0) }
  }

  @inline(__always)
  private mutating func put(_ value: UInt, digits: Int) {
    // Two digits as two bytes, the tens first.
    let tens = value / 10
    if digits == 1 {
      at[0] = UInt8(truncatingIfNeeded: 0x30 + value)
    } else {
      at[0] = UInt8(truncatingIfNeeded: 0x30 + tens)
      at[1] = UInt8(truncatingIfNeeded: 0x30 + value - tens * 10)
    }
    at += digits
  }

  @inline(__always)
  mutating func append(number value: Int) {
    // No whole number of 64 bits is longer.
    reserve(20)
    var v = value.magnitude
    if value < 0 {
      at.pointee = 0x2D
      at += 1
    }
    if v >= 10_000 {
      appendLong(v / 10_000)
      v %= 10_000
      put(v / 100, digits: 2)
      put(v % 100, digits: 2)
    } else if v >= 100 {
      put(v / 100, digits: v >= 1000 ? 2 : 1)
      put(v % 100, digits: 2)
    } else {
      put(v, digits: v >= 10 ? 2 : 1)
    }
  }

  /// The leading digits of a long number; room is made already.
  private mutating func appendLong(_ value: UInt) {
    if value >= 10 { appendLong(value / 10) }
    put(value % 10, digits: 1)
  }

  /// `"2015-11-09"`
  mutating func append(_ day: CalendarDay) {
    guard day.year >= 0, day.year < 10_000, day.month >= 0, day.day >= 0 else {
      var text = ShortText()
      text.append(Int(day.year), width: 4)
      text.append(UInt8(ascii: "-"))
      text.append(Int(day.month), width: 2)
      text.append(UInt8(ascii: "-"))
      text.append(Int(day.day), width: 2)
      return append(text)
    }
    reserve(12)
    append(0x22)
    put(UInt(day.year) / 100, digits: 2)
    put(UInt(day.year) % 100, digits: 2)
    append(0x2D)
    put(UInt(day.month) % 100, digits: 2)
    append(0x2D)
    put(UInt(day.day) % 100, digits: 2)
    append(0x22)
  }

  /// Appends `value` / 1000: `1`, `0.95`.
  @inline(__always)
  mutating func append(thousandths value: UInt16) {
    append(number: Int(value) / 1000)
    let rest = UInt(value) % 1000
    guard rest > 0 else { return }
    reserve(4)
    at[0] = 0x2E
    at[1] = UInt8(truncatingIfNeeded: 0x30 + rest / 100)
    at[2] = UInt8(truncatingIfNeeded: 0x30 + rest / 10 % 10)
    at[3] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
    at += rest % 10 != 0 ? 4 : rest % 100 != 0 ? 3 : 2
  }

  /// Appends a decimal without rounding: `1200000000000`, `0.5`; long zero runs as an exponent (`1e30`).
  mutating func append(_ value: ExactDecimal) {
    if value.exponent == 0 || value.mantissa == 0 {
      append(number: Int(value.mantissa))
    } else if value.exponent > 0 {
      append(number: Int(value.mantissa))
      if value.exponent <= 21 {
        for _ in 0..<value.exponent { append(0x30) }
      } else {
        append(0x65)
        append(number: Int(value.exponent))
      }
    } else {
      appendFraction(value)
    }
  }

  private mutating func appendFraction(_ value: ExactDecimal) {
    if value.exponent < -18 {
      append(number: Int(value.mantissa))
      append(0x65)
      append(number: Int(value.exponent))
      return
    }
    if value.mantissa < 0 { append(0x2D) }
    var divisor: UInt64 = 1
    for _ in 0..<(-value.exponent) { divisor *= 10 }
    var rest = value.mantissa.magnitude % divisor
    append(number: Int(value.mantissa.magnitude / divisor))
    guard rest > 0 else { return }
    append(0x2E)
    while rest > 0 {
      divisor /= 10
      append(UInt8(truncatingIfNeeded: 0x30 + rest / divisor))
      rest %= divisor
    }
  }
}
