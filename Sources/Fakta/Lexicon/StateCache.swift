/// What rows of lists say at the nodes of the phrase tree that were asked for last; for one worker.
///
/// The same few words come again and again, and finding what the lists say of one takes hundreds of instructions.
final class StateCache<Value: Sendable>: @unchecked Sendable {
  private let rows: UnsafeMutablePointer<(state: UInt32, value: Value?)>
  private let mask: Int

  /// - Parameter room: A power of two.
  init(room: Int) {
    rows = .allocate(capacity: room)
    // No node has the number of the root's: nothing is listed there.
    rows.initialize(repeating: (0, nil), count: room)
    mask = room - 1
  }

  deinit {
    rows.deinitialize(count: mask + 1)
    rows.deallocate()
  }

  @inline(__always)
  func value(_ state: UInt32, _ find: (UInt32) -> Value?) -> Value? {
    let row = rows + (Int(state) & mask)
    if row.pointee.state == state { return row.pointee.value }
    let found = find(state)
    row.pointee = (state, found)
    return found
  }
}
