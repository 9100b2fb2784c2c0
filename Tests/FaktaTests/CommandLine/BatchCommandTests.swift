import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// Runs over many articles: order, threads, and everything that can stop them.
@Suite(.serialized) struct BatchCommandTests {
  let program: Program
  static let count = 400

  init() throws {
    program = try Program()
    try program.write(try MadeUpNews.records(Self.count), to: "a.ndjson")
  }

  private func annotate(_ output: String, _ more: String...) -> [String] {
    ["annotate", "a.ndjson", "--chunk-size", "4096", "--output", output] + more
  }

  @Test func sameBytesForAnyNumberOfThreads() throws {
    let one = try program.run("annotate", "a.ndjson", "--chunk-size", "3000", "--jobs", "1")
    #expect(one.lines.count == Self.count)
    for jobs in ["2", "3", "8"] {
      let several = try program.run("annotate", "a.ndjson", "--chunk-size", "3000", "--jobs", jobs)
      #expect(several.output == one.output)
    }
    #expect(try program.run("annotate", "a.ndjson", "--jobs", "2").output == one.output)
  }

  /// What a worker remembers of earlier articles may make it faster, and changes nothing: the spelling that was met first
  /// must not decide for another one.
  @Test func orderOfArticlesDoesNotMatter() throws {
    var records: [String] = []
    for line in try FileIO.read("\(Corpus.root)/Tests/Bench/articles.ndjson").split(separator: 0x0A) {
      var record = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      let text = try #require(record["text"] as? String)
      for (name, written) in [("as it is", text), ("Capitals", text.capitalized), ("small", text.lowercased())] {
        record["text"] = written
        record["id"] = "\(name) \(records.count)"
        let data = try JSONSerialization.data(withJSONObject: record, options: [.sortedKeys])
        records.append(String(decoding: data, as: UTF8.self))
      }
    }
    try program.write(Array((records.joined(separator: "\n") + "\n").utf8), to: "forward.ndjson")
    try program.write(Array((records.reversed().joined(separator: "\n") + "\n").utf8), to: "backward.ndjson")
    let forward = try program.run("annotate", "forward.ndjson", "--jobs", "1").lines
    let backward = try program.run("annotate", "backward.ndjson", "--jobs", "1").lines
    #expect(forward.count == records.count && records.count > 100)
    #expect(forward == backward.reversed())
  }

  @Test func killedAtAnyMomentAndResumed() throws {
    #expect(try program.run(annotate("whole.ndjson")).status == 0)
    let whole = try program.bytes("whole.ndjson")
    let seed: UInt64 = 20_151_109
    var random = SeededRandom(seed: seed)
    var kills = 0
    for _ in 0..<20 {
      let name = Int.random(in: 0..<2, using: &random) == 0 ? "b.ndjson" : "c.ndjson"
      let jobs = "\(Int.random(in: 1...3, using: &random))"
      while true {
        let running = try program.start([Program.path] + annotate(name, "--resume", "--jobs", jobs))
        usleep(UInt32.random(in: 1000..<400_000, using: &random))
        running.send(SIGKILL)
        if try running.wait().status == 0 { break }
        kills += 1
        if kills % 3 == 0 { break }
      }
      #expect(try program.run(annotate(name, "--resume", "--jobs", jobs)).status == 0)
      #expect(try program.bytes(name) == whole, "seed \(seed)")
      #expect(!program.exists(name + ".state") && !program.exists(name + ".partial"))
      unlink(program.folder.url.appending(path: name).path)
    }
    #expect(kills > 5)
  }

