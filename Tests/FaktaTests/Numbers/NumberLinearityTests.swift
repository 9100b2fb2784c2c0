import FaktaTestSupport
import Testing

@testable import Fakta

@Suite(.serialized) struct NumberLinearityTests {
  /// Eight times the text takes about eight times as long, whatever the text.
  @Test(arguments: [
    "1", "1 ", "1.", "1,", "1-", "1/", "1:", "(1) ", "1.000.", "satu ", "satu-", "ribu ", "seribu ", "dua ratus ",
    "puluhan ", "satu koma ",
    "antara 1 dan ", "1 hingga ", "Rp ", "Rp1 ", "$", "$1", "ke-", "ke-1 ", "sekitar ", "sebanyak 1 ", "1 orang ",
    "1, 2, ", "2-1 ",
    "1 persen sampai ", "kedua ", "per ", "1 km per ", "lebih ", "1 rumah ", "1 (",
  ])
  func staysLinear(_ unit: String) throws {
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.matches, .regions])
    var document = Document()
    var numbers = NumberStage(lexicon: TestLexicon.shared)
    var quantities = QuantityStage(lexicon: TestLexicon.shared)
    let problem = Linearity.problem(unit) { text in
      document.reset(text: Array(text.utf8))
      pipeline.annotate(&document)
      return Linearity.time {
        numbers.run(on: &document)
        quantities.run(on: &document)
      }
    }
    #expect(problem == nil)
  }
}
