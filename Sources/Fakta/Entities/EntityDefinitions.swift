/// A long form and the abbreviation that the text gives for it.
struct Definition: Sendable {
  var long: TokenSpan
  var short: TokenSpan
  var label: EntityLabel
}

/// Finds abbreviations that the text defines: `Badan Kepegawaian Daerah (BKD)`.
///
/// The letters of the abbreviation must stand in the long form, in order, the first one at its beginning.
struct EntityDefinitions: Sendable {
  private let lexicon: Lexicon
  /// The last word of names of events and things.
  private let thingTail: ClassSet

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    thingTail = lexicon.wordClass("thing-tail")
  }

  /// Appends the definitions of `document`, given the names found so far.
  func find(_ document: Document, _ context: EntityContext, _ found: [FoundName], into out: inout [Definition]) {
    out.removeAll(keepingCapacity: true)
    let tokens = document.tokens
    var k = 0
    for mark in context.marks.brackets where mark > 0 {
      let open = Int(mark)
      // `PT Bank Central Asia Tbk. (BBCA)`
      let end = isDotOfSuffix(open - 1, tokens, context) ? open - 1 : open
      while k < found.count, found[k].end < end { k += 1 }
      if let inner = inner(open, document, context, found, k) {
        out.append(inner)
        continue
      }
      guard let close = closing(open, tokens), context[open].begin != 2 else { continue }
      let short = TokenSpan(open + 1, close)
      guard isAbbreviation(short, document, context) else { continue }
      // `Kepala Staf Angkatan Udara (KSAU)` is an office.
      let isOffice = short.count == 1 && context[open + 1].starts.contains(.office) && context[open + 1].hit & 4 == 0
      if !isOffice, k < found.count, found[k].end == end || found[k].end == open {
        if matches(short, from: found[k].start, to: end, document) {
          // `American Music Awards (AMA)`
          if isThing(found[k], document, context) {
            out.append(Definition(long: found[k].span, short: short, label: .none))
            continue
          }
          // `Badan Usaha Milik Negara (BUMN)`: what has the abbreviation is a kind of things.
          if short.count == 1, context[open + 1].starts.contains(.thing),
            context[open + 1].starts.isDisjoint(with: [.orgHead, .placeHead])
          {
            out.append(Definition(long: found[k].span, short: short, label: .none))
            continue
          }
          out.append(Definition(long: found[k].span, short: short, label: found[k].label))
          continue
        }
        // The tagger may have lost the beginning.
        if found[k].label == .organization, let start = longStart(short, open, document, context),
          context[start].starts.isDisjoint(with: [.office, .officePrefix])
        {
          // `Dinas Pariwisata Nusa Tenggara Barat (NTB)`: the place inside the name has the abbreviation.
          if start > found[k].start, isPlace(short, context) { continue }
          out.append(Definition(long: TokenSpan(start, open), short: short, label: .organization))
          continue
        }
        if found[k].label == .organization, isBriefName(short, document) {
          out.append(Definition(long: found[k].span, short: short, label: .organization))
        }
        continue
      }
      if !isOffice, let start = longStart(short, open, document, context),
        let label = headLabel(start, document, context)
      {
        out.append(Definition(long: TokenSpan(start, open), short: short, label: label))
      } else if let start = thingStart(short, open, document, context), !isKnown(short, start, document, context) {
        out.append(Definition(long: TokenSpan(start, open), short: short, label: .none))
      }
    }
  }

  /// `KAI (Kongres Advokat Indonesia)`, `tersangka RHS (Rudi Hartawan Santoso)`: the long form is in the brackets, and its words
  /// begin with the letters before them.
  private func inner(
    _ open: Int, _ document: Document, _ context: EntityContext, _ found: [FoundName], _ from: Int
  ) -> Definition? {
    let tokens = document.tokens
    guard open > 0, context[open - 1].form == WordForm.allCaps, tokens.length(open - 1) >= 3, context[open].begin == 0,
      open + 2 < tokens.count, WordForm.isName(context[open + 1].form)
    else { return nil }
    var k = from
    while k < found.count, found[k].start <= open { k += 1 }
    guard k < found.count, found[k].start == open + 1, found[k].count > 1, found[k].label != .location,
      tokens.kindAt(found[k].end) == TokenKind.closeParen,
      initialsFit(TokenSpan(open - 1, open), open + 1, found[k].end, document, context)
    else { return nil }
    return Definition(long: found[k].span, short: TokenSpan(open - 1, open), label: found[k].label)
  }

  /// Whether the organization that no list knows ends like an event or a thing.
  private func isThing(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    name.label == .organization && name.count > 1 && context[name.start].hit & 4 == 0
      && context[name.start].starts.isDisjoint(with: .orgHead)
      && lexicon.classes(ofWord: document.tokens.id[name.end - 1]).intersects(thingTail)
  }

  /// Whether token `i` is the dot behind the abbreviation of a corporate form.
  private func isDotOfSuffix(_ i: Int, _ tokens: TokenTable, _ context: EntityContext) -> Bool {
    i > 0 && tokens.kind[i] == TokenKind.period && tokens.attached(i) && context[i - 1].ends.contains(.orgSuffix)
  }

  private func closing(_ open: Int, _ tokens: TokenTable) -> Int? {
    for end in open + 1..<min(tokens.count, open + 5) where tokens.kind[end] == TokenKind.closeParen {
      return end > open + 1 ? end : nil
    }
    return nil
  }

  private func isAbbreviation(_ span: TokenSpan, _ document: Document, _ context: EntityContext) -> Bool {
    let first = Int(span.start)
    guard document.tokens.kind[first] == TokenKind.word, WordForm.isName(context[first].form) else { return false }
    let length = Int(document.tokens.end[Int(span.end) - 1] - document.tokens.start[first])
    guard length >= 2, length <= 14 else { return false }
    return !context[Int(span.end) - 1].ends.contains(.orgSuffix) || span.count > 1
      || context[first].form == WordForm.allCaps && length != 3
  }

  /// Whether the lists know the abbreviation as a place and nothing else.
  private func isPlace(_ short: TokenSpan, _ context: EntityContext) -> Bool {
    let first = context[Int(short.start)]
    return short.count == 1 && first.hitIndex >= 0 && context.hit(first.hitIndex).labels == 4
  }

  private func isBriefName(_ span: TokenSpan, _ document: Document) -> Bool {
    span.count == 1 && document.tokens.isAllCaps(Int(span.start))
  }

  /// Whether the letters of `short` stand in the words `from..<to` in order, the first at the beginning.
  func matches(_ short: TokenSpan, from: Int, to: Int, _ document: Document) -> Bool {
    let tokens = document.tokens
    var at = Int(tokens.start[from])
    let end = Int(tokens.end[to - 1])
    var isFirst = true
    for i in short.range where tokens.kind[i] == TokenKind.word {
      for byte in document.bytes[Int(tokens.start[i])..<Int(tokens.end[i])] {
        let letter = byte | 0x20
        if isFirst {
          guard document.bytes[at] | 0x20 == letter else { return false }
          isFirst = false
          at += 1
          continue
        }
        while at < end, document.bytes[at] | 0x20 != letter { at += 1 }
        guard at < end else { return false }
        at += 1
      }
    }
    return !isFirst
  }

  /// The beginning of the long form before `open`: a capitalised word from which the initials fit.
  private func longStart(_ short: TokenSpan, _ open: Int, _ document: Document, _ context: EntityContext) -> Int? {
    let tokens = document.tokens
    var best: Int?
    var i = open - 1
    var words = 0
    // `Badan Cuaca, Iklim, dan Gempa (BCIG)`: past a comma only a list that ends with a conjunction goes on.
    var hasConjunction = false
    var isPastComma = false
    while i >= 0, words < 12, context[i + 1].begin != 2 {
      if tokens.kind[i] == TokenKind.comma, hasConjunction, context[Int(short.start)].form == WordForm.allCaps {
        isPastComma = true
      } else if tokens.kind[i] >= TokenKind.period, tokens.kind[i] != TokenKind.hyphen {
        break
      }
      if tokens.kind[i] == TokenKind.word {
        words += 1
        if context[i].form == WordForm.small, context[i].starts.contains(.speech) { break }
        if context[i].starts.contains(.conjunction) { hasConjunction = true }
        if WordForm.isName(context[i].form) {
          if words > 1, !isPastComma || context[i].starts.contains(.orgHead),
            initialsFit(short, i, open, document, context)
          {
            best = i
          }
        } else if words == 1
          || context[i].starts.isDisjoint(with: [.conjunction, .preposition])
            && (i == 0 || !WordForm.isName(context[i - 1].form))
        {
          break
        }
      }
      if context[i].begin != 0 { break }
      i -= 1
    }
    return best
  }

  /// Whether each letter of an all-caps abbreviation begins a word, or all letters stand in order where it is a syllable word.
  private func initialsFit(_ short: TokenSpan, _ from: Int, _ open: Int, _ document: Document, _ context: EntityContext)
    -> Bool
  {
    let tokens = document.tokens
    guard short.count == 1 else { return false }
    let letters = document.bytes[Int(tokens.start[Int(short.start)])..<Int(tokens.end[Int(short.start)])]
    guard context[Int(short.start)].form == WordForm.allCaps else {
      return matches(short, from: from, to: open, document)
    }
    var at = letters.startIndex
    for i in from..<open where tokens.kind[i] == TokenKind.word {
      if at < letters.endIndex, document.bytes[Int(tokens.start[i])] | 0x20 == letters[at] | 0x20 {
        at += 1
      } else if WordForm.isName(context[i].form) {
        return false
      }
    }
    return at == letters.endIndex
  }

  /// `giro wajib minimum (GWM)`: as many words before the bracket as the abbreviation has letters, and the initials fit.
  private func thingStart(_ short: TokenSpan, _ open: Int, _ document: Document, _ context: EntityContext) -> Int? {
    let tokens = document.tokens
    let first = Int(short.start)
    guard short.count == 1, context[first].form == WordForm.allCaps, tokens.shape[first] & TokenShape.nonASCII == 0
    else { return nil }
    var at = Int(tokens.end[first]) - 1
    let from = Int(tokens.start[first])
    var i = open - 1
    var lastFit = open
    while i >= 0, context[i + 1].begin != 2, tokens.kind[i] == TokenKind.word || tokens.kind[i] == TokenKind.hyphen {
      if tokens.kind[i] == TokenKind.word {
        if document.bytes[Int(tokens.start[i])] | 0x20 == document.bytes[at] | 0x20 {
          lastFit = i
          at -= 1
          if at < from { return lastFit }
        } else if context[i].starts.isDisjoint(with: [.conjunction, .preposition]) {
          return nil
        }
      }
      i -= 1
    }
    return nil
  }

  /// `Perserikatan Bangsa-bangsa (PBB)`, `World Tennis Association (WTA)`: a long form in capitals that begins like the name
  /// which the lists know by the abbreviation, or ends like an organization.
  private func isKnown(_ short: TokenSpan, _ start: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let first = context[Int(short.start)]
    guard WordForm.isName(context[start].form), first.hitIndex >= 0 else { return false }
    let hit = context.hit(first.hitIndex)
    guard hit.sure == 8 else { return false }
    let last = context[Int(short.start) - 2]
    if last.ends.contains(.orgSuffix), WordForm.isName(last.form), last.hit & 2 == 0 { return true }
    // The first two words, for `International Tax Forum (ITF)` is no federation.
    var second = start + 1
    while second < Int(short.start) - 2, document.tokens.kind[second] != TokenKind.word { second += 1 }
    func word(_ i: Int) -> ArraySlice<UInt8> {
      document.bytes[Int(document.tokens.start[i])..<Int(document.tokens.end[i])]
    }
    let (one, two) = (word(start), word(second))
    var isKnown = false
    lexicon.forEachListing(at: hit.state) { listing in
      let name = lexicon.nameBytes(listing.entry)
      isKnown = name.starts(with: one) && name.dropFirst(one.count + 1).starts(with: two)
      return !isKnown
    }
    return isKnown
  }

  /// The label that the first word of a long form gives.
  private func headLabel(_ start: Int, _ document: Document, _ context: EntityContext) -> EntityLabel? {
    context[start].starts.contains(.orgHead) && WordForm.isName(context[start].form) ? .organization : nil
  }
}
