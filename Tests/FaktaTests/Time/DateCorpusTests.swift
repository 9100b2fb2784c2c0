import FaktaTestSupport
import Testing

@testable import Fakta

/// What the tests of dates share: one pipeline up to dates.
enum Dates {
  static let pipeline = try! Pipeline(lexicon: TestLexicon.shared, layers: [.dates])

  static func annotate(_ text: String, title: String = "", record: String = "", option: CalendarDay? = nil) -> Document
  {
    var pipeline = pipeline
    var document = Document()
    document.reset(text: Array(text.utf8), title: Array(title.utf8), date: Array(record.utf8), optionDate: option)
    pipeline.annotate(&document)
    return document
  }

  /// `DATE 2015-11-09 from=… to=… mod=START calendar=hijri`; from and to only where asked for.
  static func note(_ date: DateExpression, withInterval: Bool) -> String {
    let types = ["DATE", "TIME", "DURATION", "SET"]
    var note = "\(types[Int(date.kind.rawValue)]) \(date.value)"
    if !date.freq.isEmpty { note += " freq=\(date.freq)" }
    if withInterval, let from = date.from, let to = date.to { note += " from=\(text(from)) to=\(text(to))" }
    let mods = ["", "START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"]
    if date.mod != .none { note += " mod=\(mods[Int(date.mod.rawValue)])" }
    if date.isHijri { note += " calendar=hijri" }
    return note
  }

  static func text(_ day: CalendarDay) -> String {
    func padded(_ n: Int, _ width: Int) -> String {
      let digits = String(n)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(Int(day.year), 4))-\(padded(Int(day.month), 2))-\(padded(Int(day.day), 2))"
  }

  /// Values of all expressions of a text.
  static func values(_ text: String, record: String = "", option: CalendarDay? = nil) -> [String] {
    annotate(text, record: record, option: option).dates.map { $0.value.description }
  }
}

@Suite struct DateCorpusTests {
  /// Every sentence has exactly the marks that its author wrote.
  @Test(arguments: try Corpus.read("id/dates.txt"))
  func corpus(_ example: Example) {
    let document = Dates.annotate(example.text, option: example.date)
    let found = document.dates.map { date in
      let range = codePoints(of: date.span, in: document)
      let mark = example.marks.first { $0.start == range.lowerBound && $0.end == range.upperBound }
      return Example.Mark(
        text: document.rawText(of: date.span), note: Dates.note(date, withInterval: mark?.values["from"] != nil),
        start: range.lowerBound,
        end: range.upperBound)
    }
    #expect(found == example.marks, "\(example)")
  }

  /// Spans lie in the text, in order, without overlaps; intervals are not turned round.
  @Test func spansAreInOrder() throws {
    for example in try Corpus.read("id/dates.txt") {
      let document = Dates.annotate(example.text, option: example.date)
      var last: Int32 = 0
      for date in document.dates {
        #expect(
          date.span.start >= last && date.span.end > date.span.start && Int(date.span.end) <= document.tokens.count,
          "\(example)")
        last = date.span.end
        if let from = date.from, let to = date.to { #expect(from <= to, "\(example)") }
        #expect((date.from == nil) == (date.to == nil), "\(example)")
      }
    }
  }
}
