import CFaktaText

// Looking up the words of a document: each token is asked for once.

extension LexiconMatcher {
  static func triggers(_ lexicon: Lexicon) -> [UInt8] {
    let sets = triggerClasses.map { (lexicon.wordClass($0.name), $0.trigger) }
    return (0..<max(1, lexicon.base.setLow.count)).map { number in
      let set = lexicon.base.classes(set: UInt16(truncatingIfNeeded: number))
      return sets.reduce(0) { $1.0.intersects(set) ? $0 | $1.1 : $0 }
    }
  }

  /// Sets the vocabulary ids of `tokens`, what may begin with them, and how many bytes of a clitic end them.
  public mutating func lookUp(_ bytes: [UInt8], _ tokens: inout TokenTable) {
    let count = tokens.count
    if roots.count < count { roots.append(contentsOf: repeatElement(0, count: max(count - roots.count, roots.count))) }
    if !isKnownUniquelyReferenced(&lookUps) { lookUps = LookUpBuffer() }
    lookUps.reserve(count)
    // `count` rows are in every column, and tokens lie in the text.
    precondition(count <= tokens.storage.capacity)
    precondition(count == 0 || Int(tokens.end[count - 1]) <= bytes.count)
    bytes.withUnsafeBufferPointer { text in
      guard count > 0, let p = text.baseAddress else { return }
      tokens.storage.trim.update(repeating: 0, count: count)
      Self.markKinds(count, tokens.storage)
      let left = takeFrequent(count, p, tokens.storage)
      takeOthers(left, text, tokens)
    }
    roots.withUnsafeMutableBufferPointer { [lookUps, base] roots in
      guard count > 0, let roots = roots.baseAddress else { return }
      Self.takeRoots(count, tokens.storage, base.tree, lookUps, roots)
    }
  }

  /// Sets what may begin with a token by its kind, and by what stands before it; sixteen tokens at a time.
  static func markKinds(_ count: Int, _ tokens: TokenStorage) {
    let (kinds, gaps, marked) = (tokens.kind, tokens.gap, tokens.trigger)
    var i = 0
    while i < count {
      // The columns have room for whole rows.
      let (kind, gap) = (fk_load_bytes(kinds + i), fk_load_bytes(gaps + i))
      let isBoundary =
        fk_between(gap, TokenGap.line, TokenGap.paragraph)
        | fk_between(kind, TokenKind.period, TokenKind.exclamation) | fk_between(kind, TokenKind.colon, TokenKind.colon)
        | fk_between(kind, TokenKind.quote, TokenKind.closeQuote)
      let isNumber = fk_between(kind, TokenKind.number, TokenKind.number)
      fk_store_bytes(marked + i, isBoundary & TokenTrigger.boundary | isNumber & TokenTrigger.digits)
      i &+= 16
    }
  }

  /// What the lists say of frequent words and of marks. Nothing here branches on a token.
  ///
  /// - Returns: How many tokens are left for `takeOthers`.
  func takeFrequent(_ count: Int, _ text: UnsafePointer<UInt8>, _ tokens: TokenStorage) -> Int {
    let (ids, hashes, shapes, starts, marked) = (tokens.id, tokens.hash, tokens.shape, tokens.start, tokens.trigger)
    let (words, waiting) = (lookUps.words, lookUps.waiting)
    let vocabulary = base.vocabulary
    var left = 0
    for i in 0..<min(count, Self.lookAhead) { vocabulary.prefetchFrequent(hash: hashes[i]) }
    marks.withUnsafeBufferPointer { marks in
      let marks = marks.baseAddress.unsafelyUnwrapped
      for i in 0..<count {
        // The column has room behind the last token; what stands there names some place of the table too.
        vocabulary.prefetchFrequent(hash: hashes[i &+ Self.lookAhead])
        let hash = hashes[i]
        // Words have the place behind the marks, where nothing is.
        let byte = Int(text[Int(starts[i])])
        let place = hash == 0 && byte < Self.noMark ? byte : Self.noMark
        let found = FoundWord(packed: vocabulary.findFrequent(hash: hash).packed | marks[place].packed)
        words[i] = found
        ids[i] = found.id
        marked[i] |= found.triggers
        // Others, and words with a capital that begin nothing: they may have a clitic.
        let isOther = (found.isNone ? 1 : 0) & (place &>> 7)
        waiting[left] = UInt32(truncatingIfNeeded: i)
        left &+= (found.root == 0 ? 1 : 0) & (isOther | Int(shapes[i] & TokenShape.firstUpper))
      }
    }
    return left
  }

