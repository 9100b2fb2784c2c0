import CFaktaText

/// The tagger's labels: outside, and beginning and inside of each kind of name.
package enum Tag {
  package static let outside = 0
  package static let count = 7
  /// `B-` of the entity label with this raw value.
  package static func begin(_ label: Int) -> Int { 2 * label - 1 }
  package static func inside(_ label: Int) -> Int { 2 * label }
  package static func label(_ tag: Int) -> Int { (tag + 1) / 2 }
  package static func isBegin(_ tag: Int) -> Bool { tag & 1 == 1 }
  /// Whether `tag` may follow `last`.
  package static func follows(_ tag: Int, _ last: Int) -> Bool {
    tag == outside || isBegin(tag) || label(tag) == label(last)
  }
}

/// The weights of the linear tagger: one row of seven small integers per feature, found by the feature's key.
///
///     magic(8) | log2 of slots(4) | scale(4) | transitions 8 × 8 Int16 | rows of 8 bytes
///
/// A row holds seven weights and, in its last byte, a tag of the key; 0 is an empty row. Rows stand in an open-addressing
/// table, so that a look-up is one cache line in nearly all cases. A tag of 8 bits lets one unknown feature in a few
/// hundred find a row that is not its own: noise below the model's own.
package struct TaggerModel: Sendable {
  static let magic: [UInt8] = Array("FAKTATAG".utf8)
  static let headerSize = 16 + 128

  /// Weights are stored in units of 1 / `scale`.
  package let scale: Int32
  let weights: Weights
  let transitions: [SIMD8<Int32>]

  /// Reads the section "MODEL" of an image; nil when it is missing or damaged.
  package init?(image: LexiconImage) {
    let bytes = image.bytes("MODEL")
    guard bytes.count > Self.headerSize, Array(bytes[0..<8]) == Self.magic else { return nil }
    let bits = Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    guard bits > 0, bits < 28, bytes.count == Self.headerSize + (8 << bits) else { return nil }
    scale = max(1, bytes.loadUnaligned(fromByteOffset: 12, as: Int32.self))
    transitions = (0..<8).map { from in
      var row = SIMD8<Int32>(repeating: 0)
      for to in 0..<8 { row[to] = Int32(bytes.loadUnaligned(fromByteOffset: 16 + (from * 8 + to) * 2, as: Int16.self)) }
      return row
    }
    let base = bytes.baseAddress! + Self.headerSize
    weights = Weights(
      rows: Section(base: base.assumingMemoryBound(to: UInt64.self), count: 1 << bits), mask: (1 << bits) - 1)
  }

  /// The rows by themselves, without anything whose references are counted.
  struct Weights {
    let rows: Section<UInt64>
    let mask: Int

    /// The weights of the feature `key`, zero when the model does not know it. The last place means nothing.
    @inline(__always)
    func row(_ key: UInt64) -> SIMD8<Int16> { Self.unpack(packed(key)) }

    /// Asks memory for the row of the feature `key`.
    @inline(__always)
    func ask(_ key: UInt64) { fk_prefetch(rows.base.unsafelyUnwrapped + (Int(truncatingIfNeeded: key) & mask)) }

    /// The weights in a packed row.
    @inline(__always)
    static func unpack(_ row: UInt64) -> SIMD8<Int16> {
      SIMD8<Int16>(truncatingIfNeeded: unsafeBitCast(row, to: SIMD8<Int8>.self))
    }

    /// The packed row of the feature `key`: seven weights, and one byte that is none.
    @inline(__always)
    func packed(_ key: UInt64) -> UInt64 {
      let tag = TaggerModel.tag(key)
      let slot = Int(truncatingIfNeeded: key) & mask
      // Two places at once, without a branch of which nobody knows where it goes: most answers are there.
      let first = rows[slot]
      let second = rows[(slot &+ 1) & mask]
      let isFirst = first >> 56 == tag
      let isSecond = second >> 56 == tag
      let isFound = isFirst.number | isSecond.number | (first == 0).number | (second == 0).number
      if isFound == 0 { return packedBehind(slot, tag) }
      // An empty first place ends the search: what stands behind it is not asked for.
      let behind = isSecond ? second : 0
      return isFirst || first == 0 ? first : behind
    }

    /// Goes on where the first two places hold other features.
    @inline(never)
    private func packedBehind(_ start: Int, _ tag: UInt64) -> UInt64 {
      var slot = start
      var probes = 0
      while probes < 16 {
        let row = rows[slot]
        if row >> 56 == tag { return row }
        if row == 0 { break }
        slot = (slot + 1) & mask
        probes += 1
      }
      return 0
    }
  }

  @inline(__always)
  static func tag(_ key: UInt64) -> UInt64 { (key >> 56) | 1 }

  /// Packs weights into the bytes of a model.
  ///
  /// - Parameters:
  ///   - weights: Rows by key, in float; rows that round to nothing are left out.
  ///   - scale: Units per 1.0; weights beyond ±127 units are cut.
  package static func pack(
    weights: [(key: UInt64, row: SIMD8<Float>)], transitions: [[Float]], scale: Float, bits: Int
  ) -> [UInt8] {
    var slots = [UInt64](repeating: 0, count: 1 << bits)
    let mask = slots.count - 1
    for (key, row) in weights {
      var packed: UInt64 = 0
      for k in 0..<7 {
        let value = Int8(max(-127, min(127, (row[k] * scale).rounded())))
        packed |= UInt64(UInt8(bitPattern: value)) << UInt64(8 * k)
      }
      guard packed != 0 else { continue }
      var slot = Int(truncatingIfNeeded: key) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = packed | tag(key) << 56
    }
    var out = magic
    withUnsafeBytes(of: UInt32(bits)) { out.append(contentsOf: $0) }
    withUnsafeBytes(of: Int32(scale)) { out.append(contentsOf: $0) }
    for from in 0..<8 {
      for to in 0..<8 {
        let value = from < 7 && to < 7 ? transitions[from][to] : 0
        withUnsafeBytes(of: Int16(max(-30000, min(30000, (value * scale).rounded())))) { out.append(contentsOf: $0) }
      }
    }
    slots.withUnsafeBytes { out.append(contentsOf: $0) }
    return out
  }
}
