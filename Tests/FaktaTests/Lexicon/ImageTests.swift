import FaktaTestSupport
import Glibc
import Testing

@testable import Fakta

@Suite struct ImageTests {
  private func bytes() throws -> [UInt8] {
    var compiler = LexiconCompiler()
    for list in ToyLanguage.lists { try compiler.add(bytes: list.bytes, path: list.path) }
    return compiler.image()
  }

  private func temporary(_ bytes: [UInt8]) throws -> String {
    let path = "/tmp/fakta-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    try FileIO.write(bytes, to: path)
    return path
  }

  @Test func theSameListsGiveTheSameBytes() throws {
    #expect(try bytes() == bytes())
  }

  @Test(arguments: [
    ("short", "this is no compiled gazetteer file (5 bytes)"), ("", "this is no compiled gazetteer file (0 bytes)"),
  ])
  func filesThatAreNone(text: String, message: String) throws {
    let path = try temporary(Array(text.utf8))
    defer { unlink(path) }
    let error = #expect(throws: LexiconError.self) { try LexiconImage.open(path: path) }
    #expect(error?.description == "\(path): \(message); compile the lists again: fakta gazetteer compile")
  }

  /// What is done to the bytes, and what is said then.
  @Test(arguments: [
    ("cut", "it was cut short or appended to"), ("appended", "it was cut short or appended to"),
    ("magic", "this is no compiled gazetteer file"),
    ("older", "the file has format 1, this program reads format \(LexiconImage.version)"),
    ("newer", "the file has format 99, this program reads format \(LexiconImage.version)"),
    ("foreign", "the file was compiled on a machine of the other byte order"), ("endian", "the header is damaged"),
    ("table", "the section table is damaged (checksum)"),
  ])
  func headersThatAreRefused(damage: String, message: String) throws {
    var image = try bytes()
    switch damage {
    case "cut": image.removeLast(64)
    case "appended": image.append(0)
    case "magic": image[0] = 0
    case "older": image[8] = 1
    case "newer": image[8] = 99
    case "foreign": image.replaceSubrange(12..<16, with: image[12..<16].reversed())
    case "endian": image[12] ^= 0x40
    default: image[LexiconImage.headerSize + 9] ^= 1
    }
    let error = #expect(throws: LexiconError.self) { try LexiconImage(bytes: image, source: "x") }
    let text = error?.description ?? ""
    #expect(text.contains(message) && text.hasSuffix("; compile the lists again: fakta gazetteer compile"), "\(text)")
  }

