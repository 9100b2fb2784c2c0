import Foundation
import Testing

@testable import Fakta

@Suite struct TextDecodingTests {
  private func decode(_ bytes: [UInt8]) -> (text: [UInt8], note: DecodingNote?) {
    var bytes = bytes
    let note = TextDecoding.decode(&bytes)
    return (bytes, note)
  }

  @Test(arguments: ["", "a", "Café — 😀 İ e\u{301} \u{0}", "\u{10FFFF}\u{D7FF}\u{E000}"])
  func validTextStays(_ text: String) {
    #expect(decode(utf8(text)) == (utf8(text), nil))
    #expect(decode([0xEF, 0xBB, 0xBF] + utf8(text)) == (utf8(text), nil))
  }

  @Test(arguments: ["", "a", "Café — 😀", "İstanbul\r\n"])
  func utf16(_ text: String) {
    let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(decode([0xFF, 0xFE] + little) == (utf8(text), .utf16(replaced: 0)))
    #expect(decode([0xFE, 0xFF] + big) == (utf8(text), .utf16(replaced: 0)))
  }

  @Test func brokenUTF16() {
    #expect(decode([0xFF, 0xFE, 0x3D, 0xD8, 0x41, 0]) == (utf8("\u{FFFD}A"), .utf16(replaced: 1)))
    #expect(decode([0xFF, 0xFE, 0x00, 0xDE]) == (utf8("\u{FFFD}"), .utf16(replaced: 1)))
    #expect(decode([0xFF, 0xFE, 0x41, 0, 0x42]) == (utf8("A\u{FFFD}"), .utf16(replaced: 1)))
  }

  @Test func windows1252() {
    #expect(decode([0x93, 0x61, 0x94, 0x20, 0xE9, 0x80, 0x81]) == (utf8("“a” é€\u{81}"), .windows1252))
    #expect(decode(utf8("caf") + [0xE9]) == (utf8("café"), .windows1252))
  }

  @Test func fewBrokenSequences() {
    #expect(decode(utf8("—é—") + [0xFF] + utf8("!")) == (utf8("—é—\u{FFFD}!"), .replaced(1)))
    #expect(decode(utf8("cut off ") + [0xE2, 0x80]) == (utf8("cut off \u{FFFD}"), .replaced(1)))
    #expect(
      decode(utf8("éééé") + [0xED, 0xA0, 0x80]) == (utf8("éééé\u{FFFD}\u{FFFD}\u{FFFD}"), .replaced(3)))
    #expect("\(DecodingNote.replaced(2))" == "2 broken UTF-8 sequences became U+FFFD")
  }

  /// The fast check agrees with the standard library on edits of valid text, at every alignment.
  @Test(arguments: 0..<6) func checkAgreesWithTheStandardLibrary(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let pieces: [[UInt8]] =
      ["a", "é", "—", "😀", "İ", "kapal penumpang karam di selat"].map(utf8)
      + [
        [0x80], [0xC0], [0xE2, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80],
      ]
    for _ in 0..<4000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        bytes += pieces[Int.random(in: 0..<(Bool.random(using: &random) ? 6 : pieces.count), using: &random)]
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      let isValidHere = TextDecoding.isValidUTF8(bytes.span)
      #expect(isValidHere == isValid, "\(bytes)")
      let decoded = decode(bytes)
      #expect((decoded.note == nil) == isValid)
      #expect(String(validating: decoded.text, as: UTF8.self) != nil)
      if case .replaced = decoded.note {
        #expect(decoded.text == utf8(String(decoding: bytes, as: UTF8.self)))
      }
    }
  }
}
