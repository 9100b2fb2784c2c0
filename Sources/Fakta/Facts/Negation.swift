/// Negations: a figure or event that the text denies names the word that denies it.
///
///     Polisi TIDAK menangkap 5 orang.    Pesta itu BATAL digelar Senin.    Yang datang BUKAN 12 orang, melainkan 15.
extension FactContext {
  /// Verbs of a chain that a negation may stand before: `tidak berani ikut membeli`.
  private static let longestChain = 2

  /// The word that denies what the verb `action` says, or the amount `amount`; `.none` where neither is denied.
  ///
  /// A negation that only adds something (`tidak HANYA menangkap`) denies nothing.
  func negation(of action: TokenSpan, amount: TokenSpan) -> TokenSpan {
    if !action.isNone {
      let found = negation(before: Int(action.start))
      if !found.isNone { return found }
    }
    let before = Int(amount.start) - 1
    guard !amount.isNone, !isVerb(before), !action.contains(before) else { return .none }
    return negation(at: before)
  }

  /// The negation of the verb phrase in which the verb at `v` stands, over auxiliaries, adverbs and the verbs of a chain.
  private func negation(before v: Int) -> TokenSpan {
    let low = max(0, Int(sentence(v).start))
    var verbs = 0
    var k = v - 1
    while k >= low {
      let found = negation(at: k)
      // "Petani yang TIDAK hadir | membeli": it denies what the relative clause says.
      if !found.isNone { return verbs > 0 && has(Int(found.start) - 1, .relative) ? .none : found }
      if has(k, [.auxiliary, .negation, .adverb]), !has(k, [.demonstrative, .relative]) {
        k -= 1
      } else if isVerb(k), verbs < Self.longestChain {
        verbs += 1
        k -= 1
      } else {
        return has(k, .relative) && !opensPlaceClause(k) ? negationOfThere(before: k, low) : .none
      }
    }
    return .none
  }

  /// The negation of `ada` before a noun to which the relative clause at `mark` belongs: `TAK ada pelari lain | yang merebut 12 gelar`.
  private func negationOfThere(before mark: Int, _ low: Int) -> TokenSpan {
    var k = mark - 1
    while k > low, mark - k < 9 {
      if isExistential(k), text.classes[k].intersects(words.existential) { return negation(at: k - 1) }
      if !has(k, .entity) {
        if has(k, [.comma, .hardMark, .quote, .relative, .clause, .date, .demonstrative]) || isVerb(k) { return .none }
        // "tak ada hubungan dengan warga yang …": of those, not of what there is.
        if has(k, .preposition), let sense = preposition(at: k)?.sense, !sense.isFrom, sense.isTo || !sense.place {
          return .none
        }
      }
      k -= 1
    }
    return .none
  }

  /// The words that deny what stands behind `k`, with which they end: `tidak`, `belum pernah`; not `tidak hanya`, `paling tidak`.
  private func negation(at k: Int) -> TokenSpan {
    guard has(k, .negation), !has(k, Self.covered), !says(.affirmed, at: k), !says(.affirmed, at: k + 1) else {
      return .none
    }
    var start = k
    while start > 0, text.continues(start), has(start - 1, .negation) { start -= 1 }
    return text.continues(start) ? .none : TokenSpan(start, k + 1)
  }
}
