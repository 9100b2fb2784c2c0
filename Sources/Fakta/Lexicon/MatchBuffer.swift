/// What the tokens of a document are while they are looked up, without the checks that arrays make.
final class LookUpBuffer: @unchecked Sendable {
  private(set) var words: UnsafeMutablePointer<FoundWord>
  /// Numbers of tokens that one loop leaves for the next.
  private(set) var waiting: UnsafeMutablePointer<UInt32>
  private var capacity = 0

  init() {
    words = .allocate(capacity: 1)
    waiting = .allocate(capacity: 1)
  }

  deinit {
    words.deallocate()
    waiting.deallocate()
  }

  /// Makes room for `count` tokens, and one that is written and not taken; what was there is lost.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    capacity = max(count, capacity * 2, 1024)
    words.deallocate()
    waiting.deallocate()
    words = .allocate(capacity: capacity)
    waiting = .allocate(capacity: capacity + 1)
  }
}

/// The matches of a document while they are found, without the checks that every append to an array makes.
final class MatchBuffer: @unchecked Sendable {
  private var base: UnsafeMutablePointer<Match>
  private var capacity = 1024
  private(set) var count = 0

  init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  var all: UnsafeBufferPointer<Match> { UnsafeBufferPointer(start: base, count: count) }

  func removeAll() { count = 0 }

  /// Where the next match goes.
  var end: UnsafeMutablePointer<Match> { base + count }

  /// Makes room for `more` matches.
  @inline(__always)
  func reserve(_ more: Int) {
    while capacity &- count < more { grow() }
  }

  /// Takes `more` matches that were written at `end`, for which there was room.
  func add(_ more: Int) {
    precondition(more >= 0 && more <= capacity - count)
    count += more
  }

  @inline(__always)
  func append(_ match: Match) {
    if count == capacity { grow() }
    base[count] = match
    count &+= 1
  }

  /// Appends `match` where `condition` is not 0, without a branch.
  @inline(__always)
  func append(_ match: Match, if condition: UInt32) {
    if count == capacity { grow() }
    base[count] = match
    count &+= condition == 0 ? 0 : 1
  }

  @inline(never)
  private func grow() {
    let larger = UnsafeMutablePointer<Match>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }

  @inline(__always)
  subscript(_ i: Int) -> Match {
    precondition(i >= 0 && i < count)
    return base[i]
  }

  func swapAt(_ i: Int, _ k: Int) {
    precondition(i >= 0 && i < count && k >= 0 && k < count)
    (base[i], base[k]) = (base[k], base[i])
  }

  func remove(at i: Int) {
    precondition(i >= 0 && i < count)
    for k in i..<count - 1 { base[k] = base[k + 1] }
    count -= 1
  }
}
