/// Where a name begins and ends: titles, designators, numbers, degrees and dots at its edges.
extension EntitySpans {
  func fit(
    _ document: Document, _ context: EntityContext, _ found: inout [FoundName], _ fitted: inout FittedSpans
  ) {
    fitted.isFull = true
    fitted.spans.append(addingCapacity: found.count) { spans in
      for name in found { spans.append(FittedSpans.Span(name)) }
    }
    found.withUnsafeMutableBufferPointer { found in
      for k in found.indices { fit(&found[k], document, context) }
    }
    for k in found.indices { fitted.spans[k].fit(found[k]) }
  }

  /// The same in a second reading, which finds most spans as they were.
  func fitAgain(
    _ document: Document, _ context: EntityContext, _ found: inout [FoundName], _ fitted: FittedSpans
  ) {
    let known = fitted.spans
    found.withUnsafeMutableBufferPointer { found in
      var j = 0
      for k in found.indices {
        while j < known.count, Int(known[j].start) < found[k].start { j += 1 }
        if j < known.count, known[j].isSpan(of: found[k]) {
          found[k].start = Int(known[j].fittedStart)
          found[k].end = Int(known[j].fittedEnd)
          found[k].label = known[j].fittedLabel
        } else {
          fit(&found[k], document, context)
        }
      }
    }
  }

  func fit(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    let n = tokens.count
    // No marks at the edges; the dot of an abbreviation in the middle stays.
    while name.start < name.end, tokens.kind[name.start] >= TokenKind.period { name.start += 1 }
    while name.end > name.start, tokens.kind[name.end - 1] >= TokenKind.period { name.end -= 1 }
    guard name.start < name.end else { return }
    // `Rina SaputraEditor: Budi`, `Madura UnitedPelatih: Budi`: a lost line break before a label.
    let label = name.end - 1
    if label > name.start + 1, tokens.gap[label] == TokenGap.none, tokens.kind[label - 1] == TokenKind.word,
      words.has(Mark.bylineLabel, tokens.id[label])
        || name.end < n && tokens.kind[name.end] == TokenKind.colon && tokens.kind[label] == TokenKind.word
          && tokens.length(label) >= 5 && tokens.length(label - 1) >= 5
    {
      name.end = label
    }
    // `PT X (Persero)`: the bracket closes inside.
    if name.end < n, tokens.kind[name.end] == TokenKind.closeParen {
      for k in name.start..<name.end where tokens.kind[k] == TokenKind.openParen {
        name.end += 1
        break
      }
    }
    if name.label == .person {
      trimPerson(&name, document, context)
      // `jalan Dewi Sartika`: a street is called by a person's name.
      if isStreetName(name, document, context) { name.label = .location }
    }
    if name.label == .location {
      fitPlace(&name, document, context)
      fitHouse(&name, document, context)
    }
    if name.label == .organization { fitOrganization(&name, document, context) }
    guard name.start < name.end else { return }
    if name.label == .organization { fitNumber(&name, document, context) }
    if name.label == .person {
      addSyllable(&name, document, context)
      addInitial(&name, document, context)
    }
    addHyphened(&name, document, context)
    addApostrophe(&name, document, context)
  }

  /// `2. A. Dovizioso`: an initial that begins the line.
  private func addInitial(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    let initial = name.start - 2
    guard initial >= 0, tokens.kind[initial + 1] == TokenKind.period, tokens.attached(initial + 1),
      context[initial].form == WordForm.initial, context[initial].begin != 0,
      tokens.gap[name.start] == TokenGap.space, context[name.start].begin == 0
    else { return }
    name.start = initial
  }

