import ArgumentParser
import Fakta
import FaktaReport
import Glibc

struct AnnotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate",
    abstract: "Annotates articles: one JSON document per line, or another format.",
    discussion: """
      Reads plain text, web pages, NDJSON and JSON, also compressed (.gz, .zst).
      An article that cannot be read becomes a record with "error" in the output;
      the others are not touched.

      Examples:
        fakta annotate berita.txt --pretty
        fakta annotate arsip/ --layers entities,dates > arsip.ndjson
        fakta annotate arsip.ndjson --to csv --table quantities > jumlah.csv
        fakta annotate 2015.ndjson.gz --output 2015.facts.ndjson.zst
        fakta annotate 2015.ndjson.gz --output 2015.facts.ndjson.zst --resume
        curl -s https://example.com/berita.html | fakta annotate | jq .entities

      Exit status: 0 all well; 1 nothing could be done; 3 some articles failed;
      64 called wrongly; 130 or 143 interrupted.
      """)

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Lists and layers") var setup: PipelineSetup
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Batches") var batch: BatchOptions

  /// The command for inputs alone: `fakta annotate berita.txt`; nil where there may be an option.
  ///
  /// To describe all options to the parser costs more than to annotate an article. Whatever is not as simple as this, help and
  /// mistakes too, is for the parser.
  static func withoutOptions(_ arguments: ArraySlice<String>) -> AnnotateCommand? {
    guard arguments.first == configuration.commandName else { return nil }
    let inputs = arguments.dropFirst()
    guard inputs.allSatisfy({ $0.utf8.first.map { $0 != UInt8(ascii: "-") } ?? false }) else { return nil }
    var command = AnnotateCommand()
    command.input = InputOptions(inputs: Array(inputs))
    command.setup = .none
    command.output = .none
    command.batch = .none
    return command
  }

  func validate() throws {
    if let layer = try output.mainLayer { try setup.require(layer, of: "--to \(output.to)") }
    guard try output.format == .brat else { return }
    if batch.output == nil || batch.output == "-" {
      throw ValidationError("--to brat writes two files for each article; name a folder with --output")
    }
    if batch.resume { throw ValidationError("--to brat cannot go on with an interrupted run; leave --resume out") }
  }

  func run() throws {
    let walker = try input.walker(writing: batch.files)
    let lexicon = try setup.lexicon()
    let layers = try (setup.layers == nil ? output.layersOfFormat : nil) ?? setup.layerSet
    let uses = FileUses(input, setup)
    let folder = try bratFolder(uses, walker)
    var formatter = try output.formatter(lexicon, layers: layers, folder: folder)
    // In JSON most of what a terminal obeys is escaped.
    if batch.writesToTerminal, try !output.isJSON { formatter = HarmlessFormatter(formatter) }
    if folder == nil { try batch.check(uses, walker, formatter) }
    let fingerprint = try "\(setup.fingerprint(lexicon)) \(input.fingerprint) \(output.fingerprint)"
    // What is wrong with brat's files weighs more than articles that failed.
    let result = Result {
      try batch.run(
        walker, lexicon: lexicon, pipeline: try setup.pipeline(lexicon, layers: layers), formatter: formatter,
        articles: try input.articleOptions, fingerprint: fingerprint, hasNoStream: folder != nil)
    }
    if let problem = folder?.problem { throw stop("\(problem)") }
    try result.get()
  }

  private func bratFolder(_ uses: FileUses, _ walker: InputWalker) throws -> BratFolder? {
    guard try output.format == .brat, let path = batch.output else { return nil }
    let format = try input.inputFormat
    try batch.check(uses, walker, isOwn: { BratFolder.holdsOnlyOwn($0, format: format) })
    do {
      return try BratFolder(path, sources: uses.identities)
    } catch {
      throw stop("\(error)")
    }
  }
}
