/// What the tagger and the rules need to know of each token of a document, computed once.
///
/// A copy shares the memory until one of the two is filled anew.
///
/// **Cost.** A few passes over the tokens; look-ups only where the lists have a word. Buffers are kept from document to
/// document.
struct EntityContext: @unchecked Sendable {
  private var memory: ContextMemory
  private var nodes: NodeTable
  /// The rows of `memory`, here so that reading one is a check and a load.
  private var info: UnsafeMutablePointer<TokenInfo>
  private var hitRows: UnsafeMutablePointer<NameHit>
  private var gatedRows: UnsafeMutablePointer<Int32>
  private var capacity = 0
  /// The list hits, in order.
  var hits: UnsafeBufferPointer<NameHit> { UnsafeBufferPointer(start: hitRows, count: hitCount) }
  private var hitCount = 0
  /// The tokens where the tagger looks, in order.
  var gated: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: gatedRows, count: gatedCount) }
  private var gatedCount = 0
  /// Where marks stand that rules begin at.
  private(set) var marks = ContextMarks()
  /// Names of sites (`Kompas.com`).
  var domains: [TokenSpan] = []

  /// Whether the text is about sport, where cities are clubs.
  private(set) var isSport = false
  /// Whether it is about clubs.
  private(set) var hasClubs = false
  /// Where the last dateline ends; 0 without one.
  private(set) var datelineEnd: Int32 = 0

  let lexicon: Lexicon
  let cues: CueTable
  private let reader: ContextReader
  private var count = 0

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    cues = CueTable(lexicon: lexicon)
    reader = ContextReader(lexicon: lexicon, cues: cues)
    memory = ContextMemory(capacity: 0)
    nodes = NodeTable(base: lexicon.base.stateSet.count, user: lexicon.user?.stateSet.count ?? 0)
    info = memory.info
    hitRows = memory.hits
    gatedRows = memory.gated
  }

  /// The rows of the document's tokens.
  var rows: UnsafeBufferPointer<TokenInfo> { UnsafeBufferPointer(start: info, count: count) }

  @inline(__always)
  subscript(_ i: Int) -> TokenInfo {
    precondition(UInt(bitPattern: i) < UInt(bitPattern: count), "token index out of range")
    return info[i]
  }

  /// The list hit with this index.
  @inline(__always)
  func hit(_ index: Int32) -> NameHit {
    precondition(index >= 0 && Int(index) < hitCount, "no such hit")
    return hitRows[Int(index)]
  }

  /// Fills the columns for `document`.
  mutating func fill(_ document: borrowing Document) {
    count = document.tokens.count
    hitCount = 0
    gatedCount = 0
    domains.removeAll(keepingCapacity: true)
    marks.removeAll()
    if capacity < count || !isKnownUniquelyReferenced(&memory) {
      memory = ContextMemory(capacity: max(count, capacity, 1024))
      capacity = memory.capacity
      info = memory.info
      hitRows = memory.hits
      gatedRows = memory.gated
    }
    if !isKnownUniquelyReferenced(&nodes) { nodes = nodes.another() }
    var sportWords = 0
    let rows = UnsafeMutableBufferPointer(start: info, count: capacity)
    let (memory, nodes) = (memory, nodes)
    let reader = reader
    document.tokens.withColumns { tokens in
      hitCount = reader.read(document, tokens, rows, memory, nodes, &marks, &sportWords)
    }
    // Three in a long article are chance: the roles of a film, the assistants of a car.
    isSport = sportWords * (sportWords >= 3 ? 130 : 30) >= count && sportWords > 0
    // A text with few such words that names clubs all along is about them, too.
    hasClubs = sportWords > 0 && hasClubs(atLeast: max(2, isSport ? 2 : count / 150))
    isSport = isSport || hasClubs
    datelineEnd = 0
    for region in document.regions where region.kind == .dateline { datelineEnd = max(datelineEnd, region.span.end) }
  }

  /// Whether clubs that are called by nothing else stand in the text so often.
  private func hasClubs(atLeast number: Int) -> Bool {
    var clubs = 0
    for k in 0..<hitCount where hitRows[k].labels == 8 && hitRows[k].sure == 8 {
      if lexicon.hasClub(at: hitRows[k].state) { clubs += 1 }
      if clubs >= number { return true }
    }
    return false
  }

  /// Opens the gate for a name that the tagger would not look at.
  mutating func open(_ range: Range<Int>) {
    for k in range where k >= 0 && k < count && info[k].gate == 0 { info[k].gate = 1 }
  }

  /// Whether the span is, by the lists, the name of a body, and of nothing else.
  func isListedBody(_ span: TokenSpan) -> Bool {
    guard let hit = listing(at: Int(span.start)) else { return false }
    return hit.end == span.end && hit.labels == 8
  }

  /// The name of the lists that begins at token `i`.
  func listing(at i: Int) -> NameHit? {
    guard self[i].hitIndex >= 0 else { return nil }
    let hit = hit(self[i].hitIndex)
    return Int(hit.start) == i ? hit : nil
  }

  /// Whether the span is a domain.
  func isDomain(_ span: TokenSpan) -> Bool {
    var low = 0
    var high = domains.count
    while low < high {
      let middle = (low + high) / 2
      if domains[middle].start >= span.start { high = middle } else { low = middle + 1 }
    }
    return low < domains.count && domains[low] == span
  }

  /// Collects the gated tokens; call after the last `open` before scoring.
  mutating func listGated() {
    let (info, list) = (info, gatedRows)
    var used = 0
    for i in 0..<count {
      list[used] = Int32(truncatingIfNeeded: i)
      used &+= Int(info[i].gate & 1)
    }
    gatedCount = used
  }
}

/// Tokens at which rules begin, in order, found in passing.
struct ContextMarks: Sendable {
  /// Opening brackets.
  var brackets: [Int32] = []
  /// Dots with a word right behind them, as in domains.
  var dots: [Int32] = []
  /// Colons, `@` and `#`, as in addresses of the web.
  var addresses: [Int32] = []
  /// Tokens of names that the lists and the text write small.
  var small: [Int32] = []

  mutating func removeAll() {
    brackets.removeAll(keepingCapacity: true)
    dots.removeAll(keepingCapacity: true)
    addresses.removeAll(keepingCapacity: true)
    small.removeAll(keepingCapacity: true)
  }
}
