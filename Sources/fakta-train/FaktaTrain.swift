import ArgumentParser
import Fakta

/// Trains and measures the tagger of the entity stage.
@main
struct FaktaTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fakta-train", abstract: "Trains the entity tagger and measures it.",
    subcommands: [TrainCommand.self, EvaluateCommand.self, CoverageCommand.self])
}
