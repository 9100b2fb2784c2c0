import Testing

@testable import Fakta

/// The matcher against a naive one that walks the list for every token, on random lists and texts.
@Suite struct MatcherDifferentialTests {
  @Test(arguments: Array(1...60)) func findsWhatTheNaiveOneFinds(seed: Int) throws {
    var numbers = SeededRandom(seed: UInt64(seed))
    func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &numbers) }
    // Few words, so that phrases overlap and share beginnings.
    let words = ["ka", "Ri", "mo", "tu", "Zen", "öl", "7"]
    func phrase(_ longest: Int) -> [String] {
      (0..<(1 + random(longest))).map { _ in words[random(words.count)] }
    }
    var base: [[String]] = []
    var user: [[String]] = []
    for _ in 0..<(3 + random(30)) { base.append(phrase(5)) }
    if seed % 3 == 0 { for _ in 0..<(1 + random(8)) { user.append(phrase(4)) } }
    let lexicon = try lexicon(base, user)
    let separators = [" ", " ", " ", "-", "\n", ", "]
    var text = ""
    for _ in 0..<200 { text += words[random(words.count)] + separators[random(separators.count)] }

    var tokens = TokenTable()
    let bytes = Array(text.utf8)
    Tokenizer().tokenize(bytes, into: &tokens)
    var matcher = LexiconMatcher(lexicon: lexicon)
    var (matches, index) = ([Match](), [UInt32]())
    matcher.lookUp(bytes, &tokens)
    matcher.match(bytes, tokens, matches: &matches, index: &index)
    let found = matches.map { "\($0.start)-\($0.end) \($0.state & Lexicon.userBit == 0 ? "base" : "user")" }
    #expect(found == naive(base, user, bytes, tokens), "seed \(seed)")
    #expect(index.count == tokens.count + 1 && index.last == UInt32(matches.count))
  }

  private func lexicon(_ base: [[String]], _ user: [[String]]) throws -> Lexicon {
    let header = "#! label=PER\n#! source=random\nid\tname\n"
    func list(_ phrases: [[String]]) -> String {
      header + phrases.enumerated().map { "x:\($0.offset)\t\($0.element.joined(separator: " "))\n" }.joined()
    }
    let data = LexiconData(image: try ToyLanguage.image([("base.tsv", Array(list(base).utf8))]))
    guard !user.isEmpty else { return Lexicon(base: data, user: nil) }
    var lists = UserLists(label: nil)
    // Ids of their own, so that only equal forms hide each other.
    let text =
      "#! label=LOC\n#! source=random\nid\tname\n"
      + user.enumerated().map { "u:\($0.offset)\t\($0.element.joined(separator: " "))\n" }.joined()
    try lists.add(bytes: Array(text.utf8), path: "user.tsv")
    return try lists.lexicon(over: data)
  }

  private func naive(_ base: [[String]], _ user: [[String]], _ bytes: [UInt8], _ tokens: TokenTable) -> [String] {
    func word(_ i: Int) -> String {
      String(decoding: bytes[Int(tokens.start[i])..<Int(tokens.end[i])], as: UTF8.self).lowercased()
    }
    /// The end of `phrase` from token `i`, nil when it does not stand there.
    func end(_ phrase: [String], _ i: Int) -> Int? {
      var at = i
      for (k, wanted) in phrase.enumerated() {
        if k > 0 {
          guard at < tokens.count, tokens.gap[at] <= TokenGap.line else { return nil }
          if word(at) == "-", tokens.gap[at] == TokenGap.none, at + 1 < tokens.count,
            tokens.gap[at + 1] == TokenGap.none
          {
            at += 1
          }
        }
        guard at < tokens.count, word(at) == wanted.lowercased() else { return nil }
        at += 1
      }
      return at
    }
    let userForms = Set(user.map { $0.joined(separator: " ").lowercased() })
    let kept = base.filter { !userForms.contains($0.joined(separator: " ").lowercased()) }
    return (0..<tokens.count).flatMap { i in
      let a = Set(kept.compactMap { end($0, i) }).map { ($0, 0) }
      let b = Set(user.compactMap { end($0, i) }).map { ($0, 1) }
      return (a + b).sorted { $0 < $1 }.map { "\(i)-\($0.0) \($0.1 == 0 ? "base" : "user")" }
    }
  }
}
