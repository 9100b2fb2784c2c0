// Changes and comparisons: `naik dari X menjadi Y`.

extension FactContext {
  /// What changes where a noun stands before the number from which it does: `usul kenaikan BANTUAN DANA dari | Rp 100 menjadi Rp 1.000`,
  /// `turunnya BEBAN BANK sebesar 6 persen dari | Rp 9 miliar menjadi`.
  func changing(_ v: Int, _ start: Int, _ low: Int, _ index: Int) -> TokenSpan {
    guard start - 1 > low, has(v, .copula), has(v, .intransitive), preposition(at: start - 1)?.sense.isFrom == true,
      !has(start - 1, .adverb)
    else { return .none }
    if index > 0, endsQuantity(start - 2, index - 1) {
      let before = Int(text.quantities[index - 1].span.start)
      return before > low ? amountNoun(before, low, index - 1) : .none
    }
    return isVerb(start - 2) ? .none : head(before: start - 1, low)
  }

  /// Whether the verb behind a number tells what is done, not what the counted things are like.
  func isAdjacentAction(_ right: (verb: Int, isAdjacent: Bool)) -> Bool {
    right.isAdjacent && !says(.attributive, at: right.verb)
      && !(has(right.verb, .adjective) && text.classes[right.verb - 1].intersects(words.degree))
  }

  /// `lebih tinggi 4,53 persen`: an adjective with its degree governs.
  func comparison(before start: Int, _ low: Int) -> TokenSpan? {
    var k = start - 1
    while k > low, has(k, [.adverb, .amount]), !has(k, .adjective) { k -= 1 }
    // "paling rendah Rp 585": a limit, no predicate.
    guard k > low, has(k, .adjective), !has(k, .preposition), text.classes[k - 1].intersects(words.degree),
      !has(k - 1, .determiner), !says(.superlative, at: k - 1)
    else { return nil }
    return TokenSpan(k - 1, k + 1)
  }

  /// The same behind the number: `Laba itu tiga kali | LEBIH BESAR daripada`; not `tiga kali lebih besar biayanya`, `lebih banyak membeli`.
  func comparison(behind end: Int, _ high: Int) -> TokenSpan? {
    let k = end + 1
    guard k + 1 < high, text.classes[end].intersects(words.degree), has(k, .adjective), !says(.superlative, at: end),
      text.classes[k + 1].intersects(words.comparison) || preposition(at: k + 1)?.sense.isFrom == true
    else { return nil }
    return TokenSpan(end, k + 1)
  }

  /// The figure of the number before, when the verb at `v` says to what that changed: `menaikkan pajak rokok dari 8 persen MENJADI 9`.
  func changeFrom(_ index: Int, _ v: Int) -> PredicateDraft? {
    guard index > 0, has(v, .copula), has(v, .intransitive), let earlier = figures.last,
      Int(earlier.anchor) == index - 1, earlier.procedure == .figureObject, !earlier.action.isNone
    else { return nil }
    let before = text.quantities[index - 1]
    let from = Int(before.span.start) - 1
    guard Int(earlier.action.start) < from, preposition(at: from)?.sense.isFrom == true, !has(from, .adverb) else {
      return nil
    }
    var k = endOfPhrase(before, v)
    while k < v, has(k, [.adverb, .preposition, .date]), !has(k, .entity) { k += 1 }
    return k == v ? earlier : nil
  }

  /// What becomes the number of quantity `index`, where nothing but the number before and its time stand between that and the verb at `v`:
  /// `didorong kenaikan PENDAPATAN sebesar 5 persen secara tahunan | menjadi Rp 3 miliar`.
  func grown(to v: Int, _ index: Int, _ low: Int) -> TokenSpan? {
    guard index > 0, has(v, .copula), has(v, .intransitive), !text.classes[v].intersects(words.existential),
      let earlier = figures.last, Int(earlier.anchor) == index - 1
    else { return nil }
    let before = text.quantities[index - 1]
    guard before.span.start >= low, before.span.end < v, !isCounted(before) else { return nil }
    var k = endOfPhrase(before, v)
    while k < v, has(k, [.adverb, .preposition, .date, .adjective]), !has(k, [.entity, .placePreposition]) { k += 1 }
    guard k == v else { return nil }
    let noun = amountNoun(Int(before.span.start), low, index - 1)
    return noun.isNone ? (earlier.procedure == .figureNominal && !earlier.actor.isNone ? earlier.actor : nil) : noun
  }

  func changeBefore(_ v: Int, _ low: Int) -> Int? {
    guard let earlier = verb(before: v, low: low), !(has(earlier, .stative) && has(earlier, .adjective))
    else { return nil }
    var k = earlier + 1
    while k < v {
      if text.quantityAt[k] >= 0 {
        k = max(k + 1, endOfPhrase(text.quantities[Int(text.quantityAt[k])], v))
        continue
      }
      // "naik TIPIS menjadi"
      let isHow = k == earlier + 1 && has(k, .adjective) && says(.change, at: earlier)
      guard isHow || has(k, [.quantity, .preposition, .adverb, .auxiliary, .and, .date]) else { return nil }
      k += 1
    }
    return earlier
  }

  /// The verb whose object becomes so much, where nothing but that stands before `menjadi` at `v` and the number at `start` behind it: `MENURUNKAN
  /// target produksi menjadi | 2.000 ton`; not `membuat harga menjadi | Rp 2.000`, where the price becomes that by itself.
  func changeOfObject(_ v: Int, _ start: Int, _ low: Int) -> Int? {
    guard (v + 1..<max(start, v + 1)).allSatisfy({ has($0, [.adverb, .amount]) }),
      let earlier = verb(before: v, low: low), has(earlier, .active),
      !has(earlier, [.copula, .auxiliary, .speech, .preposition]), !says(.causative, at: earlier),
      !says(.control, at: earlier), !says(.report, at: earlier), !says(.estimate, at: earlier)
    else { return nil }
    let object = nounPhrase(from: verbEnd(earlier), high: v)
    guard !object.isNone else { return nil }
    var k = Int(object.end)
    while k < v {
      if let behind = behindBracket(k, v) {
        k = behind
      } else if text.quantityAt[k] >= 0 {
        k = max(k + 1, endOfPhrase(text.quantities[Int(text.quantityAt[k])], v))
      } else if has(k, [.demonstrative, .adverb, .amount]) {
        k += 1
      } else {
        return nil
      }
    }
    return k == v ? earlier : nil
  }
}
