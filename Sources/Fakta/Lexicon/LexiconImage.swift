import CFaktaText

#if canImport(Glibc)
  import Glibc
#endif

/// Something wrong with a list, a rule or the compiled file: where, and what to do about it.
public struct LexiconError: Error, CustomStringConvertible, Equatable {
  public var file: String
  /// 1-based; 0 when the whole file is meant.
  public var line: Int
  /// 1-based column in code points; 0 when the whole line is meant.
  public var column: Int
  /// What is wrong and the remedy.
  public var reason: String

  public init(file: String, line: Int = 0, column: Int = 0, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// The same as a warning: it stops nothing.
  public var asWarning: LexiconError {
    LexiconError(file: file, line: line, column: column, reason: "warning: \(reason)")
  }

  public var description: String {
    var place = file
    if line > 0 { place += ":\(line)" }
    if column > 0 { place += ":\(column)" }
    return "\(place): \(reason)"
  }
}

/// A fixed-width column of the compiled file.
///
/// Reading outside the column gives zero: a damaged file can make Fakta find less, never read what is not its own.
public struct Section<Element: FixedWidthInteger & BitwiseCopyable>: @unchecked Sendable {
  @usableFromInline let base: UnsafePointer<Element>?
  public let count: Int

  @inlinable init(base: UnsafePointer<Element>?, count: Int) {
    self.base = base
    self.count = base == nil ? 0 : count
  }

  @inlinable @inline(__always)
  public subscript(_ i: Int) -> Element {
    UInt(bitPattern: i) < UInt(bitPattern: count) ? base.unsafelyUnwrapped[i] : 0
  }

  @inlinable @inline(__always)
  public subscript(_ i: UInt32) -> Element { self[Int(i)] }
}

/// The compiled lists: one block of memory with a header, a table of sections and fixed-width columns.
///
///     magic(8) | version(4) | endian(4) | size(8) | checksum(8) | sections(4) | 0(4) | table | sections …
///
/// A row of the table is the section's name (8 bytes), offset (8), size in bytes (8) and checksum (8). Sections start at
/// multiples of 64. Nothing is parsed when the file is opened; the header and the table are checked, and `ImageCheck` checks
/// the sums of all sections while the first document is read.
public final class LexiconImage: @unchecked Sendable {
  static let magic: [UInt8] = Array("FAKTALEX".utf8)
  static let version: UInt32 = 8
  static let endian: UInt32 = 0x0102_0304
  static let headerSize = 40
  static let tableRow = 32

  /// Where the image came from, for messages.
  public let source: String
  public let memory: UnsafeRawBufferPointer
  private let release: () -> Void
  private var sections: [Part] = []
  /// The mapped file, for the check of its sums; nil for an image in memory.
  private var file: ImageFile?
  private var check: ImageCheck?

  /// A row of the section table.
  struct Part: Sendable {
    var name: [UInt8]
    var range: Range<Int>
    var checksum: UInt64
  }

  deinit { release() }

  /// Takes over `memory`; `release` is called when the image is gone.
  ///
  /// - Throws: `LexiconError` when the bytes are no image of this version and this machine's byte order.
  init(memory: UnsafeRawBufferPointer, source: String, release: @escaping () -> Void) throws(LexiconError) {
    self.memory = memory
    self.source = source
    self.release = release
    try readTable()
  }

