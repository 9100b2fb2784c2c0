import Glibc

/// Why output could not be written.
public struct OutputError: Error, Sendable, CustomStringConvertible {
  public let path: String
  /// What went wrong and what to do about it.
  public let reason: String
  /// The reader of a pipe has gone, which is no error of anyone.
  public var isBrokenPipe = false

  public var description: String { "\(path): \(reason)" }

  init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  init(path: String, errorNumber: Int32) {
    self.path = path
    reason = String(cString: strerror(errorNumber))
    isBrokenPipe = errorNumber == EPIPE
  }
}

/// Where a run writes: a stream, or a file that comes into being as a whole.
///
/// A file is written as `FILE.partial`, and `FILE.state` says after every chunk how far that is good. When the run is
/// complete, the file gets its name and the state goes. Whatever stops the program, a later run can go on behind the
/// last whole chunk.
///
/// A link stays, and the file that it leads to is written, with the others beside it. A file that is there keeps its permissions,
/// from the first byte on, and is refused where they forbid to write it. What is no regular file (a pipe,
/// `/dev/null`) is written to as it is.
public final class BatchOutput {
  let compression: CompressionFormat?
  /// The path as the user gave it, and where it leads.
  private let path: String
  private let target: String
  private let descriptor: Int32
  private let isFile: Bool
  /// Whether an interrupted run can go on.
  public var isResumable: Bool { isFile }
  private(set) var bytesWritten = 0

  /// All files that a run with this output writes, the output first.
  public static func files(of path: String) -> [String] {
    let target = FileIO.target(of: path)
    return [path, partial(target), state(target), newState(target)]
  }

  /// Whether a file that begins so is what a run keeps beside its output.
  public static func isState(_ head: [UInt8]) -> Bool { head.starts(with: ResumeState.beginning.utf8) }

  private static func partial(_ path: String) -> String { path + ".partial" }
  private static func state(_ path: String) -> String { path + ".state" }
  /// Where a state is written before it gets its name: one place, so that runs that are killed leave no heap of them.
  private static func newState(_ path: String) -> String { path + ".state.tmp" }

  /// Writes to an open descriptor.
  public init(descriptor: Int32, path: String = "standard output") {
    self.descriptor = descriptor
    self.path = path
    target = path
    isFile = false
    compression = nil
  }

  /// Writes the file `path`, compressed if its name ends in `.gz` or `.zst`.
  ///
  /// - Parameter start: What an interrupted run has written already, from `ResumeState.read`.
  public init(file path: String, resuming start: ResumeState? = nil) throws(OutputError) {
    self.path = path
    target = FileIO.target(of: path)
    compression = CompressionFormat(path: path)
    var info = stat()
    let exists = stat(path, &info) == 0
    if exists, info.st_mode & S_IFMT == S_IFDIR {
      throw OutputError(path: path, reason: "is a folder; name a file")
    }
    if exists, access(path, W_OK) != 0 { throw OutputError(path: path, errorNumber: errno) }
    isFile = !exists || info.st_mode & S_IFMT == S_IFREG
    let permissions = exists ? info.st_mode & 0o777 : nil
    let flags = O_WRONLY | O_CLOEXEC | (isFile ? O_CREAT : 0)
    descriptor = open(isFile ? Self.partial(target) : path, flags, 0o644)
    guard descriptor >= 0 else { throw OutputError(path: path, errorNumber: errno) }
    guard isFile else { return }
    if let permissions { fchmod(descriptor, permissions) }
    let good = start?.outputBytes ?? 0
    guard fstat(descriptor, &info) == 0, Int(info.st_size) >= good else {
      throw OutputError(
        path: Self.partial(target),
        reason: "is shorter than its state says; remove it and start again without --resume")
    }
    guard ftruncate(descriptor, off_t(good)) == 0, lseek(descriptor, off_t(good), SEEK_SET) >= 0 else {
      throw OutputError(path: Self.partial(target), errorNumber: errno)
    }
    bytesWritten = good
    if start == nil { unlink(Self.state(target)) }
  }

  /// What an interrupted run that wrote `path` has left.
  public static func interruptedRun(of path: String) throws(OutputError) -> ResumeState? {
    try ResumeState.read(state(FileIO.target(of: path)))
  }

  /// Whether something stands in the file `path` and no run that writes it was interrupted.
  public static func isWhole(_ path: String) -> Bool {
    let target = FileIO.target(of: path)
    var info = stat()
    guard stat(target, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size > 0 else { return false }
    return access(partial(target), F_OK) != 0 && access(state(target), F_OK) != 0
  }

  /// Writes all of `bytes`.
  func write(_ bytes: Span<UInt8>) throws(OutputError) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset) }
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputError(path: path, errorNumber: errno)
      }
      offset += count
    }
    bytesWritten += bytes.count
  }

  /// Says that everything written so far is good.
  func commit(_ state: ResumeState) throws(OutputError) {
    guard isFile else { return }
    var state = state
    state.outputBytes = bytesWritten
    do {
      try FileIO.write(state.serialized, to: Self.state(target), temporary: Self.newState(target))
    } catch {
      throw OutputError(path: Self.state(target), reason: error.reason)
    }
  }

  /// Gives the complete file its name.
  func finish() throws(OutputError) {
    guard isFile else { return }
    guard fsync(descriptor) == 0, rename(Self.partial(target), target) == 0 else {
      throw OutputError(path: path, errorNumber: errno)
    }
    unlink(Self.state(target))
    unlink(Self.newState(target))
  }

  deinit {
    if descriptor > STDERR_FILENO { close(descriptor) }
  }
}
