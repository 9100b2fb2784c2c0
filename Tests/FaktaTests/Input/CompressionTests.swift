import Foundation
import Testing

@testable import Fakta

@Suite struct CompressionTests {
  static let formats: [CompressionFormat] = [.gzip, .zstd]

  static func compress(_ bytes: [UInt8], _ format: CompressionFormat, piece: Int = 1 << 20) throws -> [UInt8] {
    var compressor = try Compressor(format)
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      try compressor.compress(Array(bytes[start..<min(start + piece, bytes.count)]).span, appendingTo: &output)
    }
    try compressor.finish(appendingTo: &output)
    return output
  }

  private func decompress(
    _ bytes: [UInt8], _ format: CompressionFormat, piece: Int = 1 << 16, room: Int = 1 << 16
  ) -> (bytes: [UInt8], error: CompressionError?) {
    var output: [UInt8] = []
    do throws(CompressionError) {
      var decompressor = try Decompressor(format)
      var buffer = [UInt8](repeating: 0, count: room)
      var start = 0
      while true {
        let end = min(start + piece, bytes.count)
        let input = Array(bytes[start..<end])
        let step = try decompressor.run(input.span, into: &buffer)
        start += step.consumed
        output += buffer[0..<step.written]
        if step == (0, 0) && end == bytes.count { break }
      }
      try decompressor.expectEnd()
      return (output, nil)
    } catch { return (output, error) }
  }

  static func sample(_ count: Int, seed: UInt64 = 5) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    let words = ["kapal", "karam", "448", "di", "Selat\n", "Rusia", "—"].map(utf8)
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += words.randomElement(using: &random)! + [0x20] }
    return Array(bytes[0..<count])
  }

  @Test(arguments: formats, [0, 1, 1000, 300_000]) func roundTrip(_ format: CompressionFormat, _ count: Int) throws {
    let bytes = Self.sample(count)
    for piece in [7, 4096, 1 << 20] where count < 10_000 || piece > 7 {
      let compressed = try Self.compress(bytes, format, piece: piece)
      #expect(CompressionFormat(magicOf: compressed.span) == format)
      #expect(decompress(compressed, format) == (bytes, nil))
      if count <= 1000 { #expect(decompress(compressed, format, piece: 1, room: 1) == (bytes, nil)) }
    }
    #expect(try Self.compress(bytes, format) == Self.compress(bytes, format))
  }

  @Test(arguments: formats) func membersFollowEachOther(_ format: CompressionFormat) throws {
    let one = Self.sample(1000)
    let two = Self.sample(70_000, seed: 6)
    let empty = try Self.compress([], format)
    let all = try empty + Self.compress(one, format) + empty + Self.compress(two, format)
    for piece in [1, 3, 1 << 16] { #expect(decompress(all, format, piece: piece) == (one + two, nil)) }
  }

  @Test(arguments: formats) func everyTruncationIsSeen(_ format: CompressionFormat) throws {
    let bytes = Self.sample(500)
    let compressed = try Self.compress(bytes, format)
    for count in 1..<compressed.count {
      let result = decompress(Array(compressed[0..<count]), format, piece: 50)
      #expect(result.error == .truncated, "cut at \(count)")
      #expect(bytes.starts(with: result.bytes))
    }
  }

  @Test(arguments: formats) func damageIsSeen(_ format: CompressionFormat) throws {
    let bytes = Self.sample(5000)
    let compressed = try Self.compress(bytes, format)
    var random = SeededRandom(seed: 9)
    for _ in 0..<500 {
      var damaged = compressed
      damaged[Int.random(in: 10..<damaged.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      let result = decompress(damaged, format)
      #expect(result.error != nil || result.bytes == bytes)
    }
    #expect(decompress(compressed + utf8("garbage"), format).error != nil)
  }

  @Test func gzipMayBePaddedWithNUL() throws {
    let bytes = Self.sample(100)
    let padded = try Self.compress(bytes, .gzip) + [UInt8](repeating: 0, count: 1024)
    #expect(decompress(padded, .gzip) == (bytes, nil))
  }

  @Test(arguments: 0..<4) func randomBytesNeverTrap(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for format in Self.formats {
      for _ in 0..<300 {
        let head: [UInt8] = format == .gzip ? [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] : [0x28, 0xB5, 0x2F, 0xFD]
        let tail = (0..<Int.random(in: 0..<200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        _ = decompress(head + tail, format, piece: 13, room: 100)
      }
    }
  }

  @Test func formatOfBytesAndNames() {
    #expect(CompressionFormat(magicOf: [UInt8]().span) == nil)
    #expect(CompressionFormat(magicOf: utf8("{\"te").span) == nil)
    #expect(CompressionFormat(magicOf: [0x50, 0x2A, 0x4D, 0x18].span) == .zstd)
    #expect(CompressionFormat(path: "a.ndjson.gz") == .gzip)
    #expect(CompressionFormat(path: "a.zst") == .zstd)
    #expect(CompressionFormat(path: "gz") == nil)
  }
}