  /// Words that are doubled or that the lists have with their hyphen.
  private func addHyphened(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    guard name.label != .person, name.end + 1 < tokens.count, tokens.kind[name.end] == TokenKind.hyphen else { return }
    // `Perserikatan Bangsa-bangsa`
    if name.count > 1, tokens.hash[name.end + 1] == tokens.hash[name.end - 1],
      tokens.gap[name.end] == tokens.gap[name.end + 1]
    {
      name.end += 2
    }
    // `Tawi-tawi`, if the lists know it
    if name.label == .location, name.end + 1 < tokens.count, tokens.kind[name.end] == TokenKind.hyphen,
      listedEnd(name.start, context) == name.end + 2
    {
      name.end += 2
    }
  }

  /// `Ma’ruf`: letters behind an apostrophe belong to the word.
  private func addApostrophe(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    guard name.end + 1 < tokens.count, isApostrophe(tokens.kind[name.end]), tokens.gap[name.end] == TokenGap.none,
      tokens.gap[name.end + 1] == TokenGap.none, tokens.kind[name.end + 1] == TokenKind.word
    else { return }
    name.end += 2
    while name.end < tokens.count, context[name.end].runEnd > 0, WordForm.isName(context[name.end].form),
      context[name.end].begin == 0,
      name.label == .person, tokens.gap[name.end] == TokenGap.space
    { name.end += 1 }
  }

  /// `Persija 3-0 Persib`: a score is no part of the club's name, but the class of age is (`Tim Nasional Indonesia U-19`).
  private func fitNumber(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    let (last, end) = (name.end - 1, name.end)
    guard end + 1 < tokens.count else { return }
    if last > name.start, tokens.kind[last] == TokenKind.number, tokens.gap[last] == TokenGap.space,
      tokens.kind[end] == TokenKind.hyphen, tokens.gap[end] == TokenGap.none, tokens.kind[end + 1] == TokenKind.number
    {
      name.end = last
      return
    }
    if end + 2 < tokens.count, isAgeClass(end, tokens, context), context[end].begin == 0 { name.end = end + 3 }
    // `Covid-19`, `U-19`: a number hangs on the name.
    let hyphen = name.end
    if hyphen + 1 < tokens.count, tokens.kind[hyphen] == TokenKind.hyphen,
      tokens.kind[hyphen + 1] == TokenKind.number, tokens.gap[hyphen] == tokens.gap[hyphen + 1],
      tokens.gap[hyphen] == TokenGap.none || context[hyphen - 1].form == WordForm.initial
    {
      name.end += 2
    }
  }

  /// Whether a class of age stands at `i` (`U-19`).
  func isAgeClass(_ i: Int, _ tokens: TokenTable, _ context: EntityContext) -> Bool {
    i + 2 < tokens.count && tokens.kind[i + 1] == TokenKind.hyphen && tokens.kind[i + 2] == TokenKind.number
      && tokens.length(i + 2) == 2 && tokens.gap[i + 1] == tokens.gap[i + 2] && context[i].form == WordForm.initial
      && context[i].starts.contains(.sport)
  }

  /// `Song Hye-kyo`; with spaces (`Song Hye - kyo`) only what is no ordinary word.
  private func addSyllable(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    let (hyphen, next) = (name.end, name.end + 1)
    guard next < tokens.count, tokens.kind[hyphen] == TokenKind.hyphen, tokens.gap[hyphen] == tokens.gap[next],
      context[next].form == WordForm.small
    else { return }
    if listedEnd(name.start, context) == next + 1 {
      name.end = next + 1
      return
    }
    guard context[next].starts.isDisjoint(with: [.functionWord, .preposition, .conjunction, .pronoun]) else { return }
    if tokens.gap[hyphen] == TokenGap.space {
      let tendency = lexicon.caseTendency(ofWord: tokens.id[next])
      guard name.count >= 2, tokens.length(next) <= 5, context[next].begin == 0,
        tendency == 0 || tendency >= 4
      else { return }
    } else {
      guard tokens.attached(hyphen), tokens.length(next) <= 6,
        !tokens.attached(next + 1) || tokens.kindAt(next + 1) >= TokenKind.period
      else { return }
    }
    name.end = next + 1
  }

