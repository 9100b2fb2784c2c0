// Quotations that nobody is named for: who spoke goes on, or who speaks in the next one begins.

extension FactContext {
  /// A quotation without attribution, by the statement before it or the attributed quotation behind it. Where other sentences stand between it
  /// and the statement before, or where that statement is unquoted and in another paragraph, what is attributed behind it comes first.
  func adjoined(_ q: Int, _ low: Int) -> StatementDraft? {
    let open = Int(quotations[q].open)
    if let last = spoken,
      text.sentenceOf[open] - last.sentence > 1 || !last.isQuoted && last.paragraph != paragraphOf[open],
      let next = begun(q, low)
    {
      return next
    }
    return continued(quotations[q], low) ?? begun(q, low)
  }

  /// A quotation without attribution behind a statement of the same or the paragraph before it.
  private func continued(_ quotation: Quotation, _ low: Int) -> StatementDraft? {
    let open = Int(quotation.open)
    guard quotation.content.count >= 3, var last = spoken ?? introducedOnly(before: open) else {
      return nil
    }
    if let introduced, introduced.sentence > last.sentence,
      introduced.sentence + 1 >= text.sentenceOf[open]
    {
      // "Hal senada disampaikan Deny."
      last.speaker = introduced.speaker
      last.paragraph = paragraphOf[Int(introduced.speaker.start)]
    }
    // A quotation that is a paragraph of its own may follow a little later.
    let isParagraph =
      (open == 0 || paragraphOf[open - 1] != paragraphOf[open]) && quotation.content.count >= 8
    guard paragraphOf[open] - last.paragraph <= (isParagraph ? 3 : 1), !last.speaker.isNone else {
      return nil
    }
    // It must be a sentence of its own: at the beginning, or behind the attribution of the one before.
    let begins = open == low || (open - 1 >= low && has(open - 1, [.hardMark]))
    let follows = has(open - 1, .comma) && last.isQuoted && last.paragraph == paragraphOf[open]
    guard begins || follows else { return nil }
    let close = Int(quotation.close)
    let tail = close + 1
    // What is never closed ends with its paragraph.
    let closes =
      !quotation.isClosed || tail >= count || text.sentenceOf[tail] != text.sentenceOf[close]
      || has(tail, [.hardMark, .quote]) || follows
    guard closes else { return nil }
    return StatementDraft(
      content: quotation.content, speaker: last.speaker, isQuoted: true, procedure: .quoteContinued)
  }

  /// A quotation without attribution directly before one that has it: `"Kami siap." "Besok kami berangkat," kata Budi`.
  private func begun(_ q: Int, _ low: Int) -> StatementDraft? {
    let quotation = quotations[q]
    let (open, close) = (Int(quotation.open), Int(quotation.close))
    guard q + 1 < quotations.count, quotation.content.count >= 3,
      open == low || has(open - 1, .hardMark)
    else { return nil }
    let next = quotations[q + 1]
    guard next.isClosed, Int(next.open) - close <= 2,
      paragraphOf[Int(next.open)] - paragraphOf[close - 1] <= 1,
      let last = attributed(
        after: Int(next.close) + 1, next, min(Int(sentence(Int(next.close)).end), count)),
      !last.speaker.isNone
    else { return nil }
    return StatementDraft(
      content: quotation.content, speaker: last.speaker, isQuoted: true, procedure: .quoteContinued)
  }

  /// Who was introduced right before the quotation that opens at `open`, where nobody has spoken yet.
  private func introducedOnly(before open: Int) -> StatementDraft? {
    guard let introduced, introduced.sentence + 1 >= text.sentenceOf[open],
      !introduced.speaker.isNone
    else {
      return nil
    }
    var draft = StatementDraft(content: .none, speaker: introduced.speaker)
    (draft.sentence, draft.paragraph) = (
      introduced.sentence - 1, paragraphOf[Int(introduced.speaker.start)]
    )
    return draft
  }
}
