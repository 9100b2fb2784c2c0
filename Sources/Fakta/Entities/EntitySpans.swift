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
  struct Span {
    var start: Int32
    var end: Int32
    var label: EntityLabel
    var fittedLabel: EntityLabel
    var fittedStart: Int32
    var fittedEnd: Int32

    @inline(__always)
    init(_ name: FoundName) {
      start = Int32(truncatingIfNeeded: name.start)
      end = Int32(truncatingIfNeeded: name.end)
      label = name.label
      fittedLabel = label
      fittedStart = start
      fittedEnd = end
    }

    @inline(__always)
    mutating func fit(_ name: FoundName) {
      fittedStart = Int32(truncatingIfNeeded: name.start)
      fittedEnd = Int32(truncatingIfNeeded: name.end)
      fittedLabel = name.label
    }

    @inline(__always)
    func isSpan(of name: FoundName) -> Bool {
      Int(start) == name.start && Int(end) == name.end && label == name.label
    }
  }
  var spans: [Span] = []
  /// Whether the text was read once.
  var isFull = false

  /// To be called before the first reading of a text.
  mutating func removeAll() {
    spans.removeAll(keepingCapacity: true)
    isFull = false
  }
}

/// Brings the tagger's spans to the guideline: what belongs to a name and what does not.
struct EntitySpans: Sendable {
  let lexicon: Lexicon
  let honorific: ClassSet
  let currency: ClassSet
  let words: WordMarks
  /// The bits of `words`.
  enum Mark {
    static let outsideHead: UInt8 = 0
    static let splitHead: UInt8 = 1
    static let generation: UInt8 = 2
    static let languageWord: UInt8 = 3
    static let bylineLabel: UInt8 = 4
    static let thing: UInt8 = 5
    static let example: UInt8 = 6
  }
  /// The article that foreign names begin with.
  let article: ClassSet
  let headRows: EntryMap<Bool>
  let innerTitles: EntryMap<Bool>
  let officeHeads: EntryMap<Bool>
  let venueHeads: EntryMap<Bool>
  let militaryHeads: EntryMap<Bool>
  let streetHeads: EntryMap<Bool>
  /// Words before the number of a house.
  let houseWords: [UInt32]

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    honorific = lexicon.wordClass("honorific")
    currency = lexicon.wordClass("currency")
    words = WordMarks(
      lexicon: lexicon,
      ["address-number", "address-part", "generation", "language-word", "byline-label", "thing-head", "place-example"])
    article = lexicon.wordClass("name-article")
    officeHeads = EntryMap(lexicon, table: "org-heads", columns: ["subtype"]) {
      ["ministry", "agency", "government", "university"].contains($0[0])
    }
    militaryHeads = EntryMap(lexicon, table: "org-heads", columns: ["subtype"]) { $0[0] == "military" }
    venueHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) {
      ["landmark", "infrastructure"].contains($0[0])
    }
    streetHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) { $0[0] == "street" }
    houseWords = ListRows.words(of: "name-words", columns: ["form", "use"], in: lexicon) { $0.text(1) == "house" }
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
    joinBranches(&found)
    join(document, context, &found)
    split(document, context, &found)
    splitPairs(document, context, &found)
    joinNicknames(document, context, &found)
    joinUnits(document, context, &found)
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
  func isName(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    if name.label == .location {
      if name.start > 0, context[name.start].begin != 2,
        words.has(Mark.languageWord, document.tokens.id[name.start - 1]) || isCurrency(name, document)
          || isLanguage(name, document, context)
      {
        return false
      }
      if (name.start..<name.end).allSatisfy({ context[$0].starts.contains(.placeHead) && context[$0].hit == 0 }) {
        return false
      }
    }
    // `revisi UU KPK`: a law that is called by a body.
    if name.label == .organization, name.start > 0, context[name.start].begin == 0,
      context[name.start - 1].form == WordForm.allCaps, words.has(Mark.thing, document.tokens.id[name.start - 1])
    {
      return false
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

  /// `40 bahasa lain, seperti Korea, JEPANG dan Jerman`: one of the examples of a language.
  private func isLanguage(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    var k = name.start - 1
    let low = max(0, k - 40)
    // Over the other examples to the word that opens them.
    while k >= low, !words.has(Mark.example, tokens.id[k]) {
      guard
        tokens.kind[k] == TokenKind.comma || context[k].starts.contains(.conjunction)
          || WordForm.namesOrCaseless >> (context[k].form & 7) & 1 != 0, tokens.gap[k + 1] < TokenGap.line
      else { return false }
      k -= 1
    }
    guard k > low else { return false }
    var steps = 0
    while k > low, steps < 8 {
      k -= 1
      steps += 1
      if words.has(Mark.languageWord, tokens.id[k]) { return true }
      guard context[k].form == WordForm.small || tokens.kind[k] == TokenKind.comma && steps == 1 else { return false }
    }
    return false
  }

  /// `terhadap dolar AS`: the end of a currency's name.
  private func isCurrency(_ name: FoundName, _ document: Document) -> Bool {
    document.matchRange(at: name.start - 1).contains {
      let match = document.matches[$0]
      return Int(match.end) == name.end && lexicon.classes(at: match.state).intersects(currency)
    }
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
}
