extension Pipeline {
  /// All stages in pipeline order.
  static func standardStages(lexicon: Lexicon, options: PipelineOptions) throws -> [any Stage] {
    [
      NormalizeStage(),
      TokenizeStage(),
      LexiconStage(lexicon: lexicon),
      RegionStage(lexicon: lexicon),
      DateStage(lexicon: lexicon),
    ]
  }
}
