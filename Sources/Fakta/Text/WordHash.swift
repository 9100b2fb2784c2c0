import CFaktaText

/// The hash by which a word is found in the vocabulary: of its lower-cased bytes, 64 bits, never 0.
///
/// The compiled lexicon stores hashes, not spellings, and its compiler refuses a collision inside the vocabulary; a word
/// of the text that is in no list collides with one that is with a chance of about vocabulary size / 2^64.
enum WordHash {
  @inline(__always)
  static func mix(_ x: UInt64) -> UInt64 {
    let product = x.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  private static let lowerBits: UInt64 = 0x2020_2020_2020_2020

  /// Hash of `length` bytes, at least one, of ASCII letters, digits or apostrophes at `p`.
  ///
  /// - Parameter readable: Bytes that may be read from `p` on; 8-byte loads are used where they fit.
  @inline(__always)
  static func ascii(_ p: UnsafePointer<UInt8>, _ length: Int, readable: Int) -> UInt64 {
    var h = UInt64(truncatingIfNeeded: length) &* 0xD6E8_FEB8_6659_FD93
    var at = 0
    var left = length
    while left > 16 {
      h = mix(h ^ (fk_load64(p + at) | lowerBits)) ^ h
      at &+= 8
      left &-= 8
    }
    var tail: UInt64
    if at &+ 16 <= readable {
      // Whether a word has more than eight letters cannot be foretold: so no branch on it.
      let isLong = (8 &- left) >> 63
      h ^= mix(h ^ (fk_load64(p + at) | lowerBits)) & UInt64(bitPattern: Int64(isLong))
      left &-= 8 & isLong
      tail = fk_load64(p + (at &+ (8 & isLong)))
      let mask: UInt64 = ~0 >> UInt64(truncatingIfNeeded: 64 &- left &* 8)
      h = mix(h ^ ((tail | lowerBits) & mask)) ^ h
      return h == 0 ? 1 : h
    }
    if left > 8 {
      h = mix(h ^ (fk_load64(p + at) | lowerBits)) ^ h
      at += 8
      left -= 8
    }
    if at + 8 <= readable {
      tail = fk_load64(p + at)
    } else {
      tail = fk_load_part(p + at, Int64(readable - at))
    }
    let mask: UInt64 = left == 8 ? ~0 : (1 << UInt64(left * 8)) &- 1
    tail = (tail | lowerBits) & mask
    h = mix(h ^ tail) ^ h
    return h == 0 ? 1 : h
  }

  /// Hash of bytes that are folded already (`CaseFolding`), for words with letters beyond ASCII.
  static func folded(_ p: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    var h = UInt64(truncatingIfNeeded: length) &* 0xD6E8_FEB8_6659_FD93
    var at = 0
    while length - at > 8 {
      h = mix(h ^ fk_load64(p + at)) ^ h
      at += 8
    }
    h = mix(h ^ fk_load_part(p + at, Int64(length - at))) ^ h
    return h == 0 ? 1 : h
  }
}

/// Lower case for single scalars, without `String`.
enum CaseFolding {
  /// The lower-case form of `scalar`, where that is one scalar; else `scalar` itself.
  static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let v = scalar.value
    if v < 0x80 { return v >= 0x41 && v <= 0x5A ? Unicode.Scalar(v + 32)! : scalar }
    if v >= 0xC0 && v <= 0xDE && v != 0xD7 { return Unicode.Scalar(v + 32)! }
    if v < 0x100 { return scalar }
    if v == 0x130 { return "i" }
    let mapped = scalar.properties.lowercaseMapping.unicodeScalars
    let first = mapped.first!
    return mapped.index(after: mapped.startIndex) == mapped.endIndex ? first : scalar
  }

  static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
    let v = scalar.value
    if v < 0x80 { return v >= 0x41 && v <= 0x5A }
    return lower(scalar) != scalar
  }
}

/// Decoding of single scalars from UTF-8 that is known to be valid.
enum UTF8Decoding {
  /// The scalar at `at` and its length in bytes. Malformed bytes give U+FFFD and length 1.
  @inline(__always)
  static func scalar(_ p: UnsafePointer<UInt8>, _ at: Int, _ count: Int) -> (Unicode.Scalar, Int) {
    let b = UInt32(p[at])
    if b < 0x80 { return (Unicode.Scalar(b)!, 1) }
    if b >= 0xC2 && b < 0xE0 && at + 1 < count {
      return (Unicode.Scalar((b & 0x1F) << 6 | UInt32(p[at + 1]) & 0x3F) ?? "\u{FFFD}", 2)
    }
    if b >= 0xE0 && b < 0xF0 && at + 2 < count {
      let v = (b & 0x0F) << 12 | (UInt32(p[at + 1]) & 0x3F) << 6 | UInt32(p[at + 2]) & 0x3F
      return (Unicode.Scalar(v) ?? "\u{FFFD}", 3)
    }
    if b >= 0xF0 && b < 0xF5 && at + 3 < count {
      let v =
        (b & 0x07) << 18 | (UInt32(p[at + 1]) & 0x3F) << 12 | (UInt32(p[at + 2]) & 0x3F) << 6
        | UInt32(p[at + 3]) & 0x3F
      return (Unicode.Scalar(v) ?? "\u{FFFD}", 4)
    }
    return ("\u{FFFD}", 1)
  }
}

/// Appends the UTF-8 form of a code point that is not a surrogate.
func appendUTF8(_ value: UInt32, to output: inout [UInt8]) {
  switch value {
  case ..<0x80:
    output.append(UInt8(value))
  case ..<0x800:
    output.append(0xC0 | UInt8(value >> 6))
    output.append(0x80 | UInt8(value & 0x3F))
  case ..<0x10000:
    output.append(0xE0 | UInt8(value >> 12))
    output.append(0x80 | UInt8(value >> 6 & 0x3F))
    output.append(0x80 | UInt8(value & 0x3F))
  default:
    output.append(0xF0 | UInt8(value >> 18 & 0x07))
    output.append(0x80 | UInt8(value >> 12 & 0x3F))
    output.append(0x80 | UInt8(value >> 6 & 0x3F))
    output.append(0x80 | UInt8(value & 0x3F))
  }
}
