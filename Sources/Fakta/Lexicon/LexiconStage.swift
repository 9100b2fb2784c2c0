/// Finds every word and phrase of the lists in the text (`LexiconMatcher`).
public struct LexiconStage: Stage {
  public static let reads: Set<Layer> = [.tokens]
  public static let writes: Layer = .matches

  private var matcher: LexiconMatcher

  public init(lexicon: Lexicon) { matcher = LexiconMatcher(lexicon: lexicon) }

  public mutating func run(on document: inout Document) {
    matcher.lookUp(document.bytes, &document.tokens)
    matcher.match(
      document.bytes, document.tokens, matches: &document.matches, index: &document.matchIndex)
  }
}
