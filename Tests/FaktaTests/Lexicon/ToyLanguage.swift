@testable import Fakta

/// A language of ten words that no one speaks, so that nothing Indonesian can hide in the program.
///
///     zim = to say, plok = chief, nu/ba = number words, -xo = clitic …
enum ToyLanguage {
  static let names = """
    #! label=LOC
    #! id=place
    #! source=invented
    name\taliases\tflags
    Vurtland\tVL~exact-case|U.V.L.\t
    Al-Krag\t\t
    Krag Mont Bel\t\t
    Mont\t\tneeds-cue

    """
  static let people = """
    #! label=PER
    #! id=per
    #! source=invented
    name\taliases
    Bel Krag\tBel K.|Krag~ambiguous

    """
  static let words = """
    form\tclass
    zim\tspeech
    plok\toffice head
    plok mont\toffice

    """
  static let statistics = """
    #! table=words
    form\tlower\tcapital
    zim\t90\t3
    vurtland\t0\t50
    mont\t40\t1

    """
  static let clitics = """
    #! table=clitics
    #! match=no
    form\tstem\tnot-after\tafter
    xo\tany\to\t
    en\tany\t\tbi

    """

  static var lists: [(path: String, bytes: [UInt8])] {
    [
      ("toy/words.tsv", Array(statistics.utf8)), ("toy/clitics.tsv", Array(clitics.utf8)),
      ("toy/names.tsv", Array(names.utf8)),
      ("toy/people.tsv", Array(people.utf8)), ("toy/cues.tsv", Array(words.utf8)),
    ]
  }

  static func image(_ lists: [(path: String, bytes: [UInt8])] = lists) throws -> LexiconImage {
    var compiler = LexiconCompiler()
    for list in lists { try compiler.add(bytes: list.bytes, path: list.path) }
    return try LexiconImage(bytes: compiler.image(), source: "toy")
  }

  /// The toy lexicon, with a user's files over it.
  static func lexicon(adding files: [(path: String, text: String)] = [], label: EntityLabel? = nil) throws -> Lexicon {
    let base = LexiconData(image: try image())
    guard !files.isEmpty else { return Lexicon(base: base, user: nil) }
    var lists = UserLists(label: label)
    for file in files { try lists.add(bytes: Array(file.text.utf8), path: file.path) }
    return try lists.lexicon(over: base)
  }

  /// What a text hits: `text=form(LABEL or classes)`, in the order of the matches.
  static func hits(_ text: String, in lexicon: Lexicon) -> [String] {
    var document = Document()
    document.reset(text: Array(text.utf8))
    var normalize = NormalizeStage()
    normalize.run(on: &document)
    var tokenize = TokenizeStage()
    tokenize.run(on: &document)
    var stage = LexiconStage(lexicon: lexicon)
    stage.run(on: &document)
    return document.matches.flatMap { match in
      let range = document.range(of: TokenSpan(Int(match.start), Int(match.end)))
      let text = String(
        decoding: document.bytes[range.lowerBound..<range.upperBound - Int(document.trim(of: match))], as: UTF8.self)
      return lexicon.listings(at: match.state).map { listing in
        let label = lexicon.label(of: listing.entry)
        let kind =
          label == .none
          ? lexicon.classNames(of: lexicon.classes(of: listing.entry)).joined(separator: " ") : "\(label.code)"
        return "\(text)=\(lexicon.form(of: listing))(\(kind))"
      }
    }
  }
}
