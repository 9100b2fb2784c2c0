import ArgumentParser
import Fakta

struct GazetteerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gazetteer", abstract: "Compiles, checks and searches the lists.", subcommands: [Compile.self])

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
}
