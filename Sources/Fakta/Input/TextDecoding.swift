/// What had to be done to bytes that were not plain UTF-8.
public enum DecodingNote: Equatable, Sendable, CustomStringConvertible {
  /// The bytes began with a UTF-16 byte order mark. `replaced` units were half a surrogate pair or half a unit.
  case utf16(replaced: Int)
  /// The bytes were no UTF-8 and were read as Windows-1252, which includes Latin-1.
  case windows1252
  /// The bytes were UTF-8 but for this many broken sequences, each of which became U+FFFD.
  case replaced(Int)
  /// The bytes were converted from the character set that the page declares.
  case declared(String)

  public var description: String {
    switch self {
    case .utf16(replaced: 0): "read as UTF-16"
    case .utf16(replaced: 1): "read as UTF-16; 1 broken unit became U+FFFD"
    case .utf16(let count): "read as UTF-16; \(count) broken units became U+FFFD"
    case .windows1252: "not UTF-8, read as Windows-1252"
    case .replaced(1): "1 broken UTF-8 sequence became U+FFFD"
    case .replaced(let count): "\(count) broken UTF-8 sequences became U+FFFD"
    case .declared(let name): "converted from \(name)"
    }
  }
}

/// Makes valid UTF-8 of the bytes of a file or a line. Never fails: every sequence of bytes has a reading.
public enum TextDecoding {
  /// Turns `bytes` into valid UTF-8 in place.
  ///
  /// A byte order mark goes; UTF-16 is converted (see `UTF16Decoder.init(head:)`); valid UTF-8 stays as it is. Other bytes are UTF-8
  /// with broken places, each replaced by U+FFFD, if they hold more whole multi-byte sequences than broken ones,
  /// and Windows-1252 otherwise.
  ///
  /// - Returns: What was done, or `nil` for UTF-8.
  /// - Complexity: O(*n*); no allocation for valid UTF-8.
  public static func decode(_ bytes: inout [UInt8]) -> DecodingNote? {
    if var decoder = UTF16Decoder(head: bytes.span) {
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      decoder.decode(bytes.span.extracting(decoder.mark..<bytes.count), appendingTo: &output)
      decoder.finish(appendingTo: &output)
      bytes = output
      return .utf16(replaced: decoder.replaced)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if firstInvalidByte(in: bytes.span) == nil { return nil }
    var output: [UInt8] = []
    let note = repair(bytes.span, into: &output)
    bytes = output
    return note
  }

  /// Whether the first bytes of a file say how all of its lines are to be read.
  public static func speaksForAllLines(_ bytes: Span<UInt8>) -> Bool {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return true }
    return UTF16Decoder(head: bytes) != nil
  }

  /// Returns whether `bytes` are valid UTF-8 (no surrogates, no overlong forms). Empty input is valid.
  public static func isValidUTF8(_ bytes: Span<UInt8>) -> Bool {
    firstInvalidByte(in: bytes) == nil
  }

  /// Returns the offset of the first byte of the first broken sequence, or `nil` if all is UTF-8.
  ///
  /// - Complexity: O(*n*), 32 bytes at a time where all are ASCII.
  public static func firstInvalidByte(in bytes: Span<UInt8>) -> Int? {
    let raw = bytes.bytes
    let top: UInt64 = 0x8080_8080_8080_8080
    var index = 0
    while true {
      while index + 32 <= raw.byteCount {
        let a = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        let b = raw.unsafeLoadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
        let c = raw.unsafeLoadUnaligned(fromByteOffset: index + 16, as: UInt64.self)
        let d = raw.unsafeLoadUnaligned(fromByteOffset: index + 24, as: UInt64.self)
        if (a | b | c | d) & top != 0 { break }
        index += 32
      }
      while index + 8 <= raw.byteCount {
        let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) & top
        if word != 0 {
          index += UInt64(littleEndian: word).trailingZeroBitCount >> 3
          break
        }
        index += 8
      }
      while index < bytes.count, bytes[index] < 0x80 { index += 1 }
      guard index < bytes.count else { return nil }
      while index < bytes.count, bytes[index] >= 0x80 {
        let (length, isValid) = sequence(in: bytes, at: index)
        guard isValid else { return index }
        index += length
      }
    }
  }

  /// Appends a valid UTF-8 reading of bytes that are not UTF-8 to `output`.
  ///
  /// - Complexity: O(*n*), two passes.
  static func repair(_ bytes: Span<UInt8>, into output: inout [UInt8]) -> DecodingNote {
    var whole = 0
    var broken = 0
    var index = 0
    var isCutOff = false
    while index < bytes.count {
      guard bytes[index] >= 0x80 else {
        index += 1
        continue
      }
      let (length, isValid) = sequence(in: bytes, at: index)
      if isValid { whole += 1 } else { broken += 1 }
      index += length
      isCutOff = !isValid && length > 1 && index == bytes.count
    }
    output.reserveCapacity(output.count + bytes.count + bytes.count / 8)
    // One sequence cut off at the very end is a cut-off file, not another encoding.
    guard whole > broken || broken == 1 && isCutOff else {
      for index in 0..<bytes.count {
        appendUTF8(Windows1252.scalar(UInt32(bytes[index])), to: &output)
      }
      return .windows1252
    }
    index = 0
    while index < bytes.count {
      guard bytes[index] >= 0x80 else {
        output.append(bytes[index])
        index += 1
        continue
      }
      let (length, isValid) = sequence(in: bytes, at: index)
      if isValid {
        append(bytes, index..<index + length, to: &output)
      } else {
        appendUTF8(0xFFFD, to: &output)
      }
      index += length
    }
    return .replaced(broken)
  }

  /// Returns the length of the multi-byte sequence at `index`, or of its longest well-formed beginning (at least 1).
  private static func sequence(
    in bytes: Span<UInt8>, at index: Int
  ) -> (length: Int, isValid: Bool) {
    let lead = bytes[index]
    var second: ClosedRange<UInt8> = 0x80...0xBF
    let length: Int
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0:
      length = 3
      second = 0xA0...0xBF
    case 0xE1...0xEC, 0xEE, 0xEF: length = 3
    case 0xED:
      length = 3
      second = 0x80...0x9F
    case 0xF0:
      length = 4
      second = 0x90...0xBF
    case 0xF1...0xF3: length = 4
    case 0xF4:
      length = 4
      second = 0x80...0x8F
    default: return (1, false)
    }
    guard index + 1 < bytes.count, second.contains(bytes[index + 1]) else { return (1, false) }
    var end = index + 2
    while end < index + length {
      guard end < bytes.count, bytes[end] & 0xC0 == 0x80 else { return (end - index, false) }
      end += 1
    }
    return (length, true)
  }
}

