/// Which figures tell what happened next, by nothing but the order of the sentences.
///
///     Dua tim bertemu kemarin. Dua gol dicetak Rudi.   Melati menang kemarin. Rudi mencetak dua gol.
///                              ╰ number and verb ╯                            ╰ who does it ╯
extension FactContext {
  /// `Dua tim bertemu kemarin. Dua GOL dicetak Rudi.`: whether the sentence begins with a number of what something befalls or does, and
  /// says nothing that lasts; not `Kedua tim memiliki …`, `Ada dua cara`.
  func isNarrated(_ draft: PredicateDraft, _ s: Int) -> Bool {
    let quantity = text.quantities[Int(draft.anchor)]
    let q = Int(quantity.span.start)
    guard !draft.action.isNone, draft.time.isNone, quantity.kind != .percent,
      !quantity.item.isNone || quantity.kind != .count,
      !text.classes[q].intersects(words.determiner), !has(endOfPhrase(quantity, count), .demonstrative)
    else { return false }
    let v = Int(draft.action.start)
    guard v > q, !isExistential(v), !has(v, .copula), !says(.possession, at: v), !says(.attributive, at: v) else {
      return false
    }
    let start = Int(text.sentences[s].start)
    return (start..<q).allSatisfy {
      has($0, [.connective, .adverb, .amount, .comma]) && !has($0, .entity) || isExistential($0)
        || says(.report, at: $0) || says(.sum, at: $0)
    }
  }

  func isDay(_ date: DateExpression) -> Bool {
    date.kind == .time || date.kind == .date && date.value.count == 10
  }

  /// `Melati menang kemarin. RUDI mencetak dua gol.`: whether a person, a pronoun or a name of the sentence before is the subject of a verb that tells what
  /// was done once to what is counted, and the sentence before tells of what has happened.
  func isActed(_ draft: PredicateDraft, _ s: Int, _ previous: TokenSpan) -> Bool {
    let quantity = text.quantities[Int(draft.anchor)]
    let (q, v, a) = (Int(quantity.span.start), Int(draft.action.start), Int(draft.actor.start))
    guard draft.procedure == .figureObject, draft.time.isNone, quantity.kind == .count || quantity.kind == .money,
      !draft.actor.isNone, draft.actor.end <= draft.action.start, v < q, has(v, .active), !has(v, .copula),
      has(a, .thirdPerson) || isPerson(a) || isNamed(a, in: previous), !isPlace(draft.actor),
      !says(.possession, at: v), !says(.attributive, at: v), !says(.estimate, at: v)
    else { return false }
    return opensMain(a, Int(text.sentences[s].start)) && !isPlanned(previous)
      && (Int(draft.actor.end)..<v).allSatisfy { has($0, .adverb) && !has($0, .auxiliary) || says(.success, at: $0) }
      && (verbEnd(v)..<q).allSatisfy {
        !isVerb($0) && !has($0, [.comma, .hardMark, .quote, .relative, .clause, .purpose, .date])
      }
  }

  /// Whether the name that begins at `a` stands in the sentence before, too: of another body the text may tell something new.
  private func isNamed(_ a: Int, in sentence: TokenSpan) -> Bool {
    text.entityAt[a] >= 0
      && sentence.range.prefix(Self.reach).contains {
        $0 < count && text.hash[$0] == text.hash[a] && text.entityIn[$0] >= 0
      }
  }

  /// Whether the subject at `a` opens the sentence from `start` or stands behind the comma of a phrase that tells of no other time.
  private func opensMain(_ a: Int, _ start: Int) -> Bool {
    guard a - start < 14, (start..<a).allSatisfy({ !has($0, [.date, .quantity, .hardMark, .timePreposition]) }) else {
      return false
    }
    var k = a - 1
    while k >= start, !has(k, .comma) {
      // "menghentikan kegagalan Melati MERAIH 3 poin"
      if isVerb(k) { return false }
      k -= 1
    }
    return true
  }

  /// Whether an auxiliary says that what a sentence tells is no event: `akan digelar besok`.
  private func isPlanned(_ sentence: TokenSpan) -> Bool {
    sentence.range.prefix(Self.reach).contains {
      $0 < count && has($0, .auxiliary) && !says(.success, at: $0) && !isVerb($0)
    }
  }
}
