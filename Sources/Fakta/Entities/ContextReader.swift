import CFaktaText

/// Reads the tokens of a document into what the tagger needs; a fixed function of lists and text.
struct ContextReader: Sendable {
  let lexicon: Lexicon
  let cues: CueTable
  /// The nodes of prepositions after which a place stands.
  let placePrepositions: [UInt32]
  /// Small words that stand inside names (`Energi dan Sumber Daya`, `Bank of America`).
  let connectors: WordMarks
  let headlineWords: HeadlineWords

  init(lexicon: Lexicon, cues: CueTable) {
    self.lexicon = lexicon
    self.cues = cues
    connectors = WordMarks(lexicon: lexicon, ["name-connector"])
    headlineWords = HeadlineWords(lexicon: lexicon)
    var nodes: [UInt32] = []
    let roles = ["at", "to", "from", "until"]
    ListRows.forEach(of: "prepositions", columns: ["form", "role", "sense"], in: lexicon) { row in
      guard !row.bytes(0).contains(0x20), roles.contains(row.text(1)), row.text(2).parts(" ").contains("place")
      else { return }
      let id = lexicon.wordID(row.text(0))
      guard id != 0 else { return }
      let node = lexicon.base.state(of: [id])
      if node != 0 { nodes.append(node) }
      let added = lexicon.user.map { $0.tree.step(1, id).packed >> TreeBits.shift } ?? 0
      if added != 0 { nodes.append(added | Lexicon.userBit) }
    }
    placePrepositions = nodes
  }

  /// Fills `info`, which has a place for each token, and the list hits of `memory`, whose number it returns.
  func read(
    _ document: borrowing Document, _ columns: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>,
    _ memory: ContextMemory, _ nodes: NodeTable, _ marks: inout ContextMarks, _ sportWords: inout Int
  ) -> Int {
    var tokens = columns
    tokens.passageGap = hasLineEnds(tokens) ? TokenGap.line : TokenGap.paragraph
    let counts = fillForms(tokens, info, memory.gated, memory.special, &marks)
    var open = counts.open
    if markCaselessPassages(tokens, info, counts) { open = Self.listOpen(tokens.count, info, memory.gated) }
    let hits = fillMatches(document, tokens, info, memory, nodes, &marks, &sportWords)
    if restoreHeadlines(document, tokens, info) { open = Self.listOpen(tokens.count, info, memory.gated) }
    fillGate(document, tokens, info, UnsafeBufferPointer(start: memory.gated, count: open), memory, marks)
    return hits
  }
}
