/// The columns of a token table as plain pointers, for the loops that visit every token.
///
/// Reading an array in a loop costs reference counts and checks that are more than the loop's own work; a view is valid
/// only inside `withColumns`, and callers keep their indices below `count`.
struct TokenColumns {
  let count: Int
  /// The smallest gap that parts passages in this text.
  var passageGap = TokenGap.paragraph
  let start: UnsafePointer<UInt32>
  let end: UnsafePointer<UInt32>
  let id: UnsafePointer<UInt32>
  let kind: UnsafePointer<UInt8>
  let shape: UnsafePointer<UInt8>
  let gap: UnsafePointer<UInt8>

  @inline(__always) func length(_ i: Int) -> Int { Int(end[i] &- start[i]) }
}

extension TokenTable {
  /// Calls `body` with the columns, unless the table is empty.
  @inline(__always)
  func withColumns(_ body: (TokenColumns) -> Void) {
    guard count > 0 else { return }
    body(
      TokenColumns(
        count: count, start: UnsafePointer(start.base), end: UnsafePointer(end.base), id: UnsafePointer(id.base),
        kind: UnsafePointer(kind.base), shape: UnsafePointer(shape.base), gap: UnsafePointer(gap.base)))
    withExtendedLifetime(self) {}
  }
}
