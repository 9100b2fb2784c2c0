/// A name that the tagger or a rule has found, before identity.
struct FoundName: Sendable {
  private var startToken: Int32
  private var endToken: Int32
  private var firstTagged: Int32
  private var lastTagged: Int32
  /// How far the best other reading is behind, in model units.
  var margin: Int32
  var label: EntityLabel

  @inline(__always)
  init(start: Int, end: Int, label: EntityLabel, margin: Int32, firstTag: Int = 0, lastTag: Int = 0) {
    startToken = Int32(truncatingIfNeeded: start)
    endToken = Int32(truncatingIfNeeded: end)
    firstTagged = Int32(truncatingIfNeeded: firstTag)
    lastTagged = Int32(truncatingIfNeeded: lastTag)
    self.margin = margin
    self.label = label
  }

  var start: Int {
    @inline(__always) get { Int(startToken) }
    @inline(__always) set { startToken = Int32(truncatingIfNeeded: newValue) }
  }
  var end: Int {
    @inline(__always) get { Int(endToken) }
    @inline(__always) set { endToken = Int32(truncatingIfNeeded: newValue) }
  }
  /// First and last token that the tagger tagged as this name.
  var firstTag: Int { Int(firstTagged) }
  var lastTag: Int {
    @inline(__always) get { Int(lastTagged) }
    @inline(__always) set { lastTagged = Int32(truncatingIfNeeded: newValue) }
  }

  var count: Int { Int(endToken &- startToken) }
  var span: TokenSpan { TokenSpan(start, end) }
}

/// How far the tagger's spans of a text reach as the guideline wants them, so that a second reading need not ask again.
struct FittedSpans: Sendable {
  fileprivate struct Span {
    var start: Int32
    var end: Int32
    var label: EntityLabel
    var fittedStart: Int32
    var fittedEnd: Int32

    @inline(__always)
    init(_ name: FoundName) {
      start = Int32(truncatingIfNeeded: name.start)
      end = Int32(truncatingIfNeeded: name.end)
      label = name.label
      fittedStart = start
      fittedEnd = end
    }

    @inline(__always)
    mutating func fit(_ name: FoundName) {
      fittedStart = Int32(truncatingIfNeeded: name.start)
      fittedEnd = Int32(truncatingIfNeeded: name.end)
    }

    @inline(__always)
    func isSpan(of name: FoundName) -> Bool {
      Int(start) == name.start && Int(end) == name.end && label == name.label
    }
  }
  fileprivate var spans: [Span] = []
  /// Whether the text was read once.
  fileprivate var isFull = false

  /// To be called before the first reading of a text.
  mutating func removeAll() {
    spans.removeAll(keepingCapacity: true)
    isFull = false
  }
}

