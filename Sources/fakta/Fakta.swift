import ArgumentParser
import Fakta
import Glibc

@main
struct FaktaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fakta",
    abstract: "Reads Indonesian news and says who, where, how many of what, when, and who said so.",
    discussion: """
      Examples:
        fakta annotate berita.txt --pretty       one article, to look at
        fakta annotate arsip/ > arsip.ndjson     a folder of texts and web pages
        zcat arsip.ndjson.gz | fakta annotate | jq '.facts[]?'
      """,
    version: "fakta \(Release.version) (ICU \(Release.icuVersion))",
    subcommands: [
      AnnotateCommand.self, FactsCommand.self, InspectCommand.self, ExplainCommand.self, GazetteerCommand.self,
    ])

  static func main() {
    // Where a standard stream is closed, the next file that is opened would take its place: lists would be read as an
    // article, messages written into an output. These fail instead when they are used.
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
    // A reader that goes away (`| head`) ends the output, not the program with a signal; and a file that grows beyond
    // `ulimit -f` is an error like a full disk.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    Faults.end(saying: "fakta: stopped by a fault of its own; please report it with the input and the command\n")
    if let mistake = unknownCommand(CommandLine.arguments.dropFirst()) { exit(withError: mistake) }
    guard let command = AnnotateCommand.withoutOptions(CommandLine.arguments.dropFirst()) else { return self.main(nil) }
    do {
      try command.run()
    } catch {
      exit(withError: error)
    }
  }

  /// What is wrong where the first word is no command: a mistyped one, or an article without a command before it.
  private static func unknownCommand(_ arguments: ArraySlice<String>) -> ValidationError? {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !names.contains(word) else { return nil }
    let remedy =
      access(word, F_OK) == 0
      ? "to annotate that file write 'fakta annotate \(word)'" : "write \(names.joined(separator: ", "))"
    return ValidationError("'\(word)' is no command; \(remedy)")
  }
}
