// How far a rule came, for explanations.

extension RuleMatcher {
  /// How far a rule came in a sentence before it failed.
  struct Trace: Sendable {
    var rule: Int
    /// The tokens that fitted, and the token at which the next step did not.
    var fitted: TokenSpan
    var failedAt: Int
    /// Steps that fitted, gaps not counted; and the steps that could have come next.
    var steps: Int
    var expected: [String]
  }

  /// The way of a rule through `sentence` that went furthest and failed; nil when no step fitted, or when all did.
  ///
  /// A slow path for explanations: O(tokens × steps).
  func trace(_ rule: Int, in sentence: TokenSpan, _ text: FactText) -> Trace? {
    let compiled = rules.rules[rule]
    let first = Int(tables.rows[rule].firstPosition)
    let width = compiled.positions.count
    let low = Int(sentence.start)
    let high = min(Int(sentence.end), text.count)
    guard width > 0, low < high else { return nil }
    var steps = [Int](repeating: -1, count: (high - low + 1) * width)
    var begin = [Int](repeating: 0, count: steps.count)
    var best: Trace?
    for i in low..<high {
      for p in compiled.entry where p != CompiledRule.accept {
        let cell = (i - low) * width + Int(p)
        if steps[cell] < 0 {
          steps[cell] = 0
          begin[cell] = i
        }
      }
      for p in 0..<width where steps[(i - low) * width + p] >= 0 {
        let cell = (i - low) * width + p
        let element = compiled.elements[Int(compiled.positions[p].element)]
        let isGap = element.text.hasPrefix("..")
        let length = tables.length(Int(tables.positions[first + p].element), i, text)
        if length > 0, i + length <= high {
          for next in compiled.positions[p].follow {
            if next == CompiledRule.accept { return nil }
            let to = (i + length - low) * width + Int(next)
            let count = steps[cell] + (isGap ? 0 : 1)
            if count > steps[to] {
              steps[to] = count
              begin[to] = begin[cell]
            }
          }
        } else if steps[cell] > 0, !isGap, steps[cell] > (best?.steps ?? 0) {
          best = Trace(
            rule: rule, fitted: TokenSpan(begin[cell], i), failedAt: i, steps: steps[cell], expected: [element.text])
        } else if !isGap, let found = best, found.steps == steps[cell], found.failedAt == i,
          !found.expected.contains(element.text)
        {
          best?.expected.append(element.text)
        }
      }
    }
    return best
  }
}
