/// Splits the normalised text into tokens (`Tokenizer`), and joins parted words (`SpacedHyphens`).
public struct TokenizeStage: Stage {
  public static let reads: Set<Layer> = [.text]
  public static let writes: Layer = .tokens

  private let tokenizer = Tokenizer()

  public init() {}

  public mutating func run(on document: inout Document) {
    tokenizer.tokenize(document.bytes, into: &document.tokens)
    SpacedHyphens.join(document.bytes, document.tokens)
  }
}
