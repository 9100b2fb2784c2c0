import ArgumentParser
import Fakta
import FaktaReport

/// `fakta explain`: why a span was annotated as it was.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why words were annotated as they were, and which rules nearly fitted.",
    discussion: """
      --span counts code points, as in the output of annotate; --words names the
      words themselves. Of several articles the first that holds the words is
      explained, and with --span the first; --id names another. The line "article"
      says which it was.

      Examples:
        fakta explain berita.txt --span 75:92
        fakta explain arsip.ndjson --words Jokowi
        fakta explain arsip.ndjson --id a17 --span 75:92
        fakta explain berita.txt --words "Menteri Luar Negeri"
        fakta explain berita.txt --words menangkap --add my.rules
      """)

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Lists and layers") var setup: PipelineSetup

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("First code point, and the one behind the last: 75:92.", valueName: "a:b"))
  var span: String?
  @Option(help: ArgumentHelp("The words to explain: their first place in the articles.", valueName: "words"))
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
    stream.forEach({ look(at: $0, $1, state) }, failure: { note($0, state) })
    if let damage = lexicon.damage() { throw stop("\(damage)") }
    guard !state.lines.isEmpty else { throw stop(problem(state)) }
    try Console.output(state.lines.map { $0.harmless + "\n" }.joined())
    if span != nil, state.hasMore { Console.say("there are more articles than this one; --id names another") }
  }

  /// Explains the article if it is the one that is meant; says whether to go on.
  private func look(at document: Document, _ article: ArticleInfo, _ state: State) -> Bool {
    if let id, !article.id.elementsEqual(id.utf8) { return true }
    guard state.lines.isEmpty, span == nil || state.looked == 0 else {
      state.hasMore = true
      return false
    }
    let name = String(decoding: article.id, as: UTF8.self)
    if state.looked == 0 { state.first = name }
    state.looked += 1
    if let range = bytes(in: document) {
      state.lines = ["article    \(name)"] + state.explanation.lines(for: range, in: document)
    }
    // Where offsets were given, whether there is another article to which they could belong.
    return state.lines.isEmpty || span != nil && id == nil
  }

  /// Of other articles only that they cannot be read: no matter here.
  private func note(_ failure: ArticleFailure, _ state: State) {
    guard id.map({ wanted in failure.id.map { $0.elementsEqual(wanted.utf8) } ?? false }) ?? true else { return }
    if state.failure == nil { state.failure = "\(failure)" }
  }

  /// Why nothing was explained.
  private func problem(_ state: State) -> String {
    if state.looked == 0 {
      return state.failure ?? "no article \(id.map { "with the id '\($0)' " } ?? "")in the input"
    }
    if span != nil {
      let remedy = state.hasMore ? ", or name another article with --id" : ""
      return "the article '\(state.first)' has no such span; --span counts code points of its text\(remedy)"
    }
    let unread = state.failure.map { "; not all could be read: \($0)" } ?? ""
    let which =
      state.looked == 1 ? "the article '\(state.first)' does not hold" : "none of the \(state.looked) articles holds"
    return "\(which) these words; write them as they stand there\(unread)"
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
    var lines: [String] = []
    /// How many articles were looked at, and the first of them.
    var looked = 0
    var first = ""
    /// Whether another article could have been meant.
    var hasMore = false
    var failure: String?
    init(lexicon: Lexicon) { explanation = FactExplanation(lexicon: lexicon) }
  }
}
