import Fakta
import FaktaTestSupport
import Testing

@testable import FaktaReport

@Suite struct HTMLReportTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// What stands between the opening tag of the data block and its end.
  private func data(of page: String) throws -> Substring {
    let start = try #require(page.range(of: "<script type=\"application/json\" id=\"data\">")).upperBound
    let end = try #require(page[start...].range(of: "</script>")).lowerBound
    return page[start..<end]
  }

  /// Vectors of FIPS 180-4 and its examples.
  @Test(arguments: [
    ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="),
  ])
  func digest(_ message: String, _ expected: String) {
    #expect(text(SHA256.base64(of: Array(message.utf8))) == expected)
  }

  @Test func digestOfEveryLength() {
    // Padding changes its form at 55, 56 and 64 bytes.
    let digests = (0..<130).map { SHA256.digest(of: [UInt8](repeating: 0x61, count: $0)) }
    #expect(Set(digests).count == 130)
    #expect(digests.allSatisfy { $0.count == 32 })
  }

  @Test func policyForbidsEverythingButThePagesOwnParts() throws {
    let page = text(HTMLReport.page(for: try ReportCorpus.articles()))
    let policy = try #require(page.split(separator: "\n").first { $0.contains("Content-Security-Policy") })
    let style = try #require(page.range(of: "<style>"))
    let styleEnd = try #require(page.range(of: "</style>"))
    let hash = text(SHA256.base64(of: Array(page[style.upperBound..<styleEnd.lowerBound].utf8)))
    #expect(policy.contains("default-src 'none'"))
    #expect(policy.contains("style-src 'sha256-\(hash)'"))
    #expect(policy.contains("require-trusted-types-for 'script'"))
    #expect(!policy.contains("unsafe"))
    #expect(!page.contains("http-equiv=\"refresh\"") && !page.contains(" src=") && !page.contains("@import"))
  }

  /// No article can end the block of data, or open anything in it.
  @Test func dataHoldsNoMarkup() throws {
    var document = ReportDocument()
    for string in try ReportCorpus.injections() {
      document.id = string
      document.meta = [.init(name: string, value: string, isString: true)]
      document.scalars = Array(string.unicodeScalars)
      document.failure = string
      var entity = ReportDocument.Entity()
      entity.name = string
      entity.label = string
      entity.evidence = [string]
      document.entities = [entity]
      let page = text(HTMLReport.page(for: [document, document]))
      let block = try data(of: page)
      #expect(!block.contains("<"))
      #expect(page.components(of: "<script") == 2)
      #expect(throws: Never.self) { try JSONScanner.validate(Array(block.utf8).span) }
    }
  }

  @Test func offsetsCountUTF16() throws {
    let page = text(HTMLReport.page(for: [try ReportCorpus.articles()[2]]))
    // "Festival Bunga 🌸 dibuka Wali Kota Batu Karang": the flower is two units.
    #expect(try data(of: page).contains("\"e\":[[35,11,"))
  }

  @Test func sameDocumentsGiveTheSamePage() throws {
    let articles = try ReportCorpus.articles()
    #expect(HTMLReport.page(for: articles) == HTMLReport.page(for: articles))
  }

  @Test func noDocuments() throws {
    #expect(try data(of: text(HTMLReport.page(for: []))) == #"{"docs":[],"s":[""]}"#)
  }

  /// Many articles, each of them another, give less than four times what they were: short ones, full of names and figures.
  @Test func sizeOfTheReport() throws {
    let texts = try NewsArticles.texts().prefix(100)
    #expect(Set(texts).count == 100)
    var writer = DocumentWriter(lexicon: TestLexicon.shared)
    let articles = try texts.enumerated().map { number, text in
      var json: [UInt8] = []
      writer.append(try TestLexicon.annotate(text), id: Array("a\(number)".utf8), meta: [], to: &json)
      return try ReportCorpus.read(json)
    }
    // The page itself is the same for any number of them.
    let size = HTMLReport.page(for: articles).count - HTMLReport.page(for: []).count
    let given = texts.reduce(0) { $0 + $1.utf8.count }
    #expect(size < 4 * given, "\(size) bytes for \(given)")
  }
}

extension String {
  /// How often `part` occurs.
  fileprivate func components(of part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}

extension StringProtocol {
  /// The first place of `part`; the tests use no Foundation.
  func range(of part: String) -> Range<Index>? {
    let wanted = Array(part.utf8)
    let bytes = Array(utf8)
    guard bytes.count >= wanted.count else { return nil }
    for i in 0...(bytes.count - wanted.count) where bytes[i..<i + wanted.count].elementsEqual(wanted) {
      return utf8.index(startIndex, offsetBy: i)..<utf8.index(startIndex, offsetBy: i + wanted.count)
    }
    return nil
  }
}
