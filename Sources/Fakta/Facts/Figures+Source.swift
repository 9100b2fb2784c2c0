/// Who says so, where nothing is said but written down.
extension FactContext {
  /// `BPS mencatat ekspor TURUN 5 persen`, `Data BMKG mencatat, …`: the body whose records tell what the figure at `at`, of the verb at `action`, does.
  /// None where it is its own score (`Persib mencatat lima kemenangan`, `mencatat hasil baik dengan menjuarai 3 lomba`).
  func recorder(_ at: Int, _ action: Int, _ scope: TokenSpan) -> TokenSpan {
    guard statementOf[at] < 0 else { return .none }
    let low = Int(scope.start)
    var k = max(low + 1, at - 40)
    while k < at, !says(.record, at: k) { k += 1 }
    guard k < min(at, action), text.entityIn[k] < 0, isVerb(k), relative(before: k, low: low) == nil,
      opensContent(verbEnd(k), at, action)
    else { return .none }
    let subject = subject(of: k, low: low)
    guard !subject.isNone, Int(subject.start) >= low else { return .none }
    var body = TokenSpan.none
    for i in Int(subject.start)..<k where text.entityAt[i] >= 0 {
      let entity = text.entities[Int(text.entityAt[i])]
      // "Kepala BPS Rina Hartati mencatat, …": what a person alone records may be a score.
      if entity.label == .person { return has(verbEnd(k), .comma) ? entity.span : .none }
      if body.isNone, entity.label == .organization { body = entity.span }
    }
    return body
  }

  /// Whether a clause begins at `start` which has the verb at `action` or another one before the number at `number`.
  private func opensContent(_ start: Int, _ number: Int, _ action: Int) -> Bool {
    guard start < number else { return false }
    if has(start, .comma) || text.classes[start].intersects(words.contentWord) { return true }
    var k = start
    while k < number, !isVerb(k) {
      guard at(k).isDisjoint(with: [.comma, .hardMark, .quote, .clause, .purpose, .relative]) || has(k, .entity),
        has(k, .entity) || preposition(at: k)?.sense.isWith != true
      else { return false }
      k += 1
    }
    return k < number ? k > start : action > number
  }
}
