import ArgumentParser
import Fakta

/// How documents are written.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What offsets count: codepoint, utf16 or utf8.", valueName: "unit"))
  var offsets = "codepoint"

  @Flag(help: "Leave the text of the articles out.")
  var noText = false

  @Flag(help: "Write JSON over several lines, to be looked at.")
  var pretty = false

  @Option(help: ArgumentHelp("The format: ndjson or json.", valueName: "format"))
  var to = "ndjson"

  func validate() throws {
    _ = try offsetUnit
    guard ["ndjson", "json"].contains(to) else {
      throw ValidationError("--to '\(to)' is unknown; write ndjson or json")
    }
  }

  private var offsetUnit: DocumentWriter.Options.OffsetUnit {
    get throws {
      guard let unit = DocumentWriter.Options.OffsetUnit(rawValue: offsets) else {
        throw ValidationError("--offsets '\(offsets)' is unknown; write codepoint, utf16 or utf8")
      }
      return unit
    }
  }

  /// Returns the writer of the chosen format.
  func formatter(_ lexicon: Lexicon, layers: Set<Layer>) throws -> any DocumentFormatter {
    var options = DocumentWriter.Options()
    options.offsets = try offsetUnit
    options.includesText = !noText
    options.layers = layers
    let layout: JSONLinesFormatter.Layout =
      to == "json" ? (pretty ? .indentedArray : .array) : (pretty ? .indented : .lines)
    return JSONLinesFormatter(lexicon: lexicon, options: options, layout: layout)
  }

  var fingerprint: String { "offsets=\(offsets) text=\(!noText) pretty=\(pretty) to=\(to)" }
}
