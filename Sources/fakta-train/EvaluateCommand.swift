import ArgumentParser
import Fakta
import Foundation

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Prints exact scores per set and label.",
    discussion: "Each set is scored by its own guideline as far as ours can be mapped to it.")

  @Argument(help: "Sets (folder/part.jsonl).") var sets: [String] = []
  @Option(help: "The compiled gazetteers.") var gazetteers = ".build/fakta.gazetteers"
  @Flag(help: "Without the model.") var noModel = false
  @Flag(help: "Without cues.") var noCues = false
  @Flag(help: "Without the memory of the article.") var noMemory = false
  @Flag(help: "Score lower-cased copies of the texts.") var lower = false
  @Flag(help: "Score upper-cased copies of the texts.") var upper = false
  @Option(help: "Print this many errors per set.") var errors = 0

  func run() throws {
    let lexicon = Lexicon(image: try LexiconImage.open(path: gazetteers))
    var options = PipelineOptions()
    options.usesModel = !noModel
    if noCues { options.entityParts.remove(.cues) }
    if noMemory { options.entityParts.remove(.memory) }
    var pipeline = try Pipeline(lexicon: lexicon, layers: [.entities], options: options)
    var document = Document()
    for path in sets {
      let set = try NameSet(path: path)
      var score = SpanScore()
      var shown = 0
      for record in set.records {
        let text = recased(record.text)
        document.reset(text: Array(text.utf8))
        pipeline.annotate(&document)
        let found = Self.found(document, text, set.name)
        let gold = Self.trimmed(Set(record.names), text)
        score.add(gold: Set(gold.map(Self.key)), predicted: Set(found.map(Self.key)))
        if shown < errors, gold != found {
          shown += 1
          print(record.text)
          let scalars = Array(text.unicodeScalars)
          for name in gold.subtracting(found) { print("   - \(name.label.code) \(Self.text(scalars, name))") }
          for name in found.subtracting(gold) { print("   + \(name.label.code) \(Self.text(scalars, name))") }
        }
      }
      print("\(set.name.padding(toLength: 14, withPad: " ", startingAt: 0)) \(score.line)")
    }
  }

  private func recased(_ text: String) -> String {
    guard lower || upper else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let mapped = (lower ? scalar.properties.lowercaseMapping : scalar.properties.uppercaseMapping).unicodeScalars
      out.append(mapped.count == 1 ? mapped.first! : scalar)
    }
    return String(out)
  }

  private static func key(_ name: MarkedName) -> [Int] { [name.start, name.end, Int(name.label.rawValue)] }

  private static func text(_ scalars: [Unicode.Scalar], _ name: MarkedName) -> String {
    var out = String.UnicodeScalarView()
    out.append(contentsOf: scalars[name.start..<name.end])
    return String(out)
  }

  /// What the program found, by the guideline of `set`.
  private static func found(_ document: Document, _ text: String, _ set: String) -> Set<MarkedName> {
    let offsets = text.scalarOffsets
    func scalar(_ byte: Int) -> Int {
      var low = 0
      var high = offsets.count - 1
      while low < high {
        let middle = (low + high) / 2
        if offsets[middle] < byte { low = middle + 1 } else { high = middle }
      }
      return low
    }
    var names: [MarkedName] = []
    let scalars = Array(text.unicodeScalars)
    for entity in document.entities {
      if set.hasPrefix("idner"), entity.label == .location, entity.use == .actor || entity.use == .modifier { continue }
      let raw = document.rawRange(of: entity.span, trim: Int(entity.trim))
      let name = MarkedName(start: scalar(raw.lowerBound), end: scalar(raw.upperBound), label: entity.label)
      if set.hasPrefix("idner") || set == "nerugm", let last = names.last, last.label == .organization,
        name.label == .organization,
        scalars[last.end..<name.start].filter({ $0 != " " }) == ["("], name.end < scalars.count,
        scalars[name.end] == ")"
      {
        names[names.count - 1].end = name.end + 1
      } else {
        names.append(name)
      }
    }
    return trimmed(Set(names), text)
  }

  /// Spans without punctuation at their edges, as the scorer compares them.
  private static func trimmed(_ names: Set<MarkedName>, _ text: String) -> Set<MarkedName> {
    let scalars = Array(text.unicodeScalars)
    func isEdge(_ s: Unicode.Scalar) -> Bool {
      switch s.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber,
        .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
        false
      default: true
      }
    }
    return Set(
      names.map { name in
        var name = name
        let whole = name
        while name.start < name.end, isEdge(scalars[name.start]) { name.start += 1 }
        while name.end > name.start, isEdge(scalars[name.end - 1]) { name.end -= 1 }
        return name.start < name.end ? name : whole
      })
  }
}