  /// A loop of `--resume` ends where there is nothing left to do.
  @Test func wholeFileStays() throws {
    #expect(try program.run(annotate("b.ndjson")).status == 0)
    try program.write("{\"id\":\"x\",\"text\":\"Satu.\"}\n", to: "a.ndjson")
    let before = try program.bytes("b.ndjson")
    let again = try program.run(annotate("b.ndjson", "--resume"))
    #expect(again.status == 0)
    #expect(
      again.errors
        == "fakta: b.ndjson: no run was interrupted, the file stays as it is; to write it anew leave --resume out\n"
    )
    #expect(try program.bytes("b.ndjson") == before)
    // A file in which nothing is, and one beside which a run was interrupted, are none.
    try program.write("", to: "c.ndjson")
    try program.write("{\"id\"", to: "b.ndjson.partial")
    for name in ["b.ndjson", "c.ndjson"] {
      let result = try program.run(annotate(name, "--resume"))
      #expect(result.status == 0 && result.errors == "")
      #expect(try program.bytes(name).count { $0 == 0x0A } == 1)
    }
  }

  @Test(arguments: [SIGINT, SIGTERM]) func signalsEndBehindWholeChunks(_ signal: Int32) throws {
    #expect(try program.run(annotate("whole.ndjson.zst")).status == 0)
    let running = try program.start([Program.path] + annotate("b.ndjson.zst", "--jobs", "2"))
    running.wait(for: "b.ndjson.zst.state")
    running.send(signal)
    let result = try running.wait()
    #expect(result.status == 128 + signal)
    #expect(result.errors == "fakta: interrupted; the same command with --resume goes on\n")
    #expect(program.exists("b.ndjson.zst.partial") && !program.exists("b.ndjson.zst"))
    #expect(try program.run(annotate("b.ndjson.zst", "--resume")).status == 0)
    #expect(try program.bytes("b.ndjson.zst") == program.bytes("whole.ndjson.zst"))
  }

  /// The line of a failure is that of its own file, whatever the thread has read before.
  @Test func filesThatFailBehindLines() throws {
    let results = try ["1", "3"].map {
      try program.run("annotate", "a.ndjson", "tiada.txt", "--chunk-size", "3000", "--jobs", $0, "--no-text")
    }
    #expect(results[0].output == results[1].output)
    let last = try #require(try results[0].documents().last)
    #expect(last["error"] != nil && last["line"] == nil)
  }

  /// What a run writes is never among what it reads, or it would not end, or lose its input.
  @Test func outputAmongInputs() throws {
    try program.write("Presiden tiba di Jakarta.", to: "d/a.txt")
    for command in ["annotate . > b.ndjson", "annotate . -o b.ndjson", "annotate . -o ../d/b.ndjson --format text"] {
      for _ in 0..<2 {
        let result = try program.shell("cd d && $FAKTA \(command)")
        #expect(result.status == 0 && result.errors == "", "\(result.errors)")
        #expect(String(decoding: try program.bytes("d/b.ndjson"), as: UTF8.self).split(separator: "\n").count == 1)
      }
    }
    let before = try program.bytes("a.ndjson")
    let lost = try program.run("annotate", "a.ndjson", "-o", "./a.ndjson")
    #expect(lost.status == 1 && lost.output == "")
    #expect(
      lost.errors
        == "fakta: ./a.ndjson: is an input ('a.ndjson'), and --output would write over it; name another file with --output\n"
    )
    #expect(try program.bytes("a.ndjson") == before && !program.exists("a.ndjson.partial"))
    let page = "cd d && $FAKTA inspect . --html r.html && $FAKTA inspect . --html r.html && grep -o 'r.html' r.html"
    #expect(try program.shell(page).output == "")
  }

  /// A state that cannot be read is no reason to throw away what an interrupted run has written.
  @Test func stateThatCannotBeRead() throws {
    try FileManager.default.createDirectory(
      at: program.folder.url.appending(path: "b.ndjson.state"), withIntermediateDirectories: true)
    try program.write("{}", to: "b.ndjson.partial")
    let result = try program.run(annotate("b.ndjson", "--resume"))
    #expect(result.status == 1)
    #expect(result.errors == "fakta: b.ndjson.state: cannot be read: Is a directory\n")
    #expect(try program.bytes("b.ndjson.partial") == utf8("{}"))
  }

  /// The remedy that a damaged state names works.
  @Test func damagedState() throws {
    try program.write("fakta-state 1\noptions x\nitems", to: "b.ndjson.state")
    let resumed = try program.run(annotate("b.ndjson", "--resume"))
    #expect(resumed.status == 1)
    #expect(resumed.errors == "fakta: b.ndjson.state: is damaged; start again without --resume\n")
    let again = try program.run(annotate("b.ndjson"))
    #expect(again.status == 0 && again.errors == "" && !program.exists("b.ndjson.state"))
  }

  /// How the run ended is said also where the statistics cannot be written. (A size limit stops the thread sanitizer itself.)
  @Test func endIsSaidThoughStatisticsFail() throws {
    let command = annotate("b.ndjson", "--stats", "/dev/full").joined(separator: " ")
    let result = try program.shell("ulimit -f 100; exec $FAKTA \(command)")
    #expect(result.status == 1)
    #expect(result.errors.contains("b.ndjson: File too large after "))
    #expect(result.errors.contains("fakta: /dev/full: cannot be written: No space left on device\n"))
  }

  /// What is written only at the end is refused at the start where that can be known.
  @Test(arguments: [
    ("annotate a.ndjson --stats tiada/s.json", "tiada/s.json: cannot be written: No such file or directory"),
    ("facts a.ndjson --stats a.ndjson/s.json", "a.ndjson/s.json: cannot be written: Not a directory"),
    ("annotate a.ndjson --stats .", ".: cannot be written: it is a folder; name a file"),
    ("inspect a.ndjson --html tiada/r.html", "tiada/r.html: cannot be written: No such file or directory"),
  ]) func placesWhereNothingCanBeWritten(_ command: String, _ message: String) throws {
    let result = try program.run(command.split(separator: " ").map(String.init))
    #expect(result.status == 1 && result.output == "" && result.errors == "fakta: \(message)\n", "\(result.errors)")
  }

  /// A file takes the place of an older one; a pipe or a device is written to and stays what it is.
  @Test func statisticsIntoPipe() throws {
    let result = try program.shell(
      "mkfifo p && (cat p & $FAKTA annotate a.ndjson --stats p > /dev/null; wait) && test -p p && ls")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("{\n  \"documents\": \(Self.count),"))
    #expect(!result.output.contains(".tmp"))
  }

  /// The program waits for input that does not come.
  @Test(arguments: ["ndjson", "text", "html", "json"]) func interruptedWhileWaiting(_ format: String) throws {
    let running = try program.start(["/bin/bash", "-c", "mkfifo f && exec $FAKTA annotate --format \(format) <> f"])
    usleep(300_000)
    running.send(SIGINT)
    #expect(try running.wait().status == 130)
  }

  @Test func otherInputIsRefused() throws {
    try interrupt("b.ndjson")
    let records = String(decoding: try MadeUpNews.records(Self.count), as: UTF8.self)
    try program.write(records.replacing("tewas", with: "luka", maxReplacements: 1), to: "a.ndjson")
    let result = try program.run(annotate("b.ndjson", "--resume"))
    #expect(result.status == 1)
    #expect(
      result.errors
        == "fakta: a.ndjson: is not what the interrupted run has read; give the same inputs, or start again without --resume\n"
    )
    #expect(try program.run(annotate("b.ndjson")).status == 0)
  }

  @Test func otherOptionsAreRefused() throws {
    try interrupt("b.ndjson")
    let result = try program.run(annotate("b.ndjson", "--resume", "--no-text"))
    #expect(result.status == 1)
    #expect(
      result.errors
        == "fakta: b.ndjson: the interrupted run had other options (then text=true, now text=false); repeat them, or start again without --resume\n"
    )
    let again = try program.run(annotate("b.ndjson", "--no-text"))
    #expect(again.errors == "fakta: b.ndjson: starting again; --resume would have gone on with the interrupted run\n")
  }

  /// Leaves an interrupted run behind.
  private func interrupt(_ output: String) throws {
    let running = try program.start([Program.path] + annotate(output, "--jobs", "1"))
    running.wait(for: output + ".state")
    running.send(SIGKILL)
    #expect(try running.wait().status == 137)
  }

  @Test func fullDisk() throws {
    let device = try program.run("annotate", "a.ndjson", "--output", "/dev/full")
    #expect(device.status == 1)
    #expect(device.errors == "fakta: /dev/full: No space left on device after 0 articles\n")
    #expect(try program.run(annotate("whole.ndjson")).status == 0)
    let limited = try program.shell("ulimit -f 100; exec $FAKTA \(annotate("b.ndjson").joined(separator: " "))")
    #expect(limited.status == 1)
    #expect(limited.errors.hasPrefix("fakta: b.ndjson: File too large after "))
    #expect(limited.errors.hasSuffix(" articles; run it again with --resume when that is settled\n"))
    #expect(try program.run(annotate("b.ndjson", "--resume")).status == 0)
    #expect(try program.bytes("b.ndjson") == program.bytes("whole.ndjson"))
  }

  @Test func vanishedInput() throws {
    try program.write(try MadeUpNews.records(50), to: "b.ndjson")
    let command = ["annotate", "a.ndjson", "b.ndjson", "--chunk-size", "4096", "--jobs", "1", "--output", "c.ndjson"]
    #expect(try program.run(Array(command.dropLast()) + ["whole.ndjson"]).status == 0)
    let running = try program.start([Program.path] + command)
    running.wait(for: "c.ndjson.state")
    let away = program.folder.url.appending(path: "away")
    let file = program.folder.url.appending(path: "b.ndjson")
    try FileManager.default.moveItem(at: file, to: away)
    let result = try running.wait()
    #expect(result.status == 1)
    #expect(
      result.errors
        == "fakta: b.ndjson: No such file or directory after \(Self.count) articles; run it again with --resume when that is settled\n"
    )
    try FileManager.default.moveItem(at: away, to: file)
    #expect(try program.run(command + ["--resume"]).status == 0)
    #expect(try program.bytes("c.ndjson") == program.bytes("whole.ndjson"))
  }

  @Test func closedPipe() throws {
    let result = try program.shell("set -o pipefail; $FAKTA annotate a.ndjson --chunk-size 4096 | head -n 1")
    #expect(result.status == 0 && result.lines.count == 1 && result.errors == "")
  }

  @Test func statistics() throws {
    try program.write(Array(try MadeUpNews.records(30)) + utf8("{broken\n"), to: "a.ndjson")
    let result = try program.run("annotate", "a.ndjson", "--stats", "s.json")
    #expect(result.status == 3)
    let stats = try #require(
      try JSONSerialization.jsonObject(with: Data(try program.bytes("s.json"))) as? [String: Any])
    #expect(stats["documents"] as? Int == 30 && stats["failed"] as? Int == 1)
    #expect((stats["failures"] as? [String: Int]) == ["invalid-json": 1])
    #expect((stats["stage_cpu_seconds"] as? [String: Double])?.isEmpty == false)
    let documents = try result.documents()
    for layer in ["regions", "sentences", "entities", "dates", "quantities", "facts"] {
      #expect(stats[layer] as? Int == documents.reduce(0) { $0 + (($1[layer] as? [Any])?.count ?? 0) }, "\(layer)")
    }
  }
}
