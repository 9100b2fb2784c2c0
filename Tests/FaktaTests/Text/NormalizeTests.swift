import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct NormalizeTests {
  private func normalized(_ text: String) -> Document {
    var document = Document()
    document.reset(text: Array(text.utf8))
    var stage = NormalizeStage()
    stage.run(on: &document)
    return document
  }

  @Test(arguments: [
    ("Tanpa perubahan.", "Tanpa perubahan."),
    ("Kopi &amp; teh", "Kopi & teh"),
    ("Kopi &amp;amp; teh", "Kopi & teh"),
    ("a&nbsp;b", "a\u{A0}b"),
    ("a&amp;nbsp;b", "a\u{A0}b"),
    ("A&B dan &tidak;", "A&B dan &tidak;"),
    ("&#8220;Kami&#x201D;", "“Kami”"),
    ("Ma’ruf", "Ma'ruf"),
    ("Ma&rsquo;ruf", "Ma'ruf"),
    ("&lsquo;Kami&rsquo;", "‘Kami’"),
    ("‘Kami’", "‘Kami’"),
    ("ko\u{AD}ta", "kota"),
    ("ko\u{200B}ta", "kota"),
    ("e\u{301}cole", "école"),
    ("\u{201A}\u{C4}\u{FA}Kami\u{201A}\u{C4}\u{F9}", "“Kami”"),
    ("â€œKami", "“Kami"),
    ("JosÃ©", "José"),
    ("<p>Satu</p><p>Dua</p>", "\n\nSatu\n\n\n\nDua\n\n"),
    ("a<br/>b", "a\nb"),
    ("2 < 3 dan x<y", "2 < 3 dan x<y"),
    ("<b>tebal</b>", "tebal"),
    ("<a href=\"x", "<a href=\"x"),
    ("<rudi@contoh.id> <b>tebal</b>", "<rudi@contoh.id> tebal"),
    ("<script>var a = 1 < 2;</script>isi", "\n\nisi"),
    ("<!-- catatan -->isi", "isi"),
  ])
  func edits(text: String, expected: String) {
    #expect(String(decoding: normalized(text).bytes, as: UTF8.self) == expected)
  }

  /// What was not edited maps to itself, and edits map to the whole of what they replaced.
  @Test func offsetsSurvive() {
    let text = "Kopi &amp;amp; <b>teh</b> Ma’ruf ko\u{AD}ta JosÃ© akhir"
    let document = normalized(text)
    let raw = document.raw
    var tokens = TokenTable()
    Tokenizer().tokenize(document.bytes, into: &tokens)
    let words = (0..<tokens.count).map { i in
      String(
        decoding: raw[document.origin.rawStart(Int(tokens.start[i]))..<document.origin.rawEnd(Int(tokens.end[i]))],
        as: UTF8.self)
    }
    #expect(words == ["Kopi", "&amp;amp;", "teh", "Ma’ruf", "ko\u{AD}ta", "JosÃ©", "akhir"])
  }

  @Test func plainTextIsTheIdentity() {
    #expect(normalized("Rp 5.000 — “kota” … é").origin.isIdentity)
  }

  /// What opens an edit and never closes it stays linear.
  @Test(arguments: ["<", "<a", "&", "&amp", "<script>", "<!--", "\u{201A}\u{C4}", "e\u{301}", "â€"])
  func hostileRepetition(piece: String) {
    let problem = Linearity.problem(piece, bytes: 256_000) { text in
      Linearity.time { _ = normalized(text) }
    }
    #expect(problem == nil)
  }
}
