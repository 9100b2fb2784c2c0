import ArgumentParser
import Fakta
import FaktaReport
import Glibc

struct GazetteerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gazetteer", abstract: "Compiles, checks and searches the lists.",
    subcommands: [Compile.self, Check.self, Lookup.self])

  /// Runs `body`; what it throws is said on stderr, with status 1.
  static func failing(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as LexiconError {
      throw stop("\(error)")
    }
  }

  struct Compile: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compile", abstract: "Compiles a folder of lists to one file.",
      discussion: """
        The file is found by --gazetteers, $FAKTA_GAZETTEERS, or beside the program.
        With --into, a copy of a program is written that carries the lists in itself
        and needs no other file.

        Examples:
          fakta gazetteer compile gazetteers --output lists.fakta
          fakta annotate berita.txt --gazetteers lists.fakta
          fakta gazetteer compile gazetteers --into fakta --output fakta-with-lists
        """)

    @Argument(help: "The folder of lists.") var folder = "gazetteers"
    @Option(name: .shortAndLong, help: "The file to write.") var output: String
    @Option(help: "Append the lists to a copy of this program.") var into: String?

    func validate() throws {
      try refuseEmpty(folder, "the folder of lists")
      try refuseEmpty(output, "--output")
      try refuseEmpty(into, "--into")
      if output == "-" { throw ValidationError("--output '-': compiled lists are no text; name a file") }
    }

    func run() throws {
      try GazetteerCommand.failing {
        try checkFiles()
        let image = try ListFolder.compile(folder)
        if let into {
          try FileIO.write(try AppendedImage.append(image, to: into), to: output)
          chmod(output, 0o755)
        } else {
          try FileIO.write(image, to: output)
        }
      }
    }

    /// Refuses to write what is read, and what would be read as a list the next time.
    private func checkFiles() throws {
      var uses = FileUses()
      for path in try ListFolder.files(in: folder) { uses.reads("\(folder)/\(path)", as: "a list of the folder") }
      if let into { uses.reads(into, as: "the program of --into") }
      uses.writes(output, by: "--output", isWrittenLast: true)
      try uses.check()
      if ListFolder.wouldHold(output, in: folder) {
        throw stop("\(output): would be read as a list of \(folder) the next time; name another file with --output")
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Lists every fault of lists and rules, with its place and remedy.",
      discussion: """
        A folder that holds words.tsv is checked as a whole, as --gazetteers takes it.
        Files, and the lists and rules of other folders, are checked together, as --add
        takes them: over the built-in lists, whose classes rules may use. The yes and
        no lines of rules are run.

        Examples:
          fakta gazetteer check                        the folder gazetteers
          fakta gazetteer check zat.tsv narkoba.rules
          fakta gazetteer check tokoh.txt --add-label PER

        Ends with status 1 when there are errors; warnings do not count.
        """)

    @Argument(
      help: ArgumentHelp(
        "Folders of lists, lists, files of names, rules; gazetteers if none is named.", valueName: "path"))
    var paths: [String] = []
    @Option(help: "For files of your own: the compiled lists, or a folder of lists.") var gazetteers: String?
    @Option(help: "For files of your own: a list that they use; may be repeated.") var add: [String] = []
    @Option(help: "PER, LOC or ORG: the label of files with one name per line.") var addLabel: String?

    func validate() throws {
      for path in paths { try refuseEmpty(path, "a path to check") }
      try refuseEmpty(gazetteers, "--gazetteers")
      for file in add { try refuseEmpty(file, "--add") }
    }

    func run() throws {
      try GazetteerCommand.failing {
        var check = GazetteerCheck()
        check.adding = add
        check.addLabel = addLabel
        check.gazetteers = gazetteers
        check.environment = getenv("FAKTA_GAZETTEERS").map { String(cString: $0) }
        let report = try check.check(paths)
        let lines = report.errors.map { "\($0)" } + report.warnings.map { "\($0.asWarning)" } + [report.summary]
        try Console.output(lines.map { $0.harmless + "\n" }.joined())
        if !report.errors.isEmpty { throw ExitCode(1) }
      }
    }
  }

  struct Lookup: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lookup",
      abstract: "Shows every entry that a text would hit, with its file and line, and which name wins.",
      discussion: """
        Examples:
          fakta gazetteer lookup "Partai Demokrat"
          fakta gazetteer lookup Garuda "Menteri Keuangan Sri Mulyani"
          fakta gazetteer lookup "Budi Santoso" --add tokoh.txt --add-label PER
        """)

    @Option(help: "A compiled file or a folder of lists.") var gazetteers: String?
    @Option(help: "A list of your own; may be repeated.") var add: [String] = []
    @Option(help: "PER, LOC or ORG: the label of files with one name per line.") var addLabel: String?
    @Argument(help: "Names, or whole sentences.") var names: [String]

    func validate() throws {
      try refuseEmpty(gazetteers, "--gazetteers")
      for file in add { try refuseEmpty(file, "--add") }
    }

    func run() throws {
      try GazetteerCommand.failing {
        let lexicon = try Lexicon.load(
          gazetteers: gazetteers, adding: add, addLabel: addLabel,
          environment: getenv("FAKTA_GAZETTEERS").map { String(cString: $0) })
        try lexicon.verify()
        for notice in lexicon.notices { Console.say("\(notice)") }
        var lookup = LexiconLookup(lexicon: lexicon)
        for name in names { try Console.output(lookup.report(name)) }
      }
    }
  }
}
