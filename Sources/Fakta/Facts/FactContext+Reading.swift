// Reading a document: the bits of its tokens, its names, paragraphs and quotations.

extension FactContext {
  func prepare() {
    statementOf.clearToNone(count + 1)
    quotationOf.clearToNone(count + 1)
    isDateTaken.clear(text.dates.count, false)
    isCue.clear(count + 1, false)
    isName.clear(count + 1, false)
    isHeadline.clear(count + 1, false)
    cues.clear((count >> 6) + 1, 0)
    cost.grow(count + 1, 0)
    isSummed.clear(text.sentences.count, false)
    matcher.clear(count)
    statements.removeAll(keepingCapacity: true)
    figures.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    introduced = nil
    said = .none
    lastSpoken = -1
    hasQuotes = false
    readParagraphs()
    readMatches()
    cover()
    readWords()
    spread()
    quotations.removeAll(keepingCapacity: true)
    if hasQuotes { findQuotations() }
  }

  func readParagraphs() {
    paragraphOf.grow(count + 1, 0)
    precondition(text.gap.limit >= count && text.sentenceOf.limit > count)
    let (gaps, sentences, out) = (text.gap.base, text.sentenceOf.base, paragraphOf.base)
    let count = count
    var paragraph: Int32 = 0
    for i in 0..<count {
      let gap = gaps[i]
      if gap >= TokenGap.line, i > 0, gap == TokenGap.paragraph || sentences[i] != sentences[i &- 1] {
        paragraph &+= 1
      }
      out[i] = paragraph
    }
    out[count] = paragraph
  }

  /// Reads classes and bits of the lists' phrases, for the tokens where they begin.
  func readMatches() {
    bits.clear(count + 1, [])
    text.clearClasses()
    spreaders.removeAll(keepingCapacity: true)
    // Plain pointers for the loop that visits all matches: each column has room for `count`.
    let count = count
    guard text.matches.count > 0, let matches = text.matches.unchecked else { return }
    precondition(text.classes.limit > count && text.entityIn.limit > count && text.entityAt.limit > count)
    marked.grow(text.matches.count + 1, (0, 0))
    longer.grow(text.matches.count + 1, 0)
    let (classes, bits) = (text.classes.base, bits.base)
    let (left, phrases) = (marked.base, longer.base)
    var (marks, found) = (0, 0)
    let reader = reader
    let last = text.matches.count &- 1
    let tokens = UInt(bitPattern: count)
    var m = 0
    while m <= last {
      let match = matches[m]
      reader.prefetch(matches[min(m &+ 20, last)].state)
      let i = Int(match.start)
      m &+= 1
      guard UInt(bitPattern: i) < tokens else { continue }
      let node = reader.kind(match.state)
      classes[i] = classes[i].union(node.classes)
      bits[i] = WordBits(rawValue: bits[i].rawValue | node.bits)
      // What one match in five has is put aside: no branch could foresee it.
      left[marks] = (match.start, match.state)
      marks &+= Int(node.markedBit)
      phrases[found] = Int32(truncatingIfNeeded: m &- 1)
      found &+= Int(match.end) == i &+ 1 ? 0 : 1
    }
    clearInsideNames()
    let (spreading, waiting, features) = (words.spreading, matcher.tables.anchorClasses, matcher.features.base)
    let (entityIn, entityAt, anchors) = (text.entityIn.base, text.entityAt.base, matcher.waiting.base)
    for k in 0..<marks {
      let (i, node) = (Int(left[k].start), reader.kind(left[k].state))
      guard entityIn[i] | ~entityAt[i] < 0 else { continue }
      if node.bits & WordBits.speech.rawValue != 0 { addCue(i) }
      if node.classes.intersects(waiting) { anchors[i >> 6] |= 1 << UInt64(i & 63) }
      features[i] |= node.conditions
    }
    for k in 0..<found {
      let m = Int(phrases[k])
      let i = Int(matches[m].start)
      guard entityIn[i] | ~entityAt[i] < 0 else { continue }
      text.noteContinued(i, Int(matches[m].end))
      // The longest match comes last.
      if entityIn[i] < 0, m == last || matches[m &+ 1].start != matches[m].start, classes[i].intersects(spreading) {
        spreaders.append(Int32(truncatingIfNeeded: i))
      }
    }
  }

  /// Inside a name, behind its first word, no phrase begins.
  func clearInsideNames() {
    for i in text.entities.indices {
      let span = text.entities[i].span
      guard span.start >= 0, Int(span.end) <= count, span.count > 1 else { continue }
      for k in Int(span.start) + 1..<Int(span.end) where text.entityAt[k] < 0 {
        text.classes[k] = ClassSet()
        bits[k] = []
      }
    }
  }

  /// Gives the tokens of annotations their bits: entities before dates before quantities.
  func cover() {
    for i in text.quantities.indices { cover(text.quantities[i].span, .quantity) }
    for i in text.dates.indices { cover(text.dates[i].span, .date) }
    for i in text.entities.indices { cover(text.entities[i].span, .entity) }
  }

  func cover(_ span: TokenSpan, _ value: WordBits) {
    guard span.start >= 0, Int(span.end) <= count, span.start < span.end else { return }
    for i in Int(span.start)..<Int(span.end) { bits[i] = value }
  }

