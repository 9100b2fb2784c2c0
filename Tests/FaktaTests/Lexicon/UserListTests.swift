import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

@Suite struct UserListTests {
  @Test func namesOnePerLine() throws {
    let lexicon = try ToyLanguage.lexicon(
      adding: [("mine.txt", "\u{FEFF}# mine\r\nNew Krag\r\n  Zork  \r\n\r\n")], label: .person)
    #expect(
      ToyLanguage.hits("new krag zork", in: lexicon) == ["new krag=New Krag(PER)", "krag=Krag(PER)", "zork=Zork(PER)"])
    #expect(lexicon.notices.isEmpty)
  }

  @Test func aDirectiveLabels() throws {
    let lexicon = try ToyLanguage.lexicon(adding: [("mine.txt", "#! label=ORG\nZork\n")], label: .person)
    #expect(ToyLanguage.hits("Zork", in: lexicon) == ["Zork=Zork(ORG)"])
  }

  @Test func tables() throws {
    let lexicon = try ToyLanguage.lexicon(adding: [
      ("mine.tsv", "name\tlabel\taliases\tflags\nZork Inc\tORG\tZI~exact-case|Zorkers\t\n"),
      ("more.tsv", "form\tclass\nglib\tspeech rude\n"),
    ])
    #expect(ToyLanguage.hits("zi ZI Zorkers", in: lexicon) == ["ZI=ZI(ORG)", "Zorkers=Zorkers(ORG)"])
    #expect(ToyLanguage.hits("glib", in: lexicon) == ["glib=glib(speech rude)"])
    // A new word has classes like a built-in one.
    #expect(lexicon.classes(ofWord: lexicon.wordID("glib")).intersects(lexicon.wordClass("speech")))
    #expect(!lexicon.wordClass("rude").isEmpty)
    #expect(lexicon.rows(table: "names").count == 6)
  }

  /// The user's name takes the place of built-in ones that are written the same; words of other lists stay.
  @Test func theUserWins() throws {
    let lexicon = try ToyLanguage.lexicon(adding: [("mine.txt", "Vurtland\nPlok\n")], label: .organization)
    #expect(ToyLanguage.hits("Vurtland", in: lexicon) == ["Vurtland=Vurtland(ORG)"])
    #expect(ToyLanguage.hits("Plok", in: lexicon) == ["Plok=plok(office head)", "Plok=Plok(ORG)"])
    #expect(lexicon.classNames(of: lexicon.classes(ofWord: lexicon.wordID("vurtland"))) == ["name-org"])
  }

  @Test func anIdReplacesTheEntry() throws {
    let lexicon = try ToyLanguage.lexicon(adding: [("mine.tsv", "id\tname\tlabel\nplace:vurtland\tVurtia\tLOC\n")])
    #expect(ToyLanguage.hits("Vurtland VL Vurtia", in: lexicon) == ["Vurtia=Vurtia(LOC)"])
  }

  @Test(arguments: [
    // A canonical name goes with its aliases, an alias alone, an id with all, a word from the word lists.
    ("!Vurtland", "Vurtland VL UVL", []),
    ("!VL", "Vurtland VL", ["Vurtland=Vurtland(LOC)"]),
    ("!place:vurtland", "Vurtland VL", []),
    ("!zim", "zim plok", ["plok=plok(office head)"]),
    ("!bel krag", "Bel Krag Krag", []),
  ])
  func linesThatRemove(line: String, text: String, expected: [String]) throws {
    let lexicon = try ToyLanguage.lexicon(adding: [("mine.txt", line + "\n")], label: .person)
    #expect(ToyLanguage.hits(text, in: lexicon) == expected)
    #expect(lexicon.notices.isEmpty)
  }

  @Test func aRemovalThatRemovesNothingIsSaid() throws {
    let lexicon = try ToyLanguage.lexicon(adding: [("mine.txt", "Zork\n!Nobody Here\n!per:nobody\n")], label: .person)
    #expect(
      lexicon.notices.map(\.description) == [
        "mine.txt:2: '!Nobody Here' removes nothing: no built-in list has it; fakta gazetteer lookup shows what is there",
        "mine.txt:3: '!per:nobody' removes nothing: no built-in list has it; fakta gazetteer lookup shows what is there",
      ])
  }

  @Test(arguments: [
    (
      "Zork\n",
      "mine.txt:1: these names have no label; give --add-label PER, LOC or ORG, or begin the file with the line: #! label=PER"
    ),
    (
      "#! label=PER\nZork\tx\n",
      "mine.txt:2:5: a tab in a file of one name per line; a table begins with its header row, such as: name, aliases, flags"
    ),
    (
      "name\tlabel\nZork\tDOG\n",
      "mine.txt:2:6: label 'DOG' is unknown; write PER, LOC or ORG, or set #! label= for the file"
    ),
    (
      "name\tlabel\tflags\nZork\tPER\tshy\n",
      "mine.txt:2:10: flag 'shy' is unknown; flags are ambiguous, common-word, exact-case, foreign, historic, needs-cue, person-part"
    ),
    (
      "#! table=words\nform\tlower\nx\t1\n",
      "mine.txt: statistics of words cannot be added; add lists of names or words"
    ),
  ])
  func faults(text: String, message: String) throws {
    let error = #expect(throws: LexiconError.self) { try ToyLanguage.lexicon(adding: [("mine.txt", text)]) }
    #expect(error?.description == message)
  }

  @Test func bytesThatAreNoText() throws {
    var lists = UserLists(label: .person)
    let error = #expect(throws: LexiconError.self) { try lists.add(bytes: [0x41, 0xFF], path: "mine.txt") }
    #expect(error?.description == "mine.txt: is not valid UTF-8; save it as UTF-8")
  }

  /// Names are brought into NFC, as the article is.
  @Test func lettersWithMarks() throws {
    let lexicon = try ToyLanguage.lexicon(adding: [("mine.txt", "Zo\u{0308}rk\n")], label: .person)
    #expect(ToyLanguage.hits("Zörk Zo\u{0308}rk", in: lexicon).count == 2)
  }

  /// The article's apostrophes are plain ones when its names are looked up.
  @Test func typographicApostrophes() throws {
    let lexicon = try ToyLanguage.lexicon(adding: [("mine.txt", "Zo\u{2019}rk\n")], label: .person)
    #expect(ToyLanguage.hits("Zo'rk", in: lexicon).count == 1)
  }

  /// A fact is one JSON object: its slots have names that nothing else in it has.
  @Test(arguments: [
    ("kind=a", "mine.rules:3: the slot 'kind' is a member of every fact; give it another name"),
    ("a, a", "mine.rules:3: the slot 'a' stands twice; give it another name"),
  ])
  func slotNames(slots: String, message: String) throws {
    let rule = "rule r\n  find a:<name-per> b\n  gives x(\(slots))\n  yes Zork b\n  no b\n"
    var compiler = LexiconCompiler()
    let error = #expect(throws: LexiconError.self) {
      try compiler.addRules(bytes: Array(rule.utf8), path: "mine.rules")
    }
    #expect(error?.description == message)
  }

  /// A run that goes on must have the same lists, those lines included that only take away.
  @Test func fingerprints() throws {
    let texts = ["Zork\n", "Zork\n!VL\n", "Zork\n!Vurtland\n"]
    let prints = try texts.map { try ToyLanguage.lexicon(adding: [("mine.txt", $0)], label: .person).fingerprint }
    #expect(Set(prints).count == 3)
  }

  /// The built-in lists leave classes for those of users.
  @Test func roomForClasses() throws {
    let count = TestLexicon.shared.base.classList.count
    #expect(count <= ClassSet.capacity - 16, "\(count) of \(ClassSet.capacity) classes")
  }

  /// Subtypes that no rule asks for are classes only if a stage is known to ask for them.
  @Test func subtypesOfStages() throws {
    var asked: Set<String> = []
    let files = try #require(FileManager.default.enumerator(atPath: "\(Corpus.root)/Sources/Fakta"))
    for case let file as String in files where file.hasSuffix(".swift") && !file.contains("LexiconCompiler") {
      let source = String(decoding: try FileIO.read("\(Corpus.root)/Sources/Fakta/\(file)"), as: UTF8.self)
      for part in source.components(separatedBy: "\"sub-").dropFirst() {
        asked.insert("sub-" + part.prefix { $0 != "\"" })
      }
    }
    #expect(asked == LexiconCompiler.subtypesOfStages)
    for name in asked { #expect(!TestLexicon.shared.wordClass(name).isEmpty) }
  }
}
