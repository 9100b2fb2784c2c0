import ArgumentParser
import Fakta
import Glibc

/// The inputs of a command and how they are read: shared by all commands that read articles.
struct InputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files or folders; '-' is the standard input, which is also read when nothing is named.",
      valueName: "file|dir|-"))
  var inputs: [String] = []

  @Option(
    help: ArgumentHelp(
      "What the inputs hold: text, html, ndjson or json. Without it the ends of the names decide, then the first bytes.",
      valueName: "format"))
  var format: String?

  @Option(
    help: ArgumentHelp("The date that 'kemarin' and the like refer to, for all articles.", valueName: "yyyy-mm-dd"))
  var date: String?

  @Option(help: ArgumentHelp("The member of a record that holds the article.", valueName: "name"))
  var textField = InputOptions.textField

  @Option(help: ArgumentHelp("The member of a record that holds its id.", valueName: "name"))
  var idField = InputOptions.idField

  @Option(help: ArgumentHelp("The member of a record that holds the headline.", valueName: "name"))
  var titleField = InputOptions.titleField

  @Option(help: ArgumentHelp("The member of a record that holds the date of publication.", valueName: "name"))
  var dateField = InputOptions.dateField

  @Flag(help: "Annotate boilerplate too (links to other articles, notes of the editors).")
  var includeBoilerplate = false

  @Option(
    help: ArgumentHelp(
      "Articles of more bytes are not read: bounds the memory. K, M and G are understood.", valueName: "size"))
  var maxSize = InputOptions.maxSize

  private static let textField = "text"
  private static let idField = "id"
  private static let titleField = "title"
  private static let dateField = "date"
  private static let maxSize = "16M"

  init() {}

  /// The inputs, without an option.
  init(inputs: [String]) {
    self.inputs = inputs
    format = nil
    date = nil
    textField = Self.textField
    idField = Self.idField
    titleField = Self.titleField
    dateField = Self.dateField
    includeBoilerplate = false
    maxSize = Self.maxSize
  }

  func validate() throws {
    for input in inputs { try refuseEmpty(input, "an input") }
    _ = try inputFormat
    _ = try day
    _ = try maximumSize
  }

  /// What the command reads: `-` when nothing is named.
  var paths: [String] { inputs.isEmpty ? ["-"] : inputs }

  var inputFormat: InputFormat? {
    get throws {
      guard let format else { return nil }
      guard let found = InputFormat(rawValue: format == "jsonl" ? "ndjson" : format) else {
        throw ValidationError("--format '\(format)' is unknown; write text, html, ndjson or json")
      }
      return found
    }
  }

  private var day: CalendarDay? {
    get throws {
      guard let date else { return nil }
      guard let day = parseISODate(Array(date.utf8).span) else {
        throw ValidationError("--date '\(date)' is no date; write year, month and day, such as 2015-11-09")
      }
      return CalendarDay(day.year, day.month, day.day)
    }
  }

  private var maximumSize: Int {
    get throws {
      let factor: Int? =
        switch maxSize.last {
        case "K", "k": 1 << 10
        case "M", "m": 1 << 20
        case "G", "g": 1 << 30
        default: nil
        }
      let digits = factor == nil ? maxSize[...] : maxSize.dropLast()
      guard let value = Int(digits), value > 0, value <= (3 << 30) / (factor ?? 1) else {
        throw ValidationError("--max-size '\(maxSize)' is no size; write a number of bytes of at most 3G, such as 64M")
      }
      return value * (factor ?? 1)
    }
  }

  /// How the articles are read.
  var articleOptions: ArticleOptions {
    get throws {
      var options = ArticleOptions()
      options.format = try inputFormat
      options.fields = RecordFields(id: idField, text: textField, title: titleField, date: dateField)
      options.date = try day
      options.includesBoilerplate = includeBoilerplate
      options.maximumSize = try maximumSize
      return options
    }
  }

  /// What the output depends on besides the inputs, for `--resume`.
  var fingerprint: String {
    "format=\(format ?? "") date=\(date ?? "") fields=\(idField),\(textField),\(titleField),\(dateField)"
      + " boilerplate=\(includeBoilerplate) size=\(maxSize)"
  }

  /// Returns the files to read.
  ///
  /// - Parameter outputs: The files that the command writes, which are left out of folders; `-` is the standard output.
  /// - Throws: Ends the command when there is nothing to read at all, and says why.
  func walker(writing outputs: [String]) throws -> InputWalker {
    if inputs.isEmpty, Console.inputIsTerminal {
      throw stop("nothing to read; name files or folders, or pipe articles in (--help shows examples)", code: 64)
    }
    let walker = InputWalker(paths: paths, format: try inputFormat, outputs: outputs)
    var probe = walker
    var problems: [InputError] = []
    while let file = probe.next() {
      guard let problem = file.problem else { return walker }
      problems.append(problem)
    }
    for problem in problems { Console.say("\(problem)") }
    throw ExitCode(1)
  }
}