  /// Where the longest name of the lists that begins at `start` ends; 0 when there is none.
  private func listedEnd(_ start: Int, _ context: EntityContext) -> Int {
    guard context[start].hitIndex >= 0 else { return 0 }
    let hit = context.hit(context[start].hitIndex)
    return Int(hit.start) == start ? Int(hit.end) : 0
  }

  /// Where a person of the lists whose name begins with a title ends (`Ratu Tisha`); 0 when there is none.
  private func listedPersonEnd(_ start: Int, _ context: EntityContext) -> Int {
    guard context[start].hitIndex >= 0 else { return 0 }
    let hit = context.hit(context[start].hitIndex)
    return Int(hit.start) == start && hit.labels & 1 << EntityLabel.person.rawValue != 0 ? Int(hit.end) : 0
  }

  private func isApostrophe(_ kind: UInt8) -> Bool {
    kind == TokenKind.apostrophe || kind == TokenKind.closeSingleQuote || kind == TokenKind.openSingleQuote
  }

  /// Titles before a name of a person, and degrees behind it, are outside.
  private func trimPerson(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    while name.start + 1 < name.end {
      guard let title = titleEnd(name.start, name.end, document, context),
        title.isAddress || listedPersonEnd(name.start, context) <= title.end
      else { break }
      name.start = title.end
      while name.start < name.end, tokens.kind[name.start] >= TokenKind.period { name.start += 1 }
    }
    // `AKP Lalu Hedwin`: a noble title that is most often inside, behind what is always outside.
    let lead = name.start - 1
    if lead > 0, context[lead].form == WordForm.capital, context[lead].begin == 0,
      context[lead].starts.contains(.honorific), tokens.gap[name.start] == TokenGap.space,
      !context[lead - 1].ends.isDisjoint(with: [.rank, .office]),
      document.matchRange(at: lead).contains(where: {
        Int(document.matches[$0].end) == name.start
          && innerTitles.first(at: document.matches[$0].state, in: lexicon) == true
      })
    {
      name.start = lead
    }
    var end = name.end - 1
    while end > name.start {
      // `Sukadiono MM`: capitals behind a name in small letters are no family name, though there is one of these letters.
      let isCapitals =
        context[end].form == WordForm.allCaps && context[name.start].form == WordForm.capital
        && context[end].isCaseless == 0
      if context[end].ends.contains(.degree), isCapitals || !context[end].ends.contains(.family),
        tokens.length(end) <= 4 || tokens.kind[end] >= TokenKind.period
      {
        end -= 1
        while end > name.start, tokens.kind[end] >= TokenKind.period { end -= 1 }
        name.end = end + 1
      } else {
        break
      }
    }
    // `Joseph Durford, Jr`
    let comma = name.end
    if comma + 1 < tokens.count, tokens.kind[comma] == TokenKind.comma,
      words.has(Mark.generation, tokens.id[comma + 1])
    {
      name.end = comma + 2
    }
  }

  /// Where a title that begins at `start` ends, before `end`, and whether it is a form of address, which is never part of a
  /// name; nil when there is none. What is also part of a name stays.
  private func titleEnd(
    _ start: Int, _ end: Int, _ document: Document, _ context: EntityContext
  ) -> (end: Int, isAddress: Bool)? {
    // The cues of all that begins there.
    guard !context[start].starts.isDisjoint(with: [.office, .rank, .officePrefix, .honorific]) else { return nil }
    var best: (end: Int, isAddress: Bool)?
    for m in document.matchRange(at: start) {
      let match = document.matches[m]
      guard Int(match.end) < end else { continue }
      let cues = context.cues.cues(lexicon.classes(at: match.state))
      if !cues.isDisjoint(with: [.office, .rank, .officePrefix]) { best = (Int(match.end), false) }
      if cues.contains(.honorific) {
        lexicon.forEachListing(at: match.state) { listing in
          let cell = lexicon.cellBytes(listing.entry, "in-name")
          if cell.count == 0, lexicon.entry(listing.entry, has: honorific) {
            best = (Int(match.end), lexicon.cellBytes(listing.entry, "kind").elementsEqual("address".utf8))
          }
          return true
        }
      }
    }
    return best
  }

