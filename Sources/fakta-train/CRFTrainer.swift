import Foundation

/// Trains the weights of a linear-chain conditional random field by stochastic gradient descent with adaptive steps.
///
/// Each feature has a common row of weights and one per set, so that sets with different guidelines do not fight; the
/// finished model is the common row plus that of the set by whose guideline texts shall be read. Deterministic: one
/// thread, a fixed order from a fixed seed.
struct CRFTrainer {
  var rounds = 12
  var rate: Float = 0.15
  var decay: Float = 0.01
  var setShare: Float = 1
  /// Share of features that a step does not see, so that no feature relies on another one.
  var dropout: Float = 0
  var seed: UInt64 = 20_260_101

  let features: Int
  let sets: Int
  /// Rows: feature + features × (0 for common, 1 + set for a set's own).
  private(set) var weights: [SIMD8<Float>]
  private var squares: [SIMD8<Float>]
  private(set) var transitions = [[Float]](repeating: [Float](repeating: 0, count: 7), count: 7)
  private var transitionSquares = [[Float]](repeating: [Float](repeating: 1e-3, count: 7), count: 7)

  init(features: Int, sets: Int) {
    self.features = features
    self.sets = sets
    weights = [SIMD8<Float>](repeating: .zero, count: features * (sets + 1))
    squares = [SIMD8<Float>](repeating: SIMD8(repeating: 1e-3), count: features * (sets + 1))
  }

  mutating func train(_ examples: [Example], progress: (Int, Double) -> Void) {
    var order = Array(examples.indices)
    var random = seed
    for round in 0..<rounds {
      for i in stride(from: order.count - 1, to: 0, by: -1) {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        order.swapAt(i, Int((random >> 33) % UInt64(i + 1)))
      }
      var loss = 0.0
      for k in order {
        guard dropout > 0 else {
          loss += step(examples[k])
          continue
        }
        let limit = UInt64(Float(1 << 20) * dropout)
        loss += step(
          examples[k].filtered { _ in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return random >> 44 >= limit
          })
      }
      progress(round, loss)
    }
    if dropout > 0 { for i in weights.indices { weights[i] *= 1 - dropout } }
  }

  /// Scores of each tag at each token of `example`, read by the share `reading` of each set's own weights.
  func scores(_ example: Example, reading: [(set: Int, share: Float)]) -> [SIMD8<Float>] {
    (0..<example.count).map { i in
      var sum = SIMD8<Float>.zero
      for f in example.features[Int(example.starts[i])..<Int(example.starts[i + 1])] {
        sum += weights[Int(f)]
        for (set, share) in reading { sum += setShare * share * weights[Int(f) + features * (1 + set)] }
      }
      return sum
    }
  }

  /// The row of a feature when texts are read by the share `reading` of each set's own weights, centred: a constant on all
  /// tags changes nothing.
  func combined(_ f: Int, reading: [(set: Int, share: Float)]) -> SIMD8<Float> {
    var row = weights[f]
    for (set, share) in reading { row += setShare * share * weights[f + features * (1 + set)] }
    var mean: Float = 0
    for t in 0..<7 { mean += row[t] / 7 }
    for t in 0..<7 { row[t] -= mean }
    return row
  }

  private static let impossible: Float = -1e9

  private func stepScore(_ from: Int, _ to: Int) -> Float {
    Tag7.follows(to, from) ? transitions[from][to] : Self.impossible
  }

  private mutating func step(_ example: Example) -> Double {
    let n = example.count
    guard n > 0 else { return 0 }
    let scores = scores(example, reading: [(example.set, 1)])
    var loss = 0.0
    var start = 0
    while start < n {
      var end = start + 1
      while end < n, !example.opens[end] { end += 1 }
      loss += segment(example, scores, start, end)
      start = end
    }
    return loss
  }

  private func logSum(_ values: [Float]) -> Float {
    let top = values.max()!
    var sum: Float = 0
    for v in values where v - top > -30 { sum += exp(v - top) }
    return top + log(sum)
  }

