/// Names that hyphens join: `jalan tol Kenangira - Wulungsari`, `duet Bianto - Sulurwana`.
extension EntityLists {
  /// Most words between the word for a route or pair and its first name.
  private static let mostLeadWords = 3

  /// Lets a place of a route, and a person of a pair, vote for those that hyphens join to it, which the tagger saw as nothing.
  ///
  /// **Cost.** A look at the tokens on both sides of each name.
  func voteJoined(
    _ found: [FoundName], _ document: Document, _ context: EntityContext, _ lattice: TagLattice,
    _ touched: inout [Int32]
  ) {
    for k in found.indices where found[k].label == .location || found[k].label == .person {
      let name = found[k]
      let before = k > 0 ? found[k - 1].end : 0
      var start = name.start
      while let run = run(endingAt: start - 1, behind: before, name.label, document, context),
        isJoined(run, name.label, from: run.lowerBound, document, context)
      {
        favour(run, name.label, lattice, &touched)
        start = run.lowerBound
      }
      let next = k + 1 < found.count ? found[k + 1].start : document.tokens.count
      var end = name.end
      while let run = run(startingAt: end + 1, before: next, name.label, document, context),
        isJoined(run, name.label, from: start, document, context)
      {
        favour(run, name.label, lattice, &touched)
        end = run.upperBound
      }
    }
  }

  /// The capitalised words behind the hyphen before `start`.
  private func run(
    startingAt start: Int, before next: Int, _ label: EntityLabel, _ document: Document, _ context: EntityContext
  ) -> Range<Int>? {
    guard start < next, isJoint(start - 1, document, context), WordForm.isName(context[start].form),
      Int(context[start].runStart) == start
    else { return nil }
    let end = Int(context[start].runEnd)
    return end <= next && canBeJoined(start..<end, label, context) ? start..<end : nil
  }

  /// The capitalised words before the hyphen at `end`, behind abbreviations (`KA Kenangira - Wulungsari`).
  private func run(
    endingAt end: Int, behind last: Int, _ label: EntityLabel, _ document: Document, _ context: EntityContext
  ) -> Range<Int>? {
    guard end > last, isJoint(end, document, context), WordForm.isName(context[end - 1].form),
      Int(context[end - 1].runEnd) == end
    else { return nil }
    var start = max(last, Int(context[end - 1].runStart))
    while start < end - 1, context[start].form == WordForm.allCaps { start += 1 }
    return canBeJoined(start..<end, label, context) ? start..<end : nil
  }

  /// Whether the token is a hyphen between two words of a passage, which are not the same one (`Dolo - Dolo`).
  private func isJoint(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    return i > 0 && i + 1 < tokens.count && tokens.kind[i] == TokenKind.hyphen && context[i].begin == 0
      && context[i + 1].begin == 0 && tokens.hash[i - 1] != tokens.hash[i + 1]
  }

  private func canBeJoined(_ run: Range<Int>, _ label: EntityLabel, _ context: EntityContext) -> Bool {
    // Bits of the labels of the lists that speak against it.
    let others: UInt8 = label == .person ? 6 : 4
    return run.count <= 2 && (label == .location && isListedPlace(run, context) || canBePlace(run, context))
      && run.allSatisfy {
        context[$0].form == WordForm.capital && context[$0].gate != 0 && context[$0].hit & others == 0
      }
  }

  private func isListedPlace(_ run: Range<Int>, _ context: EntityContext) -> Bool {
    guard let hit = context.listing(at: run.lowerBound) else { return false }
    return Int(hit.end) == run.upperBound && hit.labels & 4 != 0
  }

  /// Whether a list knows the words as a place, and as nothing else, or a word for routes or pairs stands before `start` and they are
  /// no common ones.
  private func isJoined(
    _ run: Range<Int>, _ label: EntityLabel, from start: Int, _ document: Document, _ context: EntityContext
  ) -> Bool {
    let isListed = label == .location && isListedPlace(run, context)
    if isListed, canBePlace(run, context) { return true }
    guard isListed || run.allSatisfy({ evidence.isUncommon($0, document, context) }) else { return false }
    var at = start - 1
    while at >= 0, start - at <= Self.mostLeadWords + 1, context[at + 1].begin == 0 {
      if evidence.nameWords.has(label == .location ? .route : .pair, at, at + 1, document) { return true }
      guard
        context[at].form != WordForm.small
          || context[at].starts.isDisjoint(with: .verb)
            && (context[at].starts.contains(.placePreposition) || !context[at].starts.contains(.preposition))
      else { return false }
      at -= 1
    }
    return false
  }
}
