import Testing

@testable import Fakta

/// Cuts decide which sentences a rule is not searched in: a set too many would lose facts.
@Suite struct RuleCutsTests {
  /// The needs of an automaton whose step `p` needs the feature `1 << p` and has the rank `ranks[p]`.
  private func cuts(follow: [[Int]], entry: [Int], ranks: [Int]) -> Set<UInt64> {
    let masks = follow.map { $0.reduce(UInt64(0)) { $0 | 1 << UInt64($1) } }
    let groups = ranks.enumerated().map { p, rank in
      var need = RuleNeed()
      need.features = 1 << UInt64(p)
      return (need: need, steps: UInt64(1) << UInt64(p), rank: rank)
    }
    return masks.withUnsafeBufferPointer { follow in
      Set(RuleCuts(follow: follow, entry: entry.reduce(0) { $0 | 1 << UInt64($1) }).needs(groups).map(\.features))
    }
  }

  @Test func everyObligatoryStepIsACut() {
    // a b? c
    #expect(cuts(follow: [[1, 2], [2], [63]], entry: [0], ranks: [0, 2, 3]) == [1, 4])
  }

  @Test func aChoiceIsOneCut() {
    // a (b | c) d?
    #expect(cuts(follow: [[1, 2], [3, 63], [3, 63], [63]], entry: [0], ranks: [0, 3, 3, 2]) == [1, 6])
  }

  @Test func stepsThatNearlyEveryTokenFitsAreNone() {
    // (a | any) any
    #expect(cuts(follow: [[2], [2], [63]], entry: [0, 1], ranks: [3, 4, 4]).isEmpty)
  }

  @Test func tracesNeverSayNoToAWordThatFits() {
    for hash in stride(from: UInt64(1), to: .max / 2, by: 0x0123_4567_89AB_CDEF) {
      let need = RuleNeed(RuleSet.BoundTest(kind: .literal, a: hash))
      #expect(need.meets(ClassSet(), RuleNeed.word(hash)))
      #expect(RuleNeed.word(hash) & RuleNeed.words != 0)
    }
  }
}
