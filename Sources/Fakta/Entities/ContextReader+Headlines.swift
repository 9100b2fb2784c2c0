// Headlines that write nearly all words with a capital (`Arsenal Bekuk Chelsea`).

extension ContextReader {
  /// How far headlines are looked for: passages from the beginning, and tokens of one.
  private enum Bound {
    static let passages = 3
    static let tokens = 40
    /// Tokens from which on a line of capitals is no name alone (`Rizki Wulung Sofa`).
    static let sure = 5
  }

  /// Makes the common words of headlines small again, so that a capital says the same there as in the text; false where there were none.
  func restoreHeadlines(
    _ document: borrowing Document, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>
  ) -> Bool {
    var isChanged = false
    var start = 0
    for _ in 0..<Bound.passages where start < tokens.count {
      var end = start + 1
      while end < tokens.count, end - start <= Bound.tokens, !isPassageStart(end, tokens) { end += 1 }
      guard end - start <= Bound.tokens else { break }
      if isHeadline(start, end, tokens, info) {
        isChanged = restoreHeadline(start, end, document, tokens, info) || isChanged
      }
      start = end
    }
    return isChanged
  }

  /// Whether three in four words of a passage without a full stop are written with a capital.
  private func isHeadline(
    _ start: Int, _ end: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>
  ) -> Bool {
    guard tokens.kind[end - 1] != TokenKind.period else { return false }
    var (words, names) = (0, 0)
    for i in start..<end where tokens.kind[i] == TokenKind.word {
      words += 1
      names += WordForm.isName(info[i].form).number
    }
    return words >= 3 && names * 4 >= words * 3
  }

  private func restoreHeadline(
    _ start: Int, _ end: Int, _ document: borrowing Document, _ tokens: TokenColumns,
    _ info: UnsafeMutableBufferPointer<TokenInfo>
  ) -> Bool {
    var isChanged = false
    for i in start + 1..<end where info[i].form == WordForm.capital && info[i].hit == 0 {
      // `PT Maju Jaya`, `PT. Maju Jaya`: the first word of a firm's name is part of it.
      let lead = tokens.kind[i - 1] == TokenKind.period && i > start + 1 ? i - 2 : i - 1
      if headlineWords.firmLeads.contains(tokens.id[lead]) { continue }
      let isVerb = headlineWords.isVerb(i, tokens.id[i], document, lexicon)
      guard isVerb || end - start >= Bound.sure && isCommon(i, tokens, info) else { continue }
      info[i].form = WordForm.small
      isChanged = true
    }
    return isChanged
  }

  /// Whether a word is seldom written with a capital. What designates places and bodies stays as it is.
  private func isCommon(_ i: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    let tendency = lexicon.base.wordCase[tokens.id[i]]
    return (tendency == 1 || tendency == 2)
      && info[i].starts.isDisjoint(with: [.orgHead, .placeHead, .orgSuffix, .direction])
  }
}

/// Words that are verbs in a headline, and so no part of a name there.
struct HeadlineWords: Sendable {
  private let verbs: ClassSet
  /// `PT`, `CV`: the word behind belongs to the name, whatever it is.
  let firmLeads: [UInt32]
  /// Long suffixes of verbs, in small letters; nouns may end so, too (`kenaikan`), but hardly a name.
  private let suffixes: [[UInt8]]
  /// Bytes that must stand before one of `suffixes`.
  private static let shortestRoot = 3

  init(lexicon: Lexicon) {
    verbs = lexicon.wordClass("verb").union(lexicon.wordClass("headline-verb"))
    firmLeads = NameRules.firmLeads(lexicon)
    var suffixes: [[UInt8]] = []
    ListRows.forEach(of: "morphology", columns: ["form", "kind"], in: lexicon) { row in
      if row.text(1) == "suffix", row.bytes(0).count >= 3 { suffixes.append(Array(row.bytes(0))) }
    }
    self.suffixes = suffixes
  }

  func isVerb(_ i: Int, _ id: UInt32, _ document: borrowing Document, _ lexicon: Lexicon) -> Bool {
    if lexicon.classes(ofWord: id).intersects(verbs) { return true }
    let bytes = document.bytes[Int(document.tokens.start[i])..<Int(document.tokens.end[i])]
    return suffixes.contains { bytes.count >= $0.count + Self.shortestRoot && bytes.suffix($0.count).elementsEqual($0) }
  }
}
