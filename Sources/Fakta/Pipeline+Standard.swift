extension Pipeline {
  /// All stages in pipeline order.
  static func standardStages(lexicon: Lexicon, options: PipelineOptions) throws -> [any Stage] {
    [
      NormalizeStage(),
      TokenizeStage(),
      LexiconStage(lexicon: lexicon),
      RegionStage(lexicon: lexicon),
      SentenceStage(lexicon: lexicon),
      NumberStage(lexicon: lexicon),
      DateStage(lexicon: lexicon),
      EntityStage(lexicon: lexicon, options: options),
      QuantityStage(lexicon: lexicon),
      FactStage(lexicon: lexicon),
    ]
  }
}
