/// What stands beside a name: bodies and places that are one name, pairs that are two, conjunctions inside names.
extension EntitySpans {
  /// `Dinas Pariwisata` + `Bali`, `Dittipikor` + `Bareskrim Polri`: an organization with the place or body behind it is one.
  func join(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    let count = found.withUnsafeMutableBufferPointer { found in
      var out = 0
      var (start, end) = (-1, -1)
      for k in found.indices {
        let name = found[k]
        if end == name.start, canJoin(found[out - 1], name, document, context) {
          found[out - 1].end = name.end
          found[out - 1].margin = min(found[out - 1].margin, name.margin)
          found[out - 1].lastTag = name.lastTag
        } else if name.start <= start {
          // A head that was a name by itself is now the beginning of the next one.
          found[out - 1] = name
        } else {
          if out < k { found[out] = name }
          out += 1
          start = name.start
        }
        end = name.end
      }
      return out
    }
    found.removeLast(found.count - count)
    extendConjunctions(document, context, &found)
    // `(Persero) Tbk`
    var last = 0
    var isNested = false
    found.withUnsafeMutableBufferPointer { found in
      for k in found.indices {
        if found[k].label == .organization { extendCorporate(&found[k], document, context) }
        if found[k].start < last { isNested = true }
        last = max(last, found[k].end)
      }
    }
    guard isNested else { return }
    last = 0
    found.removeAll { name in
      defer { last = max(last, name.end) }
      return name.start < last
    }
  }

  private func canJoin(_ a: FoundName, _ b: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    guard a.end == b.start, context[b.start].begin == 0, document.tokens.gap[b.start] == TokenGap.space else {
      return false
    }
    if a.label == .organization { return b.label != .person }
    // `Hotel Mulia Jakarta`: a venue with its city is one place.
    return a.label == .location && b.label == .location && context[a.start].starts.contains(.placeHead) && a.count > 1
      && isVenue(a.start, document)
  }

  /// `Dinas Pemadam Kebakaran dan Penyelamatan Denpasar`: a head of offices goes on past `dan` when no name follows it.
  private func extendConjunctions(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    // Most texts have no such name.
    guard
      var k = found.firstIndex(where: {
        $0.label == .organization && lastPart(of: $0, document, context) != nil
      })
    else { return }
    var out = k
    while k < found.count {
      var name = found[k]
      k += 1
      if let last = lastPart(of: name, document, context) {
        let runEnd = Int(context[last].runEnd)
        let isList = document.tokens.kind[name.end] == TokenKind.comma
        // What the tagger saw in the parts between is none by itself.
        while k < found.count, found[k].start < last { k += 1 }
        if k < found.count, found[k].start < runEnd {
          if found[k].start > last || isList {
            name.end = found[k].label == .person ? found[k].start : found[k].end
            if found[k].label != .person { k += 1 }
          }
        } else {
          name.end = runEnd
        }
      }
      found[out] = name
      out += 1
    }
    found.removeLast(found.count - out)
  }

  /// Where the last part of an office's name may begin: behind the conjunction with which it goes on, after further parts
  /// with commas (`Dinas Kebersihan, Pertamanan, dan PEMAKAMAN`); nil where the name ends.
  private func lastPart(of name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    let tokens = document.tokens
    guard name.label == .organization, name.count >= 2, context[name.start].starts.contains(.orgHead),
      // Behind its place the office's name is at its end.
      context[name.end - 1].hit & 2 == 0
    else { return nil }
    var i = name.end
    while i + 2 < tokens.count, tokens.kind[i] == TokenKind.comma {
      i += 1
      if i > name.end + 1, context[i].starts.contains(.conjunction), context[i].form == WordForm.small { break }
      let end = Int(context[i].runEnd)
      // Names, bodies and titles behind a comma are others, and so is a day.
      guard isPart(i, context), context[i].hit == 0, end > i, end - i <= 3,
        context[i].starts.isDisjoint(with: [.placeHead, .calendar, .given])
      else { return nil }
      i = end
    }
    guard i + 1 < tokens.count, context[i].starts.contains(.conjunction), context[i].form == WordForm.small,
      isPart(i + 1, context), i == name.end || context[i + 1].hit == 0, isOffice(name.start, document)
    else { return nil }
    return i + 1
  }

  /// Whether a further part of an office's name can begin at a word.
  private func isPart(_ i: Int, _ context: EntityContext) -> Bool {
    context[i].form == WordForm.capital
      && context[i].starts.isDisjoint(with: [.office, .orgHead, .honorific, .rank, .thing])
  }

  private func isOffice(_ i: Int, _ document: Document) -> Bool {
    for m in document.matchRange(at: i) {
      if officeHeads.first(at: document.matches[m].state, in: lexicon) == true { return true }
    }
    return false
  }

  func isVenue(_ i: Int, _ document: Document) -> Bool {
    for m in document.matchRange(at: i) {
      if venueHeads.first(at: document.matches[m].state, in: lexicon) == true { return true }
    }
    return false
  }