  /// Every single flipped bit of the sections is noticed by the check that runs beside the first document.
  @Test func flippedBitsAreNoticed() throws {
    let image = try bytes()
    let path = try temporary(image)
    defer { unlink(path) }
    let whole = try LexiconImage.open(path: path)
    whole.startVerification()
    try whole.finishVerification()
    let table = (0..<Int(image[32])).map { i in
      image.withUnsafeBytes { raw in
        let at = LexiconImage.headerSize + i * LexiconImage.tableRow
        let offset = Int(raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
        return offset..<offset + Int(raw.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self))
      }
    }
    for range in table where !range.isEmpty {
      for at in [range.lowerBound, (range.lowerBound + range.upperBound) / 2, range.upperBound - 1] {
        var damaged = image
        damaged[at] ^= 1 << UInt8(at % 8)
        let path = try temporary(damaged)
        defer { unlink(path) }
        let error = #expect(throws: LexiconError.self) { try LexiconImage.open(path: path).finishVerification() }
        #expect(
          error?.reason.hasSuffix("is damaged (checksum); compile the lists again: fakta gazetteer compile") == true)
      }
    }
  }

  @Test func imagesInsideAProgram() throws {
    let program = try temporary(Array("not really a program".utf8))
    defer { unlink(program) }
    #expect(try AppendedImage.open(program: program) == nil)
    let image = try bytes()
    for _ in 0..<2 { try FileIO.write(try AppendedImage.append(image, to: program), to: program) }
    let both = try FileIO.read(program)
    #expect(both.count == AppendedImage.alignment + image.count + AppendedImage.trailerSize)
    let opened = try #require(try AppendedImage.open(program: program))
    try opened.finishVerification()
    #expect(ToyLanguage.hits("Vurtland", in: Lexicon(image: opened)) == ["Vurtland=Vurtland(LOC)"])

    var damaged = both
    damaged[both.count - 20] ^= 1
    try FileIO.write(damaged, to: program)
    let error = #expect(throws: LexiconError.self) { try AppendedImage.open(program: program) }
    #expect(
      error?.description
        == "\(program): the lists appended to the program are damaged; copy the program again, or name others with --gazetteers"
    )
  }

  @Test func thePlacesAreTriedInOrder() throws {
    let error = #expect(throws: LexiconError.self) { try Lexicon.load(executable: "/nowhere/bin/fakta") }
    #expect(
      error?.description == """
        gazetteers: no compiled lists were found; run make, or name a compiled file or a folder of lists with --gazetteers. Places tried:
          --gazetteers: not given
          $FAKTA_GAZETTEERS: not set
          /nowhere/bin/fakta: no lists appended
          /nowhere/share/fakta/gazetteers.fakta: no such file
        """)
    #expect(
      Lexicon.placesBeside("/x/.build/release/fakta") == [
        "/x/.build/share/fakta/gazetteers.fakta", "/x/.build/fakta.gazetteers",
      ])
    let named = #expect(throws: LexiconError.self) {
      try Lexicon.load(gazetteers: "/nowhere/lists", environment: "/also/nowhere")
    }
    #expect(
      named?.description
        == "/nowhere/lists: cannot be opened: No such file or directory; name a compiled file or a folder of lists")
    let path = try temporary(try bytes())
    defer { unlink(path) }
    #expect(try Lexicon.load(executable: "/nowhere/bin/fakta", environment: path).wordCount > 5)
    let label = #expect(throws: LexiconError.self) {
      try Lexicon.load(gazetteers: path, adding: ["x"], addLabel: "DOG")
    }
    #expect(label?.description == "--add-label: label 'DOG' is unknown; write PER, LOC or ORG")
  }

  /// Damaged images find less or nonsense; they never stop the program or read what is not theirs. To be run with
  /// `swift test --sanitize=address --filter ImageTests` too: the image lies in memory of its own size.
  @Test(arguments: Array(1...40)) func damagedImagesDoNoHarm(seed: Int) throws {
    var numbers = SeededRandom(seed: UInt64(seed))
    func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &numbers) }
    let whole = try bytes()
    for _ in 0..<25 {
      var image = whole
      for _ in 0..<(1 + random(12)) {
        let at = 40 + random(image.count - 40)
        switch random(4) {
        case 0: image[at] = 0xFF
        case 1: for k in at..<min(image.count, at + 8) { image[k] = 0xFF }
        case 2: image[at] ^= 1 << UInt8(random(8))
        default: image[at] = UInt8(random(256))
        }
      }
      if random(3) == 0 {
        image.removeLast(random(image.count / 2) & ~63)
        withUnsafeBytes(of: UInt64(image.count)) { image.replaceSubrange(16..<24, with: $0) }
      }
      // A table that is damaged and has the right sum all the same: the worst that can come.
      let end = LexiconImage.headerSize + Int(image[32]) * LexiconImage.tableRow
      if end <= image.count {
        let sum = image[32..<end].withUnsafeBytes { LexiconImage.checksum($0) }
        withUnsafeBytes(of: sum) { image.replaceSubrange(24..<32, with: $0) }
      }
      guard let opened = try? LexiconImage(bytes: image, source: "damaged") else { continue }
      readEverything(LexiconData(image: opened), seed)
    }
  }

  private func readEverything(_ data: LexiconData, _ seed: Int) {
    let text = "Vurtland Al-Krag krag mont bel Bel K. plok mont zim Vurtlandxo U.V.L. VL ~ … "
    var lexicons = [Lexicon(base: data, user: nil)]
    var lists = UserLists(label: .person)
    try? lists.add(bytes: Array("Zork Krag\nMont\n!Vurtland\n!place:al-krag\n!zim\n".utf8), path: "mine.txt")
    if let lexicon = try? lists.lexicon(over: LexiconData(image: data.image)) { lexicons.append(lexicon) }
    for lexicon in lexicons {
      _ = ToyLanguage.hits(text, in: lexicon)
      var lookup = LexiconLookup(lexicon: lexicon)
      _ = lookup.report(text)
      for table in Set(lexicon.lists.map(\.table)) {
        for row in lexicon.rows(table: table).prefix(50) {
          for column in ["name", "id", "label", "class", "source", "form"] { _ = lexicon.cell(row, column) }
          _ = (lexicon.place(of: row), lexicon.classes(of: row), lexicon.label(of: row), lexicon.nameBytes(row).count)
        }
      }
      for state in (0..<UInt32(200)).map({ $0 &* UInt32(seed) }) + [UInt32.max, UInt32.max >> 3] {
        _ = (
          lexicon.listings(at: state), lexicon.classes(at: state), lexicon.classes(ofWord: state),
          lexicon.caseTendency(ofWord: state)
        )
      }
      _ = lexicon.rules.problems(in: lexicon)
    }
  }
}
