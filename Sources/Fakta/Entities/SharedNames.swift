/// First and last words of an article's persons that may be places or bodies as well (`Lewis Hamilton`, `Harrison Ford`), and
/// initials: alone they mean the person, unless the article uses them as the place or body, too.
///
/// **Cost.** Each word of the article's names is compared with at most `most` words, few in nearly all articles.
struct SharedNames: Sendable {
  private static let most = 64
  private var words: [UInt64] = []

  /// Whether the word of this hash alone means a person of the article.
  func contains(_ hash: UInt64) -> Bool { words.contains(hash) }

  /// Finds the words among the names of the first reading.
  mutating func find(
    _ found: [FoundName], _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) {
    words.removeAll(keepingCapacity: true)
    let hash = document.tokens.hash
    for name in found where name.label == .person && name.count >= 2 {
      let isListed = isListed(name, context)
      if isListed { add(name.start, document, context) }
      // The family name of somebody unknown, if the lists know nothing else by it.
      if isListed || context[name.end - 1].hit & 6 == 0 { add(name.end - 1, document, context) }
    }
    // `berinisial MA`, `MA (40)`
    for name in found where name.label == .person && name.count == 1 {
      guard context[name.start].form == WordForm.allCaps,
        evidence.isInitials(name.start, document, context) || evidence.isAged(name.start, document, context)
      else { continue }
      add(hash[name.start])
    }
    guard !words.isEmpty else { return }
    for name in found where name.label != .person && !words.isEmpty {
      guard name.count > 1 || isUsedAsOther(name.start, document, context, evidence) else { continue }
      for i in name.start..<min(name.end, name.start + 12) { words.removeAll { $0 == hash[i] } }
    }
  }

  private mutating func add(_ i: Int, _ document: Document, _ context: EntityContext) {
    guard context[i].form == WordForm.capital, document.tokens.length(i) >= 4, !context[i].starts.contains(.calendar)
    else { return }
    add(document.tokens.hash[i])
  }

  private mutating func add(_ word: UInt64) {
    if words.count < Self.most, !words.contains(word) { words.append(word) }
  }

  /// `di Hamilton`, `kota Hamilton`; or in a report of sport a club (`Valencia`).
  private func isUsedAsOther(
    _ i: Int, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    if context.isSport, evidence.isClubName(i, context) { return true }
    return i > 0 && context[i].begin != 2
      && (context[i - 1].ends.contains(.placeHead) || evidence.isBehindPlacePreposition(i, document, context))
  }

  /// Whether the lists know a person by the whole name.
  private func isListed(_ name: FoundName, _ context: EntityContext) -> Bool {
    guard context[name.start].hitIndex >= 0 else { return false }
    let hit = context.hit(context[name.start].hitIndex)
    return Int(hit.start) == name.start && Int(hit.end) == name.end && hit.labels & 2 != 0
  }
}
