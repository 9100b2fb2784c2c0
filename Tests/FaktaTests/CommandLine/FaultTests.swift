import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// Articles that stop the thread that works on them, as a fault of the program would: they fail, and cost nothing but themselves.
@Suite(.serialized) struct FaultTests {
  /// Stops at a text that begins with the word.
  private struct FaultyStage: Stage {
    static let reads: Set<Layer> = []
    static let writes = Layer.text
    static let word = Array("salah".utf8)

    mutating func run(on document: inout Document) {
      let last = document.raw.starts(with: Self.word) ? document.raw.count : 0
      _ = document.raw[last]
    }
  }

  private static func record(_ i: Int, isFaulty: Bool) -> String {
    #"{"id":"a\#(i)","text":"\#(isFaulty ? "salah" : "benar") \#(i)"}"#
  }

  /// What comes of a run over files.
  private func run(_ paths: [String], in folder: TemporaryFolder, jobs: Int) throws -> (lines: [String], BatchTally) {
    let name = folder.url.appending(path: "out-\(UUID().uuidString).ndjson").path
    var options = Batch.Options()
    options.jobs = jobs
    options.articles.chunkSize = 600
    let batch = Batch(
      inputs: InputWalker(paths: paths), pipeline: try Pipeline(stages: [FaultyStage()]),
      formatter: JSONLinesFormatter(lexicon: TestLexicon.shared), output: try BatchOutput(file: name), options: options)
    let (outcome, tally) = batch.run()
    guard case .complete = outcome else {
      Issue.record("\(outcome)")
      return ([], tally)
    }
    return (String(decoding: try FileIO.read(name), as: UTF8.self).split(separator: "\n").map(String.init), tally)
  }

  @Test(arguments: [1, 3]) func recordsThatStopThreads(jobs: Int) throws {
    let folder = try TemporaryFolder()
    let faulty: Set = [0, 17, 18, 40, 99]
    let records = (0..<100).map { Self.record($0, isFaulty: faulty.contains($0)) }
    let all = try folder.write(Array((records.joined(separator: "\n") + "\n").utf8), to: "all.ndjson")
    let good = (0..<100).map { faulty.contains($0) ? "" : records[$0] }
    let others = try folder.write(Array((good.joined(separator: "\n") + "\n").utf8), to: "good.ndjson")
    let (lines, tally) = try run([all], in: folder, jobs: jobs)
    let (expected, _) = try run([others], in: folder, jobs: jobs)
    #expect(lines.count == 100 && tally.documents == 95 && tally.failed == 5)
    let whole = lines.indices.filter { !faulty.contains($0) }.map { lines[$0] }
    #expect(whole.count == expected.count && zip(whole, expected).allSatisfy { $0 == $1 })
    for i in faulty.sorted() where i < lines.count {
      let failure = try #require(try JSONSerialization.jsonObject(with: Data(lines[i].utf8)) as? [String: Any])
      #expect(failure["id"] as? String == "a\(i)" && failure["line"] as? Int == i + 1)
      #expect((failure["error"] as? [String: String])?["code"] == "fault")
    }
  }

  @Test func filesThatStopThreads() throws {
    let folder = try TemporaryFolder()
    let paths = try (0..<30).map { i in
      try folder.write(Array("\(i % 7 == 3 ? "salah" : "benar") \(i)".utf8), to: "\(100 + i).txt")
    }
    let json = "[" + (0..<5).map { Self.record($0, isFaulty: $0 == 2) }.joined(separator: ",") + "]"
    let (lines, tally) = try run(paths + [folder.write(Array(json.utf8), to: "a.json")], in: folder, jobs: 2)
    #expect(lines.count == 35 && tally.documents == 30 && tally.failed == 5)
    #expect(lines.indices.filter { lines[$0].contains(#""code":"fault""#) } == [3, 10, 17, 24, 32])
  }
}
