import FaktaTestSupport
import Testing

/// The measure of growth itself.
@Suite struct LinearityTests {
  @Test func whatIsQuadraticIsFound() {
    #expect(Linearity.problem("a ", bytes: 80_000) { UInt64(1000 * $0.utf8.count) } == nil)
    let problem = Linearity.problem("a ", bytes: 80_000) { UInt64($0.utf8.count * $0.utf8.count) }
    #expect(problem == "\"a \": 100000000 ns for 10000 bytes, 6400000000 ns for 80000")
  }

  /// The cheapest of three runs counts.
  @Test func noiseAccusesNobody() {
    var runs = 0
    let problem = Linearity.problem("a", bytes: 80_000) { text in
      runs += 1
      return UInt64(1000 * text.utf8.count * (runs == 2 ? 100 : 1))
    }
    #expect(problem == nil && runs == 4)
  }
}
