/// Annotates articles one by one, for programs that look at documents instead of writing them.
///
///     var stream = ArticleStream(inputs: walker, pipeline: pipeline)
///     stream.forEach { document, article in …; return true } failure: { failure in … }
public struct ArticleStream {
  /// Called for everything that people should know about an input, failures aside.
  public var onNote: (BatchNote) -> Void = { _ in }

  private let loader: WorkLoader
  private let pipeline: Pipeline
  private let options: ArticleOptions
  private let namesFiles: Bool

  public init(inputs: InputWalker, pipeline: Pipeline, options: ArticleOptions = ArticleOptions()) {
    loader = WorkLoader(walker: inputs, options: options)
    self.pipeline = pipeline
    self.options = options
    namesFiles = inputs.hasSeveralFiles
  }

  /// Calls `body` for every article in the order of the inputs, and `failure` for those that cannot be read.
  ///
  /// The document is only good during the call; the next article takes its place. Soon after `body` has returned
  /// `false` no more is read.
  public mutating func forEach(
    _ body: @escaping (Document, ArticleInfo) -> Bool, failure: @escaping (ArticleFailure) -> Void
  ) {
    var goesOn = true
    let formatter = CallingFormatter(document: { if !body($0, $1) { goesOn = false } }, failure: failure)
    var annotator = Annotator(
      pipeline: pipeline, formatter: formatter, options: options, namesFiles: namesFiles, measuresStages: false)
    var item = WorkItem()
    while goesOn, loader.next(&item) {
      annotator.process(&item)
      for note in annotator.notes where !note.isFailure { onNote(note) }
    }
  }
}

/// Hands documents to closures; used by one thread only.
private struct CallingFormatter: DocumentFormatter, @unchecked Sendable {
  let document: (Document, ArticleInfo) -> Void
  let failure: (ArticleFailure) -> Void

  func append(_ document: Document, _ article: ArticleInfo, to out: inout [UInt8]) { self.document(document, article) }
  func append(_ failure: ArticleFailure, to out: inout [UInt8]) { self.failure(failure) }
}
