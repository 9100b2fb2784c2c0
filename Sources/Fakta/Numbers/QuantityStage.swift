/// Finds quantities: numbers that count, measure, price or rank something.
///
///     Rusia menghancurkan sekitar 448 infrastruktur teroris
///                         ╰──┬──╯ ┬─╯ ╰────────┬──────╯
///     Quantity(count, 448, modifier: approx, item: …)
///
/// Numbers inside dates and names are nothing; so are numbers of articles of law, houses, telephones, plates, coordinates and
/// list marks (`QuantityFinder+Guards`).
///
/// **Errors.** None: a number of which nothing sensible can be said yields no quantity.
///
/// **Cost.** Constant work per number; nothing where no number stands.
public struct QuantityStage: Stage {
  public static let reads: Set<Layer> = [.tokens, .matches, .regions, .numbers, .dates, .entities]
  public static let writes: Layer = .quantities

  private let lists: NumberLists
  private var cache = CueCache()
  private var memory = QuantityMemory()

  public init(lexicon: Lexicon) { self.init(lists: NumberLists(lexicon: lexicon)) }

  init(lists: NumberLists) { self.lists = lists }

  public mutating func run(on document: inout Document) {
    document.quantities.removeAll(keepingCapacity: true)
    guard !document.numbers.isEmpty else { return }
    // A copy of the stage on another thread has a cache and a memory of its own.
    if !isKnownUniquelyReferenced(&cache) { cache = CueCache() }
    if !isKnownUniquelyReferenced(&memory) { memory = QuantityMemory() }
    let finder = QuantityFinder(text: NumberText(document, lists: lists, cache: cache), memory: memory)
    var date = 0
    var entity = 0
    // Of two players in a line-up the second one is a person, too, whatever the entities say.
    var lastShirt: Int32 = -100
    for number in document.numbers {
      let isDate = Self.covers(document.dates.count, { document.dates[$0].span }, number.span, &date)
      if Self.covers(document.entities.count, { document.entities[$0].span }, number.span, &entity) { continue }
      // A length of time that is no age and no unit of measure ("500 mg") belongs to the dates.
      if isDate, document.dates[date].kind != .duration || !finder.measuresThings(number) { continue }
      if document.tokens.isCapitalized(Int(number.span.end)) || document.tokens.isCapitalized(Int(number.span.end) + 1),
        finder.isShirt(
          number,
          isBeforePerson: document.isPerson(behind: number, at: entity) || number.span.start - lastShirt < 9)
      {
        lastShirt = number.span.start
        continue
      }
      guard let found = finder.quantity(of: number, beside: document.names(beside: number, at: entity)) else {
        continue
      }
      if let last = document.quantities.last, last.span.end > found.span.start { continue }
      if !finder.joinRange(found, to: &document.quantities) { document.quantities.append(found) }
    }
    finder.share(&document.quantities)
    for i in document.quantities.indices { finder.convert(&document.quantities[i]) }
  }

  /// Whether one of `count` ascending spans overlaps `span`; moves `at` forward.
  private static func covers(_ count: Int, _ spans: (Int) -> TokenSpan, _ span: TokenSpan, _ at: inout Int) -> Bool {
    while at < count, spans(at).end <= span.start { at += 1 }
    return at < count && spans(at).overlaps(span)
  }
}

extension Document {
  /// Whether the entity `index`, the first one behind `number`, is a person directly behind it.
  fileprivate func isPerson(behind number: Number, at index: Int) -> Bool {
    index < entities.count && entities[index].label == .person && entities[index].span.start == number.span.end
  }

  /// The names in front of `number` and behind it; entity `index` is the first one behind it.
  fileprivate func names(beside number: Number, at index: Int) -> NamesBeside {
    guard !entities.isEmpty else { return NamesBeside() }
    var names = NamesBeside(label: EntityLabel.none)
    names.startsBehind = index < entities.count && entities[index].span.start == number.span.end
    guard index > 0, index <= entities.count else { return names }
    let before = entities[index - 1]
    switch number.span.start - before.span.end {
    case 0: names.endsBefore = true
    case 1, 2: names.label = before.label
    default: break
    }
    return names
  }
}
