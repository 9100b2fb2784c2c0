extension Pipeline {
  /// All stages in pipeline order.
  static func standardStages(lexicon: Lexicon, options: PipelineOptions) throws -> [any Stage] {
    let numbers = NumberLists(lexicon: lexicon)
    return [
      NormalizeStage(),
      TokenizeStage(),
      LexiconStage(lexicon: lexicon),
      RegionStage(lexicon: lexicon),
      SentenceStage(lexicon: lexicon),
      NumberStage(lists: numbers),
      DateStage(lexicon: lexicon),
      EntityStage(lexicon: lexicon, options: options),
      QuantityStage(lists: numbers),
      FactStage(lexicon: lexicon),
    ]
  }
}
