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
}

/// Code-point and UTF-16 offsets of byte offsets of one text.
///
/// For every 64 bytes the difference between both offsets of the first one and a bit for each that continues a scalar are
/// kept.
struct OffsetTable {
  fileprivate struct Block {
    /// Bytes that continue a scalar.
    var tails: UInt64 = 0
    /// Lead bytes that count twice.
    var doubles: UInt64 = 0
    /// What is added to the byte offset of the block's first byte.
    var shift = 0
  }

  private var blocks: [Block] = []
  private var isIdentity = true

  /// Counts through `text`. O(length), without allocation once the table has grown.
  mutating func reset(_ text: [UInt8], unit: OffsetUnit) {
    blocks.removeAll(keepingCapacity: true)
    isIdentity = true
    guard unit != .utf8 else { return }
    text.withUnsafeBufferPointer { p in
      guard let base = p.baseAddress else { return }
      isIdentity = Self.isASCII(base, p.count)
      if isIdentity { return }
      fill(base, p.count, unit)
    }
  }

  private mutating func fill(_ p: UnsafePointer<UInt8>, _ n: Int, _ unit: OffsetUnit) {
    let isUTF16 = unit == .utf16
    var shift = 0
    var at = 0
    func add(_ p: UnsafePointer<UInt8>) {
      let tails = ~fk_leads(p)
      let doubles = isUTF16 ? fk_leads_of_four(p) : 0
      blocks.append(Block(tails: tails, doubles: doubles, shift: shift))
      // A scalar may begin at the end of one block and go on in the next.
      if tails | doubles != 0 { shift += doubles.nonzeroBitCount - tails.nonzeroBitCount }
    }
    while at + 64 <= n {
      add(p + at)
      at += 64
    }
    // What stands behind the text is counted by nobody; a block more serves the offset of its end.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { tail in
      tail.update(repeating: 0)
      for i in at..<n { tail[i - at] = p[i] }
      add(UnsafePointer(tail.baseAddress!))
    }
  }

  static func isASCII(_ p: UnsafePointer<UInt8>, _ n: Int) -> Bool {
    var at = 0
    while at + 32 <= n {
      if (fk_load64(p + at) | fk_load64(p + at + 8) | fk_load64(p + at + 16) | fk_load64(p + at + 24))
        & 0x8080_8080_8080_8080 != 0
      {
        return false
      }
      at += 32
    }
    while at + 8 <= n {
      if fk_load64(p + at) & 0x8080_8080_8080_8080 != 0 { return false }
      at += 8
    }
    return n == at || fk_load_part(p + at, Int64(n - at)) & 0x8080_8080_8080_8080 == 0
  }

  /// The table for many questions. Valid only inside `withReader`.
  struct Reader {
    /// None where both offsets are the same.
    fileprivate let blocks: UnsafeBufferPointer<Block>?

    /// The offset of byte `at` of the text given to `reset`, 0 to its length.
    @inline(__always)
    func offset(_ at: Int) -> Int {
      guard let blocks else { return at }
      precondition(UInt(bitPattern: at) >> 6 < UInt(bitPattern: blocks.count), "no offset of the text")
      let block = blocks[at >> 6]
      let offset = at &+ block.shift
      // Most blocks are ASCII.
      if block.tails == 0 { return offset }
      let before: UInt64 = (1 << UInt64(at & 63)) &- 1
      return offset &- (block.tails & before).nonzeroBitCount &+ (block.doubles & before).nonzeroBitCount
    }
  }

  /// Calls `body` with what answers many questions.
  @inline(__always)
  func withReader<R>(_ body: (Reader) -> R) -> R {
    if isIdentity { return body(Reader(blocks: nil)) }
    return blocks.withUnsafeBufferPointer { body(Reader(blocks: $0)) }
  }

  /// The offset of byte `at` of the text given to `reset`, 0 to its length.
  func offset(_ at: Int) -> Int { withReader { $0.offset(at) } }
}
