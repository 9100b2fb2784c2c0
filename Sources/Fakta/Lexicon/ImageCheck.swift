import Glibc

/// An open file that holds an image from `offset` on; closed with the object.
final class ImageFile: Sendable {
  let descriptor: Int32
  let offset: Int

  init(descriptor: Int32, offset: Int) {
    self.descriptor = descriptor
    self.offset = offset
  }

  deinit { close(descriptor) }
}

/// Checks the sums of all sections of a compiled file on a thread of its own.
///
/// Fakta starts in a few milliseconds; reading twenty megabytes of lists would double that. So the check runs while the first
/// document is processed, and whoever hands out results asks for `result()` first. Until then a damaged file can do no
/// harm: every read of a `Section` is checked against its bounds. The file is read in pieces, not through its mapping:
/// pages that no text needs do not become memory of this process.
///
/// **Cost.** About 0.15 ms per megabyte, on the other core.
final class ImageCheck: Sendable {
  private static let piece = 128 * 1024

  private let check: Background<LexiconError?>

  /// Begins the check.
  init(file: ImageFile, sections: [LexiconImage.Part], source: String) {
    check = Background { Self.problem(file, sections, source) }
  }

  /// Waits for the end of the check; nil when the file is whole.
  func result() -> LexiconError? { check.value() }

  private static func problem(_ file: ImageFile, _ sections: [LexiconImage.Part], _ source: String) -> LexiconError? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 64)
    defer { buffer.deallocate() }
    for section in sections {
      guard let sum = sum(of: section.range, file, buffer) else {
        return LexiconError(
          file: source, reason: "cannot be read to its end; compile the lists again: fakta gazetteer compile")
      }
      guard sum == section.checksum else {
        let name = String(decoding: section.name.prefix { $0 != 0 }, as: UTF8.self)
        return LexiconError(
          file: source,
          reason: "section \(name) is damaged (checksum); compile the lists again: fakta gazetteer compile")
      }
    }
    return nil
  }

  private static func sum(of range: Range<Int>, _ file: ImageFile, _ buffer: UnsafeMutableRawBufferPointer) -> UInt64? {
    var sum = Checksum()
    var at = range.lowerBound
    while at < range.upperBound {
      let wanted = min(piece, range.upperBound - at)
      var got = 0
      while got < wanted {
        let n = pread(file.descriptor, buffer.baseAddress! + got, wanted - got, off_t(file.offset + at + got))
        if n < 0 && errno == EINTR { continue }
        guard n > 0 else { return nil }
        got += n
      }
      sum.add(UnsafeRawBufferPointer(rebasing: buffer[0..<wanted]))
      at += wanted
    }
    return sum.value
  }
}
