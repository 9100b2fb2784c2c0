import Testing

@testable import Fakta

@Suite struct SpacedHyphenTests {
  /// The tokens, with `|` between those that are written together.
  private func joined(_ text: String) -> String {
    var document = Document()
    document.reset(text: Array(text.utf8))
    document.bytes = Array(text.utf8)
    var stage = TokenizeStage()
    stage.run(on: &document)
    let tokens = document.tokens
    var out = ""
    for i in 0..<tokens.count {
      if i > 0 { out += tokens.attached(i) ? "|" : " " }
      out += String(decoding: document.bytes[Int(tokens.start[i])..<Int(tokens.end[i])], as: UTF8.self)
    }
    return out
  }

  @Test(arguments: [
    ("negara - negara", "negara|-|negara"),
    ("Undang - undang itu", "Undang|-|undang itu"),
    ("teman - temannya", "teman|-|temannya"),
    ("sebanyak - banyaknya", "sebanyak|-|banyaknya"),
    ("dua perusahaan e - commerce", "dua perusahaan e|-|commerce"),
    ("Timnas U - 19 menang", "Timnas U|-|19 menang"), ("rudal S - 400", "rudal S|-|400"),
    ("tahun 1990 - an", "tahun 1990|-|an"), ("laptop 2 - in - 1 baru", "laptop 2|-|in|-|1 baru"),
  ])
  func joins(_ text: String, _ expected: String) { #expect(joined(text) == expected) }

  @Test(arguments: [
    "Jakarta - Warga mengungsi", "Bandung - Bandung", "makan - minum", "A - b", "5 - 6", "- satu", "satu -",
    "satu - - satu", "di - dia", "Grup A - 2017", "tim u - 19", "Seri AB - 12", "5 - Bogor",
  ])
  func leavesDashes(_ text: String) { #expect(!joined(text).contains("-|") && !joined(text).contains("|-|")) }

  @Test func linesStayApart() { #expect(joined("negara -\nnegara") == "negara - negara") }
}
