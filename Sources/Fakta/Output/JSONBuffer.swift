import CFaktaText

/// The memory of a `JSONBuffer`, kept from document to document.
final class JSONMemory: @unchecked Sendable {
  fileprivate(set) var base: UnsafeMutablePointer<UInt8>
  fileprivate(set) var capacity: Int

  init(capacity: Int = 1 << 14) {
    self.capacity = max(capacity, JSONBuffer.slack)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// Takes over the first `count` bytes at `place`, which may be its own, with room for `needed` and as much again.
  fileprivate func take(_ place: UnsafeMutablePointer<UInt8>, _ count: Int, _ needed: Int) {
    if place != base, needed <= capacity { return base.update(from: place, count: count) }
    let larger = max(needed, capacity) * 2
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: place, count: count)
    base.deallocate()
    base = moved
    capacity = larger
  }
}

/// JSON on its way out: bytes are written through a pointer, without the checks that every append to an array makes.
///
/// **Room.** Every `append` makes room for itself and leaves `slack` bytes free behind it. A `put` makes none: between two
/// appends no more than `slack` bytes are put, the last one's overshoot included. So one check serves a dozen short texts.
struct JSONBuffer: ~Copyable {
  private let memory: JSONMemory
  private var start: UnsafeMutablePointer<UInt8>
  private var at: UnsafeMutablePointer<UInt8>
  /// `slack` bytes before the end of the memory.
  private var limit: UnsafeMutablePointer<UInt8>

  static let slack = 320

  /// An empty buffer in `memory`, which nobody else may use meanwhile.
  init(_ memory: JSONMemory) {
    self.memory = memory
    start = memory.base
    at = start
    limit = start + (memory.capacity - Self.slack)
  }

  /// An empty buffer that begins at `place` and moves to `memory` when there is no more room. Valid while both are.
  init(_ place: UnsafeMutableBufferPointer<UInt8>, else memory: JSONMemory) {
    self.memory = memory
    let fits = place.count >= Self.slack
    start = fits ? place.baseAddress ?? memory.base : memory.base
    at = start
    limit = start + ((start == memory.base ? memory.capacity : place.count) - Self.slack)
  }

  /// Whether what was written is in the memory.
  var isMoved: Bool { start == memory.base }

  /// How many bytes were written.
  var count: Int { at - start }

  /// What was written.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  @inline(__always)
  private mutating func reserve(_ room: Int) {
    if limit - at < room { grow(room) }
  }

  @inline(never)
  private mutating func grow(_ room: Int) {
    let count = count
    memory.take(start, count, count + room + Self.slack)
    start = memory.base
    at = start + count
    limit = start + (memory.capacity - Self.slack)
  }

