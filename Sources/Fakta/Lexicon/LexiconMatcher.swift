import CFaktaText

/// Looks every token up in the vocabulary and every phrase in the tree.
///
///     Menteri Luar Negeri Rusia   →   Menteri | Menteri Luar Negeri | Rusia, each a `Match`
///
/// Matching is by tokens, so a hit always stands on word boundaries, whatever its case. A hyphen or dot inside a phrase is
/// passed over (`al-Assad`, `PT. X`, `U.S.`), in the text as in the lists; a dot only where it cannot end a sentence, a
/// hyphen between spaces only before a small letter, or where the list has it. A
/// clitic at the end of a capitalised word that no list knows is cut off (`Clitics`): `Rusialah` is `Rusia` with a `trim` of 3.
///
/// **Order.** Matches come by their first token, then shortest first; of two that are equally long the user's comes last. So
/// whoever walks them backwards meets the longest first, and the user's before the built-in one. The listings of one match
/// come in the order of the lists: by path of the file, then by line. A form that counts only as it is written
/// (`exact-case`) gives no match when it is written otherwise and nothing else ends there; where others do,
/// `Lexicon.isExact` tells them apart.
///
/// **Cost.** One probe per token, and one per step of a phrase. No allocation once the columns have grown.
public struct LexiconMatcher: Sendable {
  /// The most words that a phrase may have.
  static let longestPhrase = 24

  let lexicon: Lexicon
  private let keepsInexact: Bool
  let clitics: Clitics
  let base: Tables
  let user: Tables?
  private var buffer = MatchBuffer()
  /// Packed roots by token, without the mark that a phrase goes on where the next word shows that none does.
  var roots: [UInt32] = []
  /// What may begin with a word (`TokenTrigger`), by the number of its set of classes; empty without lists of a user, which
  /// may give words more classes than the image knows.
  var triggers: [UInt8] = []
  /// What the lists say of the ASCII characters as marks, and nothing behind them.
  let marks: [FoundWord]
  static let noMark = 128
  /// What a document's tokens are while they are looked up.
  var lookUps = LookUpBuffer()

  /// What the matcher reads of an image.
  struct Tables: Sendable {
    let vocabulary: VocabularyTable
    let tree: PhraseTree
    /// Marks the nodes of the user's image.
    let tag: UInt32
    /// Whether listings were taken away, so that a node may have none left.
    let hasHidden: Bool

    init(_ data: LexiconData, tag: UInt32) {
      vocabulary = data.vocabulary
      tree = data.tree
      self.tag = tag
      hasHidden = data.hasHidden
    }
  }

  /// How many words ahead a word's place is asked for: by then memory has answered. Columns have room for as many behind the last
  /// token.
  static let lookAhead = 16

  /// Creates a matcher for all lists of `lexicon`.
  ///
  /// - Parameter keepsInexact: Whether forms that count only as they are written match otherwise too, to show why not.
  public init(lexicon: Lexicon, keepsInexact: Bool = false) {
    self.lexicon = lexicon
    self.keepsInexact = keepsInexact
    clitics = Clitics(lexicon: lexicon)
    base = Tables(lexicon.base, tag: 0)
    user = lexicon.user.map { Tables($0, tag: Lexicon.userBit) }
    if lexicon.user != nil { triggers = Self.triggers(lexicon) }
    marks = lexicon.marks + [.none]
  }

  /// The classes of lists that `TokenTrigger` tells of.
  static let triggerClasses: [(name: String, trigger: UInt8)] = [
    ("region", TokenTrigger.region), ("number-cue", TokenTrigger.numberCue), ("unit", TokenTrigger.unit),
    ("currency", TokenTrigger.unit),
  ]

  /// Whether the mark may be left out inside a phrase.
  @inline(__always)
  static func isSkippable(_ kind: UInt8) -> Bool { kind == TokenKind.hyphen || kind == TokenKind.period }

  /// Replaces `matches` by those of the tokens that `lookUp` saw last; `index` tells where those of each token begin.
  public mutating func match(
    _ bytes: [UInt8], _ tokens: TokenTable, matches: inout [Match], index: inout [UInt32]
  ) {
    if !isKnownUniquelyReferenced(&buffer) { buffer = MatchBuffer() }
    buffer.removeAll()
    collect(bytes, tokens, buffer, &index)
    matches.removeAll(keepingCapacity: true)
    matches.append(contentsOf: buffer.all)
  }

