import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct EntityStageTests {
  private func annotate(_ text: String, _ options: PipelineOptions = .init()) throws -> Document {
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.entities], options: options)
    var document = Document()
    document.reset(text: Array(text.utf8))
    pipeline.annotate(&document)
    return document
  }

  private func found(_ document: Document) -> [String] {
    document.entities.map { "\($0.label.code) \(document.rawText(of: $0.span))" }
  }

  @Test func everyEntityIsExplained() throws {
    let document = try annotate("Presiden Joko Widodo bertemu Komisi Pemberantasan Korupsi (KPK) di Jakarta.")
    #expect(found(document) == ["PER Joko Widodo", "ORG Komisi Pemberantasan Korupsi", "ORG KPK", "LOC Jakarta"])
    for entity in document.entities {
      #expect(!entity.evidence.isEmpty)
      #expect(entity.score > 0 && entity.score < 1000)
    }
  }

  /// A user's list decides where context, built-in lists and the shape of the words say otherwise, and says so.
  @Test(arguments: [
    ("Zubri Kanta hadir di Bogor.", "#! label=ORG\nZubri Kanta\n", ["ORG Zubri Kanta", "LOC Bogor"]),
    ("Ia tinggal di Joko Widodo.", "#! label=LOC\nJoko Widodo\n", ["LOC Joko Widodo"]),
    ("Menurut Presiden Suriah, warga pulang.", "#! label=PER\nSuriah\n", ["PER Suriah"]),
    ("Harga di zubri naik.", "#! label=ORG\nzubri\n", ["ORG zubri"]),
    ("Ia tiba di Bogor.", "!Bogor\n#! label=ORG\nKanta\n", ["LOC Bogor"]),
  ])
  func theUsersListWins(_ text: String, _ list: String, _ expected: [String]) throws {
    var lists = UserLists(label: nil)
    try lists.add(bytes: Array(list.utf8), path: "mine.txt")
    // Data of its own: what the user takes away is taken from it.
    let lexicon = try lists.lexicon(over: LexiconData(image: TestLexicon.shared.image))
    var pipeline = try Pipeline(lexicon: lexicon, layers: [.entities])
    var document = Document()
    document.reset(text: Array(text.utf8))
    pipeline.annotate(&document)
    #expect(found(document) == expected)
    // Each first name is the list's own, but for the list that only takes one away.
    let first = try #require(document.entities.first)
    #expect(document.evidence[first.evidence].contains { $0.kind == .userList } == !list.hasPrefix("!"))
  }

  @Test func withoutTheModelListsStillFindNames() throws {
    var options = PipelineOptions()
    options.usesModel = false
    let document = try annotate("Penyidik KPK tiba di Jakarta.", options)
    #expect(found(document) == ["ORG KPK", "LOC Jakarta"])
  }

  @Test func caseDoesNotMatter() throws {
    let lower = try annotate("presiden joko widodo tiba di jakarta bersama menteri keuangan sri mulyani indrawati")
    #expect(found(lower) == ["PER joko widodo", "LOC jakarta", "PER sri mulyani indrawati"])
    let upper = try annotate("PRESIDEN JOKO WIDODO TIBA DI JAKARTA BERSAMA MENTERI KEUANGAN SRI MULYANI INDRAWATI")
    #expect(found(upper) == ["PER JOKO WIDODO", "LOC JAKARTA", "PER SRI MULYANI INDRAWATI"])
  }

  /// Marks of the corpus are brackets, too, so that it cannot hold this one.
  @Test func anOutletAloneInBracketsEndsTheReport() throws {
    #expect(found(try annotate("\"Kami menunggu hasilnya,\" ucap dia. [Antara]")) == ["ORG Antara"])
    #expect(found(try annotate("Perbedaan [Antara] dua kata itu kecil.")).isEmpty)
  }

  @Test func minimumScoreLeavesOutTheDoubtful() throws {
    var options = PipelineOptions()
    options.minimumScore = 1000
    #expect(try annotate("Presiden Joko Widodo tiba di Jakarta.", options).entities.isEmpty)
  }

  @Test func oneTextGivesOneAnswerWhateverWasReadBefore() throws {
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.entities])
    var document = Document()
    let text = Array("Gubernur Jawa Barat Ridwan Kamil menemui Kapolda Jabar di Bandung.".utf8)
    document.reset(text: text)
    pipeline.annotate(&document)
    let first = document.entities
    document.reset(text: Array("CAFÉ Ridwan, gubernur kota bandung; PT. Kapolda (Persero) Tbk.".utf8))
    pipeline.annotate(&document)
    var copy = pipeline
    document.reset(text: text)
    copy.annotate(&document)
    #expect(document.entities == first)
  }
}

@Suite(.serialized) struct EntityLinearityTests {
  /// Eight times the text takes about eight times as long, whatever the text.
  @Test(arguments: [
    "A", "A ", "a", "a ", "A.", "A. ", "A-", "a.b.", "(A) ", "Budi ", "Budi-", "Budi, ", "Budi (BD) ",
    "Dinas A dan B Jakarta ", "dan ", "- ", "\" ",
    "PT X (Persero) Tbk ", "Kelurahan A Kecamatan B ", "Prabowo-Sandiaga ", "kompas.com ", "://", "@a ", "Jakarta ",
    "KPK ", "Presiden ", "SB (35) ",
    "giro wajib minimum (GWM) ", "’", "ÉCOLE ", "A\n", "JAKARTA UTARA\n\n",
  ])
  func staysLinear(_ unit: String) throws {
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.matches, .regions, .sentences])
    var document = Document()
    var stage = EntityStage(lexicon: TestLexicon.shared, options: PipelineOptions())
    let problem = Linearity.problem(unit) { text in
      document.reset(text: Array(text.utf8))
      pipeline.annotate(&document)
      return Linearity.time { stage.run(on: &document) }
    }
    #expect(problem == nil)
  }
}
