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
    for (mark, entity) in zip(example.marks, document.entities) {
      if let name = mark.values["name"] { #expect(canonicalName(entity, document) == name, "\(example)") }
      if let use = mark.values["use"] { #expect("\(entity.use)" == use, "\(mark) in \(example)") }
    }
  }
}

/// The canonical name of an entity, as the output writes it.
func canonicalName(_ entity: Entity, _ document: Document) -> String {
  if entity.nameMention >= 0 {
    let mention = document.entities[Int(entity.nameMention)]
    return document.rawText(of: mention.span, trim: Int(mention.trim))
  }
  if let entry = entity.entry {
    return String(decoding: TestLexicon.shared.nameBytes(entry).dropFirst(Int(entity.nameSkip)), as: UTF8.self)
  }
  return document.rawText(of: entity.span, trim: Int(entity.trim))
}
