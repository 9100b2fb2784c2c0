import FaktaTestSupport
import Testing

@testable import Fakta

/// The lists of the project.
@Suite struct ListTests {
  @Test func theCheckerIsContent() throws {
    let report = try ListChecker.check(folder: "\(Corpus.root)/gazetteers")
    #expect(report.errors.map(\.description) == [])
  }

  /// No list shrinks unnoticed: who takes rows away on purpose lowers the number in `Tests/Corpora/lists.tsv`.
  @Test func noListShrinks() throws {
    let report = try ListChecker.check(folder: "\(Corpus.root)/gazetteers")
    let counts = Dictionary(uniqueKeysWithValues: report.counts.map { ($0.path, $0.rows) })
    let floors = ListFile(parsing: try FileIO.read("\(Corpus.root)/Tests/Corpora/lists.tsv"), path: "lists.tsv")
    #expect(floors.count > 50)
    for row in 0..<floors.count {
      let path = floors.value(row, "list")
      let floor = try #require(Int(floors.value(row, "rows")))
      #expect(counts[path] ?? 0 >= floor, "\(path) has \(counts[path] ?? 0) rows, had \(floor)")
    }
  }

  /// Where the finders take the first use of a form, a second row says nothing, and may hide what another one was for.
  @Test(arguments: ["clause-words", "name-words"]) func oneUseEach(_ table: String) {
    let lexicon = TestLexicon.shared
    var seen: Set<String> = []
    let twice = lexicon.rows(table: table).map { lexicon.cell($0, "form") }.filter { !seen.insert($0).inserted }
    #expect(seen.count > 100)
    #expect(twice == [])
  }

  /// What the issue asks of the whole.
  @Test func enoughOfAllKinds() throws {
    let lexicon = TestLexicon.shared
    func count(_ folder: String) -> Int {
      lexicon.lists.filter { $0.path.hasPrefix(folder) && $0.table == "names" }.reduce(0) { $0 + $1.rows }
    }
    #expect(count("id/organizations/") >= 2000)
    #expect(count("id/people/") >= 1500)
    #expect(count("id/places/") >= 5000)
    func rows(subtype: String) -> Int { lexicon.rows(table: "names").count { lexicon.cell($0, "subtype") == subtype } }
    #expect(rows(subtype: "regency") + rows(subtype: "city") >= 514)
    #expect(rows(subtype: "physical") + rows(subtype: "landmark") + rows(subtype: "infrastructure") >= 400)
  }

  @Test(arguments: [
    ("Rusialah", "Rusia", "country:ru"), ("Jokowipun", "Jokowi", "per:joko-widodo"),
    ("D.P.R.", "D.P.R", "org:dewan-perwakilan-rakyat"),
    ("Bashar Al Assad", "Bashar Al Assad", "per:bashar-al-assad"),
    ("PT. Garuda Indonesia", "PT. Garuda Indonesia", "org:pt-garuda-indonesia-persero-tbk"),
  ])
  func variants(text: String, found: String, id: String) {
    var lookup = LexiconLookup(lexicon: TestLexicon.shared)
    let hits = lookup.hits(in: text).flatMap { $0 }
    #expect(hits.contains { $0.text == found && $0.id == id && $0.counts }, "\(hits.map { "\($0.text) \($0.id)" })")
  }
}
