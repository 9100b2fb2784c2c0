import Testing

@testable import Fakta

/// Every message of the checker, with its place.
@Suite struct ListCheckerTests {
  private func problems(_ lists: (String, String)...) -> [String] {
    ListChecker.check(lists.map { (path: $0.0, bytes: Array($0.1.utf8)) }).errors.map(\.description)
  }

  private let head = "#! label=ORG\n#! source=hand\n"

  @Test func theToyLanguageIsClean() {
    let report = ListChecker.check(ToyLanguage.lists)
    #expect(report.errors.map(\.description) == [])
    #expect(report.lists == 5)
  }

  @Test(arguments: [
    (
      "name\nA\tb\n",
      ["x.tsv:4:3: 2 columns, the header names 1; separate columns by one tab and leave empty ones empty"]
    ),
    ("name\tname\nA\n", ["x.tsv:3:6: column 'name' stands twice in the header; remove one"]),
    (
      "name\tcolour\nA\n",
      [
        "x.tsv:3: column 'colour' is unknown in a list of names; known are id, name, label, subtype, aliases, country, parent, xref, flags, source"
      ]
    ),
    ("name\taliases\nAb\tCd~shy\n", ["x.tsv:4:7: flag 'shy' is unknown; flags are \(NameFlags.names)"]),
    ("name\taliases\nAb\tCd||E\n", ["x.tsv:4:7: an alias is empty; write alias|alias, or leave the cell empty"]),
    (
      "name\taliases\nA-b\tA B|a.b.\n",
      ["x.tsv:4:5: 'A B' is found as 'A-b' already; delete it: case, hyphens, dots and spacing are the matcher's work"]
    ),
    (
      "name\tsubtype\nAb\tcountry\n",
      [
        "x.tsv:4:4: subtype 'country' is unknown for ORG; known are \(ListChecker.subtypes["ORG"]!.sorted().joined(separator: ", "))"
      ]
    ),
    (
      "name\tlabel\nAb\tDOG\n",
      ["x.tsv:4:4: label 'DOG' is unknown; write PER, LOC or ORG, or set #! label= for the file"]
    ),
    (
      "name\tcountry\nAb\tIna\n",
      ["x.tsv:4:4: country 'Ina' is no ISO 3166 code; write two capital letters, such as ID"]
    ),
    ("name\txref\nAb\tiso\n", ["x.tsv:4:4: cross-reference 'iso' is no key=value; write such as iso=ID-SU;gn=1213642"]),
    (
      "name\tparent\nAb\torg:cd\n",
      [
        "x.tsv:4:4: parent 'org:cd' is the id of no entry; write an id that fakta gazetteer lookup shows, or leave it empty"
      ]
    ),
    ("name\n A\n", ["x.tsv:4:1: column 'name' begins with a space; remove it"]),
    ("name\nA \n", ["x.tsv:4:2: column 'name' ends with a space; remove it"]),
    ("name\nA  b\n", ["x.tsv:4:1: 'A  b' has two spaces in a row; write one"]),
    ("name\tflags\n\thistoric\n", ["x.tsv:4:1: the name is empty; write it or delete the line"]),
    ("name\nA\r\n", ["x.tsv:4:2: the line ends with CR; save the file with LF line ends"]),
    ("name\nA\u{200B}b\n", ["x.tsv:4:2: U+200B is invisible; delete it"]),
    ("name\nA\u{A0}b\n", ["x.tsv:4:2: U+00A0 is a space of another kind; write a plain space"]),
    ("name\nJum\u{2019}at\n", ["x.tsv:4:4: U+2019 is a typographic apostrophe; write ' as the normalised text has it"]),
    (
      "name\nCafe\u{301}\n",
      ["x.tsv:4:4: the text is not in NFC from here on (a letter and its mark are written apart); normalise the file"]
    ),
    ("name\n!!!\n", []),
    ("name\n---\n", []),
    ("name\nA|b\n", ["x.tsv:4:1: 'A|b' has | or ~, which part aliases; write other forms into the column 'aliases'"]),
    (
      "#! colour=red\nname\nA\n",
      [
        "x.tsv:3: directive 'colour' is unknown here; known are id, label, subtype, country, parent, xref, flags, source, table"
      ]
    ),
    ("#! nothing\nname\nA\n", ["x.tsv:3: a directive without '='; write #! key=value"]),
    (
      "colour\nA\n",
      ["x.tsv:3: the header has neither a 'name' column (a list of names) nor a 'form' column (a list of words)"]
    ),
    ("", ["x.tsv: has no header row; write the column names in one line"]),
    (
      "id\tname\na\tAb\na\tCd\na\tEf\n",
      [
        "x.tsv:5:1: id 'a' stands already at x.tsv:4; give one of them another id, or merge the lines",
        "x.tsv:6:1: id 'a' stands already at x.tsv:4; give one of them another id, or merge the lines",
      ]
    ),
    (
      "name\taliases\nAb\tCd\nCd\t\n",
      ["x.tsv:4:4: alias 'Cd' is also the name of the entry at x.tsv:5; flag it ambiguous, or delete one of them"]
    ),
    ("name\taliases\nAb\tCd~ambiguous\nCd\t\n", []),
    ("name\taliases\nAb\tCD~exact-case\nCd\t\n", []),
  ])
  func faults(text: String, expected: [String]) {
    #expect(problems(("x.tsv", head + text)) == expected)
  }

