import ArgumentParser
import Fakta

@main
struct FaktaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fakta",
    abstract: "Reads Indonesian news and says who, where, how many of what, when, and who said so.",
    subcommands: [AnnotateCommand.self, InspectCommand.self, GazetteerCommand.self, DebugCommand.self])
}
