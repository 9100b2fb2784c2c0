import Foundation
import Testing

@testable import Fakta

/// What a new user meets first: inputs of every kind, wrong names, wrong options.
@Suite struct AnnotateCommandTests {
  let program: Program

  init() throws { program = try Program() }

  @Test func textFile() throws {
    try program.write("Presiden tiba di Jakarta.\n", to: "berita.txt")
    let result = try program.run("annotate", "berita.txt")
    #expect(result.status == 0 && result.errors == "")
    let document = try #require(try result.documents().first)
    #expect(document["fakta"] as? String == "1")
    #expect(document["id"] as? String == "berita.txt")
    #expect(document["text"] as? String == "Presiden tiba di Jakarta.\n")
    for layer in ["regions", "sentences", "entities", "dates", "quantities", "facts"] {
      #expect(document[layer] is [Any], "\(layer)")
    }
  }

  @Test func namesAreWrittenAsNormalised() throws {
    let text = "Wasit Rahmat\u{A0}Hendarsyah tiba di Bogor."
    let result = try program.run(["annotate"], input: utf8(text))
    let names = try #require(try result.documents().first?["entities"] as? [[String: Any]])
    #expect(names.first?["text"] as? String == "Rahmat\u{A0}Hendarsyah")
    #expect(names.first?["name"] as? String == "Rahmat Hendarsyah")
  }

  @Test func headsAreWholeWords() throws {
    let text = "Sebanyak 12 laki-laki dan 3 orang-orang itu membawa 5 buku-bukunya."
    let result = try program.run(["annotate"], input: utf8(text))
    let quantities = try #require(try result.documents().first?["quantities"] as? [[String: Any]])
    let items = quantities.compactMap { $0["item"] as? [String: Any] }
    #expect(items.first?["head"] as? String == "laki-laki")
    for item in items {
      let text = try #require(item["text"] as? String)
      #expect(text.hasPrefix(try #require(item["head"] as? String)))
    }
  }

  /// A call without options does not go through the parser of options: all of them must be what they are where none is given.
  @Test func withoutOptions() throws {
    try program.write("Presiden Joko Widodo tiba di Jakarta, Senin (9/11).\n\nBaca juga: Banjir\n", to: "berita.txt")
    try program.write("{\"id\":\"a\",\"text\":\"Satu.\",\"title\":\"Dua\",\"date\":\"2015-11-09\"}\n", to: "a.ndjson")
    let inputs = ["annotate", "berita.txt", "a.ndjson", "tiada.txt"]
    let plain = try program.run(inputs)
    let spelled = try program.run(
      inputs + [
        "--text-field", "text", "--id-field", "id", "--title-field", "title", "--date-field", "date", "--max-size",
        "16M", "--min-score", "0", "--to", "ndjson", "--table", "facts", "--offsets", "codepoint",
      ])
    #expect(plain.status == 3 && plain.lines.count == 3)
    #expect((plain.status, plain.output, plain.errors) == (spelled.status, spelled.output, spelled.errors))
  }

  /// UTF-32 begins like UTF-16; and one slip of the pen makes no text into something else.
  @Test func bytesOfOtherKinds() throws {
    let text = "Polisi menyita 12 karung beras di Medan."
    let units: [UInt8] = utf8(text).flatMap { [$0, 0, 0, 0] }
    let wide: [UInt8] = [0xFF, 0xFE, 0, 0] + units
    for bytes in [wide, units] {
      let result = try program.run(["annotate"], input: bytes)
      #expect(result.status == 1 && result.errors.hasPrefix("fakta: standard input: "), "\(result.errors)")
    }
    #expect(try program.run(["annotate"], input: wide).errors.contains("is UTF-32; save it as UTF-8"))
    for bytes in [[0] + utf8(text), utf8("\u{1B}[1mPolisi\u{1B}[0m di Medan.\u{1A}"), utf8("\0\0\0")] {
      #expect(try program.run(["annotate"], input: bytes).status == 0)
    }
  }

  @Test func folderInOrder() throws {
    for name in [
      "berita/b.txt", "berita/a/z.html", "berita/a-b.txt", "berita/c.ndjson", "berita/gambar.png", "berita/.x.txt",
    ] {
      try program.write(name.hasSuffix("ndjson") ? "{\"text\":\"Satu.\"}\n" : "Satu.", to: name)
    }
    let expected = ["berita/a-b.txt", "berita/a/z.html", "berita/b.txt", "berita/c.ndjson line 1"]
    #expect(try program.run("annotate", "berita").documents().map { $0["id"] as? String } == expected)
    #expect(try program.run("annotate", "berita/").documents().map { $0["id"] as? String } == expected)
    let inside = try program.shell("cd berita && $FAKTA annotate .")
    #expect(try inside.documents().first?["id"] as? String == "a-b.txt")
  }