  /// Gives marks the bits of their kind, and words that the lists do not know the voice of their affixes; notes names.
  func readWords() {
    let count = count
    names.grow(count + 1, 0)
    // Plain pointers for the loop that visits all tokens: each column has room for `count`.
    precondition(text.kind.limit >= count && text.shape.limit >= count && bits.limit > count)
    let (kinds, sentences, bits, shapes) = (text.kind.base, text.sentenceOf.base, bits.base, text.shape.base)
    let (ids, names, kindBits, reader) = (text.id.base, names.base, kindBits, reader)
    let (decided, covered) = (WordBitReader.known.union(Self.covered).rawValue, Self.covered.rawValue)
    let (last, quote) = (count - 1, WordBits.quote.rawValue)
    var i = 0
    while i < count {
      let sentence = sentences[i]
      let first = i
      if sentence < 0 {
        while i < count, sentences[i] < 0 {
          bits[i] = .hardMark
          i &+= 1
        }
        continue
      }
      let end = max(i + 1, min(count, Int(text.sentences[Int(sentence)].end)))
      var words = 0
      var found = 0
      // A capital at the beginning of a sentence says nothing.
      var isFirst: UInt32 = 1
      while i < end {
        reader.prefetchVoice(ids[min(i &+ 8, last)])
        let kind = kinds[i]
        let listed = bits[i].rawValue
        let own = kindBits[Int(kind)]
        // Branches that no one could foresee are written as numbers: one word in four wants its voice.
        let isPlainWord: UInt32 = kind == TokenKind.word ? 1 : 0
        let capital = UInt32(shapes[i] & TokenShape.firstUpper) & isPlainWord
        let isOpen: UInt32 = listed & decided == 0 ? 1 : 0
        // Affixes know no letters outside ASCII: of two spellings of one vocabulary id they would know but one.
        let isASCII: UInt32 = shapes[i] & TokenShape.nonASCII == 0 ? 1 : 0
        let wantsVoice = isPlainWord & isASCII & isOpen & (capital ^ 1 | isFirst)
        let kept = reader.keptVoice(ids[i] & (0 &- wantsVoice))
        let isCovered: UInt32 = listed & covered == 0 ? 0 : .max
        let isKnown: UInt32 = kept == 0 ? 0 : 1
        let new =
          listed & isCovered | (listed & own.lists | own.bits) & ~isCovered | (kept &- isKnown) & (0 &- wantsVoice)
        bits[i] = WordBits(rawValue: new)
        words &+= Int(isPlainWord)
        names[found] = Int32(truncatingIfNeeded: i)
        found &+= Int(capital)
        isFirst = 0
        if wantsVoice > isKnown {
          bits[i].formUnion(reader.voice(i, text))
        } else if new == quote {
          hasQuotes = true
          addCue(i)
        }
        i &+= 1
      }
      // "Diketahui, lima rumah rusak": a verb that a comma sets off at once says how the sentence is known.
      if first + 1 < i, kinds[first + 1] == TokenKind.comma {
        let own = bits[first]
        if own.contains(.passive), own.isDisjoint(with: Self.covered.union(.active)) {
          bits[first] = own.subtracting([.passive, .stative, .intransitive]).union(.connective)
        }
      }
      markNames(sentence, first..<i, words, found)
    }
  }

  /// Marks the names or the headline among the tokens of a sentence, whose words with a capital are the first of `names`.
  func markNames(_ sentence: Int32, _ range: Range<Int>, _ words: Int, _ capitals: Int) {
    // Headlines write most words with a capital: it says nothing there.
    if capitals * 2 > words {
      let last = text.kindAt(Int(text.sentences[Int(sentence)].end) - 1)
      guard last >= TokenKind.period, last <= TokenKind.exclamation else {
        for i in range { isHeadline[i] = true }
        for n in 0..<capitals { readHeadlineVerb(Int(names[n])) }
        return
      }
      // "Direktur Utama PT Melati Jaya Rudi Hartawan menyatakan setuju."
      guard capitals * 3 <= words * 2 else { return }
    }
    for n in 0..<capitals {
      let i = Int(names[n])
      guard i > range.lowerBound else { continue }
      let before = text.kind[i - 1]
      isName[i] = before == TokenKind.word || before == TokenKind.number || before == TokenKind.comma
      // "Melati 7 PLUS", "Piala SUPER Eropa": a part of the name.
      if isName[i], before != TokenKind.comma, !bits[i].contains(.honorific) { bits[i].subtract([.and, .adverb]) }
    }
  }

  /// Makes a word with a capital that is nothing else a verb where only a headline uses it as one: `Melati TEKUK Kenanga`.
  private func readHeadlineVerb(_ i: Int) {
    guard text.classes[i].intersects(words.headlineVerb),
      bits[i].isDisjoint(with: WordBitReader.known.union(Self.covered))
    else { return }
    bits[i].insert(.bareVerb)
  }

  /// Gives the words behind the first of a phrase what the whole is: `oleh karena`, `rumah SAKIT`.
  func spread() {
    var open: (add: WordBits, isCompound: Bool, end: Int) = ([], false, 0)
    var from = 0
    for s in spreaders {
      let i = Int(s)
      if i < open.end, bits[i].isDisjoint(with: Self.covered) { continue }
      guard let found = words.spread(at: i, text, reader) else { continue }
      add(open.add, open.isCompound, from, min(open.end, i))
      open = found
      from = i + 1
      // "LALU lintas": a noun, not what joins two clauses.
      if found.isCompound, found.add.isEmpty, bits[i].contains(.and) {
        bits[i].subtract([.and, .connective, .adverb, .honorific])
      }
    }
    add(open.add, open.isCompound, from, open.end)
  }

  func add(_ value: WordBits, _ isCompound: Bool, _ from: Int, _ to: Int) {
    var i = from
    while i < min(to, count) {
      if bits[i].isDisjoint(with: Self.covered) {
        var own = bits[i].union(value)
        if isCompound { own.subtract([.active, .passive, .intransitive, .stative, .bareVerb]) }
        // "harga jual KEMBALI", "rapat luar BIASA"
        if isCompound, value.isEmpty { own.subtract([.adverb, .auxiliary]) }
        bits[i] = own
      }
      i += 1
    }
  }
}
