/// What the trainer sees of the entity stage: the tokens, the gate and the features of one text.
///
/// Training and use share tokenizer, lists and features, so that what is learned is what is applied.
package struct TaggerExtractor: Sendable {
  private var pipeline: Pipeline
  private var context: EntityContext
  package private(set) var document = Document()
  /// Kinds of features that are left out, for experiments.
  package var without: Set<UInt64> = []
  private let languageWords: ClassSet

  package init(lexicon: Lexicon) throws {
    pipeline = try Pipeline(lexicon: lexicon, layers: [.matches])
    context = EntityContext(lexicon: lexicon)
    languageWords = lexicon.wordClass("language-word")
  }

  package mutating func read(_ text: [UInt8]) {
    document.reset(text: text)
    pipeline.annotate(&document)
    context.fill(document)
  }

  package func isGated(_ i: Int) -> Bool { context[i].gate != 0 }

  package func isPassageStart(_ i: Int) -> Bool { context[i].begin == 2 }

  /// The list hit at token `i`, and whether it can be nothing but a place.
  package func hit(_ i: Int) -> (start: Int, end: Int, isPlace: Bool)? {
    let index = context[i].hitIndex
    guard index >= 0 else { return nil }
    let hit = context.hit(index)
    return (Int(hit.start), Int(hit.end), hit.labels == 4 && hit.sure == 4)
  }

  /// Whether tokens `start..<end` are a name of their own: the capitalised run has nothing else but titles before it.
  package func isWholeName(_ start: Int, _ end: Int) -> Bool {
    if Int(context[end - 1].runEnd) > end { return false }
    guard Int(context[start].runStart) < start else { return true }
    return !context[start - 1].ends.isDisjoint(with: CueSet.personTitle)
  }

  /// Whether the name at `i` follows a word for "language".
  package func isLanguage(_ i: Int) -> Bool {
    i > 0 && context.lexicon.classes(ofWord: document.tokens.id[i - 1]).intersects(languageWords)
  }

  /// Whether token `i` alone is a designator of places that belongs to the name when capitalised.
  package func isDesignator(_ i: Int, capital: Bool) -> Bool {
    guard context[i].starts.contains(.placeHead), context[i].ends.contains(.placeHead) else { return false }
    return capital ? context[i].form == WordForm.capital : context[i].form == WordForm.small
  }

  private struct Collector: FeatureSink {
    let context: EntityContext
    let document: Document
    let without: Set<UInt64>
    var keys: [UInt64] = []

    mutating func add(_ kind: UInt64, _ value: UInt64) {
      if without.isEmpty || !without.contains(kind) { keys.append(TaggerFeatures.key(kind, value)) }
    }

    mutating func remove(_ kind: UInt64, _ value: UInt64) {
      let key = TaggerFeatures.key(kind, value)
      if let place = keys.lastIndex(of: key) { keys.remove(at: place) }
    }

    mutating func add(_ role: TaggerFeatures.Role, of i: Int) {
      var found: [(UInt64, UInt64)] = []
      TaggerFeatures.expand(role, TaggerFeatures.facts(i, context, document), i, document) { found.append(($0, $1)) }
      for (kind, value) in found { add(kind, value) }
    }

    func coarseClass(_ i: Int) -> UInt64 { TaggerFeatures.facts(i, context, document).coarse }
  }

  /// The features of token `i`.
  package func features(_ i: Int) -> [UInt64] {
    var sink = Collector(context: context, document: document, without: without)
    precondition(i >= 0 && i < document.tokens.count && document.tokens.count <= context.rows.count)
    TaggerFeatures.emit(i, document.tokens.count, context.rows.baseAddress.unsafelyUnwrapped, context.hits, &sink)
    if context[i].form == WordForm.caseless || context[i].isCaseless != 0 {
      return sink.keys.map { $0 ^ TaggerFeatures.caselessSalt }
    }
    return sink.keys
  }
}
