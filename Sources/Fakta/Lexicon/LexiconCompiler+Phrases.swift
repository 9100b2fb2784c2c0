// The tree of phrases: each word of a form is a step, and entries stand where their forms end.

extension LexiconCompiler {
  mutating func addPhrase(
    _ form: Bytes, _ formID: UInt32, _ entry: UInt32, _ flags: NameFlags, _ list: ListFile, _ row: Int
  ) throws(LexiconError) {
    readWords(form)
    guard !wordIDs.isEmpty else {
      throw list.problem(row, "'\(strings.string(formID))' has no word in it; write a word or delete it")
    }
    guard wordIDs.count <= LexiconMatcher.longestPhrase else {
      throw list.problem(
        row,
        "'\(strings.string(formID))' has \(wordIDs.count) words, \(LexiconMatcher.longestPhrase) are possible; shorten it"
      )
    }
    addPath(formID, entry, flags, list)
    // The name "U.S." is found as "US" too; the text's "U.S." for a listed "US" is the matcher's work.
    guard list.column("name") != nil else { return }
    if joinInitials(form) {
      addPath(formID, entry, flags, list)
      readWords(form)
    }
    // "Nasdem" for "NasDem", of which the tokenizer makes two words.
    if joinGlued(form) { addPath(formID, entry, flags, list) }
  }

  /// Adds the path of `wordIDs` to the tree.
  mutating func addPath(_ formID: UInt32, _ entry: UInt32, _ flags: NameFlags, _ list: ListFile) {
    var state = base == nil ? root(wordIDs[0]) : step(1, wordIDs[0])
    for id in wordIDs.dropFirst() { state = step(state, id) }
    payload.append(Payload(state: state, row: entry, form: formID, flags: UInt16(truncatingIfNeeded: flags.rawValue)))
    let set = rowClasses[Int(entry)]
    if base == nil {
      firstClasses[Int(wordIDs[0])].formUnion(set)
    } else {
      userFirstClasses[wordIDs[0], default: ClassSet()].formUnion(set)
      cover(list)
    }
  }

  /// Replaces, in `wordIDs`, single letters with dots between them by the word that they make; false when there are none.
  mutating func joinInitials(_ form: Bytes) -> Bool {
    guard form.contains(0x2E) else { return false }
    func isInitial(_ i: Int) -> Bool { i < tokens.count && tokens.kind[i] == TokenKind.word && tokens.length(i) == 1 }
    func goesOn(_ i: Int) -> Bool {
      isInitial(i) && isInitial(i + 2) && tokens.kind[i + 1] == TokenKind.period && tokens.gap[i + 1] == TokenGap.none
        && tokens.gap[i + 2] == TokenGap.none
    }
    var joined: [UInt8] = []
    var i = 0
    var found = false
    while i < tokens.count {
      if !joined.isEmpty { joined.append(0x20) }
      joined.append(contentsOf: form[Int(tokens.start[i])..<Int(tokens.end[i])])
      while goesOn(i) {
        i += 2
        found = true
        joined.append(contentsOf: form[Int(tokens.start[i])..<Int(tokens.end[i])])
      }
      i += 1
    }
    if found { joined.withUnsafeBufferPointer { readWords($0) } }
    return found
  }

  /// Replaces, in `wordIDs`, words that are written together by the word that they make; false when there are none.
  mutating func joinGlued(_ form: Bytes) -> Bool {
    var joined: [UInt8] = []
    var found = false
    for i in 0..<tokens.count {
      let isGlued =
        i > 0 && tokens.gap[i] == TokenGap.none && tokens.kind[i] == TokenKind.word
        && tokens.kind[i - 1] == TokenKind.word
      if isGlued { found = true } else if i > 0 { joined.append(0x20) }
      for k in Int(tokens.start[i])..<Int(tokens.end[i]) {
        // In capitals it would be parted again.
        joined.append(isGlued && form[k] >= 0x41 && form[k] <= 0x5A ? form[k] | 0x20 : form[k])
      }
    }
    if found { joined.withUnsafeBufferPointer { readWords($0) } }
    return found
  }

  mutating func root(_ word: UInt32) -> UInt32 {
    if roots[Int(word)] == 0 { roots[Int(word)] = newState() }
    return roots[Int(word)]
  }

  mutating func step(_ state: UInt32, _ word: UInt32) -> UInt32 {
    let key = UInt64(state) << 32 | UInt64(word)
    if let next = steps[key] { return next }
    let next = newState()
    steps.insert(key, next)
    return next
  }

  mutating func newState() -> UInt32 {
    stateCount += 1
    return stateCount - 1
  }

  /// Records where the built-in tree holds the same words.
  mutating func cover(_ list: ListFile) {
    guard let base else { return }
    let state = base.state(of: wordIDs)
    guard state != 0, base.statePayload[state] != base.statePayload[state + 1] else { return }
    covered.append((state, Self.table(of: list), list.column("name") != nil))
  }
}
