import Testing

@testable import Fakta

/// Tokens of `text` as strings, with `·` between those that white space parts.
private func tokenized(_ text: String) -> String {
  var tokens = TokenTable()
  let bytes = Array(text.utf8)
  Tokenizer().tokenize(bytes, into: &tokens)
  var out = ""
  for i in 0..<tokens.count {
    if i > 0 {
      out +=
        tokens.gap[i] == TokenGap.none
        ? "|" : tokens.gap[i] == TokenGap.space ? " " : tokens.gap[i] == TokenGap.line ? "\n" : "\n\n"
    }
    out += String(decoding: bytes[Int(tokens.start[i])..<Int(tokens.end[i])], as: UTF8.self)
  }
  return out
}

@Suite struct TokenizerTests {
  @Test(arguments: [
    ("", ""),
    ("Suriah", "Suriah"),
    ("250.000 orang", "250|.|000 orang"),
    ("Rp5 juta", "Rp|5 juta"),
    ("Su-24M", "Su|-|24|M"),
    ("Kompas.com", "Kompas|.|com"),
    ("LiputanIslam.com", "Liputan|Islam|.|com"),
    ("AnandaJakarta (ANTARA) --", "Ananda|Jakarta (|ANTARA|) --"),
    ("Ma'ruf", "Ma'ruf"),
    ("'Kami'", "'|Kami|'"),
    ("tunggu… ya...", "tunggu|… ya|..."),
    ("München–Köln", "München|–|Köln"),
    ("a\u{A0}b", "a b"),
    ("satu\ndua\r\ntiga\n\nempat", "satu\ndua\ntiga\n\nempat"),
    ("iPhone BlackBerry", "iPhone Black|Berry"),
    ("e\u{301}", "e\u{301}"),
    ("5%", "5|%"),
    ("م 东京", "م 东京"),
  ])
  func splits(text: String, expected: String) {
    #expect(tokenized(text) == expected)
  }

  /// The 64-byte blocks leave no seam: the same words at every offset.
  @Test func blockBordersDoNotMatter() {
    let text = "Menteri Perdagangan-Perindustrian 1234567890 Rp5.000 AnandaJakarta ü é Ma'ruf (x) ... -- akhir"
    let expected = tokenized(text)
    for shift in 0..<130 {
      let shifted = tokenized(String(repeating: "a", count: shift) + " " + text)
      #expect(shifted.hasSuffix(expected))
    }
  }

  @Test func hashesIgnoreCaseOnly() {
    func hash(_ text: String) -> UInt64 {
      var tokens = TokenTable()
      Tokenizer().tokenize(Array(text.utf8), into: &tokens)
      return tokens.hash[0]
    }
    #expect(hash("Jakarta") == hash("JAKARTA"))
    #expect(hash("baca juga dan lagi") == hash("baca"))
    #expect(hash("Éire") == hash("éire"))
    #expect(hash("Jakarta") != hash("Jakartb"))
    #expect(hash("pertanggungjawaban") != hash("pertanggungjawabam"))
  }

  @Test func shapes() {
    var tokens = TokenTable()
    Tokenizer().tokenize(Array("DPR Budi kata iPhone É".utf8), into: &tokens)
    #expect(tokens.isAllCaps(0))
    #expect(tokens.isCapitalized(1) && !tokens.isAllCaps(1))
    #expect(!tokens.isCapitalized(2))
    #expect(!tokens.isCapitalized(3))
    #expect(tokens.isCapitalized(4))
  }
}
