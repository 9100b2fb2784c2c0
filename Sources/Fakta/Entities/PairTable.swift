/// Where the features of few values stand in the table of `WordSums`.
enum PairTable {
  /// Coarse classes have numbers below this; the last one is for no word.
  private static let classes: UInt64 = 128
  static let size = 65_536

  /// The place of a pair of coarse classes of neighbours.
  @inline(__always)
  static func pair(_ first: UInt64, _ second: UInt64) -> Int {
    Int(truncatingIfNeeded: 16384 + (min(first, classes - 1) * classes + min(second, classes - 1)) << 1)
  }

  /// The place of a position in a list hit with the coarse class before it.
  @inline(__always)
  static func hit(_ hit: UInt64, _ coarse: UInt64) -> Int {
    Int(truncatingIfNeeded: 49152 + (hit & 127) * classes + min(coarse, classes - 1))
  }

  /// The place of a feature, -1 for one that has none. `kind` is known where this is called, so that one case is left.
  @inline(__always)
  static func place(_ kind: UInt64, _ value: UInt64) -> Int {
    var place: UInt64
    switch kind {
    case 20: place = 0
    case 26: place = 1
    case 52: place = 8 | value & 7
    case 42: place = 128 | value & 127
    case 61 where value >> 4 == 0: place = 16 | value & 7
    case 33, 35:
      let coarse = value >> 4
      if coarse >= classes { return -1 }
      place = (kind == 33 ? 6144 : 7168) + (coarse << 3 | value & 7)
    case 57: place = 256 | value & 255
    case 59: place = 1024 | (value >> 8 & 127) << 3 | value & 7
    case 60: place = 2048 | (value >> 8 & 127) << 3 | value & 7
    case 56: place = 4096 | (value >> 8 & 127) << 4 | value & 7 | (value & 16) >> 1
    case 58:
      let coarse = value & 0xFFFFF
      if coarse >= classes - 1, coarse < 999 { return -1 }
      return hit(value >> 20, coarse)
    case 36: place = 8192 | (value >> 12 & 15) << 8 | (value >> 4 & 15) << 4 | (value >> 8 & 7) << 1 | value & 1
    case 37, 38:
      let first = min(value >> 20, classes - 1)
      let second = min(value & 0xFFFFF, classes - 1)
      // The number of no word is far above that of any class.
      if first == classes - 1, value >> 20 < 999 { return -1 }
      if second == classes - 1, value & 0xFFFFF < 999 { return -1 }
      // A token and the next one ask for the same pair by different kinds: next to each other they cost one line.
      return pair(first, second) | Int(truncatingIfNeeded: kind & 1)
    default: return -1
    }
    return Int(truncatingIfNeeded: place)
  }
}
