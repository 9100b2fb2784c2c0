import ArgumentParser
import Fakta
import FaktaReport

/// `fakta explain`: why a span was annotated as it was.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why words were annotated as they were, and which rules nearly fitted.",
    discussion: """
      The span counts code points, as in the output of annotate, or names the words themselves.

      Examples:
        fakta explain berita.txt --span 75:92
        fakta explain berita.txt --words "Menteri Luar Negeri"
        fakta explain berita.txt --words menangkap --add my.rules
      """)

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Lists and layers") var setup: PipelineSetup

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("First code point, and the one behind the last: 75:92.", valueName: "a:b"))
  var span: String?
  @Option(help: ArgumentHelp("The words to explain: their first place in the article.", valueName: "words"))
  var words: String?
  @Option(help: ArgumentHelp("The record to explain, where the file holds several.", valueName: "id"))
  var id: String?

  func validate() throws {
    guard (span ?? words) != nil, words != "" else {
      throw ValidationError("say which words: --span 75:92 or --words \"…\"")
    }
    if span != nil, words != nil { throw ValidationError("--span and --words name different words; leave one out") }
    if let span, Self.offsets(span) == nil {
      throw ValidationError("--span '\(span)' is no span; write two offsets, such as 75:92")
    }
  }

  private static func offsets(_ text: String) -> Range<Int>? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let a = parts[0], let b = parts[1], a >= 0, a < b else { return nil }
    return a..<b
  }

  func run() throws {
    let walker = try input.walker(writing: ["-"])
    var uses = FileUses(input, setup)
    uses.writes("-", by: "")
    try uses.check(walker)
    let lexicon = try setup.lexicon()
    var stream = ArticleStream(inputs: walker, pipeline: try setup.pipeline(lexicon), options: try input.articleOptions)
    let state = State(lexicon: lexicon)
    let wanted = id.map { Array($0.utf8) }
    stream.forEach(
      { document, article in
        guard !state.isDone, wanted == nil || wanted == article.id else { return !state.isDone }
        state.isDone = true
        if let range = bytes(in: document) {
          state.lines = state.explanation.lines(for: range, in: document)
        } else {
          state.problem = "the article does not hold these words; --span takes offsets of annotate's output"
        }
        return false
      },
      failure: { failure in
        // Of other articles only that they cannot be read: no matter here.
        if !state.isDone, state.problem == nil, wanted == nil || wanted == failure.id { state.problem = "\(failure)" }
      })
    if let damage = lexicon.damage() { throw stop("\(damage)") }
    if state.lines.isEmpty, let problem = state.problem { throw stop(problem) }
    guard state.isDone else { throw stop("no article \(id.map { "with the id '\($0)' " } ?? "")in the input") }
    try Console.output(state.lines.map { $0.harmless + "\n" }.joined())
  }

  /// The bytes of the raw text that the options name.
  private func bytes(in document: Document) -> Range<Int>? {
    if let words {
      let wanted = Array(words.utf8)
      guard !wanted.isEmpty, document.raw.count >= wanted.count else { return nil }
      for start in 0...(document.raw.count - wanted.count)
      where document.raw[start..<start + wanted.count].elementsEqual(wanted) {
        return start..<start + wanted.count
      }
      return nil
    }
    guard let range = span.flatMap(Self.offsets) else { return nil }
    var (point, first, last) = (0, -1, document.raw.count)
    for (i, byte) in document.raw.enumerated() where byte & 0xC0 != 0x80 {
      if point == range.lowerBound { first = i }
      if point == range.upperBound { last = i }
      point += 1
    }
    return first < 0 ? nil : first..<max(first + 1, last)
  }

  /// What the closures share.
  private final class State {
    var explanation: FactExplanation
    var isDone = false
    var lines: [String] = []
    var problem: String?
    init(lexicon: Lexicon) { explanation = FactExplanation(lexicon: lexicon) }
  }
}
