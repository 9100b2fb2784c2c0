import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// Nothing that a command reads is written over, by whatever path; what an earlier run has written is.
@Suite struct FileUseTests {
  let program: Program
  private static let article = "Presiden Joko Widodo tiba di Jakarta."
  private static let rule = """
    rule tangkap
      find   menangkap korban:<PER>
      gives  tangkap(korban)
      yes    KPK [menangkap Budi Santoso](tangkap korban="Budi Santoso").
      no     KPK menangkap ikan.

    """

  init() throws {
    program = try Program()
    try program.write(Self.article, to: "a.txt")
    try program.write(Self.rule, to: "r.rules")
    try program.write("#! label=PER\nname\nBudi Santoso\n", to: "z.tsv")
    try program.write("#! label=PER\nname\nBudi Santoso\n", to: "lists/id/people/z.tsv")
  }

  private func refused(_ result: Program.Result, _ message: String) {
    #expect(result.status == 1 && result.output == "")
    #expect(result.errors == "fakta: \(message)\n")
  }

  /// All files of the folder, with what is in them.
  private func files() throws -> [String: Data] {
    var found: [String: Data] = [:]
    let all = try #require(FileManager.default.enumerator(atPath: program.folder.url.path))
    for case let name as String in all where !name.hasPrefix(".") {
      found[name] = FileManager.default.contents(atPath: program.folder.url.appending(path: name).path)
    }
    return found
  }

  static let uses: [(command: String, message: String)] = [
    (
      "annotate a.txt --stats a.txt",
      "a.txt: is an input, and --stats would write over it; name another file with --stats"
    ),
    (
      "annotate ./a.txt --output d/../a.txt",
      "d/../a.txt: is an input ('./a.txt'), and --output would write over it; name another file with --output"
    ),
    (
      "annotate a.txt --output soft.txt",
      "soft.txt: is an input ('a.txt'), and --output would write over it; name another file with --output"
    ),
    (
      "annotate hard.txt --output a.txt",
      "a.txt: is an input ('hard.txt'), and --output would write over it; name another file with --output"
    ),
    ("inspect a.txt --html a.txt", "a.txt: is an input, and --html would write over it; name another file with --html"),
    (
      "inspect a.txt hard.txt --diff --html a.txt",
      "a.txt: is an input, and --html would write over it; name another file with --html"
    ),
    (
      "annotate --stats a.txt < a.txt",
      "a.txt: is an input, and --stats would write over it; name another file with --stats"
    ),
    (
      "annotate a.txt >> a.txt",
      "a.txt: is an input, and the standard output would write over it; write to another file"
    ),
    (
      "facts a.txt --output f.tsv --stats d/../f.tsv",
      "d/../f.tsv: is what --output writes ('f.tsv'), and --stats would write over it; name another file with --stats"
    ),
    (
      "facts a.txt --stats f.tsv > f.tsv",
      "f.tsv: is what the standard output writes, and --stats would write over it; name another file with --stats"
    ),
    (
      "facts a.txt --output f.tsv --stats f.tsv.state",
      "f.tsv.state: is what --output writes, and --stats would write over it; name another file with --stats"
    ),
    (
      "annotate a.txt --add r.rules --output r.rules",
      "r.rules: is a file of --add, and --output would write over it; name another file with --output"
    ),
    (
      "inspect a.txt --add r.rules --html r.rules",
      "r.rules: is a file of --add, and --html would write over it; name another file with --html"
    ),
    (
      "facts a.txt --add z.tsv --stats z.tsv",
      "z.tsv: is a file of --add, and --stats would write over it; name another file with --stats"
    ),
    (
      "annotate a.txt --gazetteers g --output g",
      "g: is a file of the lists, and --output would write over it; name another file with --output"
    ),
    (
      "annotate a.txt --gazetteers lists --output lists/id/people/z.tsv",
      "lists/id/people/z.tsv: is a file of the lists, and --output would write over it; name another file with --output"
    ),
    (
      "gazetteer compile lists --output lists/id/people/z.tsv",
      "lists/id/people/z.tsv: is a list of the folder, and --output would write over it; name another file with --output"
    ),
    (
      "gazetteer compile lists --output lists/neu.tsv",
      "lists/neu.tsv: would be read as a list of lists the next time; name another file with --output"
    ),
    (
      "gazetteer compile lists --into g --output ./g",
      "./g: is the program of --into ('g'), and --output would write over it; name another file with --output"
    ),
    (
      "annotate d --to brat --output d",
      "d: is an input, and --output would write over it; name another file with --output"
    ),
  ]

