/// Where each byte of the normalised text came from in the raw text.
///
/// A list of edits: `raw[rawStart..<rawEnd]` became `normalised[start..<end]`; between edits both run in step. Without
/// edits the map is the identity and costs nothing.
public struct OriginMap: Sendable {
  struct Edit: Sendable {
    var start: UInt32
    var end: UInt32
    var rawStart: UInt32
    var rawEnd: UInt32
  }

  var edits: [Edit] = []

  public var isIdentity: Bool { edits.isEmpty }

  mutating func removeAll() { edits.removeAll(keepingCapacity: true) }

  mutating func add(start: Int, end: Int, rawStart: Int, rawEnd: Int) {
    edits.append(
      Edit(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        rawStart: UInt32(truncatingIfNeeded: rawStart), rawEnd: UInt32(truncatingIfNeeded: rawEnd)))
  }

  /// The raw offset of a span that starts at `offset` of the normalised text. O(log edits).
  public func rawStart(_ offset: Int) -> Int {
    guard let edit = last(where: { Int($0.start) <= offset }) else { return offset }
    return offset < Int(edit.end) ? Int(edit.rawStart) : Int(edit.rawEnd) + offset - Int(edit.end)
  }

  /// The raw offset of a span that ends (exclusive) at `offset` of the normalised text. O(log edits).
  public func rawEnd(_ offset: Int) -> Int {
    guard let edit = last(where: { Int($0.start) < offset }) else { return offset }
    return offset <= Int(edit.end) ? Int(edit.rawEnd) : Int(edit.rawEnd) + offset - Int(edit.end)
  }

  /// The last edit that satisfies a condition which holds for a prefix of the edits.
  private func last(where holds: (Edit) -> Bool) -> Edit? {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if holds(edits[middle]) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : edits[low - 1]
  }
}
