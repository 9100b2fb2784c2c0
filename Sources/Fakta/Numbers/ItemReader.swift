/// Reads what a number counts: classifier and noun phrase behind it.
///
///     12 ekor kambing kurban milik warga
///        ╰cl╯ ╰────item────╯
///
/// The phrase begins with a noun and takes the nouns, names and adjectives behind it, up to four words; it ends before verbs,
/// prepositions, conjunctions, `yang`, determiners, numbers and marks.
struct ItemReader {
  static let longest = 4

  let text: NumberText
  let words: PhraseWords

  struct Item {
    var classifier = TokenSpan.none
    var span = TokenSpan.none
    var head = -1
    /// A word like `kali`, behind which nothing belongs to the item.
    var isAlone = false
    var end: Int { span.isNone ? -1 : Int(span.end) }
  }

  /// The item that begins at token `p`; its span is none when there is no noun.
  func item(at p: Int) -> Item {
    let tokens = text.tokens
    var item = Item()
    guard tokens.isWord(p), tokens.gap[p] <= TokenGap.line else { return item }
    if let alone = text.cue(at: p, .alone) {
      item.span = TokenSpan(p, alone.end)
      item.head = p
      item.isAlone = true
      return item
    }
    guard tokens.gap[p] != TokenGap.none else { return item }
    if let end = classifierEnd(at: p) {
      let phrase = phrase(at: end)
      if phrase.span.isNone {
        item.span = TokenSpan(p, end)
        item.head = p
      } else {
        item = phrase
        item.classifier = TokenSpan(p, end)
      }
      return item
    }
    return phrase(at: p)
  }

  private func classifierEnd(at p: Int) -> Int? {
    for m in text.matchRange(at: p).reversed()
    where text.lexicon.classes(at: text.matches[m].state).intersects(words.classifiers) { return Int(text.matches[m].end) }
    return nil
  }

  private func phrase(at p: Int) -> Item {
    let tokens = text.tokens
    var item = Item()
    guard tokens.isWord(p), tokens.gap[p] == TokenGap.space || tokens.gap[p] == TokenGap.line,
      words.kind(at: p, in: text) == .noun, text.cue(at: p, [.never, .month]) == nil || !startsDate(p)
    else { return item }
    var end = wordEnd(p)
    var count = 1
    while count < Self.longest, tokens.isWord(end), tokens.gap[end] == TokenGap.space || tokens.gap[end] == TokenGap.line {
      let kind = words.kind(at: end, in: text)
      guard kind == .noun || kind == .adjective else { break }
      // A word with a capital behind one without begins a sentence part of its own when it is no name: "orang Ketua …" stays.
      end = wordEnd(end)
      count += 1
    }
    item.span = TokenSpan(p, end)
    item.head = p
    if text.cue(at: p, .prehead) != nil, p + 1 < end { item.head = p + 1 }
    return item
  }

  private func startsDate(_ p: Int) -> Bool { text.cue(at: p, .month) != nil && text.tokens.isCapitalized(p) }

  /// The end of the word at `i`, with what a hyphen joins to it: `anak-anak`.
  private func wordEnd(_ i: Int) -> Int {
    let tokens = text.tokens
    var end = i + 1
    while tokens.attached(end), tokens.kindAt(end) == TokenKind.hyphen, tokens.attached(end + 1), tokens.isWord(end + 1) { end += 2 }
    return end
  }
}
