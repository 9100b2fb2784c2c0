/// Nicknames in quotation marks inside the names of persons.
extension EntitySpans {
  /// Most words before the nickname, in it, and behind it.
  private static let mostWords = 3

  /// `Saul "Wulung" Alvarez`: the nickname does not part the name in two.
  ///
  /// **Cost.** A look at the token behind each person and at the one before.
  func joinNicknames(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    var (out, k) = (0, 0)
    while k < found.count {
      var (name, first, next) = (found[k], out, k + 1)
      if name.label == .person, let whole = nicknamed(name, document, context) {
        while next < found.count, found[next].start < whole.upperBound { next += 1 }
        while first > 0, found[first - 1].end > whole.lowerBound { first -= 1 }
        // A body or place that only begins or ends beside the nickname is no part of a person.
        if (first < out ? found[first] : name).start >= whole.lowerBound, found[next - 1].end <= whole.upperBound {
          (name.start, name.end, name.lastTag) = (whole.lowerBound, whole.upperBound, found[next - 1].lastTag)
          out = first
        } else {
          next = k + 1
        }
      }
      found[out] = name
      out += 1
      k = next
    }
    found.removeLast(found.count - out)
  }

  /// The tokens of the whole name of which the person is the part before or behind a nickname; nil if there is none.
  private func nicknamed(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Range<Int>? {
    let tokens = document.tokens
    if isQuote(name.end, tokens), let close = closing(name.end, document, context) {
      let end = min(wordsEnd(close + 1, document, context), close + 1 + Self.mostWords)
      return end > close + 1 ? name.start..<end : nil
    }
    let close = name.start - 1
    guard isQuote(close, tokens) else { return nil }
    for open in stride(from: close - 2, through: max(1, close - 1 - Self.mostWords), by: -1)
    where isQuote(open, tokens) && closing(open, document, context) == close {
      var start = open
      while start > 0, open - start < Self.mostWords, isRare(start - 1, document, context), context[start].begin == 0 {
        start -= 1
      }
      return start < open ? start..<name.end : nil
    }
    return nil
  }

  /// The mark that closes what the one at `open` opens, if a nickname stands between them, inside a run of capitalised words.
  private func closing(_ open: Int, _ document: Document, _ context: EntityContext) -> Int? {
    let tokens = document.tokens
    guard open > 0, open + 3 < tokens.count, tokens.gap[open] == TokenGap.space, tokens.gap[open + 1] == TokenGap.none
    else { return nil }
    var close = open + 1
    while close - open <= Self.mostWords, isPersonWord(close, context), context[close].begin == 0 { close += 1 }
    guard close > open + 1, close + 1 < tokens.count, isQuote(close, tokens), tokens.gap[close] == TokenGap.none,
      (tokens.kind[open] <= TokenKind.closeQuote) == (tokens.kind[close] <= TokenKind.closeQuote),
      tokens.gap[close + 1] == TokenGap.space, context[close].begin == 0, isPersonWord(close + 1, context),
      context[close + 1].begin == 0
    else { return nil }
    return close
  }

  private func wordsEnd(_ start: Int, _ document: Document, _ context: EntityContext) -> Int {
    var end = start
    while isRare(end, document, context), end == start || context[end].begin == 0 { end += 1 }
    return end
  }

  /// Whether the word can be a part of a person's name, and is no common one: headlines write all words with a capital.
  private func isRare(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard isPersonWord(i, context) else { return false }
    let tendency = lexicon.caseTendency(ofWord: document.tokens.id[i])
    return tendency == 0 || tendency >= 4
  }

  private func isPersonWord(_ i: Int, _ context: EntityContext) -> Bool {
    i < context.rows.count && context[i].form == WordForm.capital
      && context[i].starts.isDisjoint(with: [
        .office, .officePrefix, .rank, .honorific, .orgHead, .orgSuffix, .placeHead, .calendar, .thing, .occupation,
      ])
  }

  private func isQuote(_ i: Int, _ tokens: TokenTable) -> Bool {
    i >= 0 && i < tokens.count && tokens.kind[i] >= TokenKind.quote && tokens.kind[i] <= TokenKind.closeSingleQuote
  }
}
