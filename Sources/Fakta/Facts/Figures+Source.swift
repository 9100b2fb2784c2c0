/// Who says so, where nothing is said but written down.
extension FactContext {
  /// `BPS mencatat ekspor TURUN 5 persen`, `Data BMKG mencatat, …`: the body whose records tell what the figure at `at`, of the verb at `action`, does.
  /// None where it is its own score (`Persib mencatat lima kemenangan`, `mencatat hasil baik dengan menjuarai 3 lomba`).
  ///
  /// - Returns: The body, and the token behind the verb of recording.
  func recorder(_ at: Int, _ action: Int, _ scope: TokenSpan) -> (body: TokenSpan, end: Int)? {
    guard statementOf[at] < 0 else { return nil }
    let low = Int(scope.start)
    var k = max(low + 1, at - 40)
    while k < at, !says(.record, at: k) { k += 1 }
    guard k < min(at, action), text.entityIn[k] < 0, isVerb(k), relative(before: k, low: low) == nil,
      opensContent(verbEnd(k), at, action)
    else { return nil }
    let subject = subject(of: k, low: low)
    guard !subject.isNone, Int(subject.start) >= low else { return nil }
    var body: TokenSpan?
    for i in Int(subject.start)..<k where text.entityAt[i] >= 0 {
      let entity = text.entities[Int(text.entityAt[i])]
      // "Kepala BPS Rina Hartati mencatat, …": what a person alone records may be a score.
      if entity.label == .person { return has(verbEnd(k), .comma) ? (entity.span, verbEnd(k)) : nil }
      if body == nil, entity.label == .organization { body = entity.span }
    }
    return body.map { ($0, verbEnd(k)) }
  }

  /// Who says so where the number at `at` stands in the topic of what is said, before the words of who says it: `40 warga itu, kata WULAN, pindah`.
  func speakerBehindTopic(_ at: Int, _ scope: TokenSpan) -> TokenSpan {
    let high = Int(scope.end)
    let cue = nextCue(at + 1, high)
    guard statementOf[at] < 0, cue > at + 1, cue + 1 < high, has(cue - 1, .comma),
      let content = (cue + 1..<min(high, cue + 12)).first(where: { statementOf[$0] >= 0 })
    else { return .none }
    let statement = statements[Int(statementOf[content])]
    // "Pengacara dua warga itu, RINA mengatakan": a speaker before the cue is who stands before the comma.
    guard Int(statement.cue.start) == cue, statement.speaker.start >= statement.cue.end, !statement.isQuoted,
      Int(statement.content.start) == content, statement.speaker.end <= statement.content.start,
      has(content - 1, .comma),
      (at..<cue - 1).allSatisfy({ !has($0, [.comma, .hardMark, .quote]) })
    else { return .none }
    return statement.speaker
  }

  /// Who acts in what is recorded behind `start`, where that is not the body that records: `BPS mencatat EKSPOR mencapai 3 ton, naik 5 persen`.
  func actor(ofRecorded draft: PredicateDraft, behind start: Int) -> TokenSpan {
    let low = has(start, .comma) ? start + 1 : start
    let own = subject(of: Int(draft.action.start), low: low)
    if !own.isNone, Int(own.start) >= low { return own }
    guard let earlier = figures.last, Int(earlier.actor.start) >= low, earlier.action.end <= draft.action.start else {
      return .none
    }
    return earlier.actor
  }

  /// Whether a clause begins at `start` which has the verb at `action` or another one before the number at `number`.
  private func opensContent(_ start: Int, _ number: Int, _ action: Int) -> Bool {
    // "BMKG mencatat | 27 gempa terjadi"
    guard start < number else { return start == number && action > number }
    if has(start, .comma) || text.classes[start].intersects(words.contentWord) { return true }
    var k = start
    while k < number, !isVerb(k) {
      // "BPS mencatat ekspor SELAMA Juni turun 5 persen"
      let parts: WordBits = has(k, .timePreposition) ? [.purpose, .relative] : [.clause, .purpose, .relative]
      guard at(k).isDisjoint(with: parts.union([.comma, .hardMark, .quote])) || has(k, .entity),
        has(k, .entity) || preposition(at: k)?.sense.isWith != true
      else { return false }
      k += 1
    }
    // "Bawaslu mencatat ADA 43 laporan"
    guard k < number else { return action > number }
    // "Kementerian Keuangan mencatat DEFISIT anggaran mencapai"
    return k > start || text.classes[k].intersects(words.existential) || says(.balance, at: k) && action > k
  }
}
