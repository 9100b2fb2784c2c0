import ArgumentParser
import Fakta
import Glibc

struct AnnotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate", abstract: "Annotates articles and writes one JSON document per line.")

  @Option(help: "The compiled gazetteers.") var gazetteers: String?
  @Option(help: "A list of your own.") var add: [String] = []
  @Option(help: "PER, LOC or ORG: label of files with one name per line.") var addLabel: String?
  @Option(help: "text or ndjson.") var format: String?
  @Option(help: "Reference date.") var date: String?
  @Argument(help: "Files.") var inputs: [String] = []

  func run() throws {
    let lexicon = try Lexicon.load(
      gazetteers: gazetteers, adding: add, addLabel: addLabel, environment: getenv("FAKTA_GAZETTEERS").map { String(cString: $0) })
    for notice in lexicon.notices {
      let message = Array("fakta: \(notice)\n".utf8)
      _ = message.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
    }
    var pipeline = try Pipeline(lexicon: lexicon)
    var writer = DocumentWriter(lexicon: lexicon)
    var document = Document()
    var out: [UInt8] = []
    let optionDate = date.flatMap { text in parseISODate(Array(text.utf8).span).map { CalendarDay($0.year, $0.month, $0.day) } }
    for input in inputs {
      let bytes = try FileIO.read(input == "-" ? "/dev/stdin" : input)
      if format == "ndjson" || input.hasSuffix(".ndjson") || input.hasSuffix(".jsonl") {
        var reader = RecordReader()
        var record = Record()
        var number = 0
        for line in bytes.split(separator: 10) {
          number += 1
          let line = Array(line)
          do {
            try reader.read(line: line.span, number: number, into: &record)
            document.reset(
              text: record.text, title: record.title ?? [], date: record.date ?? [], optionDate: optionDate)
            pipeline.annotate(&document)
            writer.append(document, id: record.id ?? Array("line \(number)".utf8), meta: record.meta, to: &out)
          } catch {
            DocumentWriter.appendFailure(
              id: error.id, line: error.line, code: error.code.rawValue, message: error.message, to: &out)
          }
          out.append(10)
        }
      } else {
        document.reset(text: bytes, optionDate: optionDate)
        pipeline.annotate(&document)
        writer.append(document, id: Array(input.utf8), meta: [], to: &out)
        out.append(10)
      }
    }
    try lexicon.verify()
    var at = 0
    while at < out.count {
      let n = out.withUnsafeBytes { write(1, $0.baseAddress! + at, out.count - at) }
      if n <= 0 { break }
      at += n
    }
  }
}

struct DebugCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "debug", shouldDisplay: false)
  @Argument var text: String
  func run() throws {
    let lexicon = Lexicon(image: try LexiconImage.open(path: ".build/fakta.gazetteers"))
    var pipeline = try Pipeline(lexicon: lexicon)
    var document = Document()
    document.reset(text: Array(text.utf8))
    pipeline.annotate(&document)
    for i in 0..<document.tokens.count {
      print(i, document.text(of: TokenSpan(i, i + 1)), document.tokens.id[i], document.tokens.kind[i], document.tokens.gap[i])
      for m in document.matchRange(at: i) {
        let match = document.matches[m]
        print("   ", match, lexicon.listings(at: match.state).map { lexicon.form(of: $0) + " " + lexicon.place(of: $0.entry).file }, lexicon.classes(at: match.state))
      }
    }
    print(lexicon.wordClass("region"), lexicon.wordClass("sub-media"), lexicon.wordClass("speech"))
  }
}
