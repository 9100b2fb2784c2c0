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

  /// What stopped in the reader or the writer fails too, under its own name, and is not read again.
  @Test func articlesThatStopTheReaderOrTheWriter() throws {
    var annotator = Annotator(
      pipeline: try Pipeline(stages: [FaultyStage()]), formatter: JSONLinesFormatter(lexicon: TestLexicon.shared),
      options: ArticleOptions(), namesFiles: false, measuresStages: false)
    func failures(_ item: WorkItem, _ stopped: [Int: Int]) throws -> [(id: String?, line: Int?, message: String?)] {
      var item = item
      annotator.process(&item, stopped: stopped)
      return try annotator.output.split(separator: 0x0A).map {
        let object = try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
        return (
          object["id"] as? String, object["line"] as? Int, (object["error"] as? [String: String])?["message"]
        )
      }
    }
    let (reading, writing) = (AnnotatorPlace.reading, AnnotatorPlace.writing)
    var lines = WorkItem()
    lines.content = .lines
    lines.path = "a.ndjson"
    lines.bytes = Array((0..<4).map { Self.record($0, isFaulty: false) }.joined(separator: "\n").utf8)
    let read = try failures(lines, [2: reading, 3: writing])
    #expect(read.map(\.id) == ["a0", nil, "a2", "a3"])
    #expect(read.map { $0.message != nil } == [false, true, true, false])
    #expect(read[1].line == 2 && read[1].message?.hasPrefix("reading stopped") == true)
    #expect(read[2].line == 3 && read[2].message?.hasPrefix("writing stopped") == true)

    var file = WorkItem()
    file.content = .wholeFile(.text)
    file.path = "b.txt"
    file.bytes = Array("benar".utf8)
    #expect(try failures(file, [1: reading]).map(\.id) == ["b.txt"])
    // A record behind others of the file does not take their names.
    file.content = .wholeFile(.json)
    file.path = "c.json"
    file.bytes = Array("[\(Self.record(0, isFaulty: false)),\(Self.record(1, isFaulty: false))]".utf8)
    let records = try failures(file, [3: reading])
    #expect(records.map(\.id) == ["a0", nil] && records[1].message != nil)
    #expect(annotator.notes.map(\.path) == ["c.json"])
  }
}
