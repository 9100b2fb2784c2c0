import Fakta
import FaktaTestSupport
import Testing

/// Whole sentences with all facts of a kind: exact means every slot as the author marked it, and nothing else.
///
/// Facts rest on entities, dates and quantities, so a corpus does not pass as a whole; the floor says how many sentences
/// of it do, and may only be raised.
@Suite struct FactCorpusTests {
  struct Floor: Sendable, CustomStringConvertible {
    var file: String
    var kind: String
    var percent: Int
    var description: String { file }
  }

  static let floors = [
    Floor(file: "id/figures.txt", kind: "figure", percent: 97), Floor(file: "id/roles.txt", kind: "role", percent: 92),
    Floor(file: "id/statements.txt", kind: "statement", percent: 94),
    Floor(file: "id/events.txt", kind: "event", percent: 96),
  ]

  @Test(arguments: floors)
  func corpus(_ floor: Floor) throws {
    let examples = try Corpus.read(floor.file)
    var pipeline = try Pipeline(lexicon: TestLexicon.shared)
    var document = Document()
    var exact = 0
    for example in examples {
      document.reset(text: Array(example.text.utf8), optionDate: example.date)
      pipeline.annotate(&document)
      let expected = FactMarks.expected(example, kind: floor.kind)
      let found = FactMarks.found(document, kind: floor.kind, TestLexicon.shared)
      if expected == found {
        exact += 1
      } else {
        print("\(floor.file):\(example.line): \(example.text)")
        for mark in expected where !found.contains(mark) { print("  - \(mark)") }
        for mark in found where !expected.contains(mark) { print("  + \(mark)") }
      }
    }
    print("\(floor.file): \(exact) of \(examples.count) sentences exact")
    #expect(
      exact * 100 >= floor.percent * examples.count,
      "\(exact) of \(examples.count) sentences of \(floor.file) are exact")
  }

  /// Texts of no sense that once stopped the program.
  @Test(arguments: ["gembira karena itu tercatat 20", "Rina gembira setelah itu naik 20"])
  func nonsense(_ text: String) throws {
    #expect(!(try TestLexicon.annotate(text, date: nil).facts.isEmpty))
  }
}
