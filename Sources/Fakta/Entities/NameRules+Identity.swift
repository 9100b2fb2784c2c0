/// Which entry of the lists a single name keeps when the article has the full one.
extension NameRules {
  /// Takes the entry from single names of persons whose full name, which no list knows, says that they are others: the Pitana of
  /// `I Gde Pitana` is not Nestor Pitana.
  ///
  /// Not done for abbreviations: their long form may be a translation (`International Agency for Research on Cancer (IARC)`).
  ///
  /// **Cost.** Two passes over the mentions; names are compared only where a short form has an entry and its full name has none.
  func disownSingleNames(_ group: MentionGroup, _ document: Document) {
    guard group.count > 1 else { return }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: group.count) { fullNames in
      // For each person a mention of several words, one that a list knows rather than others.
      fullNames.initialize(repeating: -1)
      for i in 0..<group.count where group.mentions[i].words > 1 && group.mentions[i].label == .person {
        let root = group.root(i)
        if fullNames[root] < 0 || group.entities[i].entry != nil { fullNames[root] = Int32(truncatingIfNeeded: i) }
      }
      document.bytes.withUnsafeBufferPointer { text in
        for i in 0..<group.count where group.mentions[i].words == 1 && group.mentions[i].label == .person {
          guard let entry = group.entities[i].entry else { continue }
          let full = Int(fullNames[group.root(i)])
          if full >= 0, group.entities[full].entry == nil, isOther(entry, than: group.mentions[full], document, text) {
            group.entities[i].entry = nil
          }
        }
      }
    }
  }

  /// Whether the list's name of `entry` has a word that the full name lacks, spelt alike, with a letter wrong, short or as an
  /// initial.
  private func isOther(
    _ entry: EntryID, than full: Mention, _ document: Document, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let name = lexicon.nameBytes(entry)
    let tokens = document.tokens
    guard name.contains(Self.space) else { return false }
    var start = 0
    while start < name.count {
      var end = start
      while end < name.count, name[end] != Self.space { end += 1 }
      let word = UnsafeBufferPointer(rebasing: name[start..<end])
      start = end + 1
      guard !word.isEmpty else { continue }
      let isThere = (Int(full.start)..<Int(full.end)).contains { k in
        Self.areAlike(word, UnsafeBufferPointer(rebasing: text[Int(tokens.start[k])..<Int(tokens.end[k])]))
      }
      if !isThere { return true }
    }
    return false
  }

  private static let space: UInt8 = 0x20

  private static func areAlike(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    let shorter = min(a.count, b.count)
    // `J.` of `Jorge`, `Dani` of `Daniel`
    if shorter == 1 || shorter >= 3, a.prefix(shorter).elementsEqual(b.prefix(shorter)) { return true }
    return SpeltName.areAlike(a, b) || shorter >= 4 && EntityNames.differByOne(a, b)
  }
}
