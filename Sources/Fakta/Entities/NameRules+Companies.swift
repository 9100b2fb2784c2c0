/// The name of a body without the words that say only what it is.
extension NameRules {
  /// Vocabulary ids of the designators of bodies that are called by their abbreviation alone, too (`Partai WLG`).
  static func abbreviatedLeads(_ lexicon: Lexicon) -> [UInt32] {
    ListRows.words(of: "org-heads", columns: ["form", "subtype", "case"], in: lexicon) {
      ["party", "ngo"].contains($0.text(1)) && $0.text(2) == "cap"
    }
  }

  /// Calls `body` with the words of the body that are left without `PT` and without corporate forms, until it returns true: `PT Kenanga
  /// (Persero) Tbk` is `Kenanga (Persero) Tbk`, `PT Kenanga` and `Kenanga`; and with the abbreviation behind other designators.
  func forEachCore(
    of mention: Mention, _ tokens: TokenTable, _ matches: [Match], _ matchIndex: [UInt32],
    _ body: (_ start: Int, _ end: Int) -> Bool
  ) {
    guard mention.label == .organization, mention.words > 1, mention.end - mention.start <= 12 else { return }
    let (first, last) = (Int(mention.start), Int(mention.end))
    var start = first
    if firmLeads.contains(tokens.id[first]) {
      start += 1
      while start < last, tokens.kind[start] >= TokenKind.period { start += 1 }
    } else if last == first + 2, abbreviatedLeads.contains(tokens.id[first]), tokens.isAllCaps(last - 1),
      // `DPD WLG` is a branch.
      !tokens.isAllCaps(first)
    {
      _ = body(last - 1, last)
      return
    }
    guard start < last else { return }
    var end = last
    while end > start + 1, isOfForms(end - 1, end, tokens, matches, matchIndex) { end -= 1 }
    if start > first, body(start, last) { return }
    if end < last, !body(start, end), start > first { _ = body(first, end) }
  }
}