  /// `Jalan Kenanga No. 9A`: the number of a house belongs to its street, and the word for it does nowhere else.
  private func fitHouse(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    var word = name.end - 1
    if name.end < tokens.count, houseWords.contains(tokens.id[name.end]) { word = name.end }
    guard word > name.start, houseWords.contains(tokens.id[word]), context[word].begin == 0,
      // "Undang-Undang Republik Indonesia Nomor 12"
      document.matchRange(at: name.start).contains(where: {
        streetHeads.first(at: document.matches[$0].state, in: lexicon) == true
      })
    else { return }
    var number = word + 1
    if tokens.kindAt(number) == TokenKind.period, tokens.attached(number) { number += 1 }
    guard tokens.kindAt(number) == TokenKind.number, tokens.gap[number] <= TokenGap.space else {
      name.end = min(name.end, word)
      return
    }
    name.end = number + 1
    if tokens.attached(name.end), tokens.kindAt(name.end) == TokenKind.word, tokens.length(name.end) == 1 {
      name.end += 1
    }
  }

  /// A designator with a capital belongs to the place, unless it is part of a title (`Wali Kota Bogor`).
  private func fitPlace(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    // `30 km Barat Laut Kendal`: the end of a direction that began before.
    if name.count > 1, context[name.start].ends.contains(.direction), isDirectionEnd(name.start, document, context) {
      name.start += 1
    }
    // `RW 02 Sukajadi`
    if name.count > 1, name.start > 0, document.tokens.kind[name.start] == TokenKind.number,
      words.has(Mark.outsideHead, document.tokens.id[name.start - 1])
    {
      name.start += 1
    }
    // `Rumah Makan X`, `Ibu Kota X`: a designator of several words, of which the tagger has seen the last.
    if name.start > 0, context[name.start].begin == 0, context[name.start - 1].form == WordForm.capital,
      context[name.start - 1].starts.contains(.placeHead),
      let head = wideHead(name.start - 1, name.end, document)
    {
      if head.end < name.end {
        name.start = head.isInside ? name.start - 1 : head.end
        return
      }
    }
    if context[name.start].starts.contains(.placeHead), let head = wideHead(name.start, name.end, document) {
      if head.end < name.end {
        if !head.isInside { name.start = head.end }
        return
      }
      // `Rumah Tahanan` alone is no name, but `Ibu Kota Nusantara` is one.
      if name.count == 2, context[name.start].hit == 0, isOutsideHead(name.start, document, context) {
        name.start = name.end
        return
      }
    }
    // Inside: a designator in small letters, or one that ends a title.
    while name.start + 1 < name.end, context[name.start].starts.contains(.placeHead) {
      let isSmall = context[name.start].form == WordForm.small
      guard
        isSmall || isTitleEnd(name.start, document, context)
          || context[name.start].hit == 0 && isOutsideHead(name.start, document, context)
      else { break }
      name.start += 1
    }
    guard name.start > 0, context[name.start].begin != 2,
      context[name.start - 1].form == WordForm.capital || context[name.start - 1].form == WordForm.allCaps,
      document.tokens.gap[name.start] != TokenGap.none
    else { return }
    let head = name.start - 1
    guard context[head].ends.contains(.placeHead), !context[head].ends.contains(.office),
      !isDirectionEnd(head, document, context), isInside(head, document, context)
    else { return }
    // `Warga Negara | Indonesia`
    if head > 0, context[head].begin == 0, let wide = wideHead(head - 1, name.start, document), !wide.isInside {
      return
    }
    name.start = head
  }

