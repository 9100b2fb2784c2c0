import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// All faults of lists and rules at once, in the order of files and lines.
@Suite struct GazetteerCheckTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.url.appending(path: "toy"), withIntermediateDirectories: true)
    for list in ToyLanguage.lists { _ = try folder.write(list.bytes, to: list.path) }
  }

  private func path(_ name: String) -> String { folder.url.appending(path: name).path }

  /// Checks the folder; paths without it.
  private func problems() throws -> [String] {
    try GazetteerCheck().check([folder.url.path]).errors.map {
      "\($0)".replacingOccurrences(of: "\(folder.url.path)/", with: "")
    }
  }

  static let rules = """
    rule one
      find  x:<chief> <office> zim
      gives one(x)
      yes   Plok zim.
      no    Zim.
    rule two
      find  <office (zim
      gives two()
      yes   Plok zim.
    rule three
      find  x:plok? <office role=high>
      gives three(x, kind=x)
      yes   Plok zim.
      no    Zim.

    """

  @Test func allFaultsOfRules() throws {
    _ = try folder.write(utf8(Self.rules), to: "toy/a.rules")
    #expect(
      try problems() == [
        "toy/a.rules:2:11: no list has the class 'chief'; correct it, or add a list with #! class=chief",
        "toy/a.rules:6: rule 'two' has no 'no' line; add a similar sentence that it must leave alone",
        "toy/a.rules:7:9: '<' is not closed; write '>'",
        "toy/a.rules:12: the slot 'kind' is a member of every fact; give it another name",
      ])
  }

  /// Faults of lists hide none of rules, and the classes of a list with faults are known.
  @Test func faultsOfListsAndRules() throws {
    _ = try folder.write(utf8(Self.rules), to: "toy/a.rules")
    _ = try folder.write(utf8(ToyLanguage.words + "\tspeech\n"), to: "toy/cues.tsv")
    let found = try problems()
    #expect(
      found.map { $0.split(separator: ":").prefix(2).joined(separator: ":") } == [
        "toy/a.rules:2", "toy/a.rules:6", "toy/a.rules:7", "toy/a.rules:12", "toy/cues.tsv:5",
      ])
    #expect(found[0].contains("no list has the class 'chief'"))
    #expect(try GazetteerCheck().check([folder.url.path]).summary.hasSuffix("wait until the lists have no errors"))
  }

  /// What a user's file may be is what `--add` takes: what only the project must not do is a warning, or nothing.
  @Test(arguments: [
    ("#! class=rude\nform\nGlib\n", [], []),
    ("form\tclass\nglib\trude\n", [], []),
    ("#! table=clitics\n#! match=no\nform\tstem\nxi\tany\n", [], []),
    (
      "#! clas=rude\nform\nglib\n", ["1: directive 'clas' is unknown here; known are table, class, kind, match, form"],
      []
    ),
    (
      "form\nglib\n",
      [
        "1: these words have no class, by which rules ask for them; write a line #! class=NAME above the header, or a column 'class'"
      ], []
    ),
    (
      "# a\n#! class=ru de!\nform\nglib\n",
      ["2: 'de!' is no class name; use letters, digits and hyphens, and a space between two classes"], []
    ),
    (
      "form\tclass\nglib\trude\nglab\tru/de\n",
      ["3:6: 'ru/de' is no class name; use letters, digits and hyphens, and a space between two classes"], []
    ),
    (
      "#! table=words\nform\tlower\nglib\t1\n",
      [": statistics of words cannot be added; add lists of names or words"], []
    ),
    ("#! class=rude\nglib\n", ["2: a list of words has a header row; write the line 'form' above this one"], []),
    ("# nothing\n", [], [": holds no entry; write one per line, or leave the file out"]),
    ("#! class=rude\nform\n", [], ["2: no row stands below the header; write one per line"]),
    (
      "name\tlabel\talias\nZork\tPER\tZ\n", [],
      [
        "1: column 'alias' is unknown in a list of names; known are id, name, label, subtype, aliases, country, parent, xref, flags, source"
      ]
    ),
    (
      "name\tlabel\tflags\nZork\tDOG\t\nZ  b\tPER\tshy\n",
      [
        "2:6: label 'DOG' is unknown; write PER, LOC or ORG, or set #! label= for the file",
        "3:10: flag 'shy' is unknown; flags are \(NameFlags.names)",
      ], ["3:1: 'Z  b' has two spaces in a row; write one"]
    ),
    (
      "Zork\nZark\n",
      [
        "1: these names have no label; give --add-label PER, LOC or ORG, or begin the file with the line: #! label=PER"
      ], []
    ),
  ])
  func ownLists(text: String, errors: [String], warnings: [String]) throws {
    let list = try folder.write(utf8(text), to: "mine.tsv")
    var check = GazetteerCheck()
    check.gazetteers = try toyImage()
    let report = try check.check([list])
    func short(_ problems: [LexiconError]) -> [String] {
      problems.map { "\($0)".dropFirst(list.count).description }.map {
        $0.first == ":" && $0.dropFirst().first != " " ? "\($0.dropFirst())" : $0
      }
    }
    #expect(short(report.errors) == errors)
    #expect(short(report.warnings) == warnings)
    // What is refused here is refused by --add, with one of the messages.
    if errors.isEmpty {
      #expect(try ToyLanguage.lexicon(adding: [(list, text)]).notices.count <= warnings.count)
    } else {
      let error = #expect(throws: LexiconError.self) { try ToyLanguage.lexicon(adding: [(list, text)]) }
      #expect(error.map { report.errors.contains($0) } == true, "\(error.map { "\($0)" } ?? "")")
    }
  }

  /// The compiled toy language, as a file.
  private func toyImage() throws -> String {
    let image = try ToyLanguage.image()
    return try withExtendedLifetime(image) { try folder.write(Array(image.memory), to: "toy.image") }
  }

  /// Files are checked together, and those of a folder that is no language are a user's.
  @Test func ownRulesAskForOwnLists() throws {
    _ = try folder.write(utf8("#! class=rude\nform\nglib\n"), to: "mine.tsv")
    _ = try folder.write(
      utf8("rule a\n  find x:<rude> <nobody>\n  gives a(x)\n  yes Glib.\n  no Zim.\n"), to: "mine.rules")
    var check = GazetteerCheck()
    check.gazetteers = try toyImage()
    let expected = ["2:17: no list has the class 'nobody'; correct it, or add a list with #! class=nobody"]
    #expect(
      try check.check([path("mine.rules"), path("mine.tsv")]).errors.map { "\($0.line):\($0.column): \($0.reason)" }
        == expected)
    check.adding = [path("mine.tsv")]
    #expect(try check.check([path("mine.rules")]).errors.count == 1)
    let own = try TemporaryFolder()
    for name in ["mine.tsv", "mine.rules"] { _ = try own.write(try FileIO.read(path(name)), to: name) }
    #expect(try check.check([own.url.path]).errors.count == 1)
  }

  @Test func whatIsNotThere() throws {
    let missing = #expect(throws: LexiconError.self) { try GazetteerCheck().check([path("none")]) }
    #expect(missing?.reason == "cannot be read: No such file or directory")
    let empty = try TemporaryFolder()
    let error = #expect(throws: LexiconError.self) { try GazetteerCheck().check([empty.url.path]) }
    #expect(error?.reason.hasPrefix("holds no .tsv lists") == true)
    let folder = #expect(throws: LexiconError.self) { try ListFolder.compile(path("none")) }
    #expect(
      folder?.reason == "is no folder; name the folder gazetteers/ of the project, or lists of your own")
  }
}
