// Domains and enumerations, which are no ordinary words.

extension EntityEvidence {
  /// Finds the domains first: they open the gate for words in small letters.
  func markDomains(_ document: Document, _ context: inout EntityContext) {
    var done = 1
    var region = 0
    for mark in context.marks.dots {
      let i = Int(mark)
      // Boilerplate yields no names; its gate stays closed.
      while region < document.regions.count, Int(document.regions[region].span.end) <= i { region += 1 }
      if region < document.regions.count, document.regions[region].kind == .boilerplate,
        Int(document.regions[region].span.start) <= i, !document.includesBoilerplate
      {
        continue
      }
      guard i >= done, let span = domain(around: i, document) else { continue }
      context.open(span.range)
      context.domains.append(span)
      done = Int(span.end)
    }
  }

  /// Opens the gate inside names of the lists that hold commas (`Badan Meteorologi, Klimatologi, dan Geofisika`); elsewhere a
  /// comma ends a name.
  func markEnumerations(_ context: inout EntityContext) {
    for index in context.hits.indices {
      let hit = context.hits[index]
      guard isEnumeration(hit, context), context[Int(hit.start)].gate != 0 else { continue }
      context.open(Int(hit.start)..<Int(hit.end))
    }
  }

  /// Whether the hit is a sure name with a comma in it.
  func isEnumeration(_ hit: NameHit, _ context: EntityContext) -> Bool {
    guard hit.end - hit.start >= 5, hit.sure != 0 else { return false }
    return (Int(hit.start)..<Int(hit.end)).contains { context[$0].kind == TokenKind.comma }
  }

  /// The domain whose first dot is at `dot`: words, digits and hyphens without white space, the last one a known suffix.
  private func domain(around dot: Int, _ document: Document) -> TokenSpan? {
    let tokens = document.tokens
    guard tokens.gap[dot] == TokenGap.none, tokens.kind[dot - 1] <= TokenKind.number else { return nil }
    var start = dot - 1
    while start > 0, start + 8 > dot, tokens.gap[start] == TokenGap.none,
      tokens.kind[start - 1] <= TokenKind.number || tokens.kind[start - 1] == TokenKind.hyphen
    {
      start -= 1
    }
    // Part of an address or of a mail.
    if start > 0, tokens.gap[start] == TokenGap.none {
      let mark = tokens.kind[start - 1]
      if mark == TokenKind.at || mark == TokenKind.slash || mark == TokenKind.underscore { return nil }
      // `https://data.contoh.go.id`
      var before = start - 1
      while before > 0, before + 12 > start, tokens.gap[before] == TokenGap.none,
        tokens.kind[before] <= TokenKind.period || tokens.kind[before] == TokenKind.hyphen
      { before -= 1 }
      if tokens.kind[before] == TokenKind.slash { return nil }
    }
    var end = dot
    var at = dot
    while at + 1 < tokens.count, tokens.kind[at] == TokenKind.period, tokens.gap[at] == TokenGap.none,
      tokens.gap[at + 1] == TokenGap.none, tokens.kind[at + 1] == TokenKind.word
    {
      guard words.has(Mark.domainSuffix, tokens.id[at + 1]) else { break }
      end = at + 2
      at += 2
    }
    guard end > dot, document.tokens.kind[start] == TokenKind.word || tokens.kind[start] == TokenKind.number else {
      return nil
    }
    if end < tokens.count, tokens.gap[end] == TokenGap.none,
      tokens.kind[end] == TokenKind.slash || tokens.kind[end] == TokenKind.at
    {
      return nil
    }
    return TokenSpan(start, end)
  }
}
