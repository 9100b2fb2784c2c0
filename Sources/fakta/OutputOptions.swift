import ArgumentParser
import Fakta
import FaktaReport

/// How documents are written.
struct OutputOptions: ParsableArguments {
  enum Format: String, CaseIterable {
    case ndjson, json, csv, tsv, conll, brat, spacy, webannotation, timeml, xml, markdown
  }

  @Option(
    help: ArgumentHelp(
      "The format: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "format"))
  var to = OutputOptions.format

  @Option(help: ArgumentHelp("The rows of csv and tsv: entities, dates, quantities or facts.", valueName: "layer"))
  var table = OutputOptions.table

  @Option(help: ArgumentHelp("What offsets count: codepoint, utf16 or utf8.", valueName: "unit"))
  var offsets = OutputOptions.offsets

  @Flag(help: "Leave the text of the articles out (ndjson, json).")
  var noText = false

  @Flag(help: "Write JSON over several lines, to be looked at.")
  var pretty = false

  private static let format = "ndjson"
  private static let table = "facts"
  private static let offsets = "codepoint"

  /// No option at all.
  static var none: OutputOptions {
    var options = OutputOptions()
    options.to = format
    options.table = table
    options.offsets = offsets
    options.noText = false
    options.pretty = false
    return options
  }

  func validate() throws {
    _ = try offsetUnit
    _ = try tableLayer
    let format = try format
    let countsOnlyCodePoints: [Format] = [.brat, .spacy, .webannotation]
    if countsOnlyCodePoints.contains(format), offsets != Self.offsets {
      throw ValidationError("--to \(to) counts code points; leave --offsets out")
    }
    let hasNoOffsets: [Format] = [.timeml, .xml, .markdown]
    if hasNoOffsets.contains(format), offsets != Self.offsets {
      throw ValidationError("--to \(to) writes no offsets; leave --offsets out")
    }
    if pretty, try !isJSON {
      throw ValidationError("--pretty is for ndjson and json, not for --to \(to); leave one of them out")
    }
    if table != Self.table, format != .csv, format != .tsv {
      throw ValidationError("--table is for csv and tsv, not for --to \(to); add --to csv, or leave --table out")
    }
    let keepsText: [Format] = [.conll, .brat, .spacy, .timeml, .xml]
    if noText, keepsText.contains(format) {
      throw ValidationError("--to \(to) is made of the text; leave --no-text out, or write ndjson, json, csv or tsv")
    }
  }

  var format: Format {
    get throws {
      guard let format = Format(rawValue: to) else {
        throw ValidationError(
          "--to '\(to)' is unknown; write \(Format.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return format
    }
  }

  var isJSON: Bool {
    get throws { try format == .ndjson || format == .json }
  }

  private var offsetUnit: OffsetUnit {
    get throws {
      guard let unit = OffsetUnit(rawValue: offsets) else {
        throw ValidationError("--offsets '\(offsets)' is unknown; write codepoint, utf16 or utf8")
      }
      return unit
    }
  }

  private var tableLayer: TableFormat.Table {
    get throws {
      guard let layer = TableFormat.Table(rawValue: table) else {
        throw ValidationError("--table '\(table)' is unknown; write entities, dates, quantities or facts")
      }
      return layer
    }
  }

  /// The layer without which the format shows nothing at all.
  var mainLayer: Layer? {
    get throws {
      switch try format {
      case .csv, .tsv: Layer(rawValue: try tableLayer.rawValue)
      case .conll: .entities
      case .timeml: .dates
      default: nil
      }
    }
  }

  /// The layers that the format shows; `nil` for all of them.
  var layersOfFormat: Set<Layer>? {
    get throws {
      switch try format {
      case .csv, .tsv:
        switch try tableLayer {
        case .entities: [.entities]
        case .dates: [.dates]
        case .quantities: [.quantities]
        case .facts: nil
        }
      case .conll: [.sentences, .entities]
      case .timeml: [.dates]
      default: nil
      }
    }
  }

  /// Returns the writer of the chosen format.
  ///
  /// - Parameter folder: Where brat's files go.
  func formatter(_ lexicon: Lexicon, layers: Set<Layer>, folder: BratFolder?) throws -> any DocumentFormatter {
    let unit = try offsetUnit
    let format: any DocumentFormat
    switch try self.format {
    case .ndjson, .json: return try jsonFormatter(lexicon, layers)
    case .csv: format = TableFormat(try tableLayer, style: .csv, offsets: unit)
    case .tsv: format = TableFormat(try tableLayer, style: .tsv, offsets: unit)
    case .conll: format = CoNLLFormat(offsets: unit)
    case .brat: format = BratFolderFormat(folder!)
    case .spacy: format = SpaCyFormat()
    case .webannotation: format = WebAnnotationFormat()
    case .timeml: format = InlineXMLFormat(timeMLOnly: true)
    case .xml: format = InlineXMLFormat(timeMLOnly: false)
    case .markdown: format = MarkdownFormat()
    }
    return ConvertingFormatter(format, lexicon: lexicon, layers: layers)
  }

  private func jsonFormatter(_ lexicon: Lexicon, _ layers: Set<Layer>) throws -> any DocumentFormatter {
    var options = DocumentWriter.Options()
    options.offsets = try offsetUnit
    options.includesText = !noText
    options.layers = layers
    let layout: JSONLinesFormatter.Layout =
      to == "json" ? (pretty ? .indentedArray : .array) : (pretty ? .indented : .lines)
    return JSONLinesFormatter(lexicon: lexicon, options: options, layout: layout)
  }

  var fingerprint: String { "to=\(to) table=\(table) offsets=\(offsets) text=\(!noText) pretty=\(pretty)" }
}