  @Test func ordinaryWordsWantAFlag() {
    let words = ("words.tsv", "#! table=words\nform\tlower\tcapital\nkain\t9\t1\nrusia\t0\t9\n")
    #expect(
      problems(words, ("x.tsv", head + "name\taliases\nKain\tRusia|KAIN~exact-case\nPT Kain\t\n")) == [
        "x.tsv:4:1: 'Kain' is an ordinary word (9 times small, 1 times with a capital); flag it exact-case, common-word or needs-cue"
      ])
  }

  @Test func wordsAreSmall() {
    #expect(
      problems(("x.tsv", "form\tclass\nAb\tx\ncd\tx\ncd\tx\n")) == [
        "x.tsv:2:1: 'Ab' has a capital letter; write forms of word lists in lower case",
        "x.tsv:4:1: the same line stands already at line 3; delete one of them",
      ])
  }

  /// What nothing reads: a slip in the words by which the program knows what a row is for.
  @Test func usesAreKnown() {
    #expect(
      problems(("verbs.tsv", "form\tclass\troot\tvoice\nmakan\tverb\tmakan\tactive\nminum\tverb\tminum\tactiv\n")) == [
        "verbs.tsv:3:18: voice 'activ' is unknown; known are active, bare, intransitive, passive, stative"
      ])
    #expect(problems(("clause-words.tsv", "form\tclass\tuse\nyang\tclause-word\tchnage\n")).count == 1)
  }

  @Test func entriesSayWhatTheyAreAndWhence() {
    #expect(
      problems(("x.tsv", "name\nA\n")) == [
        "x.tsv:1: no entry has a label; write a column 'label' or a line #! label= above the header",
        "x.tsv:1: no entry has a source; write a column 'source' or a line #! source= above the header",
        "x.tsv:2: label '' is unknown; write PER, LOC or ORG, or set #! label= for the file",
      ])
  }

  @Test func bytesThatAreNoText() {
    let report = ListChecker.check([("x.tsv", Array("name\nA".utf8) + [0xC3, 0x28])])
    #expect(report.errors.map(\.description) == ["x.tsv:2:2: is not valid UTF-8 from here on; save the file as UTF-8"])
  }

  @Test func outOfOrderIsAWarning() {
    let rows = (10..<99).map { "x:\($0)\tName\($0)x\n" }.joined()
    let report = ListChecker.check([("x.tsv", Array((head + "id\tname\n" + rows + "x:5\tName\n").utf8))])
    #expect(report.errors.isEmpty)
    #expect(
      report.warnings.map(\.description) == ["x.tsv:93:1: 'x:5' is out of order in a sorted list; move it to its place"]
    )
  }
}
