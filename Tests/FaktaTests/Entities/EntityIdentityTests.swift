import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct EntityIdentityTests {
  private func names(_ text: String) throws -> [(text: String, name: String, number: Int32)] {
    let document = try TestLexicon.annotate(text, layers: [.entities])
    return document.entities.enumerated().map { k, entity in
      (document.rawText(of: entity.span), document.canonicalName(of: k, TestLexicon.shared), entity.number)
    }
  }

  @Test func shortFormsTakeTheLongestName() throws {
    let found = try names("Menteri Luar Negeri Sergey Lavrov tiba di Wina. Lavrov mengatakan perundingan berlanjut.")
    #expect(found.first { $0.text == "Lavrov" }?.name == "Sergey Lavrov")
    #expect(Set(found.filter { $0.text.hasSuffix("Lavrov") }.map(\.number)).count == 1)
  }

  @Test func abbreviationsOfTheTextAreLinked() throws {
    let found = try names("Dinas Perhubungan (Dishub) menertibkan parkir. Menurut Dishub, parkir liar berkurang.")
    #expect(found.map(\.text) == ["Dinas Perhubungan", "Dishub", "Dishub"])
    #expect(found.allSatisfy { $0.name == "Dinas Perhubungan" && $0.number == found[0].number })
  }

  @Test func oneThingIsOneEntryOfTheLists() throws {
    // The lists know another body by this abbreviation.
    let document = try TestLexicon.annotate(
      "Partai Pekerja Kurdistan (PKK) menolak tawaran itu. Pasukan PKK mundur ke utara.", layers: [.entities])
    #expect(document.entities.count == 3)
    #expect(Set(document.entities.map { $0.entry?.raw }).count == 1)
  }

  @Test func listsGiveTheNameOfAnAbbreviation() throws {
    let found = try names("Penyidik KPK memeriksa saksi.")
    #expect(found.map(\.name) == ["Komisi Pemberantasan Korupsi"])
  }

  @Test func whatAnEditorHasPutInGivesNoName() throws {
    let found = try names("\"Saya setuju dengan Peter [Sulaksana],\" katanya. Lalu Peter Sulaksana tertawa.")
    #expect(found.allSatisfy { $0.name == "Peter Sulaksana" })
  }

  /// What joins articles by names must not part them by a no-break space or the shape of an apostrophe; the spans keep both.
  @Test func namesAreWrittenAsNormalised() throws {
    let found = try names(
      "Wasit Rahmat\u{A0}Hendarsyah tiba. Nu\u{2019}man Wirasaba menyusul. Kata Hendarsyah, ia lelah.")
    #expect(found.map(\.text) == ["Rahmat\u{A0}Hendarsyah", "Nu\u{2019}man Wirasaba", "Hendarsyah"])
    #expect(found.map(\.name) == ["Rahmat Hendarsyah", "Nu'man Wirasaba", "Rahmat Hendarsyah"])
  }

  @Test func twoPeopleWithOneFamilyNameStayTwo() throws {
    let found = try names(
      "Bupati Rahmat Santoso menemui Wakil Bupati Siti Santoso. Rahmat Santoso pulang, Siti Santoso tinggal.")
    let numbers = Dictionary(grouping: found, by: \.text).mapValues { Set($0.map(\.number)) }
    #expect(numbers["Rahmat Santoso"]?.count == 1)
    #expect(numbers["Siti Santoso"]?.count == 1)
    #expect(numbers["Rahmat Santoso"] != numbers["Siti Santoso"])
  }

  /// A single name that the list has for somebody is not that person where the article names another one in full.
  @Test(arguments: [
    ("Bupati Kupang Rahmat Habibie membuka pasar itu. Kata Habibie, warga boleh datang.", "Habibie", false),
    ("Menteri Luar Negeri Sergei Petrovich Lavrov tiba di Wina. Kata Lavrov, perundingan berlanjut.", "Lavrov", true),
    ("Kata Habibie, warga boleh datang.", "Habibie", true),
  ])
  func singleNames(text: String, name: String, isListed: Bool) throws {
    let document = try TestLexicon.annotate(text, layers: [.entities])
    let single = try #require(document.entities.last { document.rawText(of: $0.span) == name })
    #expect((single.entry != nil) == isListed)
  }

  /// An abbreviation that the list has for another body is not that one where the article says what it stands for.
  @Test(arguments: [
    ("Dosen Institut Seni Indonesia (ISI) menari. Kata ISI, tarian itu baru.", "ISI", false),
    ("Penyidik Komisi Pemberantas Korupsi (KPK) datang. Kata KPK, dana itu hilang.", "KPK", true),
    ("Laporan International Agency for Research on Cancer (IARC) terbit. Kata IARC, risikonya kecil.", "IARC", true),
  ])
  func abbreviations(text: String, name: String, isListed: Bool) throws {
    let document = try TestLexicon.annotate(text, layers: [.entities])
    let short = try #require(document.entities.last { document.rawText(of: $0.span) == name })
    #expect((short.entry != nil) == isListed)
  }

  @Test func oneLetterMakesATypo() {
    func differ(_ a: String, _ b: String) -> Bool { EntityNames.differByOne(ArraySlice(a.utf8), ArraySlice(b.utf8)) }
    #expect(differ("Kementrian Pertahanan", "Kementerian Pertahanan"))
    #expect(differ("Sergei Lavrov", "Sergey Lavrov"))
    #expect(!differ("Kodim 0621", "Kodim 0622"))
    #expect(!differ("Budi Santoso", "Adi Santosa"))
  }

  @Test func whatTheTextDefinesAsAThingIsNoName() throws {
    let found = try names("Bank sentral menurunkan giro wajib minimum (GWM). Potongan GWM berlaku Oktober.")
    #expect(!found.contains { $0.text == "GWM" })
  }
}
