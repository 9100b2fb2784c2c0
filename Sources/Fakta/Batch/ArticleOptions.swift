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
  /// How many bytes make a piece of work, roughly.
  public var chunkSize = 256 << 10

  public init() {}
}