  /// Forward, backward, and a step against the gradient for tokens `start..<end`.
  private mutating func segment(_ example: Example, _ scores: [SIMD8<Float>], _ start: Int, _ end: Int) -> Double {
    let n = end - start
    var alpha = [[Float]](repeating: [Float](repeating: 0, count: 7), count: n)
    var beta = alpha
    var buffer = [Float](repeating: 0, count: 7)
    for t in 0..<7 { alpha[0][t] = stepScore(0, t) + scores[start][t] }
    for i in 1..<max(1, n) {
      for t in 0..<7 {
        for s in 0..<7 { buffer[s] = alpha[i - 1][s] + stepScore(s, t) }
        alpha[i][t] = logSum(buffer) + scores[start + i][t]
      }
    }
    var i = n - 2
    while i >= 0 {
      for s in 0..<7 {
        for t in 0..<7 { buffer[t] = stepScore(s, t) + scores[start + i + 1][t] + beta[i + 1][t] }
        beta[i][s] = logSum(buffer)
      }
      i -= 1
    }
    let z = logSum(alpha[n - 1])
    var gold: Float = 0
    var last = 0
    for i in 0..<n {
      let tag = Int(example.tags[start + i])
      gold += stepScore(last, tag) + scores[start + i][tag]
      last = tag
    }
    // Gradient of the tokens.
    for i in 0..<n {
      var gradient = SIMD8<Float>.zero
      for t in 0..<7 { gradient[t] = exp(min(0, alpha[i][t] + beta[i][t] - z)) }
      gradient[Int(example.tags[start + i])] -= 1
      gradient *= example.weight
      if (gradient * gradient).sum() < 1e-7 { continue }
      let from = Int(example.starts[start + i])
      let to = Int(example.starts[start + i + 1])
      for k in from..<to {
        let f = Int(example.features[k])
        update(f, gradient)
        update(f + features * (1 + example.set), gradient * setShare)
      }
    }
    // Gradient of the steps.
    var previous = 0
    for i in 0..<n {
      let tag = Int(example.tags[start + i])
      for s in 0..<7 where i > 0 || s == 0 {
        for t in 0..<7 where Tag7.follows(t, s) {
          let p =
            i == 0
            ? exp(min(0, stepScore(0, t) + scores[start][t] + beta[0][t] - z))
            : exp(min(0, alpha[i - 1][s] + stepScore(s, t) + scores[start + i][t] + beta[i][t] - z))
          let g = (p - (s == previous && t == tag ? 1 : 0)) * example.weight
          if g == 0 { continue }
          transitionSquares[s][t] += g * g
          transitions[s][t] -= rate * g / transitionSquares[s][t].squareRoot()
        }
      }
      previous = tag
    }
    return Double(z - gold)
  }

  @inline(__always)
  private mutating func update(_ row: Int, _ gradient: SIMD8<Float>) {
    let g = gradient + decay * weights[row]
    squares[row] += g * g
    weights[row] -= rate * g / squares[row].squareRoot()
  }

  /// The best tags of `example`, read by the share `reading` of each set's own weights.
  func tags(_ example: Example, reading: [(set: Int, share: Float)]) -> [UInt8] {
    let n = example.count
    guard n > 0 else { return [] }
    let scores = scores(example, reading: reading)
    var best = [[Float]](repeating: [Float](repeating: 0, count: 7), count: n)
    var back = [[UInt8]](repeating: [UInt8](repeating: 0, count: 7), count: n)
    for i in 0..<n {
      for t in 0..<7 {
        if example.opens[i] {
          let base = i == 0 ? 0 : best[i - 1].max()!
          let from = i == 0 ? 0 : best[i - 1].firstIndex(of: base)!
          best[i][t] = base + stepScore(0, t) + scores[i][t]
          back[i][t] = UInt8(from)
        } else {
          var value = -Float.infinity
          for s in 0..<7 {
            let candidate = best[i - 1][s] + stepScore(s, t)
            if candidate > value {
              value = candidate
              back[i][t] = UInt8(s)
            }
          }
          best[i][t] = value + scores[i][t]
        }
      }
    }
    var out = [UInt8](repeating: 0, count: n)
    var tag = best[n - 1].firstIndex(of: best[n - 1].max()!)!
    for i in stride(from: n - 1, through: 0, by: -1) {
      out[i] = UInt8(tag)
      tag = Int(back[i][tag])
    }
    return out
  }
}

/// Which tag may follow which, as plain integers.
enum Tag7 {
  static func follows(_ tag: Int, _ last: Int) -> Bool {
    tag == 0 || tag & 1 == 1 || (tag + 1) / 2 == (last + 1) / 2
  }
}

/// Counts of exact spans.
struct SpanScore {
  var gold = [0, 0, 0, 0]
  var predicted = [0, 0, 0, 0]
  var right = [0, 0, 0, 0]

  static func spans(_ tags: [UInt8], _ opens: [Bool]) -> Set<[Int]> {
    var out: Set<[Int]> = []
    var i = 0
    while i < tags.count {
      let tag = Int(tags[i])
      guard tag != 0 else {
        i += 1
        continue
      }
      let label = (tag + 1) / 2
      var end = i + 1
      while end < tags.count, !opens[end], Int(tags[end]) == 2 * label { end += 1 }
      out.insert([i, end, label])
      i = end
    }
    return out
  }

  mutating func add(gold g: Set<[Int]>, predicted p: Set<[Int]>) {
    for s in g {
      gold[s[2]] += 1
      gold[0] += 1
    }
    for s in p {
      predicted[s[2]] += 1
      predicted[0] += 1
    }
    for s in g.intersection(p) {
      right[s[2]] += 1
      right[0] += 1
    }
  }

  /// F1 in percent; label 0 is all together.
  func f1(_ label: Int) -> Double {
    let total = gold[label] + predicted[label]
    return total == 0 ? 0 : 200 * Double(right[label]) / Double(total)
  }

  var line: String {
    (0..<4).map { String(format: "%@ %.2f", ["all", "PER", "LOC", "ORG"][$0], f1($0)) }.joined(separator: "  ")
  }
}