  /// Makes room for `slack` bytes of puts.
  @inline(__always)
  mutating func makeRoom() { reserve(0) }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    put(byte)
  }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    at.pointee = byte
    at += 1
  }

  /// Appends bytes as they are.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    put(text)
  }

  /// Puts bytes as they are; short texts that are known when this is compiled become a few stores.
  @inline(__always)
  mutating func put(_ text: StaticString) {
    let count = text.utf8CodeUnitCount
    UnsafeMutableRawPointer(at).copyMemory(from: text.utf8Start, byteCount: count)
    at += count
  }

  /// Puts a phrase of at most 31 bytes; 32 are written.
  @inline(__always)
  mutating func put(_ phrase: PhraseTable.Row) {
    fk_copy32(at, phrase.base)
    at += Int(phrase.base[PhraseTable.longest])
  }

  /// Appends bytes as they are.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    reserve(bytes.count)
    at.update(from: base, count: bytes.count)
    at += bytes.count
  }

  /// Appends once more what was written from byte `start` on.
  @inline(__always)
  mutating func append(again start: Int, count length: Int) {
    precondition(start >= 0 && length >= 0 && start <= count - length, "nothing was written there")
    reserve(length + 32)
    fk_copy_blocks(at, self.start + start, Int64(length))
    at += length
  }

  /// Appends `text` as a JSON string. Control characters are escaped, everything else stays UTF-8.
  @inline(__always)
  mutating func append(string text: UnsafeBufferPointer<UInt8>) {
    append(0x22)
    append(inner: text)
    put(0x22)
  }

  /// Appends the content of a JSON string without its quotation marks.
  mutating func append(inner text: UnsafeBufferPointer<UInt8>) {
    guard let from = text.baseAddress else { return makeRoom() }
    let n = text.count
    reserve(n)
    let plain = Int(fk_copy_plain(at, from, Int64(n)))
    at += plain
    if plain < n { appendEscaped(from + plain, n - plain) }
  }

  /// Appends a part of a text as the content of a JSON string.
  ///
  /// What follows the part in the text is copied with it and then written over, so that short parts of any length take the
  /// same way.
  @inline(__always)
  mutating func append(_ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) {
    let n = range.count
    reserve(n &+ 32)
    if n <= 32, text.count - range.lowerBound >= 32, let base = text.baseAddress,
      fk_copy_plain32(at, base + range.lowerBound, Int64(n)) != 0
    {
      at += n
    } else {
      append(inner: UnsafeBufferPointer(rebasing: text[range]))
    }
  }

  /// Appends bytes of which some need an escape.
  private mutating func appendEscaped(_ from: UnsafePointer<UInt8>, _ n: Int) {
    var done = 0
    while done < n {
      // A letter each with a backslash, and the overshoot.
      reserve((n - done) * 2 + 16)
      var taken: Int64 = 0
      at += Int(fk_copy_escaped(at, from + done, Int64(n - done), &taken))
      done += Int(taken)
      guard done < n else { break }
      escape(from[done])
      done += 1
    }
    makeRoom()
  }

  /// Appends a control character that has no letter.
  private mutating func escape(_ byte: UInt8) {
    append("\\u00")
    append(hexDigit(byte >> 4))
    append(hexDigit(byte & 15))
  }

  private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  mutating func append(_ text: ShortText) {
    text.withBytes { append(string: $0) }
  }

  mutating func append(string text: String) {
    var text = text
    text.withUTF8 { append(string: $0) }
  }

  /// Puts two digits; `value` is below 100.
  @inline(__always)
  private mutating func put(pair value: UInt) {
    let tens = value / 10
    fk_store16(at, UInt16(truncatingIfNeeded: 0x3030 &+ tens &+ (value &- tens &* 10) << 8).littleEndian)
    at += 2
  }

  /// The digits of a number below 10,000 as four bytes, the thousands lowest.
  @inline(__always)
  private static func digits(_ value: UInt32) -> UInt32 {
    // Hundreds and the rest in a half each, then tens and ones in a byte each; 5243 / 2^19 and 103 / 2^10 divide exactly here.
    let hundreds = (value &* 5243) &>> 19
    let halves = hundreds | (value &- hundreds &* 100) &<< 16
    let tens = ((halves &* 103) &>> 10) & 0x000F_000F
    return 0x3030_3030 | tens | (halves &- tens &* 10) &<< 8
  }

  /// Puts a whole number: at most 20 bytes, of which up to four more are written.
  @inline(__always)
  mutating func put(number value: Int) {
    guard UInt(bitPattern: value) < 10_000 else { return putLong(value) }
    let v = UInt32(truncatingIfNeeded: value)
    let missing = 3 &- (v >= 10 ? 1 : 0) &- (v >= 100 ? 1 : 0) &- (v >= 1000 ? 1 : 0)
    fk_store32(at, (Self.digits(v) &>> UInt32(truncatingIfNeeded: missing &* 8)).littleEndian)
    at += 4 &- missing
  }

  @inline(never)
  private mutating func putLong(_ value: Int) {
    if value < 0 { put(0x2D) }
    let v = value.magnitude
    guard v >= 10_000 else { return put(number: Int(v)) }
    putLong(Int(v / 10_000))
    fk_store32(at, Self.digits(UInt32(truncatingIfNeeded: v % 10_000)).littleEndian)
    at += 4
  }

  @inline(__always)
  mutating func append(number value: Int) {
    reserve(24)
    put(number: value)
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
    put(0x22)
    fk_store32(at, Self.digits(UInt32(day.year)).littleEndian)
    at += 4
    put(0x2D)
    put(pair: UInt(day.month) % 100)
    put(0x2D)
    put(pair: UInt(day.day) % 100)
    put(0x22)
  }

  @inline(__always)
  mutating func append(thousandths value: UInt16) {
    reserve(28)
    put(thousandths: value)
  }

  /// Puts `value` / 1000: `1`, `0.95`.
  @inline(__always)
  mutating func put(thousandths value: UInt16) {
    put(number: Int(value) / 1000)
    let rest = UInt32(value) % 1000
    guard rest > 0 else { return }
    // The dot takes the place of the thousands, which are none.
    fk_store32(at, (Self.digits(rest) &- 0x02).littleEndian)
    at += 4 &- (rest % 10 == 0 ? 1 : 0) &- (rest % 100 == 0 ? 1 : 0)
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

/// Short texts, one for each value of some enumerations, in rows of one length: which one is written is no branch.
final class PhraseTable: @unchecked Sendable {
  /// A row: up to `longest` bytes, zeros, and the length.
  struct Row {
    fileprivate let base: UnsafePointer<UInt8>
  }

  /// Values of an enumeration that have room.
  private static let width = 16
  static let longest = 31
  private let rows: UnsafeMutablePointer<UInt8>
  private let count: Int

  /// - Parameter groups: For each enumeration, the texts by raw value.
  init(_ groups: [[String]]) {
    count = groups.count * Self.width
    rows = .allocate(capacity: count * (Self.longest + 1))
    rows.initialize(repeating: 0, count: count * (Self.longest + 1))
    for (g, group) in groups.enumerated() {
      precondition(group.count <= Self.width, "too many values")
      for (k, text) in group.enumerated() {
        let row = rows + (g * Self.width + k) * (Self.longest + 1)
        precondition(text.utf8.count <= Self.longest, "too long a phrase")
        for (i, byte) in text.utf8.enumerated() { row[i] = byte }
        row[Self.longest] = UInt8(text.utf8.count)
      }
    }
  }

  deinit { rows.deallocate() }

  /// The text of `value`, a raw value of the enumeration of `group`. Valid while the table is.
  @inline(__always)
  func row(_ group: Int, _ value: UInt8) -> Row {
    let i = group &* Self.width &+ Int(value)
    precondition(value < Self.width && UInt(bitPattern: i) < UInt(bitPattern: count), "no such phrase")
    return Row(base: UnsafePointer(rows) + i &* (Self.longest &+ 1))
  }
}
