/// How articles are read and prepared.
public struct ArticleOptions: Sendable {
  /// What all inputs hold; `nil` goes by each file's name, or its first bytes.
  public var format: InputFormat?
  public var fields = RecordFields()
  /// The reference date of every article (`--date`).
  public var date: CalendarDay?
  /// Whether boilerplate yields annotations too.
  public var includesBoilerplate = false
  /// Articles of more bytes are failures: what bounds the memory of a run.
  public var maximumSize = 16 << 20
  /// What is said of an article of more bytes.
  public var tooLargeMessage: String { "the article has more than \(maximumSize) bytes; split it or raise --max-size" }
  /// What is said of a document's record date where none could be read in it; nil where one could, or `date` decides.
  public func noteOfDate(_ document: borrowing Document) -> String? {
    guard date == nil, !document.recordDate.isEmpty, document.referenceSource != .record else { return nil }
    let words = String(decoding: document.recordDate.prefix(40), as: UTF8.self)
    return "the date '\(words)' is in no known form and was ignored"
  }
  /// How many bytes make a piece of work, roughly.
  public var chunkSize = 256 << 10

  public init() {}
}
