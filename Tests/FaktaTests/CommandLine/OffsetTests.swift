import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// For every span of every layer, the text from `start` to `end` is the span's text, whatever the article is and
/// whatever the offsets count.
@Suite struct OffsetTests {
  static let seed: UInt64 = 448

  /// Pieces of which random articles are made.
  private static let pieces =
    [
      "Jakarta", "Presiden Joko Widodo", " ", "  ", "\n", "\n\n", "\r\n", "\t", "250.000 orang", "Rp5,5 miliar",
      "9 November 2015",
      "kemarin", "(9/11/2015)", "“", "”", "\"", "'", "kata", "&amp;", "&nbsp;", "&amp;nbsp;", "&#8220;", "<p>", "</p>",
      "<br/>",
      "<b", "é", "e\u{301}", "İ", "ı", "😀", "👨‍👩‍👧", "\u{200B}", "\u{00AD}", "\u{FEFF}", "\0", "\u{FFFD}", "â€œ", "Ã©",
      "北京", "ﷺ", "ﬁ",
      "Kementerian Luar Negeri", "PT. Antam Tbk.", "kota.Kepala", "tewas", "\u{A0}", "—", "–", "…", "...",
      "Indonesialah",
      "Baca juga: ", "SCROLL TO CONTINUE WITH CONTENT", "(ba)", "Damaskus, LiputanIslam.com —", "kedua", "juta",
      "Su-24M", "9", ".", ",",
    ]

  private static func randomTexts(_ count: Int) -> [String] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      let length = Int.random(in: 1..<60, using: &random)
      return (0..<length).map { _ in
        pieces.randomElement(using: &random)! + (Bool.random(using: &random) ? " " : "")
      }.joined()
    }
  }

  @Test func everySpanIsItsText() throws {
    let news = (0..<10).map(MadeUpNews.article)
    let hostile = HostileInputTests.texts.map { text in
      var bytes = Array(text.bytes.prefix(3000))
      _ = TextDecoding.decode(&bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    #if DEBUG
      let texts = news + Self.randomTexts(150) + hostile + (try NewsArticles.texts().prefix(40))
    #else
      let texts = news + Self.randomTexts(3000) + hostile + (try NewsArticles.texts())
    #endif
    var pipeline = try Pipeline(lexicon: TestLexicon.shared)
    var document = Document()
    var spans = 0
    for text in texts {
      document.includesBoilerplate = spans % 2 == 0
      document.reset(text: Array(text.utf8))
      pipeline.annotate(&document)
      for unit in OffsetUnit.allCases {
        var options = DocumentWriter.Options()
        options.offsets = unit
        var writer = DocumentWriter(lexicon: TestLexicon.shared, options: options)
        var json: [UInt8] = []
        writer.append(document, id: [0x78], meta: [], to: &json)
        let object = try #require(
          try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any], "\(text.debugDescription)")
        // Foundation takes byte order marks away at the beginning of a string and behind escapes; the writer does not.
        let found = (object["text"] as? String)?.unicodeScalars.filter { $0 != "\u{FEFF}" }
        #expect(found.map(Array.init) == Array(text.unicodeScalars.filter { $0 != "\u{FEFF}" }))
        let units = Units(text, unit)
        spans += check(object, units, text)
      }
    }
    #expect(spans > 5000)
  }

  /// The text in units of some kind.
  private struct Units {
    let unit: OffsetUnit
    let scalars: [Unicode.Scalar]
    let utf16: [UInt16]
    let utf8: [UInt8]

    init(_ text: String, _ unit: OffsetUnit) {
      self.unit = unit
      scalars = Array(text.unicodeScalars)
      utf16 = Array(text.utf16)
      utf8 = Array(text.utf8)
    }

    var count: Int {
      switch unit {
      case .codepoint: scalars.count
      case .utf16: utf16.count
      case .utf8: utf8.count
      }
    }

    /// Whether the units from `start` to `end` are `text`.
    func has(_ start: Int, _ end: Int, _ text: String) -> Bool {
      guard start >= 0, start <= end, end <= count else { return false }
      return switch unit {
      case .codepoint: scalars[start..<end].elementsEqual(text.unicodeScalars)
      case .utf16: utf16[start..<end].elementsEqual(text.utf16)
      case .utf8: utf8[start..<end].elementsEqual(text.utf8)
      }
    }
  }

  /// Checks all objects with a start, an end and a text; returns how many there are.
  private func check(_ value: Any, _ units: Units, _ text: String) -> Int {
    if let list = value as? [Any] { return list.reduce(0) { $0 + check($1, units, text) } }
    guard let object = value as? [String: Any] else { return 0 }
    var count = object.values.reduce(0) { $0 + check($1, units, text) }
    if let start = object["start"] as? Int, let end = object["end"] as? Int {
      let surface = object["text"] as? String
      let holds = surface.map { units.has(start, end, $0) } ?? (start >= 0 && start <= end && end <= units.count)
      #expect(holds, "\(object) in \(text.debugDescription), seed \(Self.seed)")
      count += 1
    }
    return count
  }
}