  private func collect(_ bytes: [UInt8], _ tokens: TokenTable, _ matches: MatchBuffer, _ index: inout [UInt32]) {
    let count = min(tokens.count, roots.count)
    Self.resize(&index, to: count + 1)
    let (base, user) = (base, user)
    let isPlain = !base.hasHidden
    let storage = tokens.storage
    precondition(count <= storage.capacity)
    let (ids, kinds, gaps, trims) = (storage.id, storage.kind, storage.gap, storage.trim)
    let (starts, ends) = (storage.start, storage.end)
    index.withUnsafeMutableBufferPointer { index in
      roots.withUnsafeBufferPointer { roots in
        var i = 0
        while true {
          if isPlain, user == nil, let roots = roots.baseAddress, let index = index.baseAddress {
            matches.reserve(count &- i)
            i = Self.takePlain(from: i, count, roots, storage, matches, index)
          }
          guard i < count else { break }
          defer { i &+= 1 }
          let first = matches.count
          index[i] = UInt32(truncatingIfNeeded: first)
          let root = roots[i]
          if isPlain, root & (TreeBits.exact | TreeBits.goesOn) == 0 {
            matches.append(
              Match(
                start: Int32(truncatingIfNeeded: i), end: Int32(truncatingIfNeeded: i &+ 1),
                state: root >> TreeBits.shift), if: root & TreeBits.ends)
          } else if root != 0 {
            let next = i &+ 1
            if root & (TreeBits.exact | TreeBits.goesOn) == TreeBits.goesOn, next < count, !base.hasHidden,
              !Self.isSkippable(kinds[next]), gaps[next] <= TokenGap.line
            {
              if root & TreeBits.ends != 0 { Self.append(i, next, root, base, matches) }
              if ids[next] != 0, trims[i] == 0 {
                let step = base.tree.step(root >> TreeBits.shift, ids[next])
                if step.packed != 0 { walk(from: i, next &+ 1, step, base, bytes, tokens, matches) }
              }
            } else {
              walk(from: i, next, TreeStep(root: root), base, bytes, tokens, matches)
            }
          }
          if let user {
            let userRoot = user.tree.step(1, ids[i])
            if userRoot.packed != 0 { walk(from: i, i + 1, userRoot, user, bytes, tokens, matches) }
            Self.sortByEnd(matches, first)
          }
          // One question, since every sixth token is a mark of one byte.
          if (ends[i] &- starts[i]) ^ 1 | UInt32(kinds[i] ^ TokenKind.word) == 0, Self.isInitial(i, tokens) {
            let middle = matches.count
            matchInitials(from: i, bytes, tokens, matches)
            dropTwins(matches, first, middle)
            Self.sortByEnd(matches, first)
          }
        }
      }
      index[count] = UInt32(truncatingIfNeeded: matches.count)
    }
  }

  /// Appends the matches of the tokens from `start` on that are nearly all of a text: the word is in the lists or not, and
  /// begins no phrase that stands here. Returns where the first other token stands. Short, so that all it needs stays in
  /// registers.
  ///
  /// - Precondition: `roots`, `index` and `storage` have `count` rows, and `matches` room for as many as are left.
  @inline(never)
  private static func takePlain(
    from start: Int, _ count: Int, _ roots: UnsafePointer<UInt32>, _ storage: TokenStorage, _ matches: MatchBuffer,
    _ index: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let (kinds, starts, ends) = (storage.kind, storage.start, storage.end)
    let out = matches.end
    var found = 0
    let before = matches.count
    var i = start
    while i < count {
      let root = roots[i]
      let isLetter = (ends[i] &- starts[i]) ^ 1 | UInt32(kinds[i] ^ TokenKind.word) == 0
      if root & (TreeBits.exact | TreeBits.goesOn) != 0 || isLetter { break }
      index[i] = UInt32(truncatingIfNeeded: before &+ found)
      out[found] = Match(
        start: Int32(truncatingIfNeeded: i), end: Int32(truncatingIfNeeded: i &+ 1), state: root >> TreeBits.shift)
      found &+= root & TreeBits.ends == 0 ? 0 : 1
      i &+= 1
    }
    matches.add(found)
    return i
  }