  /// What the lists say of the tokens that `takeFrequent` left, which are no frequent words or may have a clitic.
  func takeOthers(_ left: Int, _ text: UnsafeBufferPointer<UInt8>, _ tokens: TokenTable) {
    let storage = tokens.storage
    let (ids, hashes, shapes) = (storage.id, storage.hash, storage.shape)
    let (words, waiting) = (lookUps.words, lookUps.waiting)
    let (lexicon, vocabulary) = (lexicon, base.vocabulary)
    let added = user?.vocabulary
    for k in 0..<min(left, Self.lookAhead) { vocabulary.prefetchOther(hash: hashes[Int(waiting[k])]) }
    for k in 0..<left {
      if k &+ Self.lookAhead < left {
        vocabulary.prefetchOther(hash: hashes[Int(waiting[k &+ Self.lookAhead])])
      }
      let i = Int(waiting[k])
      let hash = hashes[i]
      var found = words[i]
      if found.isNone {
        if hash == 0 {
          found = Self.mark(i, text, tokens, lexicon)
        } else {
          found = vocabulary.findOther(hash: hash)
          if found.isNone, let added { found = added.find(hash: hash) }
        }
      }
      if found.root == 0, hash != 0, shapes[i] & TokenShape.firstUpper != 0 {
        let cut = clitics.cut(i, found, text, tokens, lexicon)
        if cut.length != 0 {
          found = cut.found
          storage.trim[i] = cut.length
        }
      }
      words[i] = found
      ids[i] = found.id
      storage.trigger[i] |= found.triggers
    }
    if added != nil { addTriggers(tokens) }
  }

  /// Adds what may begin with a word by the user's lists.
  func addTriggers(_ tokens: TokenTable) {
    let firstSet = lexicon.base.firstSet
    for i in 0..<tokens.count {
      let set = Int(firstSet[tokens.id[i]])
      tokens.trigger[i] |= set < triggers.count ? triggers[set] : ~0
    }
  }

  /// Sets the roots of the tokens, without the mark that a phrase goes on where none goes on with the next word, so that
  /// `match` need not look. Every other word begins some phrase: those that may go on are collected first, so that nothing
  /// branches.
  static func takeRoots(
    _ count: Int, _ tokens: TokenStorage, _ tree: PhraseTree, _ lookUps: LookUpBuffer,
    _ roots: UnsafeMutablePointer<UInt32>
  ) {
    let (ids, kinds) = (tokens.id, tokens.kind)
    let (words, waiting) = (lookUps.words, lookUps.waiting)
    var asked = 0
    var next = ids[0]
    for i in 0..<count &- 1 {
      let word = words[i]
      next = ids[i &+ 1]
      let mayPass: UInt32 = isSkippable(kinds[i &+ 1]) ? 1 : 0
      roots[i] = word.root & (~TreeBits.goesOn | mayPass)
      waiting[asked] = UInt32(truncatingIfNeeded: i)
      asked &+= Int(truncatingIfNeeded: word.mayStep(next)) & (next == 0 ? 0 : 1)
    }
    roots[count &- 1] = words[count &- 1].root
    for k in 0..<asked {
      let ahead = Int(waiting[min(k &+ lookAhead, asked &- 1)])
      tree.prefetchPair(words[ahead].root, ids[ahead &+ 1])
      let i = Int(waiting[k])
      roots[i] |= tree.mayBegin(words[i].root, ids[i &+ 1])
    }
  }

  /// A mark beyond ASCII.
  static func mark(
    _ i: Int, _ text: UnsafeBufferPointer<UInt8>, _ tokens: TokenTable, _ lexicon: Lexicon
  ) -> FoundWord {
    let start = Int(tokens.start[i])
    return lexicon.find(hash: WordHash.folded(text.baseAddress! + start, tokens.length(i)))
  }
}