  /// `Unit PPA Satreskrim` + `Polres Kenanga`: where the head of a branch, with which a body's name begins, ends the unit before
  /// it, both are one.
  func joinBranches(_ found: inout [FoundName]) {
    found.withUnsafeMutableBufferPointer { found in
      // Names that overlap are rare: nothing but their ends is compared.
      var end = Int.min
      for k in found.indices {
        if found[k].start < end { joinBranch(&found[k - 1], &found[k]) }
        end = found[k].end
      }
    }
  }

  private func joinBranch(_ before: inout FoundName, _ name: inout FoundName) {
    guard name.start >= before.start, name.end > before.end, before.label == .organization, name.label == .organization
    else { return }
    // The later one holds both, so that the order of starts stays.
    name.start = before.start
    before.end = before.start
  }

  /// `Kodim 0599/Wulung`: the number of a unit, a slash and what the unit is called by are its name; behind an office (`Danrem
  /// 099/Wulung`) that is nobody's name.
  func joinUnits(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    let kinds = document.tokens.kind
    guard
      found.contains(where: {
        $0.start > 2 && kinds[$0.start - 1] == TokenKind.slash && isUnitNumber($0.start - 2, document, context)
      })
    else { return }
    for k in found.indices {
      let name = found[k]
      guard name.start > 2, kinds[name.start - 1] == TokenKind.slash, isUnitNumber(name.start - 2, document, context),
        document.tokens.attached(name.start), document.tokens.attached(name.start - 1)
      else { continue }
      let head = name.start - 3
      guard WordForm.isName(context[head].form), context[head + 1].begin == 0, context[name.start].begin == 0 else {
        continue
      }
      if context[head].ends.contains(.office) {
        if name.label == .person { found[k].end = name.start }
        continue
      }
      // `Lantamal IV/Lanal Wulung` are two.
      guard isMilitary(head, document), context[name.start].starts.isDisjoint(with: .orgHead) else { continue }
      // `Yonif 315` may be a name by itself.
      found[k].start = head
      if k > 0, found[k - 1].end > head {
        found[k].start = min(head, found[k - 1].start)
        found[k - 1].end = found[k - 1].start
      }
      found[k].label = .organization
    }
    found.removeAll { $0.start >= $0.end }
  }

  private func isUnitNumber(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    document.tokens.length(i) <= 5
      && (document.tokens.kind[i] == TokenKind.number
        || context[i].form == WordForm.allCaps || context[i].form == WordForm.initial)
  }

  private func isMilitary(_ i: Int, _ document: Document) -> Bool {
    document.matchRange(at: i).contains {
      Int(document.matches[$0].end) == i + 1
        && militaryHeads.first(at: document.matches[$0].state, in: lexicon) == true
    }
  }

  private func extendCorporate(_ name: inout FoundName, _ document: Document, _ context: EntityContext) {
    let tokens = document.tokens
    var end = name.end
    if end + 2 < tokens.count, tokens.kind[end] == TokenKind.openParen, tokens.kind[end + 2] == TokenKind.closeParen,
      context[end + 1].ends.contains(.orgSuffix), tokens.length(end + 1) > 2
    {
      end += 3
      name.end = end
    }
    if end < tokens.count, context[end].starts.contains(.orgSuffix), WordForm.isName(context[end].form),
      context[end].begin == 0,
      tokens.gap[end] == TokenGap.space, context[end].starts.isDisjoint(with: [.office, .orgHead])
    {
      name.end = end + 1
    }
  }

  /// `Kelurahan Tanjung Barat Kecamatan Jagakarsa`: each designator begins a place of its own.
  func split(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    var parts: [FoundName] = []
    for k in found.indices
    where found[k].label == .location && found[k].count > 2 && isAddress(found[k], document, context) {
      var name = found[k]
      var isFirst = true
      while let cut = cut(name, document, context) {
        var head = name
        head.end = cut
        while head.end > head.start, document.tokens.kind[head.end - 1] >= TokenKind.period { head.end -= 1 }
        keep(head, &isFirst, k, document, &found, &parts)
        name.start = cut
      }
      keep(name, &isFirst, k, document, &found, &parts)
    }
    merge(&parts, into: &found)
  }

  /// Stores a part of name `k`: the first one in its place. House numbers of neighbourhoods (`RT 05`) are no names.
  private func keep(
    _ part: FoundName, _ isFirst: inout Bool, _ k: Int, _ document: Document, _ found: inout [FoundName],
    _ parts: inout [FoundName]
  ) {
    var part = part
    while part.start < part.end, words.has(Mark.outsideHead, document.tokens.id[part.start]) {
      part.start += 1
      while part.start < part.end, document.tokens.kind[part.start] != TokenKind.word { part.start += 1 }
    }
    if isFirst { found[k] = part } else if part.start < part.end { parts.append(part) }
    isFirst = false
  }

  private func cut(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    guard name.count > 2 else { return nil }
    for i in name.start + 1..<name.end - 1 where context[i].form == WordForm.capital {
      guard words.has(Mark.splitHead, document.tokens.id[i]),
        !context[i - 1].starts.contains(.placeHead)
      else { continue }
      return i
    }
    return nil
  }

