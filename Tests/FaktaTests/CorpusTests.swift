import FaktaTestSupport
import Testing

/// The reader of the corpora: what an author wrote by mistake must fail, or the line tests nothing.
@Suite struct CorpusTests {
  @Test func marksAndBrackets() throws {
    let examples = try Corpus.examples(
      "@date 2015-11-09\n[[x] y](LOC) dan [Budi](PER name=\"Budi (b)\") \\[z]\\nlalu\n@date none\n\\@budi pergi.",
      "id/entities.txt")
    #expect(examples.map(\.text) == ["[x] y dan Budi [z]\nlalu", "@budi pergi."])
    #expect(examples[0].marks.map(\.text) == ["[x] y", "Budi"])
    #expect(examples[0].marks.map(\.start) == [0, 10] && examples[0].marks[1].values == ["name": "Budi (b)"])
    #expect(examples.map(\.line) == [2, 4] && examples[0].date != nil && examples[1].date == nil)
  }

  @Test(arguments: [
    ("[Budi pergi.", "a mark has no ](note); a bracket of the text is \\["),
    ("[Budi](PER pergi.", "the note (PER pergi. has no end"),
    ("@date 2015-13-01", "this is neither @date with a day or none, nor a sentence: that would begin with \\@"),
    ("@dtae 2015-11-09", "this is neither @date with a day or none, nor a sentence: that would begin with \\@"),
    ("@date", "this is neither @date with a day or none, nor a sentence: that would begin with \\@"),
    ("[Budi](PER nmae=Budi) pergi.", "[Budi](PER nmae=Budi): 'nmae' is none of name, use"),
  ])
  func mistakes(_ line: String, _ reason: String) {
    let error = #expect(throws: CorpusError.self) { try Corpus.examples("# entities\n\(line)", "id/entities.txt") }
    #expect(error?.description == "Tests/Corpora/id/entities.txt:2: \(reason)")
  }

  @Test func mistakesInFacts() {
    let error = #expect(throws: CorpusError.self) {
      try Corpus.examples("[Menteri](role person=Budi fromer) Budi pergi.", "id/roles.txt")
    }
    #expect(
      error?.description
        == "Tests/Corpora/id/roles.txt:1: [Menteri](role person=Budi fromer): 'fromer' is none of role, former")
  }
}
