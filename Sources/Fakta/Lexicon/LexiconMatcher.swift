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
    for i in 0..<tokens.count {
      let hash = tokens.hash[i]
      if hash != 0 {
        tokens.id[i] = lexicon.word(hash: hash)
      } else {
        let start = Int(tokens.start[i])
        let first = bytes[start]
        if first < 0x80 {
          tokens.id[i] = lexicon.markIDs[Int(first)]
        } else {
          let length = Int(tokens.end[i]) - start
          tokens.id[i] = bytes.withUnsafeBufferPointer {
            lexicon.word(hash: WordHash.folded($0.baseAddress! + start, length))
          }
        }
      }
    }
  }

  /// Appends the matches that begin at each token, shortest first (of two that are equally long the user's comes last), and
  /// records in `index` where those of each token begin.
  public func match(_ tokens: TokenTable, matches: inout [Match], index: inout [UInt32]) {
    matches.removeAll(keepingCapacity: true)
    index.removeAll(keepingCapacity: true)
    let count = tokens.count
    let base = lexicon.base
    for i in 0..<count {
      let first = matches.count
      index.append(UInt32(first))
      let root = base.roots[tokens.id[i]]
      if root != 0 { walk(from: i, root, base, 0, tokens, &matches) }
      if let user = lexicon.user {
        let userRoot = user.step(1, tokens.id[i])
        guard userRoot != 0 else { continue }
        let middle = matches.count
        walk(from: i, userRoot, user, Lexicon.userBit, tokens, &matches)
        if first < middle, middle < matches.count { Self.sortByEnd(&matches, first, middle) }
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

  /// Sorts two sorted runs of matches into one, by insertion: they are a handful.
  private static func sortByEnd(_ matches: inout [Match], _ first: Int, _ middle: Int) {
    for i in middle..<matches.count {
      var at = i
      while at > first, matches[at - 1].end > matches[at].end {
        matches.swapAt(at - 1, at)
        at -= 1
      }
    }
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