/// Converts UTF-16 to UTF-8 piece by piece; a piece may end in the middle of a unit or of a surrogate pair.
struct UTF16Decoder {
  let isBigEndian: Bool
  /// How many bytes at the beginning are a byte order mark.
  private(set) var mark = 0
  /// How many broken units became U+FFFD so far.
  private(set) var replaced = 0
  private var firstByte: UInt8?
  private var high: UInt32?

  init(isBigEndian: Bool) {
    self.isBigEndian = isBigEndian
  }

  /// The decoder for bytes that begin with a byte order mark, or look like UTF-16 without one; `nil` for others.
  ///
  /// Of most letters of UTF-16 that Indonesian uses one byte is zero, always on the same side. No text in another encoding has a
  /// zero in every second byte.
  init?(head: Span<UInt8>) {
    // UTF-32 begins with the mark of UTF-16 and a zero.
    if head.count >= 4, head[0] == 0xFF, head[1] == 0xFE, head[2] == 0, head[3] == 0 { return nil }
    if head.count >= 2, head[0] == 0xFF && head[1] == 0xFE || head[0] == 0xFE && head[1] == 0xFF {
      self.init(isBigEndian: head[0] == 0xFE)
      mark = 2
      return
    }
    guard head.count >= 8, (0..<8).contains(where: { head[$0] == 0 }) else { return nil }
    let units = min(head.count, 4096) / 2
    let first = (0..<units).count { head[2 * $0] == 0 }
    let second = (0..<units).count { head[2 * $0 + 1] == 0 }
    guard max(first, second) * 4 >= units * 3, min(first, second) * 8 <= max(first, second) else { return nil }
    self.init(isBigEndian: first > second)
  }

  /// Appends what `bytes`, the next piece, adds to the text.
  mutating func decode(_ bytes: Span<UInt8>, appendingTo output: inout [UInt8]) {
    for index in 0..<bytes.count {
      guard let first = firstByte else {
        firstByte = bytes[index]
        continue
      }
      firstByte = nil
      let second = bytes[index]
      let unit =
        isBigEndian ? UInt32(first) << 8 | UInt32(second) : UInt32(second) << 8 | UInt32(first)
      if let high {
        self.high = nil
        if unit & 0xFC00 == 0xDC00 {
          appendUTF8(0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF, to: &output)
          continue
        }
        appendReplacement(to: &output)
      }
      switch unit {
      case 0xD800..<0xDC00: high = unit
      case 0xDC00..<0xE000: appendReplacement(to: &output)
      default: appendUTF8(unit, to: &output)
      }
    }
  }

  /// Appends what a cut-off end leaves.
  mutating func finish(appendingTo output: inout [UInt8]) {
    if high != nil || firstByte != nil { appendReplacement(to: &output) }
    high = nil
    firstByte = nil
  }

  private mutating func appendReplacement(to output: inout [UInt8]) {
    replaced += 1
    appendUTF8(0xFFFD, to: &output)
  }
}
