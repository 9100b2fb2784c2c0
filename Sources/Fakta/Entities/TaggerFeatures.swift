/// Receives the features of a token.
protocol FeatureSink {
  /// A feature of the token: a kind and a value.
  mutating func add(_ kind: UInt64, _ value: UInt64)
  /// Takes a feature back that the sum of a word has brought.
  mutating func remove(_ kind: UInt64, _ value: UInt64)
  /// All features of the word `i` in a place next to the token.
  mutating func add(_ role: TaggerFeatures.Role, of i: Int)
  /// The same for the places of a run.
  mutating func add(run role: TaggerFeatures.Role, of i: Int)
  /// The coarse word class of the word `i`.
  mutating func coarseClass(_ i: Int) -> UInt64
}

extension FeatureSink {
  mutating func add(run role: TaggerFeatures.Role, of i: Int) { add(role, of: i) }
}

/// The features by which the tagger decides, the same for training and use.
///
/// A feature is a kind and a value, hashed together. Most look at one word in a place relative to the token (`Role`): they
/// depend on that word, its form and its cues alone, so that their sum can be kept per word. The others look at pairs of
/// word classes, at shapes, at the capitalised run and at the lists.
enum TaggerFeatures {
  /// The place of a word relative to the token.
  enum Role: Int {
    case own, previous, next
    /// First word of the capitalised run: another word than the token, or the token itself.
    case runFirst, runOwn
    /// The word before the run: of a token inside the run, or of its first one.
    case outside, outsideOwn
  }

  /// Text without case is read with features of its own, so that it does not disturb the others.
  static let caselessSalt: UInt64 = 0x5A3C_9E1F_7B64_D285

  @inline(__always)
  static func key(_ kind: UInt64, _ value: UInt64) -> UInt64 {
    let product = (value ^ (kind &* 0x9E37_79B9_7F4A_7C15)).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    let h = (product.high ^ product.low ^ kind) &* 0xBF58_476D_1CE4_E5B9
    return h ^ (h >> 32)
  }

  /// Gives `sink` each feature of token `i`.
  ///
  /// - Parameters:
  ///   - n: Number of tokens, above `i`; `rows` has as many.
  ///   - hits: The list hits of the text, to which the rows refer.
  @inline(__always)
  static func emit<Sink: FeatureSink>(
    _ i: Int, _ n: Int, _ rows: UnsafePointer<TokenInfo>, _ hits: UnsafeBufferPointer<NameHit>, _ sink: inout Sink
  ) {
    let own = rows + i
    let previous = i > 0 && own.pointee.begin != 2 ? i &- 1 : -1
    let next = i &+ 1 < n && rows[i &+ 1].begin != 2 ? i &+ 1 : -1
    let form = UInt64(own.pointee.form)
    let coarse = sink.coarseClass(i)
    let begin: UInt64 = own.pointee.begin == 0 ? 0 : 1
    var formP: UInt64 = 15
    var formN: UInt64 = 15
    var coarseP: UInt64 = 999
    var coarseN: UInt64 = 999

    sink.add(.own, of: i)
    if previous >= 0 {
      let last = rows + previous
      formP = UInt64(last.pointee.form)
      coarseP = sink.coarseClass(previous)
      sink.add(.previous, of: previous)
      if own.pointee.form != WordForm.capital {
        // The sum of the previous word holds what it says before a word with a capital.
        sink.remove(61, ends(last.pointee.ends, before: UInt64(WordForm.capital)))
        sink.add(61, ends(last.pointee.ends, before: form))
      }
      if last.pointee.hit != 0 { sink.add(59, UInt64(last.pointee.hit) << 8 | form) }
      if last.pointee.begin != 2, previous > 0 {
        sink.add(33, sink.coarseClass(previous &- 1) << 4 | UInt64(rows[previous &- 1].form))
      }
    } else {
      sink.add(20, 1)
    }
    if next >= 0 {
      let following = rows + next
      formN = UInt64(following.pointee.form)
      coarseN = sink.coarseClass(next)
      sink.add(.next, of: next)
      if following.pointee.hit != 0 { sink.add(60, UInt64(following.pointee.hit) << 8 | form) }
      if next &+ 1 < n, rows[next &+ 1].begin != 2 {
        sink.add(35, sink.coarseClass(next &+ 1) << 4 | UInt64(rows[next &+ 1].form))
      }
    } else {
      sink.add(26, 1)
    }
    sink.add(36, formP << 12 | form << 8 | formN << 4 | begin)
    sink.add(37, coarseP << 20 | coarse)
    sink.add(38, coarse << 20 | coarseN)
    emitRun(i, begin, n, rows, &sink)
    // The lists.
    if own.pointee.hit != 0, own.pointee.hitIndex >= 0, Int(own.pointee.hitIndex) < hits.count {
      let hit = UInt64(own.pointee.hit)
      let h = hits[Int(own.pointee.hitIndex)]
      let fillsRun: UInt64 = h.start == own.pointee.runStart && h.end == own.pointee.runEnd ? 1 : 0
      sink.add(56, hit << 8 | form | begin << 4)
      sink.add(57, hit << 1 | fillsRun)
      sink.add(58, hit << 20 | coarseP)
    }
  }

  /// The value of the feature of the cues that end before a word of this form.
  @inline(__always)
  private static func ends(_ cues: CueSet, before form: UInt64) -> UInt64 {
    UInt64(cues.rawValue & 0xFFF_FFFF) << 4 | form
  }

