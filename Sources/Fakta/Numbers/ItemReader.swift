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

  init(text: NumberText) {
    self.text = text
    words = text.lists.phraseWords
  }

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
    guard tokens.isWord(p), tokens.gapAt(p) <= TokenGap.line else { return item }
    // A capital on the next line begins something else.
    if tokens.gapAt(p) == TokenGap.line, tokens.isCapitalized(p) { return item }
    if let alone = text.cue(at: p, .alone) {
      item.span = TokenSpan(p, alone.end)
      item.head = p
      item.isAlone = true
      return item
    }
    guard tokens.gapAt(p) != TokenGap.none else { return item }
    if let end = classifierEnd(at: p) {
      let phrase = phrase(at: end)
      // "dua orang R dan S": initials are no noun.
      if phrase.span.isNone || isLetter(end) {
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

  /// The item of a count at token `p`: also the others, where that is all that the text says of them (`30 LAINNYA luka`).
  func countedItem(at p: Int) -> Item {
    var item = item(at: p)
    if item.span.isNone, text.tokens.gapAt(p) == TokenGap.space, let rest = text.cue(at: p, .rest) {
      item.span = TokenSpan(p, rest.end)
      item.head = p
    }
    return item
  }

  /// Whether token `i` is a single capital letter.
  func isLetter(_ i: Int) -> Bool {
    text.tokens.isWord(i) && text.tokens.length(i) == 1 && text.tokens.isCapitalized(i)
  }

  /// Whether a classifier stands at token `p`: what it follows is a count, not part of a name.
  func startsClassifier(at p: Int) -> Bool {
    text.tokens.isWord(p) && !text.tokens.isCapitalized(p) && text.tokens.gapAt(p) == TokenGap.space
      && classifierEnd(at: p) != nil
  }

  private func classifierEnd(at p: Int) -> Int? {
    for m in text.matchRange(at: p).reversed()
    where text.lexicon.classes(at: text.matches[m].state).intersects(words.classifiers) {
      return Int(text.matches[m].end)
    }
    return nil
  }

  private func phrase(at p: Int) -> Item {
    let tokens = text.tokens
    var item = Item()
    guard tokens.isWord(p),
      tokens.gapAt(p) == TokenGap.space || tokens.gapAt(p) == TokenGap.line && !tokens.isCapitalized(p),
      !startsDate(p), !isPrice(p), !isAperture(p)
    else {
      return item
    }
    var end = p
    var count = 0
    if let compound = text.cue(at: p, .compound) {
      end = wordEnd(compound.end - 1)
      count = compound.end - p
    } else if words.kind(at: p, in: text) == .noun, text.unit(at: p, afterDigits: false)?.unit.kind != .time {
      end = wordEnd(p)
      count = 1
    } else {
      return item
    }
    // A capital behind a small letter begins a name, whatever the word means elsewhere.
    let isHeadline = tokens.isCapitalized(p)
    while count < Self.longest, tokens.isWord(end),
      tokens.gapAt(end) == TokenGap.space || tokens.gapAt(end) == TokenGap.line
    {
      // "Desa Melati: 12 rumah", and a new line for the next village
      if tokens.gapAt(end) == TokenGap.line, tokens.isCapitalized(end) { break }
      if let compound = text.cue(at: end, .compound), count + compound.end - end <= Self.longest {
        count += compound.end - end
        end = wordEnd(compound.end - 1)
        continue
      }
      if isHeadline || !tokens.isCapitalized(end) {
        let kind = words.kind(at: end, in: text)
        guard kind == .noun || kind == .adjective else { break }
      }
      guard !isPrice(end), !startsDate(end), !isAperture(end) else { break }
      // "kedua tim sama-sama"
      if let stop = text.cue(at: end, .stop), stop.end > end + 1, stop.end == wordEnd(end) { break }
      // "dua gim langsung", but "kedua tim langsung menyerang"
      if text.cue(at: end, .adverb) != nil, opensPredicate(end + 1) { break }
      // "nama bakal calon", but "pemain bakal kembali" says what will be.
      if text.cue(at: end, .prehead) != nil, words.kind(at: end + 1, in: text) != .noun { break }
      end = wordEnd(end)
      count += 1
    }
    item.span = TokenSpan(p, end)
    item.head = p
    if text.cue(at: p, .prehead) != nil, p + 1 < end { item.head = p + 1 }
    return item
  }

  /// Whether a verb stands at token `p`, and no function word.
  private func opensPredicate(_ p: Int) -> Bool {
    text.tokens.isWord(p) && words.kind(at: p, in: text) == .stop && !words.isFunctionWord(at: p, in: text)
  }

  /// A currency in front of a number: the next amount of money begins.
  private func isPrice(_ p: Int) -> Bool {
    var next = p + 1
    if text.tokens.kindAt(next) == TokenKind.period || text.tokens.kindAt(next) == TokenKind.currency { next += 1 }
    return text.tokens.isNumber(next) && text.unit(before: next, afterDigits: true) != nil
  }

  /// "18 mm f/2,8": a letter with a slash behind it is a code.
  private func isAperture(_ p: Int) -> Bool {
    text.tokens.length(p) == 1 && text.tokens.attached(p + 1) && text.tokens.kindAt(p + 1) == TokenKind.slash
  }

  private func startsDate(_ p: Int) -> Bool {
    text.tokens.isCapitalized(p) && text.cue(at: p, [.month, .weekday]) != nil
  }

  /// The end of the word at `i`, with what a hyphen joins to it: `anak-anak`, `COVID-19`.
  private func wordEnd(_ i: Int) -> Int {
    let tokens = text.tokens
    var end = i + 1
    while tokens.attached(end), tokens.kindAt(end) == TokenKind.hyphen, tokens.attached(end + 1),
      tokens.isWord(end + 1) || tokens.isNumber(end + 1)
    {
      end += 2
    }
    return end
  }
}