  @Test(arguments: [[], ["-"], ["-", "--format", "ndjson"]]) func recordsFromStandardInput(_ arguments: [String]) throws
  {
    let input = utf8("{\"id\":7,\"text\":\"Satu.\",\"outlet\":{\"a\":[1, 2]}}\n\n{\"text\":\"Dua.\"}\n")
    let documents = try program.run(["annotate"] + arguments, input: input).documents()
    #expect(documents.map { $0["id"] as? String } == ["7", "line 3"])
    #expect((documents[0]["meta"] as? [String: Any])?["outlet"] is [String: Any])
  }

  @Test(arguments: [
    ("<!DOCTYPE html><html><head><title>Judul</title></head><body><p>Satu.</p></body></html>", ["Satu."]),
    ("[{\"text\":\"Satu.\"},\n{\"text\":\"Dua.\"}]", ["Satu.", "Dua."]),
    ("{\n  \"text\": \"Satu.\"\n}\n", ["Satu."]), ("Satu {dua}.", ["Satu {dua}."]),
    ("[Gambas:Video CNN]\n", ["[Gambas:Video CNN]\n"]),
    ("\u{FEFF}<!-- a > b -->\n<!--c--> <HTML lang=id><p>Satu.", ["Satu."]),
    ("<?xml version=\"1.0\"?>\n<?x y?><!doctype html><html><p>Satu.</p></html>", ["Satu."]),
    ("<head>\n<title>Judul</title></head><p>Satu.", ["Satu."]), ("<meta charset=utf-8><p>Satu.", ["Satu."]),
    ("<header>Satu.", ["<header>Satu."]), ("<!-- Satu.", ["<!-- Satu."]), ("<3 Satu.", ["<3 Satu."]),
  ])
  func formatBySight(_ input: String, _ texts: [String]) throws {
    let documents = try program.run("annotate", input: utf8(input)).documents()
    #expect(documents.map { $0["text"] as? String } == texts)
  }

  /// All records of an array may stand on one line: each has a name of its own, also in what is said of it.
  @Test func recordsOfAnArray() throws {
    try program.write("[{\"text\":\"Satu.\"},{\"text\":\"Dua.\"},{\"teks\":\"Tiga.\"},5]", to: "a.json")
    let result = try program.run("annotate", "a.json")
    #expect(try result.documents().prefix(2).map { $0["id"] as? String } == ["record 1", "record 2"])
    #expect(result.errors.hasPrefix("fakta: a.json:1: record 3: the record has no member \"text\"; name"))
    #expect(result.errors.contains("\nfakta: a.json:1: record 4: a record must be a JSON object"))
    let seen = try program.run("inspect", "a.json").output
    #expect(seen.hasPrefix("record 1\n") && seen.contains("\nrecord 2\n"))
  }

