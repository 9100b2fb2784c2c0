import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// Inputs that nobody would write: no crash, no hang, and the neighbours come out as they would alone.
@Suite struct HostileInputTests {
  /// Named so that a failure says which.
  static let texts: [(name: String, bytes: [UInt8])] =
    [
      "(", "\"", "9", ".", "a", "\0", "“", "9.", "1,", "a.", "Rp", "A ", "- ", "\n", "[", "<", "&", "\u{301}", "İ", "👨‍👩‍👧",
      "juta ",
    ]
    .map { ($0, repeated($0, size)) }
    + [
      ("entities", repeated("&amp;", size)), ("tags", repeated("<p>", size)), ("double", repeated("&amp;nbsp;", size)),
      ("mojibake", repeated("â€œ", size)), ("quotes", repeated("“Ya,” kata Budi. ", size)),
      ("dates", repeated("9/11/2015 ", size)),
      ("names", repeated("Joko Widodo dan ", size)), ("capitals", repeated("PT. ", size)),
      ("lines", repeated("a\r\n", size)),
      ("invalid", [UInt8](repeating: 0xC3, count: size)), ("surrogates", repeated([0xED, 0xA0, 0x80], size)),
      ("empty", []), ("space", repeated(" ", size)), ("nothing", [0xEF, 0xBB, 0xBF]),
      ("utf16", [0xFF, 0xFE] + repeated([0x41, 0x00], size)),
    ]

  /// A debug build walks through some 400 KB a second.
  #if DEBUG
    static let size = 20_000
  #else
    static let size = 1_000_000
  #endif

  static func repeated(_ text: String, _ size: Int) -> [UInt8] { repeated(Array(text.utf8), size) }

  static func repeated(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
    Array(repeatElement(bytes, count: size / max(1, bytes.count)).joined())
  }

  /// Every hostile text as a file of a folder, good articles between them.
  @Test func folderOfHostileFiles() throws {
    let program = try Program()
    for (index, text) in Self.texts.enumerated() {
      try program.write(text.bytes, to: "d/\(1000 + index)-x.txt")
      try program.write(text.bytes, to: "d/\(1000 + index)-y.html")
      try program.write(MadeUpNews.article(index), to: "d/\(1000 + index)-z.txt")
    }
    let result = try program.run("annotate", "d", "--no-text", "--jobs", "2")
    // A file of zeros is no text.
    #expect(result.status == 3 && result.lines.count { $0.contains("\"error\"") } == 2)
    let lines = result.lines
    #expect(lines.count == Self.texts.count * 3)
    for index in Self.texts.indices where index % 8 == 0 {
      let name = "d/\(1000 + index)-z.txt"
      let alone = try program.run("annotate", name, "--no-text")
      #expect(lines[index * 3 + 2] + "\n" == alone.output)
    }
  }

  /// Every file of the JSON corpus and every hostile text as a record, good records between them.
  @Test func hostileRecords() throws {
    let program = try Program()
    let good = String(decoding: try MadeUpNews.records(1), as: UTF8.self)
    var bytes: [UInt8] = []
    var count = 0
    for name in try InputCorpus.names(in: "json", suffix: ".json") {
      let content = try InputCorpus.bytes("json/\(name)")
      // UTF-16 cannot stand in the middle of a file.
      if name.contains("utf16") { continue }
      bytes += content.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 } + [0x0A] + Array(good.utf8)
      count += 1
    }
    for (_, text) in Self.texts.prefix(12) {
      let escaped = String(decoding: text.prefix(20_000), as: UTF8.self).unicodeScalars
        .map { "\\u" + String(String($0.value & 0xFFFF | 0x10000, radix: 16).dropFirst()) }.joined()
      bytes += Array("{\"text\":\"\(escaped)\"}\n".utf8) + Array(good.utf8)
      count += 1
    }
    let clean = try program.run("annotate", input: Array(good.utf8)).output.dropLast()
    let result = try program.run(["annotate", "--format", "ndjson"], input: bytes)
    #expect(result.status == 3)
    #expect(result.lines.count { $0 == clean } == count)
    for line in result.lines {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  /// A line of any length costs only itself.
  @Test func endlessLine() throws {
    let program = try Program()
    let good = try MadeUpNews.records(1)
    let long = utf8("{\"text\":\"") + [UInt8](repeating: 0x61, count: 3 << 20) + utf8("\"}\n")
    try program.write(good + long + good, to: "a.ndjson")
    let result = try program.run("annotate", "a.ndjson", "--max-size", "1M")
    #expect(result.status == 3 && result.lines.count == 3)
    #expect(result.lines[0] == result.lines[2])
    #expect(result.lines[1].contains("\"line-too-long\"") && result.lines[1].contains("\"line\":2"))
    let text = try program.run(["annotate", "--max-size", "1M"], input: [UInt8](repeating: 0x61, count: 3 << 20))
    #expect(text.status == 3 && text.lines.count == 1)
    try program.write([UInt8](repeating: 0x61, count: 3 << 20), to: "b.txt")
    let file = try program.run("annotate", "b.txt", "--max-size", "1M")
    #expect(file.status == 3 && file.output.contains("\"too-large\""))
  }

  /// A text may end anywhere, and what was annotated before it leaves nothing behind: every beginning of an article is annotated as
  /// if it were the first text of the run.
  @Test func beginnings() throws {
    let ends = [
      "Hanya tersisa satu di", "Menurut\n\ndia,", "menurut Dewan Perwakilan Rakyat Daerah Riau dan\nBarat",
      "2 dan 4 Desember 201520.000",
    ]
    let article = try FileIO.read("\(Corpus.root)/docs/example.txt")
    let cuts = article.indices.filter { article[$0] == 0x20 || article[$0] == 0x0A }
    let texts = cuts.map { Array(article[..<$0]) } + ends.map { Array($0.utf8) }
    // Its words are so long that where one of them stood lies behind the end of the next text.
    let long = Self.repeated("mempertanggungjawabkannya ", 20_000)
    var (pipeline, document) = (try Pipeline(lexicon: TestLexicon.shared), Document())
    let fresh = pipeline
    for text in texts {
      document.reset(text: long)
      pipeline.annotate(&document)
      document.reset(text: text)
      pipeline.annotate(&document)
      var (other, first) = (fresh, Document())
      first.reset(text: text)
      other.annotate(&first)
      #expect(json(document) == json(first), "\(String(decoding: text.suffix(60), as: UTF8.self))")
    }
  }

  private func json(_ document: Document) -> String {
    var writer = DocumentWriter(lexicon: TestLexicon.shared, options: .init())
    var json: [UInt8] = []
    writer.append(document, id: [0x78], meta: [], to: &json)
    return String(decoding: json, as: UTF8.self)
  }
}
