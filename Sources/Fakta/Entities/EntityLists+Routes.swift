/// Places between which something leads or drives: `jalan tol Kenangira - Wulungsari`.
extension EntityLists {
  /// Most words between the word for a route and its first place.
  private static let mostLeadWords = 3

  /// Lets the place of a route vote for those that hyphens join to it, which the tagger saw as nothing.
  ///
  /// **Cost.** A look at the tokens on both sides of each name.
  func voteRoutes(
    _ found: [FoundName], _ document: Document, _ context: EntityContext, _ lattice: TagLattice,
    _ touched: inout [Int32]
  ) {
    for k in found.indices where found[k].label == .location {
      let name = found[k]
      let before = k > 0 ? found[k - 1].end : 0
      var start = name.start
      while let run = stop(endingAt: start - 1, behind: before, document, context),
        isOnRoute(run, from: run.lowerBound, document, context)
      {
        favour(run, .location, lattice, &touched)
        start = run.lowerBound
      }
      let next = k + 1 < found.count ? found[k + 1].start : document.tokens.count
      var end = name.end
      while let run = stop(startingAt: end + 1, before: next, document, context),
        isOnRoute(run, from: start, document, context)
      {
        favour(run, .location, lattice, &touched)
        end = run.upperBound
      }
    }
  }

  /// The capitalised words behind the hyphen before `start`.
  private func stop(
    startingAt start: Int, before next: Int, _ document: Document, _ context: EntityContext
  ) -> Range<Int>? {
    guard start < next, isJoint(start - 1, document, context), WordForm.isName(context[start].form),
      Int(context[start].runStart) == start
    else { return nil }
    let end = Int(context[start].runEnd)
    return end <= next && canBeStop(start..<end, context) ? start..<end : nil
  }

  /// The capitalised words before the hyphen at `end`, behind abbreviations (`KA Kenangira - Wulungsari`).
  private func stop(
    endingAt end: Int, behind last: Int, _ document: Document, _ context: EntityContext
  ) -> Range<Int>? {
    guard end > last, isJoint(end, document, context), WordForm.isName(context[end - 1].form),
      Int(context[end - 1].runEnd) == end
    else { return nil }
    var start = max(last, Int(context[end - 1].runStart))
    while start < end - 1, context[start].form == WordForm.allCaps { start += 1 }
    return canBeStop(start..<end, context) ? start..<end : nil
  }

  /// Whether the token is a hyphen between two words of a passage, which are not the same one (`Dolo - Dolo`).
  private func isJoint(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    return i > 0 && i + 1 < tokens.count && tokens.kind[i] == TokenKind.hyphen && context[i].begin == 0
      && context[i + 1].begin == 0 && tokens.hash[i - 1] != tokens.hash[i + 1]
  }

  private func canBeStop(_ run: Range<Int>, _ context: EntityContext) -> Bool {
    run.count <= 2 && (isListedPlace(run, context) || canBePlace(run, context))
      && run.allSatisfy { context[$0].form == WordForm.capital && context[$0].gate != 0 && context[$0].hit & 4 == 0 }
  }

  private func isListedPlace(_ run: Range<Int>, _ context: EntityContext) -> Bool {
    guard let hit = context.listing(at: run.lowerBound) else { return false }
    return Int(hit.end) == run.upperBound && hit.labels & 4 != 0
  }

  /// Whether a list knows the words as a place, and as nothing else, or a word for routes stands before `start` and they are no
  /// common ones.
  private func isOnRoute(
    _ run: Range<Int>, from start: Int, _ document: Document, _ context: EntityContext
  ) -> Bool {
    let isListed = isListedPlace(run, context)
    if isListed, canBePlace(run, context) { return true }
    guard isListed || run.allSatisfy({ evidence.isUncommon($0, document, context) }) else { return false }
    var at = start - 1
    while at >= 0, start - at <= Self.mostLeadWords + 1, context[at + 1].begin == 0 {
      if evidence.nameWords.has(.route, at, at + 1, document) { return true }
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
