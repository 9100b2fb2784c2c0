/// A quotation: the tokens between its marks, or to the end of the paragraph when it is never closed.
struct Quotation: Sendable {
  var open: Int32
  /// The closing mark, or the end of the paragraph.
  var close: Int32
  var isClosed = true
  /// Index of the statement that it became, -1 for none.
  var statement: Int32 = -1
  var content: TokenSpan { TokenSpan(Int(open) + 1, Int(close)) }
}

extension FactContext {
  /// Finds the quotations of each paragraph. A mark that never closes runs to the end of its paragraph.
  func findQuotations() {
    var open = -1
    var i = 0
    while i < count {
      if open < 0 {
        i = nextCue(i, count)
        guard i < count else { break }
      }
      if open >= 0, paragraphOf[i] != paragraphOf[open] || text.sentenceOf[i] < 0 {
        addQuotation(open, i, isClosed: false)
        open = -1
      }
      if text.sentenceOf[i] >= 0, has(i, .quote) {
        if open < 0 {
          if opens(i) { open = i }
        } else if closes(i) {
          addQuotation(open, i, isClosed: true)
          open = -1
        } else if text.kind[i] == TokenKind.openQuote, text.kind[open] == TokenKind.openQuote,
          i > open + 1, paragraphOf[i] == paragraphOf[open],
          has(i - 1, .hardMark)
        {
          // A second opening mark behind a full stop: the first was never closed.
          addQuotation(open, i, isClosed: false)
          open = i
        }
      }
      i += 1
    }
    if open >= 0 { addQuotation(open, count, isClosed: false) }
  }

  private func addQuotation(_ open: Int, _ close: Int, isClosed: Bool) {
    guard close > open + 1 else { return }
    let index = Int32(quotations.count)
    quotations.append(Quotation(open: Int32(open), close: Int32(close), isClosed: isClosed))
    for t in (open + 1)..<close { quotationOf[t] = index }
  }

  private func opens(_ i: Int) -> Bool {
    switch text.kind[i] {
    case TokenKind.closeQuote: return i == 0 || text.gap[i] != TokenGap.none
    default: return i + 1 < count
    }
  }

  /// A straight mark also closes a curly one; it opens nothing inside another straight one.
  private func closes(_ i: Int) -> Bool { text.kind[i] != TokenKind.openQuote }
}
