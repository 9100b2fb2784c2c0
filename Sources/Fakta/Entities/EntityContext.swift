/// How a token is written, as the tagger sees it.
enum WordForm {
  static let mark: UInt8 = 0
  static let small: UInt8 = 1
  static let capital: UInt8 = 2
  static let allCaps: UInt8 = 3
  /// Capitals inside a word with small letters (`LiputanIslam`).
  static let mixed: UInt8 = 4
  static let digits: UInt8 = 5
  /// A single capital letter.
  static let initial: UInt8 = 6
  /// A word of a passage whose case says nothing.
  static let caseless: UInt8 = 7

  @inline(__always) static func isName(_ form: UInt8) -> Bool {
    form == capital || form == allCaps || form == mixed || form == initial
  }
}

/// A name of the lists in the text: which tokens, and what it can be.
struct NameHit: Sendable {
  var start: Int32
  var end: Int32
  var state: UInt32
  /// Bits of `EntityLabel` raw values: 2 person, 4 place, 8 organization.
  var labels: UInt8
  /// Labels for which a listing without reservations (needs-cue, common-word, person-part, ambiguous) stands.
  var sure: UInt8
  /// Labels for which no listing says that a cue is needed.
  var bare: UInt8
}

/// What the tagger and the rules need to know of each token, computed once per document.
///
/// Columns are parallel to the token table. They are buffers: a context is reused from document to document.
struct EntityContext: Sendable {
  var form: [UInt8] = []
  /// Word classes of the form as written: the fine one in the high half, the coarse one in the low half.
  var cluster: [UInt32] = []
  /// Cues that begin and end at a token.
  var starts: [CueSet] = []
  var ends: [CueSet] = []
  /// Position in a list hit: label bits, strength and place in the hit.
  var hit: [UInt8] = []
  /// Index of the hit that covers a token, -1 for none.
  var hitIndex: [Int32] = []
  var hits: [NameHit] = []
  /// 1 where a name can stand and the tagger looks.
  var gate: [UInt8] = []
  /// First token and end of the capitalised run around a token; both 0 outside.
  var runStart: [Int32] = []
  var runEnd: [Int32] = []
  /// 1 at the first word of a sentence, 2 at the first token of a passage.
  var begin: [UInt8] = []

  /// 1 in passages whose case says nothing.
  var isCaseless: [UInt8] = []
  /// Names of sites (`Kompas.com`).
  var domains: [TokenSpan] = []

