import FaktaTestSupport
import Testing

@testable import Fakta

/// The row of stages: what it refuses, and what the layers bring with them.
@Suite struct PipelineTests {
  @Test func stagesNeedWhatTheyRead() {
    let error = #expect(throws: Pipeline.OrderError.self) {
      try Pipeline(stages: [NormalizeStage(), TokenizeStage(), SentenceStage(lexicon: TestLexicon.shared)])
    }
    #expect(
      error?.description
        == "SentenceStage reads the layer 'matches', which no stage before it writes; put that stage first")
  }

  @Test func layersAreWrittenOnce() {
    let error = #expect(throws: Pipeline.OrderError.self) {
      try Pipeline(stages: [NormalizeStage(), NormalizeStage()])
    }
    #expect(
      error?.description
        == "NormalizeStage writes the layer 'text', which a stage before it writes; remove one of them")
  }

  @Test func layersBringWhatTheyNeed() throws {
    #expect(try Pipeline(lexicon: TestLexicon.shared, layers: []).layers == [])
    #expect(
      try Pipeline(lexicon: TestLexicon.shared, layers: [.sentences]).layers
        == [.text, .tokens, .matches, .regions, .sentences])
    #expect(try Pipeline(lexicon: TestLexicon.shared, layers: [.facts]).layers == Layer.allCases)
  }

  /// To read a token that the text has not is refused, whatever a longer text has left behind it.
  @Test func columnsEndWithTheText() throws {
    var document = try TestLexicon.annotate("Satu dua tiga empat lima.", layers: [.tokens])
    let long = document.tokens.count
    document.reset(text: Array("Satu.".utf8))
    var pipeline = try TestLexicon.pipeline(layers: [.tokens])
    pipeline.annotate(&document)
    #expect(document.tokens.count < long && document.tokens.kind.limit == document.tokens.count)
  }
}