  /// Makes `index` that long; what it holds does not matter.
  private static func resize(_ index: inout [UInt32], to count: Int) {
    if index.count > count {
      index.removeLast(index.count - count)
    } else if index.count < count {
      index.append(contentsOf: repeatElement(0, count: count - index.count))
    }
  }

  @inline(__always)
  private static func append(_ start: Int, _ end: Int, _ packed: UInt32, _ tables: Tables, _ matches: MatchBuffer) {
    matches.append(
      Match(
        start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end),
        state: packed >> TreeBits.shift | tables.tag))
  }

  private func walk(
    from i: Int, _ end: Int, _ first: TreeStep, _ tables: Tables, _ bytes: [UInt8], _ tokens: TokenTable,
    _ matches: MatchBuffer
  ) {
    var step = first
    var at = end
    // Whether a hyphen between spaces was passed over before a capital.
    var isLoose = false
    // The bound keeps a damaged tree, whose steps lead back, finite.
    for _ in 0..<Self.longestPhrase {
      let packed = step.packed
      if packed & TreeBits.ends != 0 {
        let match = Match(start: Int32(i), end: Int32(at), state: packed >> TreeBits.shift | tables.tag)
        if packed & TreeBits.exact == 0 && !tables.hasHidden || counts(match, packed, bytes, tokens) {
          if !isLoose || hasHyphens(match, bytes, tokens) { matches.append(match) }
        }
      }
      // Nothing goes on behind a word that was cut.
      guard packed & TreeBits.goesOn != 0, tokens.trim[at - 1] == 0, let next = Self.nextWord(after: at, tokens) else {
        return
      }
      let word = tokens.id[next]
      let last = step
      step = word != 0 && last.mayGoOn(by: word) ? tables.tree.step(packed >> TreeBits.shift, word) : .none
      at = next + 1
      if step.packed == 0, Self.isDash(next, tokens) {
        // "Coca - Cola" in tokenised texts, if the list has the hyphen.
        step = tables.tree.step(packed >> TreeBits.shift, tokens.id[next + 1])
        isLoose = true
        at = next + 2
      }
      if step.packed == 0 { return }
    }
  }

  /// Whether a hyphen between spaces stands at `i`, and a word that the lists know behind it.
  @inline(__always)
  private static func isDash(_ i: Int, _ tokens: TokenTable) -> Bool {
    tokens.kind[i] == TokenKind.hyphen && tokens.gap[i] == TokenGap.space && i + 1 < tokens.count
      && tokens.kind[i + 1] == TokenKind.word && tokens.gap[i + 1] == TokenGap.space && tokens.id[i + 1] != 0
  }

  /// Whether a listing of the match has a hyphen wherever the text has one.
  private func hasHyphens(_ match: Match, _ bytes: [UInt8], _ tokens: TokenTable) -> Bool {
    var found = false
    // What the closure needs, so that it holds no copy of the matcher.
    let lexicon = lexicon
    lexicon.forEachListing(at: match.state) { listing in
      let form = lexicon.formBytes(of: listing)
      var at = 0
      var isSame = true
      for i in Int(match.start)..<Int(match.end) {
        if tokens.kind[i] == TokenKind.hyphen {
          isSame = at < form.count && form[at] == 0x2D
        }
        guard isSame else { break }
        if Self.isSkippable(tokens.kind[i]) { continue }
        // To the end of the word: as many bytes as the token has, past marks that need not be in the text.
        while at < form.count, form[at] == 0x20 || form[at] == 0x2D || form[at] == 0x2E { at += 1 }
        at += tokens.length(i)
      }
      found = isSame
      return !found
    }
    return found
  }

  /// Whether a match has a listing: one that was not taken away, and that is written so where that matters.
  private func counts(_ match: Match, _ packed: UInt32, _ bytes: [UInt8], _ tokens: TokenTable) -> Bool {
    var found = false
    // What the closure needs, so that it holds no copy of the matcher.
    let (lexicon, keepsInexact) = (lexicon, keepsInexact)
    lexicon.forEachListing(at: match.state) { listing in
      found = packed & TreeBits.exact == 0 || keepsInexact || lexicon.isExact(listing, match, bytes, tokens)
      return !found
    }
    return found
  }

  /// Whether a single letter, a dot and another single letter stand at `i`, written together: "U.S".
  @inline(__always)
  private static func isInitial(_ i: Int, _ tokens: TokenTable) -> Bool {
    i + 2 < tokens.count && tokens.kind[i + 1] == TokenKind.period && tokens.gap[i + 1] == TokenGap.none
      && tokens.gap[i + 2] == TokenGap.none && tokens.kind[i + 2] == TokenKind.word && tokens.length(i + 2) == 1
  }

  /// Looks up letters with dots as the word that they are without: `D.P.R.` is `DPR`, `P.T. Timah` is `PT Timah`.
  private func matchInitials(from i: Int, _ bytes: [UInt8], _ tokens: TokenTable, _ matches: MatchBuffer) {
    // Behind another initial the run has begun before.
    if i >= 2, Self.isInitial(i - 2, tokens) { return }
    let longest = 8
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { letters in
      var at = i
      var length = 0
      while length < longest {
        let letter = bytes[Int(tokens.start[at])]
        guard letter < 0x80 else { return }
        letters[length] = letter
        length += 1
        guard Self.isInitial(at, tokens) else { break }
        at += 2
      }
      let found = lexicon.find(hash: WordHash.ascii(letters.baseAddress!, length, readable: length))
      guard !found.isNone else { return }
      if found.root != 0 { walk(from: i, at + 1, TreeStep(root: found.root), base, bytes, tokens, matches) }
      if let user {
        let root = user.tree.step(1, found.id)
        if root.packed != 0 { walk(from: i, at + 1, root, user, bytes, tokens, matches) }
      }
    }
  }

  /// Drops the matches from `middle` on that say the same as one before: a listed "A.H. Krag" stands in the tree both ways.
  private func dropTwins(_ matches: MatchBuffer, _ first: Int, _ middle: Int) {
    var i = middle
    while i < matches.count {
      let isTwin = (first..<middle).contains { k in
        matches[k].end == matches[i].end
          && lexicon.listings(at: matches[k].state).map(\.entry) == lexicon.listings(at: matches[i].state).map(\.entry)
      }
      if isTwin { matches.remove(at: i) } else { i += 1 }
    }
  }

  /// Sorts the matches from `first` on by their end, by insertion: they are a handful, and nearly sorted.
  private static func sortByEnd(_ matches: MatchBuffer, _ first: Int) {
    var i = first + 1
    while i < matches.count {
      var at = i
      while at > first, matches[at - 1].end > matches[at].end {
        matches.swapAt(at - 1, at)
        at -= 1
      }
      i += 1
    }
  }

  /// The token with which a phrase may go on after token `at - 1`: the next one, past a hyphen, or past a dot that is no
  /// full stop. Nil at the end, and where a line ends.
  @inline(__always)
  static func nextWord(after at: Int, _ tokens: TokenTable) -> Int? {
    guard at < tokens.count, tokens.gap[at] <= TokenGap.line else { return nil }
    let kind = tokens.kind[at]
    if kind == TokenKind.hyphen {
      let next = at + 1
      guard next < tokens.count, tokens.gap[next] == tokens.gap[at] else { return at }
      // "Kim Jong - un" in tokenised texts; before a capital it is a dash ("Jakarta - Pusat …").
      let isPart =
        tokens.gap[at] == TokenGap.none
        || tokens.gap[at] == TokenGap.space && tokens.kind[next] == TokenKind.word
          && tokens.shape[next] & TokenShape.firstUpper == 0
      return isPart ? next : at
    }
    if kind == TokenKind.period, tokens.gap[at] == TokenGap.none {
      let next = at + 1
      guard next < tokens.count, tokens.gap[next] <= TokenGap.space else { return nil }
      // "PT. X", "U.S.", "S.H.": a dot after a few letters, or without white space behind it.
      guard tokens.length(at - 1) <= 4 || tokens.gap[next] == TokenGap.none else { return nil }
      return tokens.kind[next] <= TokenKind.otherWord ? next : nil
    }
    return at
  }
}
