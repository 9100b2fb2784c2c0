import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct RegionTests {
  /// Every document of the corpus has exactly the regions that its author marked.
  @Test(arguments: try Corpus.read("id/regions.txt"))
  func corpus(_ example: Example) throws {
    let document = try TestLexicon.annotate(example.text, layers: [.regions])
    let found = document.regions.map { region in
      let range = codePoints(of: region.span, in: document)
      return Example.Mark(
        text: document.rawText(of: region.span), note: "\(region.kind)", start: range.lowerBound, end: range.upperBound)
    }
    #expect(found == example.marks, "\(example)")
  }

  /// The record's title is found above the text, also behind a line of the page, and not inside the text.
  @Test(arguments: [
    ("Harga Beras Turun\n\nHarga beras turun sejak Senin.", ["Harga Beras Turun"]),
    ("Kabar Pantura\n\nHarga Beras Turun\n\nHarga beras turun sejak Senin.", ["Harga Beras Turun"]),
    ("Pedagang lega sejak Senin.\n\nHarga Beras Turun\n\nPembeli juga lega.", []),
  ])
  func titleOfTheRecord(_ text: String, _ titles: [String]) throws {
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.regions])
    var document = Document()
    document.reset(text: Array(text.utf8), title: Array("Harga beras turun".utf8))
    pipeline.annotate(&document)
    #expect(document.regions.filter { $0.kind == .title }.map { document.rawText(of: $0.span) } == titles)
  }
}

@Suite struct SentenceTests {
  /// `‖` in the corpus stands where a sentence ends and another begins.
  @Test(arguments: try Corpus.read("id/sentences.txt"))
  func corpus(_ example: Example) throws {
    let text = example.text.replacing("‖", with: "")
    let document = try TestLexicon.annotate(text, layers: [.sentences])
    let found = document.sentences.map { document.rawText(of: $0) }
    let wanted = example.text.split(separator: "‖").map { part in
      String(part.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
    #expect(found == wanted, "\(example)")
  }
}