  private func readTable() throws(LexiconError) {
    func refuse(_ reason: String) -> LexiconError {
      LexiconError(file: source, reason: "\(reason); compile the lists again: fakta gazetteer compile")
    }
    guard memory.count >= Self.headerSize, memory.prefix(8).elementsEqual(Self.magic) else {
      throw refuse("this is no compiled gazetteer file")
    }
    let endian = memory.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
    guard endian == Self.endian else {
      throw refuse(
        endian == Self.endian.byteSwapped
          ? "the file was compiled on a machine of the other byte order" : "the header is damaged")
    }
    let version = memory.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
    guard version == Self.version else {
      throw refuse("the file has format \(version), this program reads format \(Self.version)")
    }
    let size = memory.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    guard size == UInt64(memory.count) else {
      throw refuse("the file has \(memory.count) bytes, its header says \(size): it was cut short or appended to")
    }
    let count = Int(memory.loadUnaligned(fromByteOffset: 32, as: UInt32.self))
    let tableEnd = Self.headerSize + count * Self.tableRow
    guard count <= 4096, tableEnd <= memory.count else { throw refuse("the section table is damaged") }
    let sum = memory.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    guard sum == Self.checksum(UnsafeRawBufferPointer(rebasing: memory[32..<tableEnd])) else {
      throw refuse("the section table is damaged (checksum)")
    }
    for i in 0..<count {
      let at = Self.headerSize + i * Self.tableRow
      let offset = memory.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
      let bytes = memory.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self)
      guard offset % 64 == 0, offset <= UInt64(memory.count), bytes <= UInt64(memory.count) - offset else {
        throw refuse("the section table is damaged (section \(i))")
      }
      sections.append(
        Part(
          name: Array(memory[at..<at + 8]), range: Int(offset)..<Int(offset + bytes),
          checksum: memory.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self)))
    }
  }

  /// Gives back the pages that have been read so far: they are no memory of this process until they are read again, which costs a
  /// quarter of a millisecond for all of them.
  func releasePages() {
    guard file != nil, let base = memory.baseAddress else { return }
    madvise(UnsafeMutableRawPointer(mutating: base), memory.count, MADV_DONTNEED)
  }

  /// Begins to check the sums of a mapped file on a thread of its own, so that start-up does not wait for it.
  public func startVerification() {
    guard let file, check == nil else { return }
    check = ImageCheck(file: file, sections: sections, source: source)
  }

  /// Waits for the check that `startVerification` began, or makes it now.
  ///
  /// - Throws: `LexiconError` that names the first damaged section.
  public func finishVerification() throws(LexiconError) {
    startVerification()
    if let error = check?.result() { throw error }
  }

  /// The bytes of section `name` (up to 8 letters); empty when there is none.
  public func bytes(_ name: String) -> UnsafeRawBufferPointer {
    let key = Self.key(name)
    for section in sections where section.name == key {
      return UnsafeRawBufferPointer(rebasing: memory[section.range])
    }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }

  public func section<T: FixedWidthInteger & BitwiseCopyable>(_ name: String, as type: T.Type = T.self) -> Section<T> {
    let raw = bytes(name)
    return Section(base: raw.baseAddress?.assumingMemoryBound(to: T.self), count: raw.count / MemoryLayout<T>.stride)
  }

  static func key(_ name: String) -> [UInt8] {
    var key = Array(name.utf8.prefix(8))
    while key.count < 8 { key.append(0) }
    return key
  }

  /// The sum of `bytes` (`Checksum`).
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var sum = Checksum()
    sum.add(bytes)
    return sum.value
  }

  /// Maps a compiled file into memory.
  ///
  /// - Parameter offset: Where in the file the image starts, for images appended to a program.
  public static func open(path: String, offset: Int = 0, length: Int? = nil) throws(LexiconError) -> LexiconImage {
    let fd = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard fd >= 0 else {
      throw LexiconError(file: path, reason: "cannot be opened: \(String(cString: strerror(errno)))")
    }
    let file = ImageFile(descriptor: fd, offset: offset)
    var info = stat()
    guard fstat(fd, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw LexiconError(file: path, reason: "is not a file")
    }
    let size = length ?? (Int(info.st_size) - offset)
    guard size >= headerSize, offset >= 0, offset + size <= Int(info.st_size), offset % 4096 == 0 else {
      throw LexiconError(
        file: path,
        reason:
          "this is no compiled gazetteer file (\(info.st_size) bytes); compile the lists again: fakta gazetteer compile"
      )
    }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, fd, off_t(offset)), base != MAP_FAILED else {
      throw LexiconError(file: path, reason: "cannot be mapped: \(String(cString: strerror(errno)))")
    }
    let address = UInt(bitPattern: base)
    let image = try LexiconImage(memory: UnsafeRawBufferPointer(start: base, count: size), source: path) {
      munmap(UnsafeMutableRawPointer(bitPattern: address), size)
    }
    image.file = file
    return image
  }

  /// An image in memory, of lists that a user adds at start.
  public convenience init(bytes: [UInt8], source: String) throws(LexiconError) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
    copy.copyBytes(from: bytes)
    let address = UInt(bitPattern: copy.baseAddress)
    try self.init(memory: UnsafeRawBufferPointer(copy), source: source) {
      UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
    }
  }
}

/// Collects the sections of an image and lays them out.
struct LexiconImageWriter {
  private var sections: [(name: String, bytes: [UInt8])] = []

  mutating func add(_ name: String, bytes: [UInt8]) { sections.append((name, bytes)) }

  mutating func add<T: FixedWidthInteger & BitwiseCopyable>(_ name: String, _ values: [T]) {
    sections.append((name, values.withUnsafeBytes { Array($0) }))
  }

  func image() -> [UInt8] {
    func word32(_ v: UInt32) -> [UInt8] { withUnsafeBytes(of: v) { Array($0) } }
    func word64(_ v: UInt64) -> [UInt8] { withUnsafeBytes(of: v) { Array($0) } }
    func up(_ n: Int) -> Int { (n + 63) & ~63 }
    var table: [UInt8] = []
    var offset = up(LexiconImage.headerSize + sections.count * LexiconImage.tableRow)
    for (name, bytes) in sections {
      table += LexiconImage.key(name) + word64(UInt64(offset)) + word64(UInt64(bytes.count))
      table += word64(bytes.withUnsafeBytes { LexiconImage.checksum($0) })
      offset = up(offset + bytes.count)
    }
    let counted = word32(UInt32(sections.count)) + word32(0) + table
    var out = LexiconImage.magic + word32(LexiconImage.version) + word32(LexiconImage.endian)
    out += word64(UInt64(offset)) + word64(counted.withUnsafeBytes { LexiconImage.checksum($0) }) + counted
    out.reserveCapacity(offset)
    for (_, bytes) in sections {
      out += [UInt8](repeating: 0, count: up(out.count) - out.count)
      out += bytes
    }
    out += [UInt8](repeating: 0, count: offset - out.count)
    return out
  }
}
