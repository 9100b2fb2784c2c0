/// What stands inside a clause and is looked past or taken whole: insertions between dashes, titles in quotation marks, clauses of whom
/// a verb makes do something.
extension FactContext {
  /// The dash that opens the insertion which is closed at `i`: `Rina -- pemilik gudang itu -- membeli`.
  func openDash(closedAt i: Int, low: Int) -> Int? {
    guard text.kindAt(i) == TokenKind.dash else { return nil }
    var k = i - 1
    while k >= low, i - k < 24, text.kind[k] != TokenKind.dash {
      if has(k, [.quote]) || text.kind[k] >= TokenKind.period && text.kind[k] <= TokenKind.exclamation { return nil }
      k -= 1
    }
    return k >= low && text.kind[k] == TokenKind.dash ? k : nil
  }

  /// The mark that opens the title which is closed at `i`: a quotation that nobody says (`Film "Malam di Kota" diputar`).
  func openQuote(closedAt i: Int, low: Int) -> Int? {
    guard i - 1 > low, quotationOf[i - 1] >= 0 else { return nil }
    let quotation = quotations[Int(quotationOf[i - 1])]
    let open = Int(quotation.open)
    guard quotation.isClosed, quotation.statement < 0, Int(quotation.close) == i, open >= low, i - open < 12,
      statementOf[open] == statementOf[i], text.isCapitalized(open + 1), i + 1 >= count || !text.isCapitalized(i + 1)
    else { return nil }
    return open
  }

  /// Whom the causative verb at `v` makes do something, who does what follows behind the comma as well: `Kekalahan membuat MELATI tertahan
  /// di posisi lima, tertinggal 3 poin`.
  func ledBy(_ v: Int, high: Int) -> TokenSpan {
    guard says(.causative, at: v) else { return .none }
    var led = firstPhrase(from: verbEnd(v), high: high)
    // "membuat Melati TETAP berada"
    while led.count > 1, has(Int(led.end) - 1, .auxiliary) { led.end -= 1 }
    // "membuat Melati KINI tertahan"
    var e = Int(led.end)
    while e < high, has(e, .date) { e += 1 }
    let next = verbBehind(e - 1)
    return !led.isNone && Int(led.start) == verbEnd(v) && next < high && (isVerb(next) || has(next, .adjective))
      ? led : .none
  }
}