  /// Puts the parts behind their names, in text order.
  private func merge(_ parts: inout [FoundName], into found: inout [FoundName]) {
    guard !parts.isEmpty else { return }
    found.append(contentsOf: parts)
    found.sort { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  /// `Prabowo-Sandiaga`: two names joined by a hyphen, each known by itself; a slash is in no name (`Greysia/Apriani`).
  func splitPairs(_ document: Document, _ context: EntityContext, _ found: inout [FoundName]) {
    var parts: [FoundName] = []
    let kinds = document.tokens.kind
    for k in found.indices where found[k].label == .person {
      let (start, end) = (found[k].start, found[k].end)
      if start > 1, kinds[start - 1] == TokenKind.slash, let before = partner(start - 2, start - 1, document, context),
        k == 0 || found[k - 1].end <= before, parts.last?.start != before
      {
        parts.append(partner(of: found[k], before))
      }
      if end < document.tokens.count, kinds[end] == TokenKind.slash,
        let behind = partner(end + 1, end, document, context),
        k + 1 == found.count || found[k + 1].start > behind
      {
        parts.append(partner(of: found[k], behind))
      }
    }
    for k in found.indices where found[k].label == .person && found[k].count >= 3 && found[k].count < 12 {
      let name = found[k]
      for i in name.start + 1..<name.end - 1
      where document.tokens.kind[i] == TokenKind.hyphen || document.tokens.kind[i] == TokenKind.slash {
        guard
          document.tokens.kind[i] == TokenKind.slash
            || context[i - 1].starts.isDisjoint(with: .particle)
              && isKnown(name.start, i, document, context, found, k)
              && isKnown(i + 1, name.end, document, context, found, k)
        else { continue }
        var tail = name
        tail.start = i + 1
        found[k].end = i
        parts.append(tail)
        break
      }
    }
    // "Melati Vs Anggrek": two clubs, also where a headline writes the word between with a capital.
    for k in found.indices where found[k].count >= 3 && found[k].count < 12 {
      let name = found[k]
      guard let i = (name.start + 1..<name.end - 1).first(where: { isVersus($0, context) }) else { continue }
      var tail = name
      tail.start = i + 1
      found[k].end = i
      parts.append(tail)
    }
    merge(&parts, into: &found)
  }

  /// Whether the word at `i` sets opponents against each other: `vs`.
  private func isVersus(_ i: Int, _ context: EntityContext) -> Bool {
    context[i].starts.isSuperset(of: [.sport, .preposition]) && context[i].form == WordForm.capital
  }

  /// `Ahsan/Hendra`: the word `i` if it stands alone beside the slash that a person's name is on the other side of, and nothing
  /// else is known of it.
  private func partner(_ i: Int, _ slash: Int, _ document: Document, _ context: EntityContext) -> Int? {
    let tokens = document.tokens
    guard i >= 0, i < tokens.count, tokens.kind[i] == TokenKind.word, context[i].form == WordForm.capital,
      context[i].hit & 6 == 0, tokens.length(i) >= 3
    else { return nil }
    guard tokens.attached(slash), tokens.attached(slash + 1),
      context[i].runEnd - context[i].runStart == 1, i < slash || context[i].begin == 0,
      context[i].starts.isDisjoint(with: [
        .office, .officePrefix, .rank, .honorific, .occupation, .orgHead, .orgSuffix, .placeHead, .direction, .calendar,
        .thing,
      ])
    else { return nil }
    let tendency = lexicon.caseTendency(ofWord: tokens.id[i])
    return tendency == 0 || tendency >= 4 ? i : nil
  }

  private func partner(of name: FoundName, _ i: Int) -> FoundName {
    FoundName(start: i, end: i + 1, label: .person, margin: name.margin, firstTag: i, lastTag: i)
  }

  /// Whether the lists or another name of the article have these words as a name or as its first or last part.
  private func isKnown(
    _ start: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ found: [FoundName], _ except: Int
  ) -> Bool {
    if context[start].hitIndex >= 0 {
      let hit = context.hit(context[start].hitIndex)
      if Int(hit.start) == start, Int(hit.end) == end, hit.labels & 2 != 0 { return true }
    }
    if end - start >= 2 { return true }
    guard document.tokens.length(start) >= 4 else { return false }
    let hash = document.tokens.hash[start]
    for (k, name) in found.prefix(400).enumerated() where k != except && name.label == .person && name.start < name.end
    {
      if document.tokens.hash[name.start] == hash || document.tokens.hash[name.end - 1] == hash {
        if !(name.start..<name.end).contains(where: { document.tokens.kind[$0] == TokenKind.hyphen }) { return true }
      }
    }
    return false
  }

  /// An address is cut at its designators; a venue keeps its city (`Stadion Siliwangi Kota Bandung`).
  private func isAddress(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    let first = document.tokens.id[name.start]
    return words.has(Mark.splitHead, first) || words.has(Mark.outsideHead, first)
      || !context[name.start].starts.contains(.placeHead)
      || document.tokens.length(name.start) <= 5
  }
}
