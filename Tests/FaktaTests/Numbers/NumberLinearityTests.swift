import FaktaTestSupport
import Testing

@testable import Fakta

@Suite(.serialized) struct NumberLinearityTests {
  /// Ten times the text takes about ten times as long, whatever the text.
  @Test(arguments: [
    "1", "1 ", "1.", "1,", "1-", "1/", "1:", "(1) ", "1.000.", "satu ", "satu-", "ribu ", "seribu ", "dua ratus ",
    "puluhan ", "satu koma ",
    "antara 1 dan ", "1 hingga ", "Rp ", "Rp1 ", "$", "$1", "ke-", "ke-1 ", "sekitar ", "sebanyak 1 ", "1 orang ",
    "1, 2, ", "2-1 ",
    "1 persen sampai ", "kedua ", "per ", "1 km per ", "lebih ", "1 rumah ", "1 (",
  ])
  func staysLinear(_ unit: String) throws {
    #if DEBUG
      let bytes = 30_000
    #else
      let bytes = 200_000
    #endif
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.matches, .regions])
    var document = Document()
    var numbers = NumberStage(lexicon: TestLexicon.shared)
    var quantities = QuantityStage(lexicon: TestLexicon.shared)
    func cost(_ size: Int, _ runs: Int) -> UInt64 {
      document.reset(text: Array(String(repeating: unit, count: max(1, size / unit.utf8.count)).utf8))
      pipeline.annotate(&document)
      var best = UInt64.max
      for _ in 0..<runs {
        let start = ThreadClock.now()
        numbers.run(on: &document)
        quantities.run(on: &document)
        best = min(best, ThreadClock.now() - start)
      }
      return best
    }
    let small = cost(bytes / 10, 3)
    let large = cost(bytes, 1)
    // Quadratic time would be a hundredfold.
    #expect(large < small * 40 + 2_000_000, "\(unit): \(small) ns, ten times the text \(large) ns")
  }
}
