import Testing

@testable import Fakta

/// What is written through pointers is what a loop over single bytes and the standard library would write.
@Suite struct JSONBufferTests {
  private static func json(_ write: (inout JSONBuffer) -> Void) -> String {
    var buffer = JSONBuffer(JSONMemory(capacity: 1))
    write(&buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    var out = "\""
    for byte in bytes {
      switch byte {
      case 0x22: out += "\\\""
      case 0x5C: out += "\\\\"
      case 0x0A: out += "\\n"
      case 0x0D: out += "\\r"
      case 0x09: out += "\\t"
      case 0..<0x20: out += "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      default: out += String(UnicodeScalar(byte))
      }
    }
    return out + "\""
  }

  /// One byte that needs an escape at every place of strings of every length, and strings without one.
  @Test func stringsOfEveryLength() {
    for length in 0..<70 {
      let plain = (0..<length).map { UInt8(0x61 + $0 % 26) }
      #expect(Self.json { out in plain.withUnsafeBufferPointer { out.append(string: $0) } } == Self.escaped(plain))
      for place in 0..<length {
        for byte in [0x22, 0x5C, 0x0A, 0x00, 0x1F] as [UInt8] {
          var bytes = plain
          bytes[place] = byte
          bytes[length - 1 - place] = byte
          let written = Self.json { out in bytes.withUnsafeBufferPointer { out.append(string: $0) } }
          #expect(written == Self.escaped(bytes), "\(byte) at \(place) of \(length)")
        }
      }
    }
  }

  /// Parts of a text, with and without enough text behind them for a wide copy.
  @Test func partsOfTexts() {
    let text = (0..<90).map { $0 % 29 == 28 ? 0x22 : UInt8(0x61 + $0 % 26) }
    text.withUnsafeBufferPointer { text in
      for start in 0..<90 {
        for end in start...90 {
          let written = Self.json { out in
            out.append(0x22)
            out.append(start..<end, of: text)
            out.put(0x22)
          }
          #expect(written == Self.escaped(Array(text[start..<end])), "\(start)..<\(end)")
        }
      }
    }
  }

  /// What does not fit where it is written goes on in the memory, with all that was written before.
  @Test func movesWhenThePlaceIsFull() {
    for room in [0, 10, JSONBuffer.slack, JSONBuffer.slack + 1, JSONBuffer.slack + 500, 5000] {
      var place = [UInt8](repeating: 0, count: room)
      let memory = JSONMemory()
      place.withUnsafeMutableBufferPointer { place in
        var buffer = JSONBuffer(place, else: memory)
        var wanted = ""
        for i in 0..<200 {
          buffer.append(number: i)
          buffer.put(0x2C)
          wanted += "\(i),"
        }
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == wanted)
        #expect(buffer.isMoved == (room < JSONBuffer.slack + wanted.utf8.count))
      }
    }
  }

  @Test func writesAgain() {
    let written = Self.json { out in
      for i in 0..<100 { out.append(number: i) }
      for length in 0..<100 { out.append(again: 7, count: length) }
    }
    let numbers = (0..<100).map { "\($0)" }.joined()
    #expect(written == numbers + (0..<100).map { String(numbers.dropFirst(7).prefix($0)) }.joined())
  }

  @Test func phrases() {
    let long = String(repeating: "x", count: PhraseTable.longest)
    let table = PhraseTable([["", "a"], ["bc", long]])
    let written = Self.json { out in
      for (group, value) in [(0, 1), (1, 0), (0, 0), (1, 1), (1, 0)] as [(Int, UInt8)] {
        out.makeRoom()
        out.put(table.row(group, value))
      }
    }
    #expect(written == "abc\(long)bc")
  }

  @Test func bytesBeyondASCIIStay() {
    let text = "Ma’ruf “é” 😀\u{7F}"
    #expect(Self.json { $0.append(string: text) } == "\"\(text)\"")
  }

  @Test(arguments: [0, 7, 10, 99, 100, 999, 1000, 9999, 10_000, 10_001, 123_456_789, .max, -1, -10_000, .min])
  func numbers(value: Int) {
    #expect(Self.json { $0.append(number: value) } == "\(value)")
  }

  @Test func thousandths() {
    for value in 0...1000 as ClosedRange<UInt16> {
      let exact = Self.json { $0.append(ExactDecimal(Int64(value), exponent: -3)) }
      #expect(Self.json { $0.append(thousandths: value) } == exact)
    }
  }

  @Test func days() {
    #expect(Self.json { $0.append(CalendarDay(2015, 11, 9)) } == "\"2015-11-09\"")
    #expect(Self.json { $0.append(CalendarDay(7, 1, 31)) } == "\"0007-01-31\"")
    #expect(Self.json { $0.append(CalendarDay(12_015, 12, 1)) } == "\"12015-12-01\"")
  }

  /// Offsets of every byte of texts around the length of a block.
  @Test func offsetsOfEveryByte() {
    let pieces = ["a", "é", "“", "😀"]
    var texts = [0, 1, 63, 64, 65, 127, 128, 129, 200].map { length in
      (0..<length).map { pieces[$0 % pieces.count] }.joined()
    }
    // A scalar of each length across the end of a block.
    for before in 58...66 {
      for piece in pieces { texts.append(String(repeating: "a", count: before) + piece + "b") }
    }
    for text in texts {
      var table = OffsetTable()
      for unit in OffsetUnit.allCases {
        table.reset(Array(text.utf8), unit: unit)
        for index in text.unicodeScalars.indices + [text.endIndex] {
          let before = text[..<index]
          let wanted =
            switch unit {
            case .codepoint: before.unicodeScalars.count
            case .utf16: before.utf16.count
            case .utf8: before.utf8.count
            }
          #expect(table.offset(before.utf8.count) == wanted)
        }
      }
    }
  }
}
