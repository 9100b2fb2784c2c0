import CFaktaText

/// Looks every token up in the vocabulary and every phrase in the tree.
///
///     Menteri Luar Negeri Rusia   →   Menteri | Menteri Luar Negeri | Rusia, each a `Match`
///
/// Matching is by tokens, so a hit always stands on word boundaries, whatever its case. A hyphen or dot inside a phrase is
/// passed over (`al-Assad`, `PT. X`, `U.S.`), in the text as in the lists; a dot only where it cannot end a sentence.
///
/// **Cost.** One probe per token, and one per step of a phrase.
public struct LexiconMatcher: Sendable {
  /// The most words that a phrase may have.
  static let longestPhrase = 24

  private let lexicon: Lexicon

  public init(lexicon: Lexicon) { self.lexicon = lexicon }

  /// Whether the mark may be left out inside a phrase.
  static func isSkippable(_ kind: UInt8) -> Bool { kind == TokenKind.hyphen || kind == TokenKind.period }

  /// Sets the vocabulary ids of `tokens`.
  public func lookUp(_ bytes: [UInt8], _ tokens: inout TokenTable) {
    let base = lexicon.base
    for i in 0..<tokens.count {
      let hash = tokens.hash[i]
      if hash != 0 {
        tokens.id[i] = base.word(hash: hash)
      } else {
        let start = Int(tokens.start[i])
        let first = bytes[start]
        if first < 0x80 {
          tokens.id[i] = lexicon.markIDs[Int(first)]
        } else {
          let length = Int(tokens.end[i]) - start
          tokens.id[i] = bytes.withUnsafeBufferPointer {
            base.word(hash: WordHash.folded($0.baseAddress! + start, length))
          }
        }
      }
    }
  }

  /// Appends the matches that begin at each token, shortest first, and records in `index` where those of each token begin.
  public func match(_ bytes: [UInt8], _ tokens: TokenTable, matches: inout [Match], index: inout [UInt32]) {
    matches.removeAll(keepingCapacity: true)
    index.removeAll(keepingCapacity: true)
    let count = tokens.count
    for i in 0..<count {
      index.append(UInt32(matches.count))
      let root = lexicon.base.roots[tokens.id[i]]
      if root != 0 { walk(from: i, root, lexicon.base, 0, tokens, &matches) }
      if let user = lexicon.user {
        let id = userWord(i, bytes, tokens, user)
        let userRoot = id == 0 ? 0 : user.roots[id]
        if userRoot != 0 { walkUser(from: i, userRoot, user, bytes, tokens, &matches) }
      }
    }
    index.append(UInt32(matches.count))
  }

  private func walk(
    from i: Int, _ root: UInt32, _ data: LexiconData, _ tag: UInt32, _ tokens: TokenTable, _ matches: inout [Match]
  ) {
    var state = root
    var at = i + 1
    while true {
      if data.statePayload[state] != data.statePayload[state + 1] {
        matches.append(Match(start: Int32(i), end: Int32(at), state: state | tag))
      }
      guard let next = Self.nextWord(after: at, tokens) else { return }
      state = data.step(state, tokens.id[next])
      if state == 0 { return }
      at = next + 1
    }
  }

  private func walkUser(
    from i: Int, _ root: UInt32, _ data: LexiconData, _ bytes: [UInt8], _ tokens: TokenTable, _ matches: inout [Match]
  ) {
    var state = root
    var at = i + 1
    while true {
      if data.statePayload[state] != data.statePayload[state + 1] {
        matches.append(Match(start: Int32(i), end: Int32(at), state: state | Lexicon.userBit))
      }
      guard let next = Self.nextWord(after: at, tokens) else { return }
      state = data.step(state, userWord(next, bytes, tokens, data))
      if state == 0 { return }
      at = next + 1
    }
  }

  private func userWord(_ i: Int, _ bytes: [UInt8], _ tokens: TokenTable, _ user: LexiconData) -> UInt32 {
    if tokens.hash[i] != 0 { return user.word(hash: tokens.hash[i]) }
    let start = Int(tokens.start[i])
    let length = Int(tokens.end[i]) - start
    return bytes.withUnsafeBufferPointer { user.word(hash: WordHash.folded($0.baseAddress! + start, length)) }
  }

  /// The token with which a phrase may go on after token `at - 1`: the next one, past a hyphen, or past a dot that is no
  /// full stop. Nil at the end, and where a line ends.
  @inline(__always)
  static func nextWord(after at: Int, _ tokens: TokenTable) -> Int? {
    guard at < tokens.count, tokens.gap[at] <= TokenGap.line else { return nil }
    let kind = tokens.kind[at]
    if kind == TokenKind.hyphen {
      let next = at + 1
      guard next < tokens.count, tokens.gap[next] == tokens.gap[at], tokens.gap[at] == TokenGap.none else { return at }
      return next
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
