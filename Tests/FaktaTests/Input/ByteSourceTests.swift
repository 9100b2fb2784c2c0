import Foundation
import Testing

@testable import Fakta

@Suite struct ByteSourceTests {
  struct Found: Equatable {
    var lines: [String] = []
    var numbers: [Int] = []
    var failures: [String] = []
    var error: String?
  }

  /// Reads all lines of a file with these bytes.
  private func read(_ bytes: [UInt8], chunkSize: Int = 64, maximumLineLength: Int = 1 << 20) throws -> Found {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "input")
    var found = Found()
    do throws(InputError) {
      var source = try ByteSource(path: path, chunkSize: chunkSize, maximumLineLength: maximumLineLength)
      var chunk: [UInt8] = []
      var offset = 0
      while try source.nextChunk(into: &chunk) {
        #expect(source.failures.count > 0 || source.firstOffset == offset)
        offset = source.firstOffset + chunk.count
        var lines = LineCursor(firstLine: source.firstLine)
        while let line = lines.next(in: chunk.span) {
          found.lines.append(String(decoding: chunk[line], as: UTF8.self))
          found.numbers.append(lines.line)
        }
      }
      #expect(chunk.isEmpty)
      let again = try source.nextChunk(into: &chunk)
      #expect(!again)
      found.failures = source.failures.map { "\($0)" }
    } catch { found.error = error.reason }
    return found
  }

  static let texts: [(String, [String])] = [
    ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]),
    ("\n\na\n\n", ["", "", "a", ""]), ("a\rb\n", ["a\rb"]), ("\r\n", [""]), ("a\r", ["a"]),
  ]

  @Test(arguments: texts) func lineEnds(_ text: String, _ lines: [String]) throws {
    for chunkSize in [16, 64, 4096] {
      let found = try read(utf8(text), chunkSize: chunkSize)
      #expect(found.lines == lines)
      #expect(found.numbers == Array(1..<(lines.count + 1)))
      #expect(found.error == nil)
    }
  }

  @Test(arguments: [16, 17, 100, 1000]) func manyLines(_ chunkSize: Int) throws {
    var random = SeededRandom(seed: UInt64(chunkSize))
    let lines = (0..<2000).map { "\($0):" + String(repeating: "é", count: Int.random(in: 0..<90, using: &random)) }
    let text = lines.joined(separator: "\r\n")
    for bytes in [utf8(text), utf8(text + "\n"), [0xEF, 0xBB, 0xBF] + utf8(text)] {
      let found = try read(bytes, chunkSize: chunkSize)
      #expect(found.lines == lines && found.numbers == Array(1...2000))
    }
    for format in CompressionTests.formats {
      #expect(try read(CompressionTests.compress(utf8(text), format), chunkSize: chunkSize).lines == lines)
      let marked = try CompressionTests.compress([0xEF, 0xBB, 0xBF] + utf8(text), format)
      #expect(try read(marked, chunkSize: chunkSize).lines == lines)
    }
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in text.utf16 {
      little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    #expect(try read(little, chunkSize: chunkSize).lines == lines)
    #expect(try read(big, chunkSize: chunkSize).lines == lines)
  }

  @Test func utf16IsNoted() throws {
    let folder = try TemporaryFolder()
    var source = try ByteSource(path: folder.write([0xFE, 0xFF, 0, 0x61, 0xD8, 0x3D, 0, 0x62], to: "input"))
    var chunk: [UInt8] = []
    _ = try source.nextChunk(into: &chunk)
    #expect(text(chunk) == "a\u{FFFD}b")
    let note = source.decodingNote
    #expect(note == .utf16(replaced: 1))
  }

  @Test func lineThatIsTooLong() throws {
    for long in [301, 320, 400, 5000] {
      for (head, tail) in [("a\n", "\nb\nc"), ("", "\nb"), ("a\n", ""), ("", ""), ("a\n\n", "\n"), ("a\nb\n", "\nc\n")]
      {
        let text = head + String(repeating: "x", count: long) + tail
        let found = try read(utf8(text), chunkSize: 64, maximumLineLength: 300)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let expected = lines.enumerated().filter { $0.element.count <= 300 }
        #expect(found.lines == expected.map(\.element))
        #expect(found.numbers == expected.map { $0.offset + 1 })
        let bad = lines.firstIndex { $0.count > 300 }! + 1
        let length = long + (tail.hasPrefix("\n") ? 1 : 0)
        #expect(
          found.failures == [
            "line \(bad): the line has \(length) bytes, more than 300; a record must stand on its own line"
          ])
      }
    }
  }

  @Test func longestAllowedLine() throws {
    let line = String(repeating: "x", count: 300)
    let found = try read(utf8("a\n\(line)\nb"), chunkSize: 64, maximumLineLength: 300)
    #expect(found.lines == ["a", line, "b"] && found.failures == [])
  }

  /// What came before the damage is delivered, then the error.
  @Test(arguments: CompressionTests.formats) func truncatedFile(_ format: CompressionFormat) throws {
    let lines = (0..<100_000).map { "baris \($0 &* 2_654_435_761 % 1_000_003)" }
    let compressed = try CompressionTests.compress(utf8(lines.joined(separator: "\n")), format)
    let found = try read(Array(compressed[0..<compressed.count / 2]), chunkSize: 1024)
    #expect(found.lines.count > 0 && lines.starts(with: found.lines))
    #expect(found.error == "the compressed data end too early; the file is incomplete, fetch it again")
    #expect(try read(Array(compressed[0..<6]), chunkSize: 1024).error != nil)
  }

  @Test func filesThatCannotBeRead() throws {
    let folder = try TemporaryFolder()
    func error(_ path: String) -> String? {
      do throws(InputError) {
        var source = try ByteSource(path: path)
        var chunk: [UInt8] = []
        _ = try source.nextChunk(into: &chunk)
        return nil
      } catch { return "\(error)" }
    }
    #expect(error("/tidak/ada.txt") == "/tidak/ada.txt: No such file or directory")
    #expect(error(folder.url.path) == "\(folder.url.path): Is a directory")
  }

  @Test func wholeFile() throws {
    let folder = try TemporaryFolder()
    let bytes = CompressionTests.sample(300_000)
    for content in [bytes, try CompressionTests.compress(bytes, .gzip), try CompressionTests.compress(bytes, .zstd)] {
      var source = try ByteSource(path: folder.write(content, to: "input"), chunkSize: 1000)
      var read: [UInt8] = [1, 2, 3]
      try source.readAll(into: &read)
      #expect(read == bytes)
    }
  }

  /// A pipe that gives a few bytes at a time, with the format's first bytes torn apart.
  @Test func slowPipe() throws {
    let compressed = try CompressionTests.compress(utf8("satu\ndua\ntiga"), .gzip)
    let pipe = Pipe()
    let writer = Thread {
      for byte in compressed {
        try? pipe.fileHandleForWriting.write(contentsOf: Data([byte]))
        usleep(200)
      }
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    var source = ByteSource(descriptor: pipe.fileHandleForReading.fileDescriptor, path: "-", chunkSize: 16)
    var all: [UInt8] = []
    var chunk: [UInt8] = []
    while try source.nextChunk(into: &chunk) { all += chunk }
    #expect(text(all) == "satu\ndua\ntiga")
  }

  @Test func hundredMegabyteLine() throws {
    let folder = try TemporaryFolder()
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000_000)
    let path = try folder.write(
      utf8("{\"text\":\"a\"}\n{\"text\":\"") + long + utf8("\"}\n{\"text\":\"c\"}\n"), to: "input")
    var source = try ByteSource(path: path)
    var reader = RecordReader()
    var record = Record()
    var chunk: [UInt8] = []
    var lengths: [Int] = []
    while try source.nextChunk(into: &chunk) {
      var lines = LineCursor(firstLine: source.firstLine)
      while let line = lines.next(in: chunk.span) {
        try reader.read(line: chunk.span.extracting(line), number: lines.line, into: &record)
        lengths.append(record.text.count)
      }
    }
    #expect(lengths == [1, 100_000_000, 1])
  }
}
