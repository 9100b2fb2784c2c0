import CFaktaText

/// A sum over 64-bit words that any changed bit changes; four lanes, so that memory sets its speed.
///
/// Bytes may be added in pieces; all but the last must be multiples of 32 long.
struct Checksum {
  private var a: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var b: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private var c: UInt64 = 0x1656_67B1_9E37_79F9
  private var d: UInt64 = 0x27D4_EB2F_1656_67C5
  private var count: UInt64 = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    guard let p = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    let n = bytes.count
    let k: UInt64 = 0xD6E8_FEB8_6659_FD93
    var at = 0
    while at + 32 <= n {
      a = (a ^ fk_load64(p + at)) &* k
      b = (b ^ fk_load64(p + at + 8)) &* k
      c = (c ^ fk_load64(p + at + 16)) &* k
      d = (d ^ fk_load64(p + at + 24)) &* k
      a ^= a >> 32
      b ^= b >> 32
      c ^= c >> 32
      d ^= d >> 32
      at += 32
    }
    while at < n {
      a = (a ^ fk_load_part(p + at, Int64(n - at))) &* k
      a ^= a >> 29
      at += 8
    }
    count += UInt64(n)
  }

  var value: UInt64 { WordHash.mix(a ^ WordHash.mix(b ^ WordHash.mix(c ^ WordHash.mix(d ^ count)))) }
}
