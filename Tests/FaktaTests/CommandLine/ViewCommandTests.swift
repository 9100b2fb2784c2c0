import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// `facts`, `explain` and `inspect`, as a user calls them.
@Suite struct ViewCommandTests {
  let program: Program

  init() throws {
    program = try Program()
    try program.write(
      """
      {"id":"a","text":"KPK menyita Rp 1,2 miliar di Bogor pada Senin (9/11/2015)."}
      {"id":"rusak",
      {"id":"b","text":"Presiden tiba di Medan."}

      """, to: "a.ndjson")
  }

  /// A fault is what the processor signals; another process can signal it as well.
  @Test func faultsSayWhatToDo() throws {
    let running = try program.start(["/bin/bash", "-c", "mkfifo f && exec $FAKTA inspect --format text <> f"])
    usleep(500_000)
    running.send(SIGILL)
    let result = try running.wait()
    #expect(result.status == 1)
    #expect(
      result.errors == "fakta: stopped by a fault of its own; please report it with the input and the command\n")
  }

  @Test func datesOfFacts() throws {
    let rows = try program.run("facts", "a.ndjson", "--to", "tsv").lines.map { $0.components(separatedBy: "\t") }
    let from = try #require(rows.first?.firstIndex(of: "from"))
    #expect(rows[1][from...(from + 1)] == ["2015-11-09", "2015-11-09"])
  }

  @Test func factsSayWhatFailed() throws {
    let result = try program.run("facts", "a.ndjson", "--kind", "role")
    #expect(result.status == 3)
    #expect(result.errors.hasSuffix("fakta: 1 of 3 articles failed and are not in the output\n"))
  }

  @Test(arguments: [
    (["facts", "a.ndjson", "--layers", "dates"], "facts needs the layer facts; add it to --layers"),
    (["facts", "a.ndjson", "--width", "7"], "--width 7 is out of range; write a number from 20"),
    (["annotate", "a.ndjson", "--to", "csv", "--layers", "dates"], "--to csv needs the layer facts"),
    (["annotate", "a.ndjson", "--to", "timeml", "--layers", "entities"], "--to timeml needs the layer dates"),
    (["explain", "a.ndjson", "--words", ""], "say which words: --span 75:92 or --words"),
    (["explain", "a.ndjson", "--words", "x", "--span", "1:2"], "--span and --words name different words"),
    (["explain", "a.ndjson", "--span", "-1:5"], "--span '-1:5' is no span; write two offsets, such as 75:92"),
    (["facts", "a.ndjson", "--kind", "foo"], "--kind 'foo' is given by no rule; write figure, role, statement, event"),
    (["facts", "a.ndjson", "--kind", "foo"], "See 'fakta facts --help' for more information."),
    (
      ["facts", "a.ndjson", "--from", "2016-01-02", "--to-day", "2016-01-01"],
      "--from 2016-01-02 is later than --to-day"
    ),
    (["facts", "a.ndjson", "--width", "-7"], "--width -7 is out of range"),
    (["inspect", "a.ndjson", "--width", "-7"], "--width -7 is out of range"),
    (["annotate", "a.ndjson", "--min-score", "-1"], "--min-score -1.0 is out of range; write a number from 0 to 1"),
    (["annotate", "a.ndjson", "--jobs", "-1"], "--jobs -1 is out of range; write a number from 1 to 256"),
    (["annotate", "a.ndjson", "--output", ""], "--output has an empty name; name a file or folder"),
    (["annotate", "a.ndjson", "--stats", ""], "--stats has an empty name"),
    (["annotate", "a.ndjson", "--stats", "-"], "--stats '-': the standard output is for articles; name a file"),
    (["annotate", "a.ndjson", ""], "an input has an empty name"),
    (["annotate", "a.ndjson", "--add", ""], "--add has an empty name"),
    (["annotate", "a.ndjson", "--gazetteers", ""], "--gazetteers has an empty name"),
    (["inspect", "a.ndjson", "--html", ""], "--html has an empty name"),
    // What a variable of a script leaves empty, and what would be passed over in silence.
    (["facts", "a.ndjson", "--kind", ""], "--kind '' names no kind; leave it out for all of them"),
    (["inspect", "a.ndjson", "--only", ""], "--only names no section; leave it out for all of them"),
    (["inspect", "a.ndjson", "--html", "r.html", "--only", "figures"], "--html writes everything, to be searched"),
    (["inspect", "a.ndjson", "--html", "r.html", "--entity", "KPK"], "in the page; leave --entity out"),
    (["inspect", "a.ndjson", "a.ndjson", "--diff", "--only", "people"], "--diff compares everything; leave --only"),
    (["annotate", "--add-label", "PER", "a.ndjson"], "--add-label is for the files of --add, and there are none"),
    (["annotate", "a.ndjson", "--table", "dates"], "--table is for csv and tsv, not for --to ndjson; add --to csv"),
    (["annotate", "a.ndjson", "--to", "csv", "--pretty"], "--pretty is for ndjson and json, not for --to csv"),
    (["annotate", "a.ndjson", "--to", "xml", "--offsets", "utf8"], "--to xml writes no offsets; leave --offsets out"),
    (["facts", "a.ndjson", "--to", "csv", "--width", "80"], "--width is for tables, not for --to csv"),
    (["annotate", "a.ndjson", "--to", "xml", "--no-text"], "--to xml is made of the text; leave --no-text out"),
    (["gazetteer", "compile", "gazetteers", "--output", ""], "--output has an empty name"),
    (["gazetteer", "check", ""], "a path to check has an empty name"),
    (["gazetteer", "lookup", "KPK", "--add", ""], "--add has an empty name"),
    (["gazetteer", "compile", "gazetteers", "--output", "-"], "--output '-': compiled lists are no text; name a file"),
  ])
  func usage(_ arguments: [String], _ message: String) throws {
    let result = try program.run(arguments)
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test(arguments: ["compile", "check", "lookup"]) func examplesOfLists(_ command: String) throws {
    let help = try program.run("gazetteer", command, "--help")
    #expect(help.status == 0 && help.output.contains("Examples:\n  fakta gazetteer \(command) "))
  }

  /// Spaces behind the commas of a list are no part of the names.
  @Test func listsWithSpaces() throws {
    let layers = try program.run("annotate", "--layers", "entities, dates", input: utf8("KPK tiba.")).documents()
    #expect(layers.first?["entities"] != nil)
    #expect(try program.run("inspect", "--only", "people, figures", input: utf8("KPK tiba.")).status == 0)
    #expect(try program.run("facts", "--kind", "role, figure", input: utf8("KPK tiba.")).status == 0)
  }

  /// That another record is broken is no matter of the one that is explained.
  @Test func explanationOfOneRecord() throws {
    let found = try program.run("explain", "a.ndjson", "--words", "Medan", "--id", "b")
    #expect(found.status == 0 && found.errors == "" && found.output.hasPrefix("article    b\nspan       \"Medan\"\n"))
    let missing = try program.run("explain", "a.ndjson", "--words", "Medan", "--id", "c")
    #expect(missing.status == 1 && missing.errors == "fakta: no article with the id 'c' in the input\n")
    let broken = try program.run("explain", "a.ndjson", "--words", "Medan", "--id", "rusak")
    #expect(broken.status == 1 && broken.errors.hasPrefix("fakta: a.ndjson:2: column "))
  }

  /// A file that is not there makes no difference, and what `--layers` left out was not removed.
  @Test func comparisons() throws {
    try program.write("{\"id\":\"b\",\"text\":\"KPK menyita Rp 1,2 miliar di Bogor.\"}\n", to: "b.ndjson")
    let missing = try program.run("inspect", "b.ndjson", "c.ndjson", "--diff")
    #expect(missing.status == 1 && missing.output == "")
    #expect(missing.errors.hasSuffix("fakta: c.ndjson: no article of it could be read; there is nothing to compare\n"))
    // Records without ids are the same ones where they stand on the same line.
    try program.write("{\"text\":\"KPK tiba di Bogor.\"}\n", to: "e.ndjson")
    try program.write("{\"text\":\"KPK tiba di Medan.\"}\n", to: "f.ndjson")
    let unnamed = try program.run("inspect", "e.ndjson", "f.ndjson", "--diff").lines
    #expect(unnamed.first == "1 of 1 documents differ" && unnamed.contains("line 1"), "\(unnamed)")
    let written = try program.shell(
      "$FAKTA annotate b.ndjson > c.ndjson && $FAKTA annotate b.ndjson --layers entities > d.ndjson")
    #expect(written.status == 0)
    let result = try program.run("inspect", "c.ndjson", "d.ndjson", "--diff")
    #expect(result.lines.first == "0 of 1 documents differ" && !result.output.contains("figures"), "\(result.output)")
  }

  /// `fakta` is a word that a record may have a member of.
  @Test func articlesWithFacts() throws {
    try program.write("{\"id\":\"b\",\"text\":\"KPK tiba.\",\"fakta\":\"Bukan hoaks.\"}\n", to: "b.ndjson")
    #expect(try program.run("inspect", "b.ndjson", "--only", "article").output.contains("[KPK/ORG]"))
  }

  /// A file of the wrong kind is told by a few lines of it, not by thousands.
  @Test func manyFailuresAreCounted() throws {
    try program.write(String(repeating: "{\"kind\":\"role\"}\n", count: 100), to: "b.ndjson")
    let errors = try program.run("inspect", "b.ndjson").errors.split(separator: "\n")
    #expect(errors.count == 11 && errors.last == "fakta: 90 more failures")
  }

  /// What changes a number is said with it, as far as its end.
  @Test func explanationOfNumbers() throws {
    try program.write("Antara 5-7 orang tewas, sedikitnya Rp 2 juta hilang.", to: "b.txt")
    let range = try program.run("explain", "b.txt", "--words", "5-7").lines
    #expect(range.contains("quantity   q1 \"5-7\" count 5..7"))
    let money = try program.run("explain", "b.txt", "--words", "Rp 2 juta").lines
    #expect(money.contains("quantity   q2 \"Rp 2 juta\" money at_least 2000000 IDR"))
  }

  /// A fact stands in the sentence that tells it, wherever its speaker and its place are named.
  @Test func sentencesOfFacts() throws {
    try program.write(
      "Banjir melanda Bogor kemarin. Bupati Rina Hartati tiba malam itu. Menurut dia, 12 rumah rusak akibat banjir itu.",
      to: "b.txt")
    let facts = try program.run("facts", "b.txt", "--to", "ndjson").documents()
    func sentence(_ kind: String) -> Int? { facts.first { $0["kind"] as? String == kind }?["sentence"] as? Int }
    #expect(facts.contains { $0["source"] as? String == "Rina Hartati" })
    #expect(sentence("role") == 2 && sentence("figure") == 3 && sentence("statement") == 3)
  }

  /// The number of the next item, glued to a year, belongs to the date in no output.
  @Test func gluedYears() throws {
    try program.write(
      "Gudang Melati membeli 300 karung tahun 19843. Gudang Kenanga membeli 200 karung tahun 1985.", to: "b.txt")
    let document = try #require(try program.run("annotate", "b.txt").documents().first)
    let dates = try #require(document["dates"] as? [[String: Any]]).compactMap { $0["text"] as? String }
    #expect(dates == ["tahun 1984", "tahun 1985"])
    let facts = try program.run("facts", "b.txt", "--to", "ndjson").documents()
    #expect(facts.compactMap { $0["time"] as? String } == dates)
    let lines = try program.run("explain", "b.txt", "--words", "19843").lines
    #expect(lines.contains("date       d1 \"tahun 1984\" = 1984") && lines.contains("         * time \"tahun 1984\""))
  }

  /// One line that is no UTF-8 does not make mojibake of the others.
  @Test func linesAreDecodedOneByOne() throws {
    let latin = utf8("{\"id\":\"b\",\"text\":\"Caf") + [0xE9] + utf8(" di Medan.\"}\n")
    try program.write(utf8("{\"id\":\"a\",\"text\":\"Café di Bogor.\"}\n") + latin, to: "b.ndjson")
    let result = try program.run("inspect", "b.ndjson", "--only", "article")
    #expect(result.output.components(separatedBy: "Café di [").count == 3)
    #expect(result.errors == "fakta: b.ndjson:2: not UTF-8, read as Windows-1252\n")
  }

  /// A page on the standard input is one in UTF-16 too, as annotate reads it.
  @Test(arguments: [[], [0xFF, 0xFE] as [UInt8]]) func pagesInUTF16(_ mark: [UInt8]) throws {
    let page = "<!DOCTYPE html><html><head><title>Judul</title></head><body><p>KPK menyita 5 mobil.</p></body></html>"
    let input = mark + page.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let shown = try program.run(["inspect", "--only", "article"], input: input)
    #expect(shown.output.contains("menyita") && !shown.output.contains("<p>"), "\(shown.output)")
    #expect(shown.errors == "fakta: standard input: read as UTF-16\n")
    let annotated = try program.run(["annotate"], input: input)
    #expect(annotated.errors == shown.errors && !annotated.output.contains("<p>"))
  }

  /// What is to be said of an article is said alike, whoever reads it.
  @Test func sameWordsAsAnnotate() throws {
    try program.write("<html><body><script>x()</script></body></html>", to: "leer.html")
    try program.write("KPK menyita 5 mobil di Bogor.", to: "lang.txt")
    try program.write("", to: "kosong.txt")
    try program.write("[1,2]\n{\"text\":\"KPK tiba.\"}\n", to: "larik.ndjson")
    try program.write("{\"text\":\"KPK tiba.\",\"date\":\"kemarin\"}\n", to: "kemarin.ndjson")
    for (file, note) in [
      ("kosong.txt", ": the file is empty"),
      ("kemarin.ndjson", ":1: the date 'kemarin' is in no known form and was ignored"),
      (
        "larik.ndjson",
        #":1: a record must be a JSON object such as {"id": "1", "text": "..."}; an array of records is read from a file whose name ends in .json"#
      ),
      ("leer.html", ": no text was found in the page"),
      ("lang.txt", ": the article has more than 9 bytes; split it or raise --max-size"),
    ] {
      for command in ["annotate", "inspect"] {
        let result = try program.run(command, file, "--max-size", file == "lang.txt" ? "9" : "1M")
        #expect(result.errors.hasPrefix("fakta: \(file)\(note)\n"), "\(command): \(result.errors)")
      }
    }
  }

  @Test(arguments: [
    "facts a.ndjson", "inspect a.ndjson", "inspect a.ndjson --html -", "explain a.ndjson --words KPK",
    "gazetteer lookup KPK",
  ])
  func fullDisk(_ command: String) throws {
    let result = try program.shell("$FAKTA \(command) > /dev/full")
    #expect(result.status == 1)
    #expect(result.errors.contains("fakta: standard output: No space left on device"))
  }

  /// Articles and file names come from strangers; a terminal must not obey them.
  @Test func nothingForTerminals() throws {
    let record = "{\"text\":\"KPK\\u001b]0;x\\u0007 menyita 5 \\u009b31mkarung.\",\"date\":\"\\u001b[2J\"}\n"
    try program.write(record, to: "\u{1B}[1m.ndjson")
    for command in ["facts . --to table", "explain . --words KPK", "inspect .", "annotate . > /dev/null"] {
      let result = try program.shell("$FAKTA \(command)")
      let scalars = (result.output + result.errors).unicodeScalars
      #expect(!scalars.contains { $0 != "\n" && $0.properties.generalCategory == .control }, "\(command)")
    }
    #expect(try program.run("facts", ".", "--to", "table").output.hasPrefix("figure"))
    // Formats for other programs are as they are, but not where a terminal shows them.
    for command in [
      "annotate . --to conll", "annotate . --to xml", "annotate . --to csv --table quantities", "facts . --to tsv",
    ] {
      let shown = try program.shell("script -qec \"$FAKTA \(command)\" /dev/null < /dev/null").output
      let controls = shown.unicodeScalars.filter { $0.properties.generalCategory == .control }
      #expect(shown.contains("5"), "\(command)")
      #expect(controls.allSatisfy { $0 == "\n" || $0 == "\r" || $0 == "\t" }, "\(command)")
    }
    #expect(try program.shell("$FAKTA annotate . --to conll").output.contains("\u{1B}"))
  }

  /// A table of docs/rules.md: a list of the user's own, and a rule that asks for its class.
  @Test func listOfOnesOwn() throws {
    try program.write("#! class=zat\nform\nsabu\nganja\n", to: "zat.tsv")
    let rule = """
      rule sita-narkoba
        find   petugas:<ORG|people> .. (menyita|mengamankan) jumlah:<quantity> (butir|paket|kilogram)? zat:<zat>
        gives  penyitaan(zat, petugas, jumlah)
        yes    [Polisi menyita 5 kg sabu](penyitaan zat=sabu petugas=Polisi jumlah="5 kg") di Medan.
        no     Polisi menyita 5 unit mobil di Medan.

      """
    try program.write(rule, to: "narkoba.rules")
    let check = try program.run("gazetteer", "check", "narkoba.rules", "--add", "zat.tsv")
    #expect(check.output == "1 list, 2 rows, 2 forms, 1 rule, 2 examples: no errors\n" && check.errors == "")
    try program.write("Polisi menyita 7 kg ganja di Medan.", to: "a.txt")
    let facts = try program.run(
      "facts", "a.txt", "--add", "zat.tsv", "--add", "narkoba.rules", "--kind", "penyitaan", "--to", "ndjson")
    #expect(try facts.documents().map { $0["zat"] as? String } == ["ganja"])
  }

  /// Damaged lists are found while the first article is read, and nothing comes out.
  @Test func damagedLists() throws {
    var lists = try FileIO.read(Program.lists)
    lists[lists.count / 2] ^= 0xFF
    try program.write(lists, to: "lists")
    for command in [["annotate", "a.ndjson"], ["facts", "a.ndjson"], ["inspect", "a.ndjson"]] {
      let result = try program.run(command + ["--gazetteers", "lists"])
      #expect(result.status == 1 && !result.output.contains("Bogor"))
      #expect(result.errors.hasPrefix("fakta: lists: section "), "\(result.errors)")
    }
  }
}