  /// What the capitalised run around the token says.
  @inline(__always)
  private static func emitRun<Sink: FeatureSink>(
    _ i: Int, _ begin: UInt64, _ n: Int, _ rows: UnsafePointer<TokenInfo>, _ sink: inout Sink
  ) {
    let start = Int(rows[i].runStart)
    let end = Int(rows[i].runEnd)
    guard end > start else { return }
    let place: UInt64 = (start == i ? 1 : 0) | (end == i &+ 1 ? 2 : 0)
    sink.add(42, place | UInt64(truncatingIfNeeded: min(5, end &- start)) << 2 | begin << 6)
    let isFirst: UInt64 = start == i ? 1 : 0
    sink.add(run: isFirst == 1 ? .runOwn : .runFirst, of: start)
    if start > 0, rows[start].begin != 2 { sink.add(run: isFirst == 1 ? .outsideOwn : .outside, of: start &- 1) }
    // `(25)` and `(KPU)` behind the run.
    if end &+ 2 < n, rows[end].kind == TokenKind.openParen, rows[end &+ 2].kind == TokenKind.closeParen {
      sink.add(52, UInt64(rows[end &+ 1].form))
    }
  }

  /// What a word itself brings, in whatever place.
  struct WordFacts {
    var word: UInt64
    var form: UInt64
    var coarse: UInt64
    var fine: UInt64
    var tendency: UInt64
    var parts: UInt64
    var isWord: Bool
    var starts: CueSet
    var ends: CueSet
  }

  static func facts(_ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document) -> WordFacts {
    let item = context[i]
    let lexicon = context.lexicon
    var facts = WordFacts(
      word: item.word(document.tokens.hash[i]), form: UInt64(item.form), coarse: 0, fine: 0,
      tendency: UInt64(lexicon.caseTendency(ofWord: item.id)), parts: 0,
      isWord: item.kind == TokenKind.word, starts: item.starts, ends: item.ends)
    guard facts.isWord, item.id != 0 else { return facts }
    let cues = context.cues.packed(set: Int(lexicon.base.wordSet[item.id]))
    facts.parts = UInt64(cues & (CueSet.given.rawValue | CueSet.family.rawValue))
    let clusters = lexicon.base.wordClusters
    let row = Int(item.id) * LexiconCompiler.clusterColumns
    var column = 2
    switch item.form {
    case WordForm.small: column = 0
    case WordForm.allCaps: column = clusters[row + 4] != 0 ? 4 : 2
    case WordForm.caseless:
      column = facts.tendency >= 4 ? 2 : 0
      if clusters[row + column] == 0 { column = 2 - column }
      if clusters[row + column] == 0 { column = 4 }
    default: break
    }
    facts.coarse = UInt64(clusters[row + column])
    facts.fine = UInt64(clusters[row + column + 1])
    return facts
  }

  /// Whether the kind is one of those of a word that its form, length, tendency and parts alone decide.
  @inline(__always)
  static func isOfWriting(_ kind: UInt64) -> Bool { kind == 0 || kind == 3 || kind == 10 || kind == 13 || kind == 15 }

  /// Gives `sink` the features of one word in one place.
  @inline(__always)
  static func expand(
    _ role: Role, _ facts: WordFacts, _ i: Int, _ document: borrowing Document, _ add: (UInt64, UInt64) -> Void
  ) {
    switch role {
    case .own:
      expandOwn(facts, i, document, add)
      add(62, UInt64(facts.starts.rawValue & 0xFFFF) << 4 | facts.form)
    case .previous, .next:
      let base: UInt64 = role == .next ? 26 : 20
      add(base + 3, UInt64((facts.starts.rawValue | facts.ends.rawValue) & 0x7F_FFFF) << 4 | facts.form)
      if role == .previous { add(61, ends(facts.ends, before: UInt64(WordForm.capital))) }
      add(base, facts.word)
      add(base + 2, facts.fine << 4 | facts.form)
      add(base + 4, facts.tendency << 4 | facts.form)
    case .runFirst, .runOwn:
      let isFirst: UInt64 = role == .runOwn ? 1 : 0
      add(43, facts.word << 1 | isFirst)
      add(44, UInt64(facts.starts.rawValue & 0xFFF) << 1 | isFirst)
      add(45, facts.coarse << 1 | isFirst)
    case .outside, .outsideOwn:
      let isFirst: UInt64 = role == .outsideOwn ? 1 : 0
      add(46, facts.word << 1 | isFirst)
      add(47, UInt64(facts.ends.rawValue) << 1 | isFirst)
      add(48, facts.coarse << 1 | isFirst)
    }
  }

  @inline(__always)
  private static func expandOwn(
    _ facts: WordFacts, _ i: Int, _ document: borrowing Document, _ add: (UInt64, UInt64) -> Void
  ) {
    add(0, 0)
    add(1, facts.word)
    add(3, facts.form)
    guard facts.isWord else { return }
    let start = Int(document.tokens.start[i])
    let end = Int(document.tokens.end[i])
    let length = end - start
    var prefix: UInt64 = 0
    for k in 0..<min(4, length) {
      prefix = prefix << 8 | UInt64(document.bytes[start + k] | 0x20)
      if k >= 2 { add(3 + UInt64(k), prefix) }
    }
    var suffix: UInt64 = 0
    for k in 0..<min(4, length) {
      suffix = suffix << 8 | UInt64(document.bytes[end - 1 - k] | 0x20)
      if k == 1 || k == 3 { add(6 + UInt64(k), suffix) }
    }
    add(10, UInt64(min(length, 12)) << 4 | facts.form)
    add(11, facts.coarse)
    add(12, facts.fine)
    add(13, facts.tendency << 4 | facts.form)
    add(15, facts.parts | facts.tendency << 32)
  }
}
