import ArgumentParser
import Fakta
import Glibc

// Until the gazetteer commands land.

extension Lexicon {
  static func load(
    gazetteers: String?, adding: [String], addLabel: String?, executable: String?, environment: String?
  ) throws -> Lexicon {
    Lexicon(image: try LexiconImage.open(path: gazetteers ?? environment ?? ".build/fakta.gazetteers"))
  }
}

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
