import Glibc

/// The folder of lists that the compiler reads.
public enum ListFolder {
  /// Compiles every `.tsv` of `folder` and its subfolders, in the order of their paths.
  ///
  /// - Throws: `LexiconError` for the first fault; paths are relative to `folder`.
  public static func compile(_ folder: String) throws -> [UInt8] {
    let (image, problems) = try compileSound(folder)
    if let problem = problems.first { throw problem }
    // A step that names a class which no list has would never match.
    let lexicon = Lexicon(image: try LexiconImage(bytes: image, source: folder))
    if let problem = lexicon.problemsOfRules().first { throw problem }
    return image
  }

  /// Compiles what has no fault; of the lists `broken` only the classes are made.
  ///
  /// - Returns: The image, and the faults of rules.
  /// - Throws: `LexiconError` for the first fault of a list that is not among `broken`.
  static func compileSound(_ folder: String, broken: Set<String> = []) throws -> ([UInt8], [LexiconError]) {
    var compiler = LexiconCompiler()
    let paths = try files(in: folder)
    guard !paths.isEmpty else { throw noLists(folder) }
    var lists: [String: ListFile] = [:]
    for path in paths where path.hasSuffix(".rules") {
      compiler.keepSubtypes(namedIn: try FileIO.read("\(folder)/\(path)"))
    }
    for path in paths where path.hasSuffix(".tsv") {
      let list = ListFile(parsing: try FileIO.read("\(folder)/\(path)"), path: path)
      if !broken.contains(path) { compiler.prepare(list) }
      lists[path] = list
    }
    var problems: [LexiconError] = []
    for path in paths {
      if let list = lists.removeValue(forKey: path) {
        if broken.contains(path) { compiler.declareClasses(of: list) } else { try compiler.add(list) }
        continue
      }
      let bytes = try FileIO.read("\(folder)/\(path)")
      if path.hasSuffix(".rules") { problems += compiler.addSoundRules(bytes: bytes, path: path) }
      if path.hasSuffix(".model") { compiler.addSection("MODEL", bytes) }
    }
    return (compiler.image(), problems)
  }

  static func noLists(_ folder: String) -> LexiconError {
    LexiconError(
      file: folder, reason: "holds no .tsv lists; name the folder gazetteers/ of the project, or lists of your own")
  }

  /// Paths of the lists below `folder`, relative to it; none where that is no folder. Word statistics come first: frequent words
  /// get small ids.
  ///
  /// - Throws: `LexiconError` for a folder that cannot be listed: its lists would be missed without a word.
  public static func files(in folder: String) throws(LexiconError) -> [String] {
    var found: [String] = []
    if isFolder(folder) { try collect(folder, "", 0, &found) }
    found.sort()
    return found.filter { $0.hasSuffix("/words.tsv") } + found.filter { !$0.hasSuffix("/words.tsv") }
  }

  /// Whether `path` is a folder.
  static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a file that is written to `path` would be a list of the folder the next time.
  public static func wouldHold(_ path: String, in folder: String) -> Bool {
    let target = FileIO.target(of: path)
    guard isList(target), let folder = FileIdentity(path: folder),
      let resolved = realpath(FileIO.parent(of: target), nil)
    else { return false }
    defer { free(resolved) }
    var place = String(cString: resolved)
    while place != "/" {
      if FileIdentity(path: place) == folder { return true }
      place = FileIO.parent(of: place)
    }
    return false
  }

  private static func isList(_ name: String) -> Bool {
    name.hasSuffix(".tsv") || name.hasSuffix(".rules") || name.hasSuffix(".model")
  }

  /// Folders inside each other: more are links that lead back.
  private static let deepest = 16

  private static func collect(
    _ folder: String, _ prefix: String, _ depth: Int, _ found: inout [String]
  ) throws(LexiconError) {
    guard depth < deepest else {
      throw LexiconError(file: folder, reason: "lies \(deepest) folders deep; a link to a folder above leads back here")
    }
    guard let directory = opendir(folder) else {
      throw LexiconError(file: folder, reason: "cannot be listed: \(String(cString: strerror(errno)))")
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      // `build` holds the scripts that derive lists, and their inputs.
      if name.hasPrefix(".") || name == "build" { continue }
      let path = "\(folder)/\(name)"
      if isFolder(path) {
        try collect(path, "\(prefix)\(name)/", depth + 1, &found)
      } else if isList(name) {
        found.append(prefix + name)
      }
    }
  }
}

/// Whole files, read and written with POSIX calls.
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
