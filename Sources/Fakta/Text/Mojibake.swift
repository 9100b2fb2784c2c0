/// UTF-8 that some program once read as Windows-1252 or Mac Roman, repaired where that is certain.
///
///     â€œKami siapâ€   →   “Kami siap”        ‚Äî   →   —        Ã©   →   é
///
/// Certain means: the scalars, turned back into the bytes of the wrong encoding, are one well-formed UTF-8 sequence, and its
/// scalar is typographic punctuation, a no-break space, a currency sign or a Latin letter.
enum Mojibake {
  /// Scalars of the bytes 0x80 to 0xFF in Mac Roman.
  private static let macRoman: [UInt32] = [
    0xC4, 0xC5, 0xC7, 0xC9, 0xD1, 0xD6, 0xDC, 0xE1, 0xE0, 0xE2, 0xE4, 0xE3, 0xE5, 0xE7, 0xE9, 0xE8, 0xEA, 0xEB, 0xED,
    0xEC, 0xEE,
    0xEF, 0xF1, 0xF3, 0xF2, 0xF4, 0xF6, 0xF5, 0xFA, 0xF9, 0xFB, 0xFC, 0x2020, 0xB0, 0xA2, 0xA3, 0xA7, 0x2022, 0xB6,
    0xDF, 0xAE,
    0xA9, 0x2122, 0xB4, 0xA8, 0x2260, 0xC6, 0xD8, 0x221E, 0xB1, 0x2264, 0x2265, 0xA5, 0xB5, 0x2202, 0x2211, 0x220F,
    0x3C0,
    0x222B, 0xAA, 0xBA, 0x3A9, 0xE6, 0xF8, 0xBF, 0xA1, 0xAC, 0x221A, 0x192, 0x2248, 0x2206, 0xAB, 0xBB, 0x2026, 0xA0,
    0xC0,
    0xC3, 0xD5, 0x152, 0x153, 0x2013, 0x2014, 0x201C, 0x201D, 0x2018, 0x2019, 0xF7, 0x25CA, 0xFF, 0x178, 0x2044, 0x20AC,
    0x2039, 0x203A, 0xFB01, 0xFB02, 0x2021, 0xB7, 0x201A, 0x201E, 0x2030, 0xC2, 0xCA, 0xC1, 0xCB, 0xC8, 0xCD, 0xCE,
    0xCF, 0xCC,
    0xD3, 0xD4, 0xF8FF, 0xD2, 0xDA, 0xDB, 0xD9, 0x131, 0x2C6, 0x2DC, 0xAF, 0x2D8, 0x2D9, 0x2DA, 0xB8, 0x2DD, 0x2DB,
    0x2C7,
  ]

  /// The scalar that the sequence at `at` was meant to be, and the offset behind it; nil when nothing is to be repaired.
  static func repair(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ first: Unicode.Scalar, _ length: Int
  ) -> (Unicode.Scalar, Int)? {
    switch first.value {
    case 0xE2: return decode(p, at, n, lead: 0xE2, count: 3, first: length, windowsByte)
    case 0xC3, 0xC2: return decode(p, at, n, lead: UInt8(first.value), count: 2, first: length, windowsByte)
    case 0x201A: return decode(p, at, n, lead: 0xE2, count: 3, first: length, macByte)
    case 0x221A: return decode(p, at, n, lead: 0xC3, count: 2, first: length, macByte)
    case 0xAC: return decode(p, at, n, lead: 0xC2, count: 2, first: length, macByte)
    default: return nil
    }
  }

  private static func decode(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, lead: UInt8, count: Int, first: Int, _ byte: (UInt32) -> UInt8?
  ) -> (Unicode.Scalar, Int)? {
    var value = UInt32(lead) & (count == 3 ? 0x0F : 0x1F)
    var end = at + first
    for _ in 1..<count {
      guard end < n, p[end] >= 0x80 else { return nil }
      let (scalar, length) = UTF8Decoding.scalar(p, end, n)
      guard let b = byte(scalar.value), b & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(b & 0x3F)
      end += length
    }
    guard let scalar = Unicode.Scalar(value), isPlausible(value) else { return nil }
    return (scalar, end)
  }

  private static func isPlausible(_ v: UInt32) -> Bool {
    (v >= 0x2010 && v <= 0x2027) || v == 0x20AC || v == 0x2122 || (v >= 0xA0 && v <= 0xFF)
      || (v >= 0x200B && v <= 0x200F)
  }

  private static func windowsByte(_ v: UInt32) -> UInt8? {
    if v >= 0x80 && v <= 0xFF { return UInt8(v) }
    guard let i = Windows1252.scalars.firstIndex(of: v) else { return nil }
    return UInt8(0x80 + i)
  }

  private static func macByte(_ v: UInt32) -> UInt8? {
    guard let i = macRoman.firstIndex(of: v) else { return nil }
    return UInt8(0x80 + i)
  }
}
