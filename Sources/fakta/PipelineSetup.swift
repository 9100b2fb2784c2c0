import ArgumentParser
import Fakta
import Glibc

/// The lists and stages of a command: shared by all commands that annotate.
struct PipelineSetup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only these layers, separated by commas: \(Self.layerNames); facts bring the layers that they refer to.",
      valueName: "layers"))
  var layers: String?

  @Option(help: ArgumentHelp("The compiled lists, or a folder of lists.", valueName: "path"))
  var gazetteers: String?

  @Option(
    name: .customLong("add"),
    help: ArgumentHelp("A list, a file of names or rules of your own; may be given several times.", valueName: "file"))
  var add: [String] = []

  @Option(help: ArgumentHelp("What the names in plain files of --add are: PER, LOC or ORG.", valueName: "label"))
  var addLabel: String?

  @Flag(help: "Find names by lists and rules alone, without the statistical model.")
  var noModel = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Leave out entities of a lower score, from 0 to 1.", valueName: "score"))
  var minScore: Double = 0

  /// No option at all.
  static var none: PipelineSetup {
    var setup = PipelineSetup()
    setup.layers = nil
    setup.gazetteers = nil
    setup.add = []
    setup.addLabel = nil
    setup.noModel = false
    setup.minScore = 0
    return setup
  }

  func validate() throws {
    try refuseEmpty(gazetteers, "--gazetteers")
    for file in add { try refuseEmpty(file, "--add") }
    // A file of names behind the label only would be annotated as an article.
    if addLabel != nil, add.isEmpty {
      throw ValidationError("--add-label is for the files of --add, and there are none; name them with --add")
    }
    _ = try layerSet
    guard minScore >= 0, minScore <= 1 else {
      throw ValidationError("--min-score \(minScore) is out of range; write a number from 0 to 1")
    }
  }

  private static var layerNames: String { Layer.written.map(\.rawValue).joined(separator: ", ") }

  /// The layers asked for, and those that facts refer to.
  var layerSet: Set<Layer> {
    get throws {
      guard let layers else { return Set(Layer.written) }
      var set: Set<Layer> = []
      for name in listed(layers) {
        guard let layer = Layer.written.first(where: { $0.rawValue == name }) else {
          throw ValidationError("--layers: there is no layer '\(name)'; there are \(Self.layerNames)")
        }
        set.insert(layer)
      }
      // An actor is a name, a figure is a number: without them facts would refer to nothing, and say no value and unit.
      if set.contains(.facts) { set.formUnion([.entities, .dates, .quantities]) }
      guard !set.isEmpty else { throw ValidationError("--layers names no layer; leave it out for all of them") }
      return set
    }
  }

  /// Refuses `--layers` without the layer that an output is made of: it would be empty and look as if nothing was found.
  func require(_ layer: Layer, of output: String) throws {
    if try layerSet.contains(layer) { return }
    throw ValidationError("\(output) needs the layer \(layer.rawValue); add it to --layers, or leave --layers out")
  }

  var pipelineOptions: PipelineOptions {
    var options = PipelineOptions()
    options.usesModel = !noModel
    options.minimumScore = UInt16((minScore * 1000).rounded())
    return options
  }

  /// Opens the lists.
  ///
  /// - Throws: Ends the command when they cannot be opened, and says what to do.
  func lexicon() throws -> Lexicon {
    do {
      let lexicon = try load()
      for notice in lexicon.notices { Console.say("\(notice)") }
      return lexicon
    } catch {
      throw stop("\(error)")
    }
  }

  /// The same, without a word to anybody.
  func load() throws -> Lexicon {
    try Lexicon.load(
      gazetteers: gazetteers, adding: add, addLabel: addLabel,
      environment: getenv("FAKTA_GAZETTEERS").map { String(cString: $0) })
  }

  /// Builds the stages that the layers need.
  ///
  /// - Parameter layers: `nil` for those that the user asked for.
  func pipeline(_ lexicon: Lexicon, layers: Set<Layer>? = nil) throws -> Pipeline {
    do {
      return try Pipeline(lexicon: lexicon, layers: try layers ?? layerSet, options: pipelineOptions)
    } catch {
      throw stop("\(error)")
    }
  }

  /// What the output depends on, for `--resume`.
  func fingerprint(_ lexicon: Lexicon) throws -> String {
    let names = try layerSet.map(\.rawValue).sorted().joined(separator: ",")
    return "version=\(Release.version) lists=\(lexicon.fingerprint) layers=\(names) model=\(!noModel) score=\(minScore)"
  }
}