  /// A draw is two numbers in every format, and no value.
  @Test func draws() throws {
    try program.write("Persib bermain 0-0 melawan Persija.", to: "a.txt")
    let score = try #require(
      (try program.run("annotate", "a.txt").documents().first?["quantities"] as? [[String: Any]])?.first)
    #expect(score["value"] == nil && score["low"] as? Int == 0 && score["high"] as? Int == 0)
    let row = try program.run("annotate", "a.txt", "--to", "csv", "--table", "quantities").lines[1]
    #expect(row.hasPrefix("a.txt,q1,score,,0,0,exact,"), "\(row)")
    #expect(try program.run("annotate", "a.txt", "--to", "spacy").output.contains("0..0"))
  }

  /// A column holds one kind of thing: numbers are numbers, whatever is counted.
  @Test func rowsOfFigures() throws {
    try program.write("Sekitar 5-7 orang tewas di Bogor.\n\nPolisi menyita 12 kg sabu di Medan.", to: "a.txt")
    let rows = try program.run("annotate", "a.txt", "--to", "tsv").lines.map { $0.components(separatedBy: "\t") }
    let columns = ["value", "low", "high", "modifier", "unit", "item"].map { rows[0].firstIndex(of: $0)! }
    let figures = rows.filter { $0[2] == "figure" }.map { row in columns.map { row[$0] } }
    #expect(figures == [["", "5", "7", "approx", "", "orang"], ["12", "12", "12", "exact", "kg", "sabu"]])
  }

  /// What was annotated, by an older version say, is annotated anew as the record that it was.
  @Test func annotatedAnew() throws {
    try program.write(
      """
      {"id":"a","date":"2015-11-09","title":"Banjir","text":"Sebanyak 5 warga mengungsi kemarin.","x":{"id":[1]}}
      {"id":{"n":1},"text":"KPK tiba."}
      {"fakta":"Bukan hoaks.","text":"KPK tiba.","dates":[1],"meta":{"title":"y"}}

      """, to: "a.ndjson")
    let once = try program.run("annotate", "a.ndjson")
    #expect(try once.documents()[0]["reference_date"] as? String == "2015-11-09")
    #expect((try once.documents()[2]["meta"] as? [String: Any])?.keys.sorted() == ["dates", "fakta", "meta"])
    let twice = try program.run(["annotate"], input: utf8(once.output))
    #expect(twice.status == 0 && twice.output == once.output)
    let some = try program.run("annotate", "a.ndjson", "--layers", "entities").output
    #expect(try program.run(["annotate"], input: utf8(some)).output == once.output)
  }

  /// A reader in text mode takes CR for the end of a line too.
  @Test func idOnOneLine() throws {
    let result = try program.run(
      ["annotate", "--to", "conll"], input: utf8("{\"id\":\"a\\r\\nb\",\"text\":\"Satu.\"}\n"))
    #expect(result.output.hasPrefix("# id = a  b\nSatu\t"))
  }

  @Test func fieldNames() throws {
    let input = utf8("{\"no\":\"x\",\"isi\":\"Satu.\",\"tanggal\":\"2015-11-09\",\"judul\":\"Dua\"}\n")
    let result = try program.run(
      ["annotate", "--id-field", "no", "--text-field", "isi", "--date-field", "tanggal", "--title-field", "judul"],
      input: input)
    let document = try #require(try result.documents().first)
    #expect(document["id"] as? String == "x" && document["text"] as? String == "Satu.")
  }

  @Test func options() throws {
    try program.write("é😀 Jakarta.", to: "a.txt")
    func sentenceEnd(_ unit: String) throws -> Int? {
      let document = try program.run("annotate", "a.txt", "--offsets", unit).documents().first
      return (document?["sentences"] as? [[String: Any]])?.last?["end"] as? Int
    }
    #expect(try sentenceEnd("codepoint") == 11)
    #expect(try sentenceEnd("utf16") == 12)
    #expect(try sentenceEnd("utf8") == 15)
    let bare = try #require(try program.run("annotate", "a.txt", "--no-text", "--layers", "regions").documents().first)
    #expect(bare["text"] == nil && (bare["sentences"] as? [Any])?.isEmpty == true)
    let pretty = try program.run("annotate", "a.txt", "--pretty")
    #expect(pretty.lines.count > 5 && pretty.lines[0] == "{")
    #expect(try JSONSerialization.jsonObject(with: Data(pretty.output.utf8)) is [String: Any])
    let array = try program.run("annotate", "a.txt", "a.txt", "--to", "json")
    #expect((try JSONSerialization.jsonObject(with: Data(array.output.utf8)) as? [Any])?.count == 2)
  }

  @Test(arguments: ["gz", "zst"]) func compressedInputAndOutput(_ end: String) throws {
    let format: CompressionFormat = end == "gz" ? .gzip : .zstd
    let records = try MadeUpNews.records(20)
    try program.write(CompressionTests.compress(records, format), to: "a.ndjson.\(end)")
    try program.write(records, to: "a.ndjson")
    let plain = try program.run("annotate", "a.ndjson", "--chunk-size", "1000")
    #expect(plain.lines.count == 20)
    let result = try program.run("annotate", "a.ndjson.\(end)", "--chunk-size", "1000", "-o", "b.ndjson.\(end)")
    #expect(result.status == 0 && result.output == "")
    #expect(!program.exists("b.ndjson.\(end).state") && !program.exists("b.ndjson.\(end).partial"))
    var source = try ByteSource(path: program.folder.url.appending(path: "b.ndjson.\(end)").path)
    var bytes: [UInt8] = []
    try source.readAll(into: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == plain.output)
  }

  /// A layer is the same whether it is asked for alone or with all others.
  @Test(arguments: ["regions", "sentences", "entities", "dates", "quantities"]) func layerAlone(_ layer: String) throws
  {
    let input = try MadeUpNews.records(12)
    let whole = try program.run(["annotate"], input: input).documents()
    let alone = try program.run(["annotate", "--layers", layer], input: input).documents()
    try #require(whole.count == 12 && alone.count == 12)
    for (a, b) in zip(whole, alone) {
      let (a, b) = (try #require(a[layer] as? [Any]), try #require(b[layer] as? [Any]))
      #expect(!a.isEmpty && NSArray(array: a) == NSArray(array: b))
    }
  }

  @Test(arguments: ["csv", "tsv", "conll", "spacy", "webannotation", "timeml", "xml", "markdown"])
  func otherFormats(_ format: String) throws {
    try program.write(try MadeUpNews.records(40) + utf8("{broken\n"), to: "a.ndjson")
    let result = try program.run("annotate", "a.ndjson", "--to", format, "--chunk-size", "3000", "--jobs", "3")
    #expect(result.status == 3 && result.lines.count >= 40)
    #expect(result.errors.hasSuffix("1 of 41 articles failed and are not in the output\n"))
    #expect(try program.run("annotate", "a.ndjson", "--to", format, "--jobs", "1").output == result.output)
  }

  @Test func bratFolder() throws {
    #expect(try program.run("annotate", "a.txt", "--to", "brat").status == 64)
    try program.write("Presiden tiba di Jakarta.", to: "d/a.txt")
    let result = try program.run("annotate", "d", "--to", "brat", "--output", "brat")
    #expect(result.status == 0 && result.output == "")
    #expect(try program.bytes("brat/d%2Fa.txt.txt") == utf8("Presiden tiba di Jakarta."))
    #expect(String(decoding: try program.bytes("brat/d%2Fa.txt.ann"), as: UTF8.self).hasPrefix("T1\t"))
  }

  /// One file of brat's for two articles would lose one of them; it is said, whatever else went wrong.
  @Test func bratFilesThatCannotBe() throws {
    let twice = utf8("{\"id\":\"a\",\"text\":\"Satu.\"}\n{oops\n{\"id\":\"a\",\"text\":\"Dua.\"}\n")
    let result = try program.run("annotate", "--to", "brat", "--output", "brat", input: twice)
    #expect(result.status == 1)
    #expect(
      result.errors.hasSuffix(
        "fakta: brat/a.txt: several articles have the id 'a', by which brat's files are named; only one is there\n"))
    #expect(try program.bytes("brat/a.txt") == utf8("Satu."))
    let file = try program.run("annotate", "--to", "brat", "--output", "brat/a.txt", input: twice)
    #expect(file.status == 1 && file.errors == "fakta: brat/a.txt: is no folder; name another\n")
    let nowhere = try program.run("annotate", "--to", "brat", "--output", "x/brat", input: twice)
    #expect(nowhere.status == 1 && nowhere.errors == "fakta: x/brat: cannot be made: No such file or directory\n")
  }

  // Wrong input

  /// Each failure says of which file it is; where the output has no place for that, stderr says it of all.
  @Test func failuresNameTheirFiles() throws {
    for name in ["d/a.ndjson", "d/b.ndjson"] { try program.write(String(repeating: "{rusak\n", count: 8), to: name) }
    try program.write("{\"text\":\"KPK tiba.\"}\n", to: "d/c.ndjson")
    let places = ["a", "b"].flatMap { name in (1...8).map { "d/\(name).ndjson:\($0)" } }
    let records = try program.run("annotate", "d").documents().filter { $0["error"] != nil }
    #expect(records.map { "\($0["path"] ?? ""):\($0["line"] ?? "")" } == places)
    let table = try program.run("facts", "d")
    #expect(table.status == 3 && places.allSatisfy { table.errors.contains("fakta: \($0): ") }, "\(table.errors)")
    let shown = try program.shell("$FAKTA annotate d > e.ndjson; $FAKTA inspect e.ndjson")
    #expect(places.allSatisfy { shown.output.contains("\n\($0)\n") || shown.output.hasPrefix("\($0)\n") })
    let piped = try program.run("annotate", input: utf8("{rusak\n")).documents()
    #expect(piped.first?["error"] != nil && piped.first?["path"] == nil)
  }

  @Test func textThatIsNull() throws {
    let records = utf8("{\"id\":\"a\",\"url\":null}\n")
    let result = try program.run("annotate", "--text-field", "url", "--format", "ndjson", input: records)
    #expect(result.status == 3)
    #expect(
      result.output.contains("the member \\\"url\\\" is null; name the one that holds the article with --text-field"))
  }

  /// Editors of other systems save so, without a mark.
  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian]) func wideTextWithoutMark(
    _ encoding: String.Encoding
  ) throws {
    let text = "“Presiden” Joko Widodo — 😀 — tiba di Jakarta."
    try program.write(Array(try #require(text.data(using: encoding))), to: "b.txt")
    let records = "{\"text\":\"\(text)\"}\n{\"text\":\"Dua.\"}\n"
    try program.write(Array(try #require(records.data(using: encoding))), to: "b.ndjson")
    for command in ["annotate b.txt", "annotate b.ndjson", "annotate - < b.txt", "annotate < b.ndjson"] {
      let result = try program.shell("$FAKTA \(command)")
      #expect(try result.documents().first?["text"] as? String == text)
      #expect(result.errors.contains(": read as UTF-16\n"))
    }
    let shown = try program.run("inspect", "b.ndjson", "--only", "people")
    #expect(shown.output.contains("Joko Widodo") && shown.errors == "fakta: b.ndjson: read as UTF-16\n")
  }

  /// A pipe in a folder has no end; links that lead nowhere or in a circle are failures.
  @Test func whatIsNoFileInFolder() throws {
    try program.write("Satu.", to: "d/z.txt")
    let result = try program.shell(
      "mkfifo d/a.txt && ln -s . d/e && ln -s b.txt d/b.txt && $FAKTA annotate d | cut -c 1-60")
    #expect(result.lines.map { $0.contains("d/b.txt") || $0.contains("d/z.txt") } == [true, true], "\(result.lines)")
    #expect(result.errors.hasPrefix("fakta: d/b.txt: Too many levels of symbolic links\n"))
  }

  @Test func namesThatAreNotUTF8() throws {
    try program.write("Satu.", to: "d/a.txt")
    let result = try program.shell("cp d/a.txt d/$'caf\\xE9.txt' && $FAKTA annotate d")
    #expect(result.status == 3)
    #expect(result.errors.hasPrefix("fakta: d/caf\u{FFFD}.txt: its name is not UTF-8; rename it\n"))
  }

  /// No file that is opened may take the place of a closed stream.
  @Test func closedStreams() throws {
    try program.write("{\"text\":\"Satu.\"}\n{oops\n", to: "a.ndjson")
    let input = try program.shell("$FAKTA annotate <&-")
    #expect(input.status == 1 && input.errors == "fakta: standard input: Bad file descriptor\n")
    #expect(try program.shell("$FAKTA annotate a.ndjson >&-").status == 1)
    #expect(try program.shell("$FAKTA annotate a.ndjson -o b.ndjson 2>&-").status == 3)
    #expect(!String(decoding: try program.bytes("b.ndjson"), as: UTF8.self).contains("fakta: "))
  }

  @Test func missingFile() throws {
    let result = try program.run("annotate", "tiada.txt")
    #expect(result.status == 1 && result.output == "")
    #expect(result.errors == "fakta: tiada.txt: No such file or directory\n")
  }

  @Test func emptyInputs() throws {
    try program.write("", to: "kosong.txt")
    let file = try program.run("annotate", "kosong.txt")
    #expect(file.status == 0 && file.errors == "fakta: kosong.txt: the file is empty\n")
    #expect(try file.documents().first?["text"] as? String == "")
    try program.write("", to: "kosong")
    let plain = try program.run("annotate", "kosong")
    #expect(plain.status == 0 && plain.errors == "fakta: kosong: the file is empty\n")
    #expect(try plain.documents().first?["text"] as? String == "")
    let none = try program.run("annotate", input: [])
    #expect(none.status == 0 && none.output == "")
    try FileManager.default.createDirectory(
      at: program.folder.url.appending(path: "map"), withIntermediateDirectories: true)
    let folder = try program.run("annotate", "map")
    #expect(folder.status == 1 && folder.output == "")
    #expect(
      folder.errors
        == "fakta: map: no file in this folder ends in .txt, .html, .ndjson, .jsonl or .json; --format reads files of other names\n"
    )
  }

  @Test func othersComeOutWhole() throws {
    try program.write("Satu.", to: "a.txt")
    try program.write("{\"text\":\"Dua.\"}\n{oops\n{\"id\":\"x\",\"text\":5}\n{\"text\":\"Tiga.\"}", to: "b.ndjson")
    let result = try program.run("annotate", "a.txt", "tiada.txt", "b.ndjson")
    #expect(result.status == 3)
    let documents = try result.documents()
    #expect(documents.map { $0["text"] as? String } == ["Satu.", nil, "Dua.", nil, nil, "Tiga."])
    let codes = documents.map { ($0["error"] as? [String: Any])?["code"] as? String }
    #expect(codes == [nil, "unreadable", nil, "invalid-json", "text-not-a-string", nil])
    #expect(documents[3]["id"] is NSNull && documents[3]["line"] as? Int == 2)
    #expect(documents[4]["id"] as? String == "x" && documents[4]["line"] as? Int == 3)
    #expect(
      result.errors == """
        fakta: tiada.txt: No such file or directory
        fakta: b.ndjson:2: column 2: a member name in double quotes must stand here
        fakta: b.ndjson:3: the member "text" is not a string; name the one that holds the article with --text-field
        fakta: 3 of 6 articles failed; each has a record with "error" in the output

        """)
  }

  @Test func unreadableFile() throws {
    try program.write("Satu.", to: "a.txt")
    chmod(program.folder.url.appending(path: "a.txt").path, 0)
    #expect(try program.shell("\(Program.obedient)$FAKTA annotate a.txt").errors == "fakta: a.txt: Permission denied\n")
  }

  @Test func damagedCompression() throws {
    let bytes = try CompressionTests.compress(try MadeUpNews.records(500), .gzip)
    try program.write(Array(bytes.prefix(bytes.count / 2)), to: "a.ndjson.gz")
    let result = try program.run("annotate", "a.ndjson.gz", "--chunk-size", "4096")
    #expect(result.status == 3)
    let documents = try result.documents()
    #expect(documents.count > 50)
    #expect(documents.dropLast().allSatisfy { $0["error"] == nil })
    #expect((documents.last?["error"] as? [String: Any])?["code"] as? String == "unreadable")
  }

  @Test(arguments: [
    (["--date", "2015-13-01"], "--date '2015-13-01' is no date; write year, month and day, such as 2015-11-09"),
    (["--format", "pdf"], "--format 'pdf' is unknown; write text, html, ndjson or json"),
    (
      ["--layers", "nama"],
      "--layers: there is no layer 'nama'; there are regions, sentences, entities, dates, quantities, facts"
    ),
    (["--offsets", "byte"], "--offsets 'byte' is unknown; write codepoint, utf16 or utf8"),
    (["--jobs", "0"], "--jobs 0 is out of range; write a number from 1 to 256"),
    (["--resume"], "--resume needs --output with the file of the interrupted run"),
    (["--min-score", "3"], "--min-score 3.0 is out of range; write a number from 0 to 1"),
    (["--max-size", "viel"], "--max-size 'viel' is no size; write a number of bytes of at most 3G, such as 64M"),
    (["--bogus"], "Unknown option '--bogus'"),
  ])
  func usage(_ arguments: [String], _ message: String) throws {
    let result = try program.run(["annotate", "a.txt"] + arguments)
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.contains(message))
  }

  @Test func help() throws {
    let version = try program.run("--version")
    #expect(version.status == 0 && version.output.hasPrefix("fakta \(Release.version) (ICU "))
    let help = try program.run("annotate", "--help")
    #expect(help.status == 0 && help.output.contains("Examples:") && help.output.contains("Exit status:"))
    for command in ["annotate", "facts", "inspect", "explain"] {
      let lines = try program.run(command, "--help").output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.allSatisfy { $0.count <= 80 })
      // A line of prose that the parser breaks leaves a short one between long ones.
      let prose = lines.dropFirst().prefix { !$0.hasPrefix("Examples:") }
      #expect(zip(prose, prose.dropFirst()).allSatisfy { $0.isEmpty || $1.isEmpty || $0.count > 50 }, "\(command)")
    }
    let unknown = try program.run("bogus")
    #expect(unknown.status == 64)
    #expect(
      unknown.errors.hasPrefix("Error: 'bogus' is no command; write annotate, facts, inspect, explain, gazetteer\n"))
    try program.write("Satu.", to: "a.txt")
    let forgotten = try program.run("a.txt")
    #expect(forgotten.status == 64)
    #expect(
      forgotten.errors.hasPrefix("Error: 'a.txt' is no command; to annotate that file write 'fakta annotate a.txt'\n"))
    #expect(try program.run("help", "annotate").output == help.output)
  }

  @Test func listsNotFound() throws {
    try program.write("Satu.", to: "a.txt")
    let result = try program.run("annotate", "a.txt", "--gazetteers", "tiada")
    #expect(result.status == 1 && result.output == "" && result.errors.contains("tiada"))
  }
}
