import Fakta

/// Checks that work grows with the text and not with its square.
public enum Linearity {
  /// How much longer the second text is.
  private static let times = 8
  /// Linear work costs 8 times as much, quadratic work 64 times: twice 8 is room for noise and for caches that are too small.
  private static let limit = UInt64(2 * times)
  /// Less than this is more noise than work.
  private static let noise: UInt64 = 2_000_000

  #if DEBUG
    public static let usualBytes = 32_000
  #else
    public static let usualBytes = 256_000
  #endif

  /// What eight times as much of `piece` costs, where that is far more than eight times as much; else nil.
  ///
  /// - Parameters:
  ///   - bytes: The length of the longer text.
  ///   - cost: The CPU time of this thread that a text costs, in nanoseconds: see `time(of:)`.
  public static func problem(
    _ piece: String, bytes: Int = usualBytes, cost: (_ text: String) throws -> UInt64
  ) rethrows -> String? {
    func text(_ size: Int) -> String { String(repeating: piece, count: max(1, size / piece.utf8.count)) }
    let (short, long) = (text(bytes / times), text(bytes))
    var (small, large) = (UInt64.max, UInt64.max)
    // The cheapest of three runs counts, so that noise accuses nobody.
    for _ in 0..<3 {
      small = min(small, try cost(short))
      large = min(large, try cost(long))
      if large <= limit * small + noise { return nil }
    }
    return "\(piece.debugDescription): \(small) ns for \(short.utf8.count) bytes, \(large) ns for \(long.utf8.count)"
  }

  /// The CPU time of this thread that `work` takes, in nanoseconds.
  public static func time(of work: () throws -> Void) rethrows -> UInt64 {
    let start = ThreadClock.now()
    try work()
    return ThreadClock.now() - start
  }
}
