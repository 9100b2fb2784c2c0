/// Finds every word and phrase of the lists in the text (`LexiconMatcher`).
public struct LexiconStage: Stage {
  public static let reads: Set<Layer> = [.tokens]
  public static let writes: Layer = .matches

  private var matcher: LexiconMatcher
  private let image: LexiconImage
  private var hasRun = false

  public init(lexicon: Lexicon) {
    matcher = LexiconMatcher(lexicon: lexicon)
    image = lexicon.image
  }

  public mutating func run(on document: inout Document) {
    matcher.lookUp(document.bytes, &document.tokens)
    matcher.match(
      document.bytes, document.tokens, matches: &document.matches, index: &document.matchIndex)
    // The first text may be the only one: then nobody needs again what the stages have read when they were made, nor most of
    // the tables in which words and phrases are looked up.
    if !hasRun { image.releasePages() }
    hasRun = true
  }
}
