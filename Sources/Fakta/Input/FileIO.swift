import Glibc

/// Whole files, read and written with POSIX calls.
///
/// **Errors.** `LexiconError` with the file and the system's reason.
public enum FileIO {
  /// The bytes of a file.
  public static func read(_ path: String) throws(LexiconError) -> [UInt8] {
    let fd = open(path, O_RDONLY | O_CLOEXEC)
    guard fd >= 0 else {
      throw LexiconError(file: path, reason: "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(fd) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let n = Glibc.read(fd, &buffer, buffer.count)
      if n < 0 {
        if errno == EINTR { continue }
        throw LexiconError(file: path, reason: "cannot be read: \(String(cString: strerror(errno)))")
      }
      if n == 0 { return bytes }
      bytes.append(contentsOf: buffer[0..<n])
    }
  }

  /// What is written at once. The system keeps a file in pieces as large as they came, and maps each as a whole: smaller ones
  /// keep what no text needs out of the memory of a program that has the file mapped.
  private static let piece = 1 << 16

  /// The first bytes of a file, decompressed, or all of a small one; `nil` when they cannot be read.
  public static func head(of path: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    do {
      var source = try ByteSource(path: path, chunkSize: 1 << 16)
      try source.readAll(into: &bytes, limit: 0)
    } catch {
      return nil
    }
    return bytes
  }

  /// Where a file that is written to `path` comes to lie: behind links, also such that lead to what is not there yet.
  public static func target(of path: String) -> String {
    var path = path
    var buffer = [CChar](repeating: 0, count: 4096)
    for _ in 0..<40 {
      let n = readlink(path, &buffer, buffer.count)
      guard n > 0, n < buffer.count else { break }
      let link = String(decoding: buffer[..<n].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      path = link.hasPrefix("/") ? link : "\(parent(of: path))/\(link)"
    }
    return path
  }

  /// The folder in which a path ends.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Why nothing can be written to `path`, as far as that shows before; `nil` when it can.
  public static func obstacle(to path: String) -> LexiconError? {
    var info = stat()
    let exists = stat(path, &info) == 0
    if exists, info.st_mode & S_IFMT == S_IFDIR {
      return LexiconError(file: path, reason: "cannot be written: it is a folder; name a file")
    }
    if exists, access(path, W_OK) != 0 { return writeError(path) }
    if exists, info.st_mode & S_IFMT != S_IFREG { return nil }
    // The file is made anew in its folder, whatever is there.
    let folder = parent(of: target(of: path))
    guard stat(folder, &info) == 0 else { return writeError(path) }
    guard info.st_mode & S_IFMT == S_IFDIR else { return writeError(path, ENOTDIR) }
    return access(folder, W_OK | X_OK) == 0 ? nil : writeError(path)
  }

  /// Writes a file beside its place and moves it there, so that no reader sees half of it.
  ///
  /// A link stays, and the file that it leads to is written. What is no regular file (a pipe, a terminal) is written to as it is:
  /// nothing may take its place. A file that takes another's place keeps its permissions, and one that may not be written stays.
  ///
  /// - Parameter temporary: The file beside it; its name holds the number of this process if none is given.
  public static func write(_ bytes: [UInt8], to path: String, temporary: String? = nil) throws(LexiconError) {
    var info = stat()
    let exists = stat(path, &info) == 0
    let isSpecial = exists && info.st_mode & S_IFMT != S_IFREG
    if exists, access(path, W_OK) != 0 { throw writeError(path) }
    let place = isSpecial ? path : target(of: path)
    let target = isSpecial ? path : temporary ?? "\(place).\(getpid()).tmp"
    let fd = open(target, O_WRONLY | O_CLOEXEC | (isSpecial ? 0 : O_CREAT | O_TRUNC), 0o644)
    guard fd >= 0 else { throw writeError(path) }
    if exists, !isSpecial { fchmod(fd, info.st_mode & 0o777) }
    var isWritten = writeAll(bytes, to: fd)
    var number = errno
    // Some file systems say only here that there was no room.
    if close(fd) != 0, isWritten {
      isWritten = false
      number = errno
    }
    if isWritten, !isSpecial, rename(target, place) != 0 {
      isWritten = false
      number = errno
    }
    if isWritten { return }
    if !isSpecial { unlink(target) }
    throw writeError(path, number)
  }

  /// Writes all of `bytes`; `false` when that fails, with the reason in `errno`.
  private static func writeAll(_ bytes: [UInt8], to fd: Int32) -> Bool {
    var at = 0
    while at < bytes.count {
      let n = bytes.withUnsafeBytes { Glibc.write(fd, $0.baseAddress! + at, min(Self.piece, bytes.count - at)) }
      if n < 0, errno == EINTR { continue }
      guard n > 0 else { return false }
      at += n
    }
    return true
  }

  private static func writeError(_ path: String, _ number: Int32 = errno) -> LexiconError {
    LexiconError(file: path, reason: "cannot be written: \(String(cString: strerror(number)))")
  }
}
