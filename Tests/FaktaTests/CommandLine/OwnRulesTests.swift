import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// Rules and lists of one's own, as docs/rules.md teaches them.
@Suite struct OwnRulesTests {
  let program: Program

  init() throws {
    program = try Program()
    try program.write(
      """
      rule tangkap
        find   pelaku:<ORG> menangkap jumlah:<count>? korban:<PER>
        gives  penangkapan(pelaku, korban, jumlah)
        yes    [KPK menangkap Budi Santoso](penangkapan pelaku=KPK korban="Budi Santoso") di Bogor.
        no     KPK memanggil Budi Santoso.

      """, to: "my.rules")
    try program.write("KPK menangkap Budi Santoso di Bogor.", to: "a.txt")
  }

  // MARK: facts of one's own kind

  @Test func rowsHoldTheirSlots() throws {
    let csv = try program.run("annotate", "a.txt", "--add", "my.rules", "--to", "csv").lines
    #expect(csv[0].hasSuffix(",subject,object,negation,other"))
    #expect(csv[1].hasPrefix("a.txt,f1,penangkapan,0,26,") && csv[1].hasSuffix(",pelaku=KPK; korban=Budi Santoso"))
    let tsv = try program.run("annotate", "a.txt", "--add", "my.rules", "--to", "tsv").lines
    #expect(tsv[1].hasSuffix("\tpelaku=KPK; korban=Budi Santoso"))
    #expect(tsv.map { $0.split(separator: "\t", omittingEmptySubsequences: false).count } == [32, 32])
  }