  /// Whether a street's designator stands before the name; a small one behind words for places alone, since `memudahkan jalan
  /// Rina` is no street.
  private func isStreetName(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    let head = name.start - 1
    guard head >= 0, name.start < name.end, context[name.start].begin == 0, context[head].starts.contains(.placeHead),
      document.tokens.gap[name.start] == TokenGap.space
    else { return false }
    guard
      context[head].form != WordForm.small
        || head > 0 && !context[head - 1].ends.isDisjoint(with: [.placePreposition, .placeHead, .direction])
    else { return false }
    return document.matchRange(at: head).contains {
      let match = document.matches[$0]
      return Int(match.end) == name.start && streetHeads.first(at: match.state, in: lexicon) == true
    }
  }

  /// Whether a direction of two words ends with the word at `i`.
  private func isDirectionEnd(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard i > 0, context[i].begin == 0, context[i - 1].starts.contains(.direction) else { return false }
    return document.matchRange(at: i - 1).contains {
      let match = document.matches[$0]
      return Int(match.end) == i + 1 && context.cues.cues(lexicon.classes(at: match.state)).contains(.direction)
    }
  }

  /// A rank or office behind an organization belongs to the next name; a number behind a head of units is inside.
  private func fitOrganization(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    // `Garuda Indonesia GA 405`: the number of a flight.
    if name.count >= 3, tokens.kind[name.end - 1] == TokenKind.number, context[name.end - 2].form == WordForm.allCaps,
      tokens.length(name.end - 2) <= 2, context[name.end - 2].hit == 0, listedEnd(name.start, context) == name.end - 2
    {
      name.end -= 2
    }
    while name.count > 1, isTitle(name.end - 1, document, context), context[name.end - 1].hit == 0,
      context[name.end - 1].form != WordForm.allCaps
    {
      name.end -= 1
      while name.end > name.start, tokens.kind[name.end - 1] >= TokenKind.period { name.end -= 1 }
    }
    // `Kodim 0621`, `SMA Negeri 6 Bandung`
    if name.end < tokens.count, tokens.kind[name.end] == TokenKind.number, tokens.gap[name.end] == TokenGap.space,
      tokens.length(name.end) <= 4,
      context[name.start].starts.contains(.orgHead),
      !tokens.attached(name.end + 1) || tokens.kindAt(name.end + 1) >= TokenKind.period
    {
      let next = name.end + 1
      let isOutside = next >= tokens.count || context[next].form != WordForm.small
      let isFraction =
        next + 1 < tokens.count && tokens.kind[next] >= TokenKind.period && tokens.kind[next + 1] == TokenKind.number
        && tokens.attached(next + 1)
      if isOutside, !isFraction, name.count <= 3, tokens.kindAt(next) != TokenKind.percent { name.end += 1 }
    }
    // `Dinas Pariwisata Provinsi` + `Nusa Tenggara Barat`
    if name.count > 1, name.end < tokens.count, context[name.end - 1].starts.contains(.placeHead),
      context[name.end].hitIndex >= 0, context[name.end].begin == 0, tokens.gap[name.end] == TokenGap.space
    {
      let hit = context.hit(context[name.end].hitIndex)
      if Int(hit.start) == name.end, hit.sure & 4 != 0 { name.end = Int(hit.end) }
    }
    name.start = branchStart(name, document, context)
    // `The Jonas Brothers`, where the list has no article
    let first = name.start - 1
    if first >= 0, context[first].form == WordForm.capital, tokens.length(first) <= 3,
      lexicon.classes(ofWord: tokens.id[first]).intersects(article), context[first + 1].begin == 0,
      tokens.gap[first + 1] == TokenGap.space
    {
      name.start = first
    }
  }

  /// Whether the word at the end of a body's name is a title of who is named behind it. In `PT Kenanga Mas menang` it is no title.
  private func isTitle(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    if context[i].ends.contains(.rank) { return true }
    guard context[i].ends.contains(.honorific), i + 1 < document.tokens.count else { return false }
    return document.tokens.kind[i + 1] == TokenKind.period
      || context[i + 1].begin == 0 && WordForm.isName(context[i + 1].form)
  }

