import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct MatcherTests {
  @Test(arguments: [
    // Case is no matter, word borders are.
    ("vurtland VURTLAND Vurtlandia", ["vurtland=Vurtland(LOC)", "VURTLAND=Vurtland(LOC)"]),
    // Shortest first, so that the longest is met first from behind.
    ("plok mont", ["plok=plok(office head)", "plok mont=plok mont(office)", "mont=Mont(LOC)"]),
    // Hyphens, spaces and lost line breaks inside a phrase.
    ("al krag", ["al krag=Al-Krag(LOC)", "krag=Krag(PER)"]),
    ("Al-Krag", ["Al-Krag=Al-Krag(LOC)", "Krag=Krag(PER)"]),
    ("Al\nKrag", ["Al\nKrag=Al-Krag(LOC)", "Krag=Krag(PER)"]),
    ("Al\n\nKrag", ["Krag=Krag(PER)"]),
    ("Krag-Mont-Bel", ["Krag=Krag(PER)", "Krag-Mont-Bel=Krag Mont Bel(LOC)", "Mont=Mont(LOC)"]),
    // Dots: listed or written, in either way.
    ("U.V.L. UVL", ["U.V.L=U.V.L.(LOC)", "UVL=U.V.L.(LOC)"]),
    ("Bel K. Bel K", ["Bel K=Bel K.(PER)", "Bel K=Bel K.(PER)"]),
    // A dot behind a few letters may be an abbreviation's; two marks part.
    ("Bel. Krag", ["Bel. Krag=Bel Krag(PER)", "Krag=Krag(PER)"]),
    ("Bel, Krag", ["Krag=Krag(PER)"]),
    // Only as written.
    ("VL vl Vl V.L.", ["VL=VL(LOC)", "V.L=VL(LOC)"]),
    // Clitics of capitalised words that no list knows; a small word, a listed letter before it or a known word stay whole.
    ("Vurtlandxo", ["Vurtland=Vurtland(LOC)"]),
    ("Al Kragxo Bel", ["Al Krag=Al-Krag(LOC)", "Krag=Krag(PER)"]),
    ("vurtlandxo Zimxo", []),
    ("bi-Vurtlanden Vurtlanden", ["Vurtland=Vurtland(LOC)"]),
    ("VLxo", []),
    ("", []), ("...", []), ("-", []),
  ])
  func finds(text: String, expected: [String]) throws {
    let lexicon = try ToyLanguage.lexicon()
    #expect(ToyLanguage.hits(text, in: lexicon) == expected)
  }

  @Test func trimIsTheClitic() throws {
    let lexicon = try ToyLanguage.lexicon()
    var document = Document()
    document.reset(text: Array("Al Kragxo".utf8))
    var normalize = NormalizeStage()
    normalize.run(on: &document)
    var tokenize = TokenizeStage()
    tokenize.run(on: &document)
    var stage = LexiconStage(lexicon: lexicon)
    stage.run(on: &document)
    #expect(document.matches.map { document.trim(of: $0) } == [2, 2])
  }

  /// Phrases that begin at every word, and go on as long as they can.
  @Test(arguments: ["krag ", "krag-", "U.", "plok mont ", "Krag-Mont-", "."])
  func hostileTextStaysLinear(_ piece: String) throws {
    let lexicon = try ToyLanguage.lexicon()
    let problem = Linearity.problem(piece) { text in
      Linearity.time { _ = ToyLanguage.hits(text, in: lexicon) }
    }
    #expect(problem == nil)
  }

  @Test func classesOfWords() throws {
    let lexicon = try ToyLanguage.lexicon()
    let plok = lexicon.wordID("plok")
    #expect(plok != 0)
    #expect(lexicon.classNames(of: lexicon.classes(ofWord: plok)) == ["office", "head"])
    #expect(lexicon.classNames(of: lexicon.classes(ofPhrasesFrom: lexicon.wordID("krag"))).contains("name-loc"))
    #expect(lexicon.wordID("nothing") == 0)
    #expect(lexicon.caseTendency(ofWord: lexicon.wordID("vurtland")) == 7)
    #expect(lexicon.caseTendency(ofWord: lexicon.wordID("zim")) == 1)
  }

  @Test func cellsOfRows() throws {
    let lexicon = try ToyLanguage.lexicon()
    let row = try #require(lexicon.rows(table: "names").first)
    #expect(lexicon.cell(row, "name") == "Vurtland")
    #expect(lexicon.cell(row, "id") == "place:vurtland")
    #expect(lexicon.cell(row, "source") == "invented")
    #expect(lexicon.cell(row, "country") == "")
    #expect(lexicon.place(of: row) == ("toy/names.tsv", 5))
    #expect(lexicon.lists.map(\.rows) == [2, 4, 1, 3])
  }
}
