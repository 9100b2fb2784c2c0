import Foundation
import Testing

@testable import Fakta

@Suite struct HTMLReaderTests {
  /// Every page gives exactly the headline, date and text of the `.txt` beside it.
  @Test(arguments: try InputCorpus.names(in: "html", suffix: ".html"))
  func corpusPage(_ name: String) throws {
    let article = try HTMLReader.read(InputCorpus.bytes("html/\(name)"))
    let found = "title: \(text(article.title) ?? "")\ndate: \(text(article.date) ?? "")\n\n\(text(article.text)!)\n"
    let answer = String(name.dropLast(5)) + ".txt"
    #expect(found == (try InputCorpus.text("html/\(answer)")))
    #expect(!article.isCut)
  }

  @Test func notes() throws {
    func note(_ name: String) throws -> DecodingNote? {
      try HTMLReader.read(InputCorpus.bytes("html/\(name).html")).decodingNote
    }
    #expect(try note("charset-http-equiv-koi8") == .declared("koi8-r"))
    #expect(try note("charset-meta-latin1") == .windows1252)
    #expect(try note("charset-utf16-bom") == .utf16(replaced: 0))
    #expect(try note("charset-wrong-but-utf8") == nil)
    #expect(try note("charset-unknown") == .windows1252)
    #expect(try note("charset-utf7") == .windows1252)
  }

  @Test func nothing() throws {
    #expect(try HTMLReader.read([]) == HTMLArticle())
    #expect(try HTMLReader.read(utf8(" \n")) == HTMLArticle())
  }

  /// Hostile pages take time in proportion to their size; with quadratic time this test would not end.
  @Test(arguments: [
    "<", "<!--", "<div>", "<p>", "<b>", "</b>", "<div></span>", "a", " ", "\0", "&", "&#x41;", "&amp;", "<!---->",
    "<body a", "<table><td>", "<script>", "<article>", "<h1>", "<br>", "\"", "<a href=\"", "<svg>", "<p hidden>x",
    "<main><article><p>x", "<form>", "<time datetime=1>", "<meta name=x content=y>", "<li>", "</p>", "<![CDATA[",
    "<?x ?>",
    "<option>", "<a>", "<div><a href=x>x</a>", "<div class=menu>x", "<title>", "<html x>", "<!DOCTYPE html>", "<pre>\n",
    "\u{A0}", "&nbsp;", "<i></b>",
  ])
  func megabyteOfOneThing(_ piece: String) throws {
    let bytes = [UInt8](Array(repeating: utf8(piece), count: 1_000_000 / piece.utf8.count).joined())
    let clock = ContinuousClock.now
    let article = try HTMLReader.read(bytes)
    #expect(String(validating: article.text, as: UTF8.self) != nil)
    #expect(ContinuousClock.now - clock < .seconds(20), "\(piece)")
  }

  /// So do the JSON-LD scripts, from which an article is taken.
  @Test(arguments: [
    "\"articleBody\":\"", "\"articleBody\":", "\"articleBody\":\"\\\"", "\"articleBody\":\"a\"", "\"", "\\", " ",
  ])
  func megabyteOfLinkedData(_ piece: String) throws {
    let scripts = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
    let clock = ContinuousClock.now
    let article = try HTMLReader.read(utf8("<script type='application/ld+json'>\(scripts)</script><p>Kapal karam.</p>"))
    #expect(text(article.text) == "Kapal karam.")
    #expect(ContinuousClock.now - clock < .seconds(20), "\(piece)")
  }

  @Test func attributesWithoutEnd() throws {
    let attributes = (0..<200_000).map { " a\($0)" }.joined()
    let article = try HTMLReader.read(utf8("<p>satu</p><p\(attributes)>dua</p><p>tiga</p>"))
    #expect(text(article.text) == "satu\n\ndua\n\ntiga")
    let bodies = (0..<100_000).map { "<body a\($0)=1>" }.joined()
    #expect(text(try HTMLReader.read(utf8("<p>satu</p>\(bodies)<p>dua</p>")).text) == "satu\n\ndua")
  }

  @Test func longTextInOneNode() throws {
    let long = String(repeating: "Kapal karam. ", count: 2_000_000)
    let article = try HTMLReader.read(utf8("<p>\(long)</p><p>akhir</p>"))
    #expect(article.text.count == long.utf8.count - 1 + 7)
    let script = "<script>\(String(repeating: "var a = 1;\n", count: 2_000_000))</script><p>akhir</p>"
    #expect(text(try HTMLReader.read(utf8(script)).text) == "akhir")
  }

  @Test(arguments: 0..<8) func randomPagesNeverTrap(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let names = try InputCorpus.names(in: "html", suffix: ".html")
    let samples = try names.map { try InputCorpus.bytes("html/\($0)") }
    for _ in 0..<150 {
      var bytes = samples.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 0..<20, using: &random) where bytes.count > 8 {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(contentsOf: utf8("<>&\"'/=\0-!").randomElement(using: &random).map { [$0] }!, at: index)
        default: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 0..<40, using: &random)))
        }
      }
      let article = try HTMLReader.read(bytes)
      #expect(String(validating: article.text, as: UTF8.self) != nil, "seed \(seed)")
      #expect(String(validating: article.title ?? [], as: UTF8.self) != nil, "seed \(seed)")
    }
  }

  /// Several threads may read at the same time.
  @Test func pagesInParallel() async throws {
    let bytes = try InputCorpus.bytes("html/article-with-everything.html")
    let expected = try HTMLReader.read(bytes)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<64 { group.addTask { (try? HTMLReader.read(bytes)) == expected } }
      for await isEqual in group { #expect(isEqual) }
    }
  }
}
