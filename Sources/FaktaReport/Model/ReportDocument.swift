/// One annotated article as the views for people need it, whether it comes from the pipeline or from a file of
/// annotated JSON lines.
///
/// **Offsets.** Every `start` and `end` is an index into `scalars`, the code points of the article as it came.
/// They are always in bounds and never inverted, whatever the file said.
public struct ReportDocument: Sendable {
  public var id = ""
  /// The record's fields besides text and id: strings as they are, other values as JSON.
  public var meta: [MetaField] = []
  /// The article, one element per code point.
  public var scalars: [Unicode.Scalar] = []
  /// Whether `scalars` is the article; without it (`--no-text`) only the annotated words stand in blank space.
  public var hasText = true
  /// The layers that are there when others were left out (`--layers`); `nil` for all.
  public var layers: Set<String>?
  public var referenceDate: String?
  public var referenceSource: String?
  public var regions: [Region] = []
  public var sentences: [ReportSpan] = []
  public var entities: [Entity] = []
  public var dates: [Date] = []
  public var quantities: [Quantity] = []
  public var facts: [Fact] = []
  /// Why there is nothing else: the message of a failure record.
  public var failure: String?

  public struct MetaField: Sendable, Equatable {
    public var name: String
    public var value: String
    public var isString: Bool

    public init(name: String, value: String, isString: Bool) {
      self.name = name
      self.value = value
      self.isString = isString
    }
  }

  public struct Region: Sendable, Equatable {
    public var kind = ""
    public var span = ReportSpan()
  }

  public struct Entity: Sendable, Equatable {
    public var id = ""
    public var span = ReportSpan()
    public var label = ""
    public var name = ""
    public var use: String?
    public var gazetteer: String?
    /// Mentions of one thing share it; 0 where the file has none.
    public var number = 0
    public var evidence: [String] = []
    public var score: Double?
  }

  public struct Date: Sendable, Equatable {
    public var id = ""
    public var span = ReportSpan()
    public var type = ""
    public var value = ""
    public var from: String?
    public var to: String?
    public var mod: String?
    public var freq: String?
    public var calendar: String?
  }

  public struct Quantity: Sendable, Equatable {
    public var id = ""
    public var span = ReportSpan()
    public var kind = ""
    public var modifier = "exact"
    public var unit: String?
    /// Numbers as they are written in JSON; `low` and `high` are equal for one value.
    public var low = ""
    public var high = ""
    public var item: ReportSpan?
    public var head: String?
    public var per: String?
    public var classifier: String?
    /// The value in SI units as it is written in JSON, and the unit.
    public var siValue: String?
    public var siUnit: String?

    /// Whether there are two numbers. A score is two, also when they are equal.
    public var isRange: Bool { low != high || kind == "score" }
  }

  public struct Fact: Sendable, Equatable {
    public var id = ""
    /// `figure`, `role`, `statement`, `event`, or the name of a user's rule.
    public var kind = ""
    public var slots: [Slot] = []
    public var isQuoted = false
    public var isFormer = false
    public var relation: String?

    public subscript(_ name: String) -> Slot? { slots.first { $0.name == name } }
  }

  public struct Slot: Sendable, Equatable {
    public var name = ""
    public var span = ReportSpan()
    public var reference = Reference.none
  }

  /// The annotation that a slot is, as an index into its layer.
  public enum Reference: Sendable, Equatable {
    case none
    case entity(Int)
    case date(Int)
    case quantity(Int)
  }

  public init() {}
}

/// A run of code points, `start..<end`.
public struct ReportSpan: Sendable, Equatable, Hashable {
  public var start = 0
  public var end = 0
  public init() {}
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }
  public var range: Range<Int> { start..<end }
  public func contains(_ other: ReportSpan) -> Bool { start <= other.start && other.end <= end }
}

extension ReportDocument {
  /// The article's own words of a span.
  public func text(_ span: ReportSpan) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[span.range])
    return text
  }

  /// The verb of a figure or event on one line, with the word that denies it: `tidak menangkap`; empty without both.
  public func action(of fact: Fact) -> String {
    [fact["negation"], fact["action"]].compactMap { $0.map { line($0.span) } }.joined(separator: " ")
  }

  /// The words of a span on one line: every run of white space is one space.
  public func line(_ span: ReportSpan) -> String {
    var text = String.UnicodeScalarView()
    var isAfterSpace = true
    for scalar in scalars[span.range] {
      let isSpace = scalar.properties.isWhitespace
      if !isSpace { text.append(scalar) } else if !isAfterSpace { text.append(" ") }
      isAfterSpace = isSpace
    }
    if isAfterSpace && !text.isEmpty { text.removeLast() }
    return String(text)
  }

  /// The value of a field of the record that is a string.
  public func meta(_ name: String) -> String? {
    meta.first { $0.name == name && $0.isString }?.value
  }

  /// What to call the article: the record's title, the headline in the text, or the id.
  public var title: String {
    if let title = meta("title"), !title.isEmpty { return title }
    if let region = regions.first(where: { $0.kind == "title" }) { return line(region.span) }
    return id
  }

  /// The sentence that holds a span, or the whole line of text around it where sentences were not written.
  public func sentence(around span: ReportSpan) -> ReportSpan {
    var low = 0
    var high = sentences.count
    while low < high {
      let middle = (low + high) / 2
      if sentences[middle].end <= span.start { low = middle + 1 } else { high = middle }
    }
    if low < sentences.count, sentences[low].contains(span) { return sentences[low] }
    var start = span.start
    var end = span.end
    while start > 0, scalars[start - 1] != "\n", span.start - start < 200 { start -= 1 }
    while end < scalars.count, scalars[end] != "\n", end - span.end < 200 { end += 1 }
    return ReportSpan(start, end)
  }
}
