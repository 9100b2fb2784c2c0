import ArgumentParser
import Fakta
import Foundation

struct SpeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Prints the time of each layer on articles (NDJSON with `text`), as CPU time of one thread.")

  @Argument(help: "NDJSON file.") var input: String
  @Option(help: "The compiled gazetteers.") var gazetteers = ".build/fakta.gazetteers"
  @Option(help: "Rounds over the file; the best one counts.") var rounds = 3
  @Flag(help: "Without the model.") var noModel = false

  func run() throws {
    let lexicon = Lexicon(image: try LexiconImage.open(path: gazetteers))
    var options = PipelineOptions()
    options.usesModel = !noModel
    var pipeline = try Pipeline(lexicon: lexicon, options: options)
    var texts: [[UInt8]] = []
    for line in try Data(contentsOf: URL(fileURLWithPath: input)).split(separator: 10) {
      if let object = try JSONSerialization.jsonObject(with: line) as? [String: Any],
        let text = object["text"] as? String
      {
        texts.append(Array(text.utf8))
      }
    }
    let bytes = texts.reduce(0) { $0 + $1.count }
    var document = Document()
    var best: [UInt64] = []
    var tokens = 0
    for round in 0..<rounds {
      var times: [UInt64] = []
      tokens = 0
      for text in texts {
        document.reset(text: text)
        pipeline.annotate(&document, times: &times)
        tokens += document.tokens.count
      }
      best = round == 0 ? times : zip(best, times).map { min($0, $1) }
    }
    let total = best.reduce(0, +)
    print("\(texts.count) texts, \(bytes) bytes, \(tokens) tokens")
    for (layer, time) in zip(pipeline.layers, best) {
      print(
        String(
          format: "%@ %6.1f ns/token %5.1f %%", layer.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0),
          Double(time) / Double(max(1, tokens)), 100 * Double(time) / Double(max(1, total))))
    }
    print(
      String(
        format: "all        %6.1f ns/token %7.1f MB/s", Double(total) / Double(max(1, tokens)),
        Double(bytes) * 1000 / Double(max(1, total))))
  }
}