  /// `DPD Partai Golkar Jawa Timur`, `Satreskrim Polres Bogor`, `Suku Dinas Perhubungan`: where the head of a branch or unit
  /// directly before the name of its body begins; where the name begins when there is none.
  private func branchStart(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Int {
    let last = name.start - 1
    guard last >= 0, !context[last].starts.union(context[last].ends).isDisjoint(with: .orgHead),
      context[name.start].begin == 0, WordForm.isName(context[last].form),
      document.tokens.gap[name.start] == TokenGap.space
    else { return name.start }
    var start = last
    while start > max(0, last - 2), context[start].begin == 0, WordForm.isName(context[start - 1].form) { start -= 1 }
    for k in start...last
    where context[k].starts.contains(.orgHead) && context[k].starts.isDisjoint(with: .placeHead) {
      for m in document.matchRange(at: k) where Int(document.matches[m].end) >= name.start {
        let match = document.matches[m]
        guard Int(match.end) == name.start || k == last && Int(match.end) == name.start + 1,
          isBranchHead(match.state)
        else { continue }
        return k
      }
    }
    return name.start
  }

  /// Asked seldom, so that the list is not read beforehand.
  private func isBranchHead(_ state: UInt32) -> Bool {
    var isHead = false
    lexicon.forEachListing(at: state) { listing in
      isHead = !lexicon.cellBytes(listing.entry, "branch").isEmpty
      return !isHead
    }
    return isHead
  }

  /// The longest designator of several words from `i` to no later than `end`, and whether it belongs to the name.
  private func wideHead(_ i: Int, _ end: Int, _ document: Document) -> (end: Int, isInside: Bool)? {
    var found: (end: Int, isInside: Bool)?
    for m in document.matchRange(at: i) {
      let match = document.matches[m]
      guard Int(match.end) > i + 1, Int(match.end) <= end,
        let isInside = headRows.first(at: match.state, in: lexicon)
      else { continue }
      found = (Int(match.end), isInside)
    }
    return found
  }

  /// Whether the token is the last one of an office of several words.
  private func isTitleEnd(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard i > 0, context[i].ends.contains(.office) else { return false }
    for k in max(0, i - 3)..<i {
      for m in document.matchRange(at: k) where Int(document.matches[m].end) == i + 1 {
        if context.cues.cues(lexicon.classes(at: document.matches[m].state)).contains(.office) { return true }
      }
    }
    return false
  }

  /// Whether the single word `i` is a designator that never belongs to the name (`wilayah`).
  private func isOutsideHead(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    context[i].ends.contains(.placeHead) && context[i].starts.isDisjoint(with: .orgHead)
      && !isInside(i, document, context)
  }

  /// Whether the designator that is the single word `i` belongs to the name when capitalised.
  func isInside(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    for m in document.matchRange(at: i) where Int(document.matches[m].end) == i + 1 {
      if headRows.first(at: document.matches[m].state, in: lexicon) == true { return true }
    }
    return false
  }

  /// `PT. Antam Tbk. rugi`, `PT. Antam Tbk. (ANTM)`: the dot of an abbreviation at the end belongs to the name where the sentence goes on.
  func addDot(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    guard name.end + 1 < tokens.count, name.count > 1, tokens.kind[name.end] == TokenKind.period,
      tokens.gap[name.end] == TokenGap.none,
      tokens.kind[name.end - 1] == TokenKind.word, tokens.length(name.end - 1) <= 4, context[name.end + 1].begin == 0
    else { return }
    let next = tokens.kind[name.end + 1]
    let isDefined =
      next == TokenKind.openParen && name.end + 3 < tokens.count && context[name.end + 2].form == WordForm.allCaps
      && tokens.kind[name.end + 3] == TokenKind.closeParen
    guard context[name.end + 1].form == WordForm.small || next == TokenKind.comma || isDefined else { return }
    let isSuffix = name.label == .organization && context[name.end - 1].ends.contains(.orgSuffix)
    let isGeneration = name.label == .person && words.has(Mark.generation, tokens.id[name.end - 1])
    if isSuffix || isGeneration { name.end += 1 }
  }
}