  let lexicon: Lexicon
  let cues: CueTable
  private let nameClasses: ClassSet
  private let placePrepositions: [UInt32]
  private var lineEnds = false

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    cues = CueTable(lexicon: lexicon)
    nameClasses = ClassSet(low: 7)
    var words: [UInt32] = []
    for row in lexicon.rows(table: "prepositions") {
      let form = lexicon.cell(row, "form")
      let roles = ["at", "to", "from", "until"]
      guard !form.utf8.contains(0x20), roles.contains(lexicon.cell(row, "role")),
        lexicon.cell(row, "sense").split(separator: " ").contains("place")
      else { continue }
      let id = lexicon.wordID(form)
      if id != 0 { words.append(id) }
    }
    placePrepositions = words
  }

  /// Fills the columns for `document`.
  mutating func fill(_ document: Document) {
    let n = document.tokens.count
    resize(n)
    fillForms(document)
    markCaselessPassages(document)
    fillClusters(document)
    fillMatches(document)
    fillGate(document)
  }

  private mutating func resize(_ n: Int) {
    reset(&form, n, 0)
    reset(&cluster, n, 0)
    reset(&starts, n, [])
    reset(&ends, n, [])
    reset(&hit, n, 0)
    reset(&hitIndex, n, -1)
    reset(&gate, n, 0)
    reset(&runStart, n, 0)
    reset(&runEnd, n, 0)
    reset(&begin, n, 0)
    reset(&isCaseless, n, 0)
    hits.removeAll(keepingCapacity: true)
  }

  private func reset<T>(_ column: inout [T], _ n: Int, _ value: T) {
    column.removeAll(keepingCapacity: true)
    column.append(contentsOf: repeatElement(value, count: n))
  }

  // MARK: Forms and passages

  private mutating func fillForms(_ document: Document) {
    let tokens = document.tokens
    var lines = 0
    var closedLines = 0
    for i in 0..<tokens.count {
      let kind = tokens.kind[i]
      if kind == TokenKind.word {
        let shape = tokens.shape[i]
        if shape & TokenShape.firstUpper != 0 {
          if shape & TokenShape.innerUpper != 0 {
            form[i] = shape & TokenShape.hasLower != 0 ? WordForm.mixed : WordForm.allCaps
          } else {
            form[i] = shape & TokenShape.hasLower != 0 ? WordForm.capital : WordForm.initial
          }
        } else {
          form[i] = shape & TokenShape.innerUpper != 0 ? WordForm.mixed : WordForm.small
        }
      } else if kind == TokenKind.number {
        form[i] = WordForm.digits
      }
      if tokens.gap[i] == TokenGap.line, i > 0 {
        lines += 1
        if tokens.kind[i - 1] != TokenKind.word && tokens.kind[i - 1] != TokenKind.comma { closedLines += 1 }
      }
    }
    lineEnds = closedLines * 2 >= lines
    for i in 0..<tokens.count { begin[i] = beginning(i, tokens) }
  }

  /// Whether tokens `i - 1` and `i` stand in different passages.
  @inline(__always)
  func isPassageStart(_ i: Int, _ tokens: TokenTable) -> Bool {
    tokens.gap[i] == TokenGap.paragraph || (tokens.gap[i] == TokenGap.line && lineEnds)
  }

  private func beginning(_ i: Int, _ tokens: TokenTable) -> UInt8 {
    if i == 0 || isPassageStart(i, tokens) { return 2 }
    guard tokens.kind[i] == TokenKind.word else { return 0 }
    var last = i - 1
    while last >= 0, tokens.kind[last] >= TokenKind.openParen, tokens.kind[last] <= TokenKind.closeSingleQuote {
      if begin[last] == 2 { return 1 }
      last -= 1
    }
    if last < 0 { return 1 }
    let kind = tokens.kind[last]
    if kind == TokenKind.question || kind == TokenKind.exclamation || kind == TokenKind.ellipsis { return 1 }
    if kind == TokenKind.period, last == i - 1, tokens.gap[i] == TokenGap.none {
      return isLostSpace(i, tokens) ? 1 : 0
    }
    guard kind == TokenKind.period, tokens.gap[last + 1] != TokenGap.none else {
      // A quotation opens a sentence of its own.
      return last < i - 1 && (kind == TokenKind.comma || kind == TokenKind.colon) ? 1 : 0
    }
    // `Prof.`, `Jl.`, `B.`: an abbreviation before a name.
    guard last > 0, tokens.kind[last - 1] == TokenKind.word, WordForm.isName(form[last - 1]) else { return 1 }
    return tokens.length(last - 1) <= 4 && tokens.gap[last] == TokenGap.none ? 0 : 1
  }

  /// `PT PAL.Targetnya`: a full stop whose space is lost, no abbreviation and no domain.
  private func isLostSpace(_ i: Int, _ tokens: TokenTable) -> Bool {
    guard form[i] == WordForm.capital, i > 1, tokens.kind[i - 2] == TokenKind.word, tokens.length(i - 2) >= 3 else { return false }
    return cues.cues(lexicon.classes(ofWord: tokens.id[i - 2])).isDisjoint(with: [.honorific, .rank, .degree, .placeHead, .orgHead])
  }

  /// Finds passages that are written without capitals or with nothing else, where case says nothing.
  private mutating func markCaselessPassages(_ document: Document) {
    let tokens = document.tokens
    let n = tokens.count
    var words = 0
    var capitals = 0
    for i in 0..<n where tokens.kind[i] == TokenKind.word {
      words += 1
      if form[i] != WordForm.small { capitals += 1 }
    }
    let isSmall = words >= 4 && capitals * 60 < words
    var start = 0
    while start < n {
      var end = start + 1
      while end < n, !isPassageStart(end, tokens) { end += 1 }
      if isSmall || isAllCaps(start, end, tokens) {
        for i in start..<end {
          isCaseless[i] = 1
          if tokens.kind[i] == TokenKind.word { form[i] = WordForm.caseless }
        }
      }
      start = end
    }
  }

  private func isAllCaps(_ start: Int, _ end: Int, _ tokens: TokenTable) -> Bool {
    var words = 0
    var caps = 0
    var long = 0
    for i in start..<end where tokens.kind[i] == TokenKind.word {
      words += 1
      if form[i] == WordForm.allCaps || form[i] == WordForm.initial { caps += 1 }
      if form[i] == WordForm.allCaps, tokens.length(i) >= 5 { long += 1 }
    }
    return words >= 3 && long >= 2 && caps * 10 >= words * 9
  }

  private mutating func fillClusters(_ document: Document) {
    let clusters = lexicon.base.wordClusters
    for i in 0..<document.tokens.count {
      let id = document.tokens.id[i]
      guard id != 0, form[i] != WordForm.mark, form[i] != WordForm.digits else { continue }
      let row = Int(id) * LexiconCompiler.clusterColumns
      var column: Int
      switch form[i] {
      case WordForm.small: column = 0
      case WordForm.allCaps: column = 4
      case WordForm.caseless: column = lexicon.base.wordCase[id] >= 4 ? 2 : 0
      default: column = 2
      }
      if clusters[row + column] == 0 {
        if form[i] == WordForm.caseless {
          column = column == 0 ? 2 : 0
          if clusters[row + column] == 0 { column = 4 }
        } else if form[i] == WordForm.allCaps {
          column = 2
        }
      }
      cluster[i] = UInt32(clusters[row + column]) | UInt32(clusters[row + column + 1]) << 16
    }
  }

  // MARK: Lists

  private mutating func fillMatches(_ document: Document) {
    var covered: Int32 = 0
    for i in 0..<document.tokens.count {
      let range = document.matchRange(at: i)
      guard !range.isEmpty else { continue }
      var best: NameHit?
      for m in range {
        let match = document.matches[m]
        let classes = lexicon.classes(at: match.state)
        let end = Int(match.end)
        guard end > i, end <= document.tokens.count else { continue }
        var found = cues.cues(classes)
        if found.contains(.preposition), end == i + 1, placePrepositions.contains(document.tokens.id[i]) {
          found.insert(.placePreposition)
        }
        if !found.isEmpty {
          starts[i].formUnion(found)
          ends[end - 1].formUnion(found)
        }
        guard classes.intersects(nameClasses), let hit = nameHit(match, document) else { continue }
        best = hit
      }
      guard let hit = best, hit.end > covered else { continue }
      if form[i] == WordForm.small { for k in i..<Int(hit.end) { gate[k] = 1 } }
      // Leftmost-longest: a hit that begins inside another one gives way.
      guard hit.start >= covered else { continue }
      covered = hit.end
      hits.append(hit)
      mark(hit)
    }
  }

  private mutating func mark(_ hit: NameHit) {
    let strength: UInt8 = hit.sure != 0 ? 2 : hit.bare != 0 ? 1 : 0
    let last = Int(hit.end) - 1
    for k in Int(hit.start)...last {
      let place: UInt8 = hit.start == hit.end - 1 ? 3 : k == Int(hit.start) ? 0 : k == last ? 2 : 1
      self.hit[k] = 0x80 | (hit.labels >> 1) | strength << 3 | place << 5
      hitIndex[k] = Int32(hits.count - 1)
    }
  }

  /// What the listings at the end of `match` allow, or nil when none fits how the text writes it.
  private func nameHit(_ match: Match, _ document: Document) -> NameHit? {
    let start = Int(match.start)
    let end = Int(match.end)
    let cased = form[start] != WordForm.caseless
    // `detikcom`: a name that its list writes small.
    let isSmall = cased && form[start] == WordForm.small
    if cased, !isSmall {
      // A name begins and ends with a capital or a digit (`Densus 88`).
      guard WordForm.isName(form[start]) || form[start] == WordForm.digits else { return nil }
      guard form[end - 1] != WordForm.small else { return nil }
    }
    var hit = NameHit(start: match.start, end: match.end, state: match.state, labels: 0, sure: 0, bare: 0)
    lexicon.forEachListing(at: match.state) { listing in
      let label = lexicon.label(of: listing.entry)
      guard label != .none else { return true }
      let bit: UInt8 = 1 << label.rawValue
      let flags = listing.flags
      guard !flags.contains(.removed) else { return true }
      if isSmall {
        let bytes = lexicon.formBytes(of: listing)
        guard let first = bytes.first, first >= 0x61, !flags.contains(.commonWord), Self.equals(bytes, document, start, end) else { return true }
      }
      if flags.contains(.exactCase) {
        if !cased {
          if flags.contains(.commonWord) { return true }
        } else if !Self.equals(lexicon.formBytes(of: listing), document, start, end) {
          return true
        }
      }
      hit.labels |= bit
      if flags.isDisjoint(with: [.needsCue, .commonWord, .personPart, .ambiguous]) { hit.sure |= bit }
      if !flags.contains(.needsCue) { hit.bare |= bit }
      return true
    }
    return hit.labels == 0 ? nil : hit
  }

  private static func equals(_ form: UnsafeBufferPointer<UInt8>, _ document: Document, _ start: Int, _ end: Int) -> Bool {
    let from = Int(document.tokens.start[start])
    let to = Int(document.tokens.end[end - 1])
    guard to - from == form.count else { return false }
    for k in 0..<form.count where document.bytes[from + k] != form[k] { return false }
    return true
  }

  // MARK: Where to look

  private mutating func fillGate(_ document: Document) {
    let tokens = document.tokens
    let n = tokens.count
    for i in 0..<n where WordForm.isName(form[i]) || form[i] == WordForm.caseless { gate[i] = 1 }
    // Digits and single joiners next to names, and one or two small words between capitals.
    var last = -1
    for i in 0..<n {
      if gate[i] == 1 {
        if last >= 0, i - last > 1, i - last <= 3, canBridge(last + 1, i, tokens) {
          for k in last + 1..<i { gate[k] = 1 }
        }
        last = i
      } else if form[i] == WordForm.digits, last == i - 1 || i + 1 < n && (WordForm.isName(form[i + 1])) {
        gate[i] = 1
        last = i
      }
    }
    fillRuns(tokens)
    closeAddresses(tokens)
    if !document.includesBoilerplate {
      for region in document.regions where region.kind == .boilerplate {
        for i in region.span.range where i < n { gate[i] = 0 }
      }
    }
  }

  /// Addresses of the web are no text.
  private mutating func closeAddresses(_ tokens: TokenTable) {
    var i = 0
    while i + 2 < tokens.count {
      let isAddress = tokens.kind[i] == TokenKind.colon && tokens.kind[i + 1] == TokenKind.slash && tokens.kind[i + 2] == TokenKind.slash
      let isHandle = (tokens.kind[i] == TokenKind.at || tokens.kind[i] == TokenKind.hash) && tokens.attached(i + 1)
      guard isAddress || isHandle else {
        i += 1
        continue
      }
      var end = i + 1
      while end < tokens.count, tokens.attached(end) { end += 1 }
      for k in max(0, i - 1)..<end { gate[k] = 0 }
      i = end
    }
  }

  private func canBridge(_ from: Int, _ to: Int, _ tokens: TokenTable) -> Bool {
    for k in from...to where isPassageStart(k, tokens) { return false }
    for k in from..<to {
      switch tokens.kind[k] {
      case TokenKind.comma, TokenKind.semicolon, TokenKind.colon, TokenKind.question, TokenKind.exclamation, TokenKind.dash,
        TokenKind.quote, TokenKind.openQuote, TokenKind.closeQuote, TokenKind.ellipsis:
        return false
      case TokenKind.openParen, TokenKind.closeParen:
        // Only `(Persero)` and the like stand inside a name.
        guard to - from == 1 || ends[k].isEmpty, isSuffixInParens(k, tokens) else { return false }
      default: break
      }
    }
    return true
  }

  /// Whether the bracket at `k` holds a corporate form.
  private func isSuffixInParens(_ k: Int, _ tokens: TokenTable) -> Bool {
    let word = tokens.kind[k] == TokenKind.openParen ? k + 1 : k - 1
    guard word > 0, word + 1 < tokens.count, tokens.kind[word - 1] == TokenKind.openParen, tokens.kind[word + 1] == TokenKind.closeParen
    else { return false }
    return ends[word].contains(.orgSuffix) && tokens.length(word) > 3
  }

  private mutating func fillRuns(_ tokens: TokenTable) {
    let n = tokens.count
    var i = 0
    while i < n {
      guard WordForm.isName(form[i]) else {
        i += 1
        continue
      }
      let start = i
      var end = i + 1
      while let next = runContinues(end, tokens) { end = next + 1 }
      for k in start..<end {
        runStart[k] = Int32(start)
        runEnd[k] = Int32(end)
      }
      i = end
    }
  }

  /// The next capitalised token of a run that has reached `end`: directly behind, or past a mark without white space.
  private func runContinues(_ end: Int, _ tokens: TokenTable) -> Int? {
    guard end < tokens.count, !isPassageStart(end, tokens) else { return nil }
    if WordForm.isName(form[end]) { return begin[end] == 0 ? end : nil }
    guard end + 1 < tokens.count, !isPassageStart(end + 1, tokens), WordForm.isName(form[end + 1]) else { return nil }
    switch tokens.kind[end] {
    case TokenKind.ampersand: return end + 1
    case TokenKind.hyphen, TokenKind.apostrophe, TokenKind.closeSingleQuote:
      return tokens.gap[end] == TokenGap.none && tokens.gap[end + 1] == TokenGap.none ? end + 1 : nil
    case TokenKind.period: return begin[end + 1] == 0 ? end + 1 : nil
    default: return nil
    }
  }
}
