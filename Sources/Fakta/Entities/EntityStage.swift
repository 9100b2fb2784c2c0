/// Finds people, places and organizations.
///
///     Presiden Joko Widodo tiba di Suriah   →   PER Joko Widodo, LOC Suriah
///
/// **Cost.** The tagger looks only where a name can stand.
public struct EntityStage: Stage {
  public static let reads: Set<Layer> = [.tokens, .matches]
  public static let writes: Layer = .entities

  private var context: EntityContext
  private var lattice: TagLattice
  private let model: TaggerModel?
  private let options: PipelineOptions

  public init(lexicon: Lexicon, options: PipelineOptions) {
    context = EntityContext(lexicon: lexicon)
    model = options.usesModel ? TaggerModel(image: lexicon.image) : nil
    lattice = TagLattice(transitions: model?.transitions)
    self.options = options
  }

  public mutating func run(on document: inout Document) {
    context.fill(document)
    score(document)
    decode(document)
    collect(&document)
  }

  private mutating func score(_ document: Document) {
    let n = document.tokens.count
    lattice.reset(n)
    guard let model else { return }
    for i in 0..<n where context.gate[i] != 0 {
      var sink = ScoringSink(model: model, salt: context.isCaseless[i] != 0 ? TaggerFeatures.caselessSalt : 0)
      TaggerFeatures.emit(i, context, document, &sink)
      var row = SIMD8<Int32>(truncatingIfNeeded: sink.sum)
      row[7] = TagLattice.impossible
      lattice.scores[i] = row
    }
  }

  private mutating func decode(_ document: Document) {
    let n = document.tokens.count
    var i = 0
    while i < n {
      guard context.gate[i] != 0 else {
        i += 1
        continue
      }
      var end = i + 1
      while end < n, context.gate[end] != 0, context.begin[end] != 2 { end += 1 }
      lattice.decode(i, end)
      i = end
    }
  }

  private mutating func collect(_ document: inout Document) {
    let n = document.tokens.count
    var i = 0
    while i < n {
      let tag = Int(lattice.tags[i])
      guard tag != Tag.outside, let label = EntityLabel(rawValue: UInt8(Tag.label(tag))) else {
        i += 1
        continue
      }
      var end = i + 1
      while end < n, Int(lattice.tags[end]) == Tag.inside(Tag.label(tag)), context.gate[end] != 0, context.begin[end] != 2 { end += 1 }
      document.entities.append(Entity(span: TokenSpan(i, end), label: label))
      i = end
    }
  }
}
