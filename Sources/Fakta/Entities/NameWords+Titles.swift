// Titles in quotation marks: what they name is none of their words.

extension NameWords {
  /// Most tokens of a title.
  private static let mostOfTitle = 10

  /// `acara ' Malam Budi Santoso '`: whether the name is part of a title in quotation marks, or all of one of which the text says
  /// what it is the title of (`film ' Kenanga '`).
  ///
  /// **Cost.** A look at the token before each name; more only inside quotation marks.
  func isOfTitle(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    var open = name.start - 1
    let low = max(0, name.start - Self.mostOfTitle)
    while open >= low, context[open + 1].begin != 2, isTitleWord(open, document, context) { open -= 1 }
    guard open >= low, open > 0, context[open + 1].begin != 2, isQuote(open, tokens), opens(open, tokens),
      WordForm.isName(context[open + 1].form)
    else { return false }
    var close = name.end
    let high = min(tokens.count, open + Self.mostOfTitle + 2)
    while close < high, context[close].begin != 2, isTitleWord(close, document, context) { close += 1 }
    guard close < high, context[close].begin != 2, isQuote(close, tokens), isPair(open, close, tokens) else {
      return false
    }
    let lead = open - 1
    // `Saul "Canelo" Alvarez`, `Fatihah "Kak Ema"`: a nickname.
    guard context[lead].form == WordForm.small || tokens.kind[lead] == TokenKind.comma || isWorkLead(lead, document),
      close + 1 >= tokens.count || context[close + 1].form != WordForm.capital || context[close + 1].begin != 0
    else { return false }
    let last = tokens.kind[close - 1]
    let end = last == TokenKind.question || last == TokenKind.exclamation ? close - 1 : close
    if name.start == open + 1, name.end == end { return isWorkLead(lead, document) }
    // `"Presiden Soekarno"`, `"Prabowo Menang"`: a title before the name, and what is said.
    return (open + 1..<close).allSatisfy {
      context[$0].starts.isDisjoint(with: [.verb, .speech, .pronoun])
        && ($0 >= name.start
          || context[$0].starts.union(context[$0].ends).isDisjoint(
            with: CueSet.besideNames.union([.orgHead, .placeHead])))
    }
  }

  private func isWorkLead(_ i: Int, _ document: Document) -> Bool {
    has(.work, i, i + 1, document) || has(.titled, i, i + 1, document)
  }

  private func isTitleWord(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    switch document.tokens.kind[i] {
    case TokenKind.word:
      WordForm.isName(context[i].form)
        || !context[i].starts.isDisjoint(with: [.conjunction, .preposition, .particle])
          && document.tokens.length(i) <= 6
    case TokenKind.number, TokenKind.hyphen, TokenKind.colon, TokenKind.exclamation, TokenKind.question: true
    default: false
    }
  }

  private func isQuote(_ i: Int, _ tokens: TokenTable) -> Bool {
    tokens.kind[i] >= TokenKind.quote && tokens.kind[i] <= TokenKind.closeSingleQuote
  }

  /// Whether the mark stands before what it quotes, and not behind a word (`Al-Qur'an`).
  private func opens(_ i: Int, _ tokens: TokenTable) -> Bool {
    tokens.kind[i] != TokenKind.closeQuote && tokens.kind[i] != TokenKind.closeSingleQuote
      && tokens.gap[i] != TokenGap.none && tokens.kind[i - 1] != TokenKind.number
  }

  /// Whether both marks are of one kind, and no more is quoted than the title.
  private func isPair(_ open: Int, _ close: Int, _ tokens: TokenTable) -> Bool {
    let isDouble = tokens.kind[open] <= TokenKind.closeQuote
    return isDouble == (tokens.kind[close] <= TokenKind.closeQuote)
      && tokens.kind[close] != TokenKind.openQuote && tokens.kind[close] != TokenKind.openSingleQuote
  }
}