  /// The number and the day of a fact of one's own have the columns of built-in ones.
  @Test func rowsHoldValues() throws {
    let rule = """
      rule sita
        find   menyita barang:<money> pada hari:<date>
        gives  penyitaan(barang, hari)
        yes    x
        no     y

      """
    try program.write(rule, to: "sita.rules")
    try program.write("Polisi menyita Rp 5 miliar pada 9 November 2015.", to: "b.txt")
    let rows = try program.run("annotate", "b.txt", "--add", "sita.rules", "--to", "tsv").lines
      .map { $0.components(separatedBy: "\t") }
    let row = Dictionary(uniqueKeysWithValues: zip(rows[0], try #require(rows.first { $0[2] == "penyitaan" })))
    #expect(row["value"] == "5000000000" && row["unit"] == "IDR" && row["date"] == "2015-11-09")
    #expect(row["other"] == "barang=Rp 5 miliar; hari=9 November 2015")
  }

  static let conditions: [(condition: String, places: [String])] = [
    ("kekuatan>5.5", ["Palu", "Aceh"]), ("kekuatan<=6.2", ["Palu", "Bali"]), ("kekuatan=5", ["Bali"]),
    ("kekuatan!=5", ["Palu", "Aceh"]), ("kekuatan=\"10,1\"", ["Aceh"]), ("korban>900", ["Aceh"]),
    ("korban<1000", ["Palu"]), ("korban=1500", ["Aceh"]), ("waktu=2015-11", ["Palu"]), ("waktu>2015", ["Aceh"]),
    ("waktu<=2015-11-09", ["Palu"]), ("tempat>5", []), ("waktu~2015", ["Palu"]),
  ]

  /// A number or a day in a slot is compared by its value, not by its letters.
  @Test(arguments: conditions.indices) func slotsAreCompared(_ i: Int) throws {
    try program.write(
      """
      rule gempa
        find   gempa berkekuatan kekuatan:<number> sr? mengguncang tempat:<LOC> (... menewaskan korban:<count> orang)? (... waktu:<date>)?
        gives  gempa(kekuatan, tempat, korban, waktu)
        yes    Gempa berkekuatan 6,2 mengguncang Palu pada Senin (9/11/2015).
        no     Gempa mengguncang Palu.

      """, to: "gempa.rules")
    try program.write(
      "Gempa berkekuatan 6,2 mengguncang Palu dan menewaskan 30 orang pada Senin (9/11/2015). "
        + "Gempa berkekuatan 10,1 mengguncang Aceh dan menewaskan 1.500 orang pada 3 Maret 2016. "
        + "Gempa berkekuatan 5 SR mengguncang Bali.", to: "b.txt")
    let (condition, places) = Self.conditions[i]
    let facts = try program.run(
      "facts", "b.txt", "--add", "gempa.rules", "--kind", "gempa", "--to", "ndjson", "--where", condition)
    #expect(try facts.documents().map { $0["tempat"] as? String } == places, "\(condition) \(facts.errors)")
  }

  /// A slot may have the name of a value: what it holds are words all the same.
  @Test func slotsNamedLikeValues() throws {
    try program.write(
      """
      rule sita
        find   former:<ORG> menyita value:<measure> low:<word>
        gives  penyitaan(value, low, pelaku=former)
        yes    KPK menyita 5 kg sabu.
        no     KPK memanggil Budi Santoso.

      """, to: "sita.rules")
    try program.write("KPK menyita 5 kg sabu.", to: "b.txt")
    let facts = try program.run("facts", "b.txt", "--add", "sita.rules", "--kind", "penyitaan", "--to", "ndjson")
    let fact = try #require(try facts.documents().first)
    #expect(fact["value"] as? String == "5 kg" && fact["low"] as? String == "sabu" && fact["unit"] as? String == "kg")
  }

  @Test func tablesForPeople() throws {
    let markdown = try program.run("annotate", "a.txt", "--add", "my.rules", "--to", "markdown").output
    #expect(markdown.contains("## penangkapan\n\n| pelaku | korban |\n| --- | --- |\n| KPK | Budi Santoso |\n"))
    let profile = try program.run("inspect", "a.txt", "--add", "my.rules", "--entity", "KPK").output
    #expect(profile.contains("\nPENANGKAPAN  1\n  PELAKU  KORBAN\n  KPK     Budi Santoso\n"))
    let other = try program.run("inspect", "a.txt", "--add", "my.rules", "--entity", "Bogor").output
    #expect(!other.contains("PENANGKAPAN"))
  }

  // MARK: explain

  /// A word that no slot holds made the fact all the same.
  @Test func wordsOfTheMatchCount() throws {
    let lines = try program.run("explain", "a.txt", "--words", "menangkap", "--add", "my.rules").lines
    let fact = try #require(lines.firstIndex { $0.hasPrefix("fact ") })
    #expect(
      lines[fact..<fact + 3] == [
        "fact       f1 penangkapan, found by rule:my.rules:1 tangkap on \"KPK menangkap Budi Santoso\"",
        "           pelaku \"KPK\"", "           korban \"Budi Santoso\"",
      ])
  }

  /// Rules that give no fact are explained too: those for names and for who says it.
  @Test func otherRulesAreExplained() throws {
    let rules = """
      rule band
        find   (vokalis|gitaris) band x:<capital>{1,3}
        gives  ORG(x) weight 4
        yes    Ia [gitaris band Kuncoro](ORG x=Kuncoro).
        no     Gitaris itu menyapa Kuncoro.

      """
    try program.write(rules, to: "band.rules")
    try program.write("Ia pernah menjadi gitaris band Kuncoro.", to: "b.txt")
    let found = try program.run("explain", "b.txt", "--words", "gitaris", "--add", "band.rules").output
    #expect(
      found.contains("match      band (band.rules:1) on \"gitaris band Kuncoro\" gives ORG\n           x \"Kuncoro\"\n")
    )
    try program.write("Ia pernah menjadi gitaris band kami.", to: "b.txt")
    let missed = try program.run("explain", "b.txt", "--words", "gitaris", "--add", "band.rules").output
    #expect(
      missed.contains(
        "near miss  band (band.rules:1) fitted \"gitaris band\", then wanted <capital> and found \"kami\"\n"))
  }

  /// A name says what spoke for it, as the JSON does, and where its list has it.
  @Test func namesSayWhy() throws {
    try program.write("#! label=PER\n#! source=x\nname\nZork Wulung\n", to: "tokoh.tsv")
    try program.write("Menteri Zork Wulung tiba di Bogor. Zork tersenyum.", to: "b.txt")
    let first = try program.run("explain", "b.txt", "--words", "Zork Wulung", "--add", "tokoh.tsv").lines
    let entity = try #require(
      first.firstIndex { $0.hasPrefix("entity     e1 PER \"Zork Wulung\", named Zork Wulung, score ") })
    #expect(first[entity + 1] == "           user:tokoh:zork-wulung, tokoh.tsv:4", "\(first)")
    let json = try #require(try program.run("annotate", "b.txt", "--add", "tokoh.tsv").documents().first)
    let entities = try #require(json["entities"] as? [[String: Any]])
    let evidence = try #require(entities.last?["evidence"] as? [String])
    let second = try program.run("explain", "b.txt", "--span", "35:39", "--add", "tokoh.tsv").lines
    let score = try #require(entities.last?["score"] as? Double)
    #expect(
      second.contains { $0.hasPrefix("entity     e\(entities.count) PER \"Zork\"") && $0.hasSuffix("score \(score)") },
      "\(second)")
    for reason in evidence { #expect(second.contains { $0.hasPrefix("           \(reason)") }, "\(reason)") }
  }

  /// A listed name that was not taken says what its list asks for.
  @Test func flagsSayWhyNot() throws {
    try program.write("#! label=ORG\nname\taliases\nForum Warga Kita\tForum~needs-cue\n", to: "forum.tsv")
    try program.write("Ramai sekali. Forum itu bubar.", to: "b.txt")
    let lines = try program.run("explain", "b.txt", "--words", "Forum", "--add", "forum.tsv").lines
    #expect(lines.contains { $0.hasPrefix("word       Forum: \"Forum\" forum.tsv:3 needs-cue") }, "\(lines)")
    #expect(!lines.contains { $0.hasPrefix("entity") })
  }

  /// Of several articles the first with the words is explained, and the answer says which.
  @Test func articlesAreNamed() throws {
    try program.write("Presiden tiba di Medan.", to: "b.txt")
    let found = try program.run("explain", "a.txt", "b.txt", "--words", "Medan")
    #expect(found.output.hasPrefix("article    b.txt\nspan       \"Medan\"\n") && found.errors == "")
    let missing = try program.run("explain", "a.txt", "b.txt", "--words", "Palu")
    #expect(missing.status == 1)
    #expect(missing.errors == "fakta: none of the 2 articles holds these words; write them as they stand there\n")
    let one = try program.run("explain", "a.txt", "--words", "Palu")
    #expect(one.errors == "fakta: the article 'a.txt' does not hold these words; write them as they stand there\n")
    let offsets = try program.run("explain", "a.txt", "b.txt", "--span", "0:3")
    #expect(offsets.output.hasPrefix("article    a.txt\nspan       \"KPK\"\n"))
    #expect(offsets.errors == "fakta: there are more articles than this one; --id names another\n")
    let outside = try program.run("explain", "a.txt", "b.txt", "--span", "900:903")
    #expect(outside.status == 1 && outside.errors.contains("'a.txt' has no such span"))
    #expect(outside.errors.contains("--id"))
    let named = try program.run("explain", "a.txt", "b.txt", "--span", "0:8", "--id", "b.txt")
    #expect(named.output.hasPrefix("article    b.txt\nspan       \"Presiden\"\n") && named.errors == "")
  }

  // MARK: gazetteer check

  @Test func checkShowsAllFaults() throws {
    try program.write("#! clas=zat\nform\nsabu\n", to: "zat.tsv")
    try program.write(
      """
      rule a
        find   x:<ofice> menangkap
        gives  a(x)
        yes    x
        no     y
      rule b
        find   x:<PER (kata)
        gives  b(x)
        yes    x

      """, to: "bad.rules")
    let result = try program.run("gazetteer", "check", "zat.tsv", "bad.rules")
    #expect(result.status == 1)
    #expect(
      result.lines.map { $0.split(separator: " ")[0] } == [
        "bad.rules:2:12:", "bad.rules:6:", "bad.rules:7:12:", "zat.tsv:1:", "1",
      ])
    let missing = try program.run("gazetteer", "check", "none.tsv")
    #expect(missing.status == 1 && missing.output == "")
    #expect(missing.errors == "fakta: none.tsv: cannot be read: No such file or directory\n")
  }

  /// A list that would do nothing is said, and refused where it can only be a mistake.
  @Test func listsThatDoNothing() throws {
    try program.write("#! clas=zat\nform\nsabu\n", to: "zat.tsv")
    let refused = try program.run("annotate", "a.txt", "--add", "zat.tsv")
    #expect(refused.status == 1 && refused.output == "")
    #expect(refused.errors.hasPrefix("fakta: zat.tsv:1: directive 'clas' is unknown here"))
    try program.write("", to: "zat.tsv")
    let empty = try program.run("annotate", "a.txt", "--add", "zat.tsv")
    #expect(empty.status == 0)
    #expect(empty.errors == "fakta: zat.tsv: holds no entry; write one per line, or leave the file out\n")
  }

  /// Editors of Windows end lines with CR LF.
  @Test func filesFromWindows() throws {
    let rules = try String(contentsOf: program.folder.url.appending(path: "my.rules"), encoding: .utf8)
    try program.write("\u{FEFF}" + rules.replacing("\n", with: "\r\n"), to: "crlf.rules")
    #expect(try program.run("gazetteer", "check", "crlf.rules").output == "1 rule, 2 examples: no errors\n")
    let facts = try program.run("facts", "a.txt", "--add", "crlf.rules", "--kind", "penangkapan", "--to", "ndjson")
    #expect(try facts.documents().first?["korban"] as? String == "Budi Santoso")
  }

  /// In brackets a sentence is another one: the rule would leave it alone for that only.
  @Test func bracketsInNo() throws {
    let rules = try String(contentsOf: program.folder.url.appending(path: "my.rules"), encoding: .utf8)
    try program.write(
      rules.replacing("no     KPK memanggil Budi Santoso.", with: "no     KPK menangkap [Budi Santoso]."),
      to: "no.rules")
    let result = try program.run("gazetteer", "check", "no.rules")
    #expect(result.status == 1)
    #expect(result.lines.first == "no.rules:5: a 'no' line marks nothing; remove the brackets")
  }

  /// A header row without tabs is no name.
  @Test(arguments: ["name,aliases\nBudi,Bud\n", "name aliases flags\nBudi Bud x\n", "form;class\nsabu;zat\n"])
  func headersWithoutTabs(_ list: String) throws {
    try program.write(list, to: "x.csv")
    let result = try program.run("annotate", "a.txt", "--add", "x.csv", "--add-label", "PER")
    #expect(result.status == 1 && result.output == "")
    #expect(
      result.errors
        == "fakta: x.csv:1: this header row and the rows below it have no tabs; separate columns by one tab\n")
  }

  // MARK: layers

  /// Facts refer to names, days and numbers, which are there too; what is not says so.
  @Test func layersOfFacts() throws {
    let input = try MadeUpNews.records(6)
    let whole = try program.run(["annotate"], input: input).documents()
    let facts = try program.run(["annotate", "--layers", "facts"], input: input).documents()
    for (a, b) in zip(whole, facts) {
      #expect(a["layers"] == nil)
      #expect(b["layers"] as? [String] == ["entities", "dates", "quantities", "facts"])
      for layer in ["entities", "dates", "quantities", "facts"] {
        #expect(NSArray(array: a[layer] as! [Any]) == NSArray(array: b[layer] as! [Any]))
      }
      #expect((b["sentences"] as? [Any])?.isEmpty == true)
    }
  }

  /// A folder of lists whose link leads back to it has no end.
  @Test func aFolderThatHoldsItself() throws {
    let lists = program.folder.url.appending(path: "lists/inner")
    try FileManager.default.createDirectory(at: lists, withIntermediateDirectories: true)
    try program.write("form\tclass\nkata\tspeech\n", to: "lists/a.tsv")
    try FileManager.default.createSymbolicLink(
      atPath: lists.appending(path: "up").path, withDestinationPath: program.folder.url.appending(path: "lists").path)
    let result = try program.run("gazetteer", "compile", "lists", "--output", "x.gazetteers")
    #expect(result.status == 1 && result.errors.contains("16 folders deep"))
  }
}
