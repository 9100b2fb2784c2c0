extension Pipeline {
  /// All stages in pipeline order.
  private static let standard: [any Stage.Type] = [
    NormalizeStage.self, TokenizeStage.self, LexiconStage.self, RegionStage.self, SentenceStage.self, NumberStage.self,
    DateStage.self, EntityStage.self, QuantityStage.self, FactStage.self,
  ]

  /// The stages that `layers` need, in pipeline order.
  ///
  /// **Cost.** Two to three milliseconds, most of it for dates, entities and facts; the stage of facts is made on a thread of
  /// its own meanwhile.
  static func standardStages(lexicon: Lexicon, layers: Set<Layer>, options: PipelineOptions) -> [any Stage] {
    var needed = layers
    for type in standard.reversed() where needed.contains(type.writes) { needed.formUnion(type.reads) }
    let facts = needed.contains(.facts) ? Background { FactStage(lexicon: lexicon) } : nil
    var numbers: NumberLists?
    func lists() -> NumberLists {
      let made = numbers ?? NumberLists(lexicon: lexicon)
      numbers = made
      return made
    }
    return standard.filter { needed.contains($0.writes) }.map { type -> any Stage in
      switch type.writes {
      case .text: NormalizeStage()
      case .tokens: TokenizeStage()
      case .matches: LexiconStage(lexicon: lexicon)
      case .regions: RegionStage(lexicon: lexicon)
      case .sentences: SentenceStage(lexicon: lexicon)
      case .numbers: NumberStage(lists: lists())
      case .dates: DateStage(lexicon: lexicon)
      case .entities: EntityStage(lexicon: lexicon, options: options)
      case .quantities: QuantityStage(lists: lists())
      case .facts: facts?.value() ?? FactStage(lexicon: lexicon)
      }
    }
  }
}
