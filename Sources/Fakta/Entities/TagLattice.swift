/// Finds the best sequence of tags for each stretch of text where names can stand.
///
/// **Cost.** 64 additions and comparisons per token, twice (forward and backward).
struct TagLattice: Sendable {
  /// Scores of each tag at each token, in model units; filled by the caller.
  var scores: [SIMD8<Int32>] = []
  /// The chosen tag of each token.
  var tags: [UInt8] = []
  /// How much worse the best sequence with another tag at this token is, in model units.
  var margin: [Int32] = []

  private var forward: [SIMD8<Int32>] = []
  private var backward: [SIMD8<Int32>] = []
  /// Score of a step from one tag to another; `from` by `to`.
  private var steps: [SIMD8<Int32>] = []
  private var reverse: [SIMD8<Int32>] = []

  /// The lead of "outside" from which no search is needed.
  private let plainLead: Int32

  static let impossible: Int32 = -1_000_000

  /// - Parameter transitions: Learned scores of steps; steps that the tags do not allow are closed here.
  init(transitions: [SIMD8<Int32>]?, plainLead: Int32) {
    self.plainLead = plainLead
    steps = [SIMD8<Int32>](repeating: SIMD8(repeating: Self.impossible), count: 8)
    reverse = steps
    for from in 0..<Tag.count {
      for to in 0..<Tag.count where Tag.follows(to, from) {
        let value = transitions?[from][to] ?? 0
        steps[from][to] = value
        reverse[to][from] = value
      }
    }
  }

  /// The scores of a token of which nothing is known.
  static let neutral = SIMD8<Int32>(0, 0, 0, 0, 0, 0, 0, impossible)

  /// Makes room for `n` tokens, all outside of names. Scores are the caller's to set where it will decode.
  mutating func reset(_ n: Int) {
    if scores.count < n {
      scores.append(contentsOf: repeatElement(Self.neutral, count: n - scores.count))
      margin.append(contentsOf: repeatElement(0, count: n - margin.count))
      tags.append(contentsOf: repeatElement(0, count: n - tags.count))
    }
    tags.withUnsafeMutableBufferPointer { tags in
      for i in 0..<n { tags[i] = 0 }
    }
  }

  @inline(__always)
  private static func best(_ v: SIMD8<Int32>) -> Int32 { v.max() }

  /// Decodes tokens `start..<end`, which follow and precede text outside of names.
  mutating func decode(_ start: Int, _ end: Int) {
    guard start < end, end <= scores.count else { return }
    if isPlain(start, end) { return }
    let n = end - start
    forward.removeAll(keepingCapacity: true)
    backward.removeAll(keepingCapacity: true)
    backward.append(contentsOf: repeatElement(SIMD8(repeating: 0), count: n))
    forward.append(scores[start] &+ steps[Tag.outside])
    for i in 1..<max(1, n) {
      let last = forward[i - 1]
      var row = SIMD8<Int32>(repeating: Self.impossible * 4)
      for from in 0..<Tag.count {
        let candidate = steps[from] &+ SIMD8(repeating: last[from])
        row = row.replacing(with: candidate, where: candidate .> row)
      }
      forward.append(clamp(row &+ scores[start + i]))
    }
    var i = n - 2
    while i >= 0 {
      let next = backward[i + 1] &+ scores[start + i + 1]
      var row = SIMD8<Int32>(repeating: Self.impossible * 4)
      for to in 0..<Tag.count {
        let candidate = reverse[to] &+ SIMD8(repeating: next[to])
        row = row.replacing(with: candidate, where: candidate .> row)
      }
      backward[i] = clamp(row)
      i -= 1
    }
    choose(start, n)
  }

  /// Whether no token of a short stretch has a tag that comes near to "outside": most stretches are one word that begins
  /// a sentence. Then the tags are known without search.
  private mutating func isPlain(_ start: Int, _ end: Int) -> Bool {
    guard end - start <= 3 else { return false }
    for i in start..<end {
      var row = scores[i]
      let outside = row[Tag.outside]
      row[Tag.outside] = Self.impossible
      let lead = outside &- row.max()
      guard lead > plainLead else { return false }
      margin[i] = lead
    }
    for i in start..<end { tags[i] = 0 }
    return true
  }

  @inline(__always)
  private func clamp(_ v: SIMD8<Int32>) -> SIMD8<Int32> {
    let floor = SIMD8<Int32>(repeating: Self.impossible * 8)
    return v.replacing(with: floor, where: v .< floor)
  }

  private mutating func choose(_ start: Int, _ n: Int) {
    var last = Tag.outside
    for i in 0..<n {
      let through = forward[i] &+ backward[i]
      // The best tag that can follow: ties between sequences must not mix them.
      var best = -1
      var bestValue = Int32.min
      var other = Int32.min
      for tag in 0..<Tag.count {
        let value = through[tag]
        if value > bestValue, Tag.follows(tag, last) {
          other = max(other, bestValue)
          best = tag
          bestValue = value
        } else {
          other = max(other, value)
        }
      }
      tags[start + i] = UInt8(truncatingIfNeeded: max(0, best))
      margin[start + i] = bestValue == .min ? 0 : min(1_000_000, bestValue &- max(other, Self.impossible * 2))
      last = max(0, best)
    }
  }
}
