/// What the tagger and the rules need to know of each token of a document, computed once.
///
/// **Cost.** A few passes over the tokens; look-ups only where the lists have a word. Buffers are kept from document to
/// document.
struct EntityContext: Sendable {
  private(set) var info: [TokenInfo] = []
  private(set) var hits: [NameHit] = []
  /// The tokens where the tagger looks, in order.
  private(set) var gated: [Int32] = []
  /// Names of sites (`Kompas.com`).
  var domains: [TokenSpan] = []

  /// Whether the text is about sport, where cities are clubs.
  private(set) var isSport = false

  let lexicon: Lexicon
  let cues: CueTable
  private let reader: ContextReader
  private var count = 0

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    cues = CueTable(lexicon: lexicon)
    reader = ContextReader(lexicon: lexicon, cues: cues)
  }

  @inline(__always)
  subscript(_ i: Int) -> TokenInfo { info[i] }

  /// Fills the columns for `document`.
  mutating func fill(_ document: Document) {
    count = document.tokens.count
    hits.removeAll(keepingCapacity: true)
    gated.removeAll(keepingCapacity: true)
    domains.removeAll(keepingCapacity: true)
    while info.count < count {
      info.append(contentsOf: repeatElement(TokenInfo(), count: max(count - info.count, 1024)))
    }
    // Moved out and back in, so that the loops can write to it while they read the rest.
    var columns = info
    info = []
    var hits = hits
    self.hits = []
    let reader = reader
    var sportWords = 0
    columns.withUnsafeMutableBufferPointer { info in
      document.tokens.withColumns { tokens in reader.read(document, tokens, info, &hits, &sportWords) }
    }
    info = columns
    self.hits = hits
    isSport = sportWords >= 3 || sportWords * 30 >= count && sportWords > 0
  }

  /// Opens the gate for a name that the tagger would not look at.
  mutating func open(_ range: Range<Int>) {
    for k in range where k < count && info[k].gate == 0 { info[k].gate = 1 }
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
    gated.removeAll(keepingCapacity: true)
    info.withUnsafeBufferPointer { info in
      for i in 0..<count where info[i].gate != 0 { gated.append(Int32(truncatingIfNeeded: i)) }
    }
  }
}
