import Glibc

/// Compiled lists appended to a program, so that one file can be copied to any machine.
///
///     program | padding to a multiple of 65536 | image | magic(8) | offset(8) | size(8) | checksum(8)
///
/// The last 32 bytes are the trailer; `offset` and `size` are those of the image, `checksum` is that of the 24 bytes
/// before it. The image starts at a multiple of every page size in use, so that it can be mapped.
public enum AppendedImage {
  static let magic: [UInt8] = Array("FAKTAEND".utf8)
  static let trailerSize = 32
  static let alignment = 65536

  /// Opens the image appended to `program`; nil when it has none.
  ///
  /// - Throws: `LexiconError` when there is one and it is damaged.
  public static func open(program: String) throws(LexiconError) -> LexiconImage? {
    guard let range = try find(in: program) else { return nil }
    return try LexiconImage.open(path: program, offset: range.lowerBound, length: range.count)
  }

  /// Bytes of `program` that are the appended image; nil when there is none or the file cannot be read.
  static func find(in program: String) throws(LexiconError) -> Range<Int>? {
    let fd = Glibc.open(program, O_RDONLY | O_CLOEXEC)
    guard fd >= 0 else { return nil }
    defer { close(fd) }
    let size = Int(lseek(fd, 0, SEEK_END))
    guard size > trailerSize else { return nil }
    var trailer = [UInt8](repeating: 0, count: trailerSize)
    guard pread(fd, &trailer, trailerSize, off_t(size - trailerSize)) == trailerSize, trailer.starts(with: magic) else {
      return nil
    }
    let (offset, length, sum) = trailer.withUnsafeBytes {
      (
        $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self), $0.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
        $0.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
      )
    }
    let end = UInt64(size - trailerSize)
    guard sum == checksum(trailer), offset % UInt64(alignment) == 0, offset <= end, length == end - offset else {
      throw LexiconError(
        file: program,
        reason:
          "the lists appended to the program are damaged; copy the program again, or name others with --gazetteers")
    }
    return Int(offset)..<Int(end)
  }

  /// The bytes of `program` with `image` appended; lists that it has already are replaced.
  public static func append(_ image: [UInt8], to program: String) throws(LexiconError) -> [UInt8] {
    var bytes = try FileIO.read(program)
    if let old = try find(in: program) { bytes.removeSubrange(old.lowerBound...) }
    bytes.append(contentsOf: repeatElement(0, count: (alignment - bytes.count % alignment) % alignment))
    let offset = bytes.count
    bytes.append(contentsOf: image)
    var trailer = magic
    for value in [UInt64(offset), UInt64(image.count)] { withUnsafeBytes(of: value) { trailer.append(contentsOf: $0) } }
    let sum = checksum(trailer)
    withUnsafeBytes(of: sum) { trailer.append(contentsOf: $0) }
    return bytes + trailer
  }

  private static func checksum(_ trailer: [UInt8]) -> UInt64 {
    trailer.prefix(24).withUnsafeBytes { LexiconImage.checksum($0) }
  }
}