  @Test(arguments: uses.indices) func whatIsRead(_ i: Int) throws {
    try program.write(Self.article, to: "d/b.txt")
    // A redirection of the shell makes an empty file.
    #expect(
      try program.shell("ln -s a.txt soft.txt && ln a.txt hard.txt && cp $FAKTA_GAZETTEERS g && : > f.tsv").status == 0)
    let before = try files()
    let (command, message) = Self.uses[i]
    refused(try program.shell("$FAKTA \(command)"), message)
    #expect(try files() == before)
  }

  /// An article file of a folder is not what an earlier run has left, although the output has its name.
  @Test(arguments: [
    "annotate d --output d/a.ndjson", "annotate d --stats d/a.ndjson", "facts d --output d/a.ndjson --to ndjson",
    "inspect d --html d/a.ndjson", "annotate d --to csv >> d/a.ndjson", "annotate d --output d/link.ndjson",
    "annotate d --to spacy --output d/a.ndjson", "annotate d --to markdown --output d/a.ndjson",
  ]) func articlesInFolders(_ command: String) throws {
    try program.write(try MadeUpNews.records(3), to: "d/a.ndjson")
    try program.write(Self.article, to: "d/b.txt")
    #expect(try program.shell("ln -s a.ndjson d/link.ndjson").status == 0)
    let before = try files()
    let result = try program.shell("$FAKTA \(command)")
    #expect(result.status == 1 && result.output == "")
    #expect(
      result.errors.contains(": is among the inputs, and not from an earlier run of this command"), "\(result.errors)")
    #expect(try files() == before)
  }

  /// Articles may begin nearly like an output.
  @Test(arguments: [
    ("annotate d --stats d/a.json", "{\n  \"documents\": [{\"text\":\"Satu.\"}]\n}\n"),
    ("facts d --to ndjson --output d/a.ndjson", "{\"document\":\"a\",\"text\":\"Satu.\"}\n"),
    ("annotate d --output d/a.ndjson", "{\"id\":\"1\",\"fakta\":\"1\",\"text\":\"Satu.\"}\n"),
    ("annotate d --to spacy --output d/a.jsonl", "{\"id\":\"1\",\"text\":\"Satu.\",\"tokens\":[]}\n"),
    ("annotate d --to markdown --output d/a.txt", "# Satu\n\nKata **People:** dua.\n"),
    ("annotate d --to conll --output d/a.txt", "# id = satu\nDua tiga.\n"),
    ("facts d --to table --output d/a.txt", "event satu.\n"),
    ("inspect d --html d/a.html", "<!DOCTYPE html>\n<html><body><p>Satu.</p></body></html>\n"),
  ]) func articlesLikeOutputs(_ command: String, _ article: String) throws {
    try program.write(Self.article, to: "d/b.txt")
    let name = try #require(command.split(separator: " ").last.map { String($0) })
    try program.write(article, to: name)
    let result = try program.shell("$FAKTA \(command)")
    #expect(result.status == 1 && result.errors.hasPrefix("fakta: \(name): is among the inputs"), "\(result.errors)")
    #expect(try program.bytes(name) == utf8(article))
  }

  /// The same command a second time replaces what the first has written, and does not read it.
  @Test(arguments: [
    "annotate d --output d/a.ndjson", "annotate d --output d/a.json --to json --pretty",
    "annotate d --output d/a.json.zst --to json", "annotate d --pretty > d/a.ndjson", "annotate d --stats d/a.json > x",
    "annotate d --to spacy --output d/a.jsonl", "annotate d --to webannotation --output d/a.jsonl",
    "annotate d --to conll --output d/a.txt", "annotate d --to timeml --output d/a.txt",
    "annotate d --to markdown --output d/a.txt", "annotate d --to csv --output d/a.txt.gz",
    "facts d --to table --output d/a.txt", "facts d --to tsv --output d/a.txt",
    "facts d --to ndjson --output d/a.ndjson",
    "inspect d --html d/a.html", "annotate d --format text --output d/x", "annotate d --to brat --output d/brat",
  ]) func sameCommandAgain(_ command: String) throws {
    try program.write(MadeUpNews.article(1), to: "d/b.txt")
    let first = try program.shell("$FAKTA \(command)")
    #expect(first.status == 0 && first.errors == "", "\(first.errors)")
    let once = try files()
    #expect(once.count > 2)
    let second = try program.shell("$FAKTA \(command)")
    #expect(second.status == 0 && second.errors == "", "\(second.errors)")
    let twice = try files()
    for (name, data) in once where !command.contains("--stats") { #expect(twice[name] == data, "\(name)") }
    #expect(twice.keys.sorted() == once.keys.sorted())
  }

  /// Where nothing but the output is in a folder, that is said.
  @Test func onlyTheOutputInFolder() throws {
    try program.write(try MadeUpNews.records(3), to: "d/a.ndjson")
    refused(
      try program.run("annotate", "d", "--output", "d/a.ndjson"),
      "d: this folder holds no article but what this command writes, d/a.ndjson; to read that, write to another file")
  }

  /// A folder for brat may lie in an input folder when nothing else is in it.
  @Test func bratFolderWithArticles() throws {
    try program.write(Self.article, to: "d/b.txt")
    try program.write(Self.article, to: "d/brat/c.txt")
    let result = try program.run("annotate", "d", "--to", "brat", "--output", "d/brat")
    refused(
      result,
      "d/brat: is among the inputs, and not from an earlier run of this command, and --output would write over it; "
        + "name another file with --output")
    #expect(!program.exists("d/brat/d%2Fb.txt.txt"))
  }

  /// A record's id may be the name of an input.
  @Test func bratFileThatIsInput() throws {
    try program.write("{\"id\":\"a\",\"text\":\"Lain.\"}\n", to: "b.ndjson")
    let result = try program.run("annotate", "a.txt", "b.ndjson", "--to", "brat", "--output", ".")
    #expect(result.status == 1 && result.errors == "fakta: ./a.txt: is an input as well; name another folder\n")
    #expect(try program.bytes("a.txt") == utf8(Self.article))
  }

  /// A link to an output stays a link; what it leads to is written as a whole.
  @Test func outputBehindLink() throws {
    try program.write("alt", to: "d/x.ndjson")
    #expect(try program.shell("ln -s d/x.ndjson l.ndjson && ln -s d/neu.json l.json").status == 0)
    let result = try program.run("annotate", "a.txt", "--output", "l.ndjson", "--stats", "l.json")
    #expect(result.status == 0 && result.errors == "")
    for name in ["l.ndjson", "l.json"] {
      let path = program.folder.url.appending(path: name).path
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path).hasPrefix("d/"))
    }
    #expect(try program.bytes("d/x.ndjson").starts(with: utf8("{\"fakta\":\"1\"")))
    #expect(try program.bytes("d/neu.json").starts(with: utf8("{\n  \"documents\": 1")))
    #expect(try files().keys.filter { $0.contains(".partial") || $0.contains(".tmp") }.isEmpty)
  }

  /// Who may read an output that is replaced, may read the new one; nobody else.
  @Test func permissionsStay() throws {
    try program.write("KPK tiba.", to: "x.txt")
    let run = try program.shell(
      """
      touch o.ndjson r.html s.json && chmod 600 o.ndjson && chmod 640 r.html && chmod 604 s.json
      $FAKTA annotate x.txt --output o.ndjson --stats s.json && $FAKTA inspect x.txt --html r.html && stat -c %a o.ndjson r.html s.json
      """)
    #expect(run.output == "600\n640\n604\n" && run.status == 0, "\(run.errors)")
  }

  @Test func readOnlyOutputs() throws {
    try program.write("KPK tiba.", to: "x.txt")
    for command in ["annotate x.txt --output o", "inspect x.txt --html o"] {
      let run = try program.shell(
        "echo penting > o; chmod 444 o; \(Program.obedient)$FAKTA \(command); echo $? >&2; cat o; rm -f o")
      #expect(run.output == "penting\n" && run.errors.hasSuffix("Permission denied\n1\n"), "\(run.errors)")
    }
  }
}
