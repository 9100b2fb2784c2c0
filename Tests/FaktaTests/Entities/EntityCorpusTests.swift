import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct EntityCorpusTests {
  /// Every sentence of the corpus gets exactly the names that its author marked, with what the marks state of them.
  @Test(arguments: try Corpus.read("id/entities.txt"))
  func corpus(_ example: Example) throws {
    let document = try TestLexicon.annotate(example.text, layers: [.entities], date: example.date)
    let found = document.entities.map { entity in
      let range = codePoints(of: entity.span, trim: Int(entity.trim), in: document)
      return Example.Mark(
        text: document.rawText(of: entity.span, trim: Int(entity.trim)), note: "\(entity.label.code)",
        start: range.lowerBound,
        end: range.upperBound)
    }
    let wanted = example.marks.map {
      Example.Mark(text: $0.text, note: $0.words.first ?? "", start: $0.start, end: $0.end)
    }
    #expect(found == wanted, "\(example)")
    guard found == wanted else { return }
    for (k, (mark, entity)) in zip(example.marks, document.entities).enumerated() {
      if let name = mark.values["name"] {
        #expect(document.canonicalName(of: k, TestLexicon.shared) == name, "\(example)")
      }
      if let use = mark.values["use"] { #expect("\(entity.use)" == use, "\(mark) in \(example)") }
    }
  }
}
