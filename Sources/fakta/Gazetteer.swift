import ArgumentParser
import Fakta

struct GazetteerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gazetteer", abstract: "Compiles, checks and searches the lists.", subcommands: [Compile.self, Bench.self])

  struct Compile: ParsableCommand {
    @Argument var folder: String
    @Option(name: .shortAndLong) var output: String
    func run() throws {
      do {
        try FileIO.write(try ListFolder.compile(folder), to: output)
      } catch {
        print(error)
        throw ExitCode(1)
      }
    }
  }

  /// Measures the matcher alone, for developers.
  struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bench", shouldDisplay: false)
    @Option var gazetteers: String?
    @Option var rounds = 10
    @Argument var file: String

    func run() throws {
      var lexicon = try Lexicon.load(gazetteers: gazetteers)
      var opening = UInt64.max
      for _ in 0..<20 {
        let start = ThreadClock.now()
        lexicon = try Lexicon.load(gazetteers: gazetteers)
        opening = min(opening, ThreadClock.now() - start)
      }
      let checking = ThreadClock.now()
      try lexicon.verify()
      print("open \(Double(opening) / 1e6) ms, waited for its check \(Double(ThreadClock.now() - checking) / 1e6) ms")
      var reader = RecordReader()
      var record = Record()
      var documents: [[UInt8]] = []
      for (i, line) in try FileIO.read(file).split(separator: 10).enumerated() {
        try reader.read(line: Array(line).span, number: i + 1, into: &record)
        documents.append(record.text)
      }
      let bytes = documents.reduce(0) { $0 + $1.count }
      var matcher = LexiconMatcher(lexicon: lexicon)
      var tokens = TokenTable()
      var (matches, index) = ([Match](), [UInt32]())
      var (tokenCount, matchCount, sum) = (0, 0, UInt64(0))
      // The clock is asked once per pass over all documents: asking it per document would cost a tenth of what is measured.
      func time(_ body: ([UInt8]) -> Void) -> UInt64 {
        var best = UInt64.max
        for _ in 0..<rounds {
          let start = ThreadClock.now()
          for document in documents { body(document) }
          best = min(best, ThreadClock.now() - start)
        }
        return best
      }
      let tokenizing = time { Tokenizer().tokenize($0, into: &tokens) }
      let lookingUp = time {
        Tokenizer().tokenize($0, into: &tokens)
        matcher.lookUp($0, &tokens)
      }
      let matching = time {
        Tokenizer().tokenize($0, into: &tokens)
        matcher.lookUp($0, &tokens)
        matcher.match($0, tokens, matches: &matches, index: &index)
      }
      for document in documents {
        Tokenizer().tokenize(document, into: &tokens)
        matcher.lookUp(document, &tokens)
        matcher.match(document, tokens, matches: &matches, index: &index)
        tokenCount += tokens.count
        matchCount += matches.count
        for match in matches { sum = sum &* 31 &+ UInt64(match.state) &+ UInt64(match.end) }
      }
      func speed(_ nanoseconds: UInt64) -> String { "\(bytes * 1000 / Int(max(1, nanoseconds))) MB/s" }
      print("\(documents.count) documents, \(bytes) bytes, \(tokenCount) tokens, \(matchCount) matches, sum \(sum)")
      print(
        "tokenize \(speed(tokenizing)), look up \(speed(lookingUp - min(lookingUp, tokenizing))), look up + match \(speed(matching - min(matching, tokenizing)))")
    }
  }
}