/// Brings the tagger's spans to the guideline: what belongs to a name and what does not.
struct EntitySpans: Sendable {
  private let lexicon: Lexicon
  private let honorific: ClassSet
  private let words: WordMarks
  /// The bits of `words`.
  private enum Mark {
    static let outsideHead: UInt8 = 0
    static let splitHead: UInt8 = 1
    static let generation: UInt8 = 2
    static let languageWord: UInt8 = 3
    static let bylineLabel: UInt8 = 4
  }
  private let headRows: EntryMap<Bool>
  private let innerTitles: EntryMap<Bool>
  private let officeHeads: EntryMap<Bool>
  private let venueHeads: EntryMap<Bool>

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    honorific = lexicon.wordClass("honorific")
    words = WordMarks(
      lexicon: lexicon, ["address-number", "address-part", "generation", "language-word", "byline-label"])
    officeHeads = EntryMap(lexicon, table: "org-heads", columns: ["subtype"]) {
      ["ministry", "agency", "government", "university"].contains($0[0])
    }
    venueHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) {
      ["landmark", "infrastructure"].contains($0[0])
    }
    innerTitles = EntryMap(lexicon, table: "honorifics", columns: ["in-name"]) { $0[0] == "often" }
    headRows = EntryMap(lexicon, table: "place-heads", columns: ["inside"]) { $0[0] == "yes" }
  }

  /// Reads the spans off the lattice.
  func collect(_ document: Document, _ context: EntityContext, _ lattice: TagLattice, _ found: inout [FoundName]) {
    found.removeAll(keepingCapacity: true)
    let rows = context.rows
    let n = min(document.tokens.count, lattice.count, rows.count)
    found.append(addingCapacity: context.gated.count) { found in
      var i = lattice.nextTagged(from: 0)
      while i < n {
        let tag = lattice.tag(i)
        guard let label = EntityLabel(rawValue: UInt8(Tag.label(tag))) else { break }
        var end = i + 1
        var margin = lattice.margin(i)
        let inside = Tag.inside(Tag.label(tag))
        while end < n, lattice.tag(end) == inside, rows[end].gate != 0, rows[end].begin != 2 {
          margin = min(margin, lattice.margin(end))
          end += 1
        }
        found.append(FoundName(start: i, end: end, label: label, margin: margin, firstTag: i, lastTag: end - 1))
        i = lattice.nextTagged(from: end)
      }
    }
  }

  /// Trims, extends, joins and splits spans in place.
  func edit(
    _ document: Document, _ context: EntityContext, _ found: inout [FoundName], _ fitted: inout FittedSpans
  ) {
    if fitted.isFull { fitAgain(document, context, &found, fitted) } else { fit(document, context, &found, &fitted) }
    join(document, context, &found)
    split(document, context, &found)
    splitPairs(document, context, &found)
    let count = found.withUnsafeMutableBufferPointer { found in
      var count = 0
      for k in found.indices {
        addDot(&found[k], document, context)
        guard found[k].start < found[k].end, isName(found[k], document, context) else { continue }
        if count < k { found[count] = found[k] }
        count += 1
      }
      return count
    }
    found.removeLast(found.count - count)
  }

  /// A name has a letter, and more than small words; languages and bare designators (`Jalan Tol`) are none.
  private func isName(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    if name.label == .location {
      if name.start > 0, context[name.start].begin != 2,
        words.has(Mark.languageWord, document.tokens.id[name.start - 1])
      {
        return false
      }
      if (name.start..<name.end).allSatisfy({ context[$0].starts.contains(.placeHead) && context[$0].hit == 0 }) {
        return false
      }
    }
    // `pemain U-23`: a class of age alone.
    if name.label == .organization, name.count == 3 || name.count == 1,
      isAgeClass(name.start, document.tokens, context)
    {
      return false
    }
    // `detikcom`, `merdeka.com`: names that are written small.
    for i in name.start..<name.end
    where WordForm.namesOrCaseless >> (context[i].form & 7) & 1 != 0 || context[i].hit != 0 { return true }
    return context.isDomain(TokenSpan(name.start, name.end))
  }

  /// `di Kantor Kementerian Agama`: the house of a body is a place where something happens. Comes last, since it says nothing
  /// of the body's name elsewhere.
  func house(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    for k in found.indices where found[k].label == .organization && found[k].start >= 2 {
      var head = found[k].start - 1
      // `Kantor Pusat X`
      if context[head].starts.isDisjoint(with: .placeHead), context[head].ends.contains(.placeHead), head > 1 {
        head -= 1
      }
      guard context[head].form == WordForm.capital, context[head].begin == 0,
        context[head].starts.contains(.placeHead), context[head + 1].begin == 0,
        document.tokens.gap[head + 1] == TokenGap.space,
        !context[head - 1].ends.isDisjoint(with: [.placePreposition, .direction, .verb]),
        context[head - 1].form == WordForm.small, k == 0 || found[k - 1].end <= head,
        context[head].ends.isDisjoint(with: [.office, .orgHead]), isVenue(head, document),
        isInside(head, document, context)
      else { continue }
      found[k].start = head
      found[k].label = .location
    }
  }

  // MARK: Edges

  private func fit(
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
  private func fitAgain(
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
        } else {
          fit(&found[k], document, context)
        }
      }
    }
  }

  private func fit(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
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
    if name.label == .person { trimPerson(&name, document, context) }
    if name.label == .location { fitPlace(&name, document, context) }
    if name.label == .organization { fitOrganization(&name, document, context) }
    guard name.start < name.end else { return }
    if name.label == .organization { fitNumber(&name, document, context) }
    // `Covid-19`, `U-19`: a number hangs on the name.
    if name.label == .organization, name.end + 1 < n, tokens.kind[name.end] == TokenKind.hyphen,
      tokens.kind[name.end + 1] == TokenKind.number, tokens.gap[name.end] == tokens.gap[name.end + 1]
    {
      let last = name.end - 1
      if tokens.gap[name.end] == TokenGap.none || context[last].form == WordForm.initial { name.end += 2 }
    }
    if name.label == .person {
      addSyllable(&name, document, context)
      // `2. A. Dovizioso`: an initial that begins the line.
      let initial = name.start - 2
      if initial >= 0, tokens.kind[initial + 1] == TokenKind.period, tokens.attached(initial + 1),
        context[initial].form == WordForm.initial, context[initial].begin != 0,
        tokens.gap[name.start] == TokenGap.space, context[name.start].begin == 0
      {
        name.start = initial
      }
    }
    // `Perserikatan Bangsa-bangsa`: a word that is doubled.
    if name.label != .person, name.count > 1, name.end + 1 < n, tokens.kind[name.end] == TokenKind.hyphen,
      tokens.hash[name.end + 1] == tokens.hash[name.end - 1], tokens.gap[name.end] == tokens.gap[name.end + 1]
    {
      name.end += 2
    }
    // `Tawi-tawi`, if the lists know it
    if name.label == .location, name.end + 1 < n, tokens.kind[name.end] == TokenKind.hyphen,
      listedEnd(name.start, context) == name.end + 2
    {
      name.end += 2
    }
    // `Ma’ruf`: letters behind an apostrophe belong to the word.
    if name.end + 1 < n, isApostrophe(tokens.kind[name.end]), tokens.gap[name.end] == TokenGap.none,
      tokens.gap[name.end + 1] == TokenGap.none, tokens.kind[name.end + 1] == TokenKind.word
    {
      name.end += 2
      while name.end < n, context[name.end].runEnd > 0, WordForm.isName(context[name.end].form),
        context[name.end].begin == 0,
        name.label == .person, tokens.gap[name.end] == TokenGap.space
      { name.end += 1 }
    }
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
  }

  /// Whether a class of age stands at `i` (`U-19`).
  private func isAgeClass(_ i: Int, _ tokens: TokenTable, _ context: EntityContext) -> Bool {
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
      if context[end].ends.contains(.degree), !context[end].ends.contains(.family),
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

  /// A designator with a capital belongs to the place, unless it is part of a title (`Wali Kota Bogor`).
  private func fitPlace(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
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
      isInside(head, document, context)
    else { return }
    name.start = head
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
    while name.count > 1, !context[name.end - 1].ends.isDisjoint(with: [.rank, .honorific]),
      context[name.end - 1].hit == 0,
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
    name.start = branchStart(name, document, context)
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
  private func isInside(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    for m in document.matchRange(at: i) where Int(document.matches[m].end) == i + 1 {
      if headRows.first(at: document.matches[m].state, in: lexicon) == true { return true }
    }
    return false
  }

  /// `PT. Antam Tbk. rugi`: the dot of an abbreviation at the end belongs to the name where the sentence goes on.
  private func addDot(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    guard name.end + 1 < tokens.count, name.count > 1, tokens.kind[name.end] == TokenKind.period,
      tokens.gap[name.end] == TokenGap.none,
      tokens.kind[name.end - 1] == TokenKind.word, tokens.length(name.end - 1) <= 4, context[name.end + 1].begin == 0,
      context[name.end + 1].form == WordForm.small || tokens.kind[name.end + 1] == TokenKind.comma
    else { return }
    let isSuffix = name.label == .organization && context[name.end - 1].ends.contains(.orgSuffix)
    let isGeneration = name.label == .person && words.has(Mark.generation, tokens.id[name.end - 1])
    if isSuffix || isGeneration { name.end += 1 }
  }

  // MARK: Neighbours

  /// `Dinas Pariwisata` + `Bali`, `Dittipikor` + `Bareskrim Polri`: an organization with the place or body behind it is one.
  private func join(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    let count = found.withUnsafeMutableBufferPointer { found in
      var out = 0
      var (start, end) = (-1, -1)
      for k in found.indices {
        let name = found[k]
        if end == name.start, canJoin(found[out - 1], name, document, context) {
          found[out - 1].end = name.end
          found[out - 1].margin = min(found[out - 1].margin, name.margin)
          found[out - 1].lastTag = name.lastTag
        } else if name.start <= start {
          // A head that was a name by itself is now the beginning of the next one.
          found[out - 1] = name
        } else {
          if out < k { found[out] = name }
          out += 1
          start = name.start
        }
        end = name.end
      }
      return out
    }
    found.removeLast(found.count - count)
    extendConjunctions(document, context, &found)
    // `(Persero) Tbk`
    var last = 0
    var isNested = false
    found.withUnsafeMutableBufferPointer { found in
      for k in found.indices {
        if found[k].label == .organization { extendCorporate(&found[k], document, context) }
        if found[k].start < last { isNested = true }
        last = max(last, found[k].end)
      }
    }
    guard isNested else { return }
    last = 0
    found.removeAll { name in
      defer { last = max(last, name.end) }
      return name.start < last
    }
  }

  private func canJoin(_ a: FoundName, _ b: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    guard a.end == b.start, context[b.start].begin == 0, document.tokens.gap[b.start] == TokenGap.space else {
      return false
    }
    if a.label == .organization { return b.label != .person }
    // `Hotel Mulia Jakarta`: a venue with its city is one place.
    return a.label == .location && b.label == .location && context[a.start].starts.contains(.placeHead) && a.count > 1
      && isVenue(a.start, document)
  }

  /// `Dinas Pemadam Kebakaran dan Penyelamatan Denpasar`: a head of offices goes on past `dan` when no name follows it.
  private func extendConjunctions(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    // Most texts have no such name.
    guard var k = found.firstIndex(where: { $0.label == .organization && goesOn($0, document, context) }) else {
      return
    }
    var out = k
    while k < found.count {
      var name = found[k]
      k += 1
      if goesOn(name, document, context) {
        let runEnd = Int(context[name.end + 1].runEnd)
        if k < found.count, found[k].start < runEnd {
          if found[k].start > name.end + 1 {
            name.end = found[k].label == .person ? found[k].start : found[k].end
            if found[k].label != .person { k += 1 }
          }
        } else {
          name.end = runEnd
        }
      }
      found[out] = name
      out += 1
    }
    found.removeLast(found.count - out)
  }

  /// Whether an office's name may go on behind a conjunction.
  private func goesOn(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    name.label == .organization && name.count >= 2 && context[name.start].starts.contains(.orgHead)
      // Behind its place the office's name is at its end.
      && context[name.end - 1].hit & 2 == 0
      && name.end + 1 < document.tokens.count && context[name.end].starts.contains(.conjunction)
      && context[name.end].form == WordForm.small && context[name.end + 1].form == WordForm.capital
      && context[name.end + 1].starts.isDisjoint(with: [.office, .orgHead, .honorific, .rank, .thing])
      && isOffice(name.start, document)
  }

  private func isOffice(_ i: Int, _ document: Document) -> Bool {
    for m in document.matchRange(at: i) {
      if officeHeads.first(at: document.matches[m].state, in: lexicon) == true { return true }
    }
    return false
  }

  private func isVenue(_ i: Int, _ document: Document) -> Bool {
    for m in document.matchRange(at: i) {
      if venueHeads.first(at: document.matches[m].state, in: lexicon) == true { return true }
    }
    return false
  }

  private func extendCorporate(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    var end = name.end
    if end + 2 < tokens.count, tokens.kind[end] == TokenKind.openParen, tokens.kind[end + 2] == TokenKind.closeParen,
      context[end + 1].ends.contains(.orgSuffix), tokens.length(end + 1) > 2
    {
      end += 3
      name.end = end
    }
    if end < tokens.count, context[end].starts.contains(.orgSuffix), WordForm.isName(context[end].form),
      context[end].begin == 0,
      tokens.gap[end] == TokenGap.space, context[end].starts.isDisjoint(with: [.office, .orgHead])
    {
      name.end = end + 1
    }
  }

  /// `Kelurahan Tanjung Barat Kecamatan Jagakarsa`: each designator begins a place of its own.
  private func split(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    var parts: [FoundName] = []
    for k in found.indices
    where found[k].label == .location && found[k].count > 2 && isAddress(found[k], document, context) {
      var name = found[k]
      var isFirst = true
      while let cut = cut(name, document, context) {
        var head = name
        head.end = cut
        while head.end > head.start, document.tokens.kind[head.end - 1] >= TokenKind.period { head.end -= 1 }
        keep(head, &isFirst, k, document, &found, &parts)
        name.start = cut
      }
      keep(name, &isFirst, k, document, &found, &parts)
    }
    merge(&parts, into: &found)
  }

  /// Stores a part of name `k`: the first one in its place. House numbers of neighbourhoods (`RT 05`) are no names.
  private func keep(
    _ part: FoundName, _ isFirst: inout Bool, _ k: Int, _ document: Document, _ found: inout [FoundName],
    _ parts: inout [FoundName]
  ) {
    var part = part
    while part.start < part.end, words.has(Mark.outsideHead, document.tokens.id[part.start]) {
      part.start += 1
      while part.start < part.end, document.tokens.kind[part.start] != TokenKind.word { part.start += 1 }
    }
    if isFirst { found[k] = part } else if part.start < part.end { parts.append(part) }
    isFirst = false
  }

  private func cut(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    guard name.count > 2 else { return nil }
    for i in name.start + 1..<name.end - 1 where context[i].form == WordForm.capital {
      guard words.has(Mark.splitHead, document.tokens.id[i]),
        !context[i - 1].starts.contains(.placeHead)
      else { continue }
      return i
    }
    return nil
  }

  /// Puts the parts behind their names, in text order.
  private func merge(_ parts: inout [FoundName], into found: inout [FoundName]) {
    guard !parts.isEmpty else { return }
    found.append(contentsOf: parts)
    found.sort { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  /// `Prabowo-Sandiaga`: two names joined by a hyphen, each known by itself; a slash is in no name (`Greysia/Apriani`).
  private func splitPairs(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    var parts: [FoundName] = []
    for k in found.indices where found[k].label == .person && found[k].count >= 3 && found[k].count < 12 {
      let name = found[k]
      for i in name.start + 1..<name.end - 1
      where document.tokens.kind[i] == TokenKind.hyphen || document.tokens.kind[i] == TokenKind.slash {
        guard
          document.tokens.kind[i] == TokenKind.slash
            || context[i - 1].starts.isDisjoint(with: .particle)
              && isKnown(name.start, i, document, context, found, k)
              && isKnown(i + 1, name.end, document, context, found, k)
        else { continue }
        var tail = name
        tail.start = i + 1
        found[k].end = i
        parts.append(tail)
        break
      }
    }
    merge(&parts, into: &found)
  }

  /// Whether the lists or another name of the article have these words as a name or as its first or last part.
  private func isKnown(
    _ start: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ found: [FoundName], _ except: Int
  ) -> Bool {
    if context[start].hitIndex >= 0 {
      let hit = context.hit(context[start].hitIndex)
      if Int(hit.start) == start, Int(hit.end) == end, hit.labels & 2 != 0 { return true }
    }
    if end - start >= 2 { return true }
    guard document.tokens.length(start) >= 4 else { return false }
    let hash = document.tokens.hash[start]
    for (k, name) in found.prefix(400).enumerated() where k != except && name.label == .person && name.start < name.end
    {
      if document.tokens.hash[name.start] == hash || document.tokens.hash[name.end - 1] == hash {
        if !(name.start..<name.end).contains(where: { document.tokens.kind[$0] == TokenKind.hyphen }) { return true }
      }
    }
    return false
  }

  /// An address is cut at its designators; a venue keeps its city (`Stadion Siliwangi Kota Bandung`).
  private func isAddress(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    let first = document.tokens.id[name.start]
    return words.has(Mark.splitHead, first) || words.has(Mark.outsideHead, first)
      || !context[name.start].starts.contains(.placeHead)
      || document.tokens.length(name.start) <= 5
  }
}
