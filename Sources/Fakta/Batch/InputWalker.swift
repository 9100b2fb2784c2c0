import Glibc

/// One file to read, or why it cannot be read.
public struct InputFile: Sendable {
  /// The path as the user named it, or below the folder that the user named; `-` is the standard input.
  public var path: String
  /// `nil` when the first bytes must decide.
  public var format: InputFormat?
  /// Size in bytes; 0 when it is not known.
  public var size: Int
  public var problem: InputError?
  /// The file was there when the walker was made, and is no more: that may pass.
  var hasVanished = false
  /// A pipe or a device: reading may wait for a long time.
  var isStream = false
  fileprivate var identity: FileIdentity?
}

/// Finds the files of a list of files, folders and `-`, one after the other.
///
///     var walker = InputWalker(paths: ["berita", "arsip.ndjson.gz"])
///     while let file = walker.next() { … }
///
/// Folders are searched with their subfolders, in the byte order of the paths. Of their files those are taken whose
/// names end like a text, a web page or JSON (or all, when a format is given); names that begin with a dot, links
/// to folders, pipes, devices and what the run itself writes are left out.
///
/// **Errors.** What cannot be read comes as an `InputFile` with a `problem`, in its place.
public struct InputWalker: Sendable {
  private struct Folder: Sendable {
    var path: String
    /// Names in order; a folder's name ends in `/`.
    var names: [String]
    var next = 0
  }

  private let paths: [String]
  private let format: InputFormat?
  private let existed: [Bool]
  private let output: OutputFiles
  private var nextPath = 0
  private var folders: [Folder] = []
  private var foundInFolder = 0
  /// What was left out because the run writes it.
  private var leftOut: [String] = []
  /// How much of that lies in other folders than the present one.
  private var leftOutBefore = 0

  /// Whether records of several files may come, so that a line number alone names none of them.
  public let hasSeveralFiles: Bool

  /// - Parameters:
  ///   - format: What all files hold, whatever their names say.
  ///   - outputs: The files and folders that the run writes; `-` is the standard output.
  public init(paths: [String], format: InputFormat? = nil, outputs: [String] = []) {
    self.paths = paths
    self.format = format
    self.output = OutputFiles(outputs)
    existed = paths.map { Self.kind(of: $0) != 0 }
    hasSeveralFiles = paths.count > 1 || paths.contains { Self.kind(of: $0) == S_IFDIR }
  }

  /// The size in bytes of all inputs together, or `nil` when one of them is a folder or a pipe.
  public var totalSize: Int? {
    var total = 0
    for path in paths {
      var info = stat()
      guard path != "-", stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
      total += Int(info.st_size)
    }
    return total
  }

  /// The files and folders below the folders that are left out because the run writes them. Searches all folders.
  public var filesLeftOut: [String] {
    var walker = self
    while walker.next() != nil {}
    return walker.leftOut
  }

  /// Returns the next file, or `nil` at the end.
  public mutating func next() -> InputFile? {
    while true {
      if let file = nextInFolder() { return file }
      guard nextPath < paths.count else { return nil }
      let path = paths[nextPath]
      nextPath += 1
      if path == "-" { return InputFile(path: path, format: format, size: 0, isStream: true) }
      guard Self.kind(of: path) == S_IFDIR else {
        var file = file(path)
        file.hasVanished = (file.problem?.errorNumber ?? 0) != 0 && existed[nextPath - 1]
        return file
      }
      foundInFolder = 0
      leftOutBefore = leftOut.count
      if let problem = enter(path) { return problem }
    }
  }

  private static func kind(of path: String) -> mode_t {
    var info = stat()
    return path != "-" && stat(path, &info) == 0 ? info.st_mode & S_IFMT : 0
  }

  private func file(_ path: String) -> InputFile {
    var info = stat()
    let format = format ?? InputFormat(path: path)
    guard stat(path, &info) == 0 else {
      let number = errno
      // A name that is not UTF-8 has come here with U+FFFD in it.
      let problem =
        number == ENOENT && path.unicodeScalars.contains("\u{FFFD}")
        ? InputError(path: path, reason: "its name is not UTF-8; rename it")
        : InputError(path: path, errorNumber: number)
      return InputFile(path: path, format: format, size: 0, problem: problem)
    }
    if format == nil, let reason = ForeignFormat.reason(path: path) {
      return InputFile(path: path, format: nil, size: 0, problem: InputError(path: path, reason: reason))
    }
    let isRegular = info.st_mode & S_IFMT == S_IFREG
    return InputFile(
      path: path, format: format, size: isRegular ? Int(info.st_size) : 0, isStream: !isRegular,
      identity: FileIdentity(info))
  }

  /// Returns the next file of the folders that are open.
  private mutating func nextInFolder() -> InputFile? {
    while let folder = folders.last {
      guard folder.next < folder.names.count else {
        folders.removeLast()
        if folders.isEmpty, foundInFolder == 0 {
          return InputFile(path: folder.path, format: nil, size: 0, problem: emptyFolder(folder.path))
        }
        continue
      }
      folders[folders.count - 1].next += 1
      let path = Self.join(folder.path, folder.names[folder.next])
      if path.hasSuffix("/") {
        if let problem = enterBelow(String(path.dropLast())) { return problem }
      } else {
        let file = file(path)
        // Nobody waits for a pipe that lies in a folder.
        if file.isStream || leavesOut(path, file.identity) { continue }
        foundInFolder += 1
        return file
      }
    }
    return nil
  }

  /// Enters a folder in a folder, unless the run writes it.
  private mutating func enterBelow(_ path: String) -> InputFile? {
    leavesOut(path, nil) ? nil : enter(path)
  }

  /// Whether the run writes what was found; remembers it then.
  private mutating func leavesOut(_ path: String, _ identity: FileIdentity?) -> Bool {
    guard output.contains(path, identity) else { return false }
    leftOut.append(path)
    return true
  }

  private func emptyFolder(_ path: String) -> InputError {
    if let own = leftOut.dropFirst(leftOutBefore).first {
      return InputError(
        path: path,
        reason: "this folder holds no article but what this command writes, \(own); to read that, write to another file"
      )
    }
    return InputError(
      path: path,
      reason: format == nil
        ? "no file in this folder ends in .txt, .html, .ndjson, .jsonl or .json; --format reads files of other names"
        : "this folder holds no file")
  }

  /// Reads the names in a folder; returns the problem if that fails.
  private mutating func enter(_ path: String) -> InputFile? {
    guard let directory = opendir(path) else {
      foundInFolder += 1
      return InputFile(path: path, format: nil, size: 0, problem: InputError(path: path, errorNumber: errno))
    }
    defer { closedir(directory) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if isFolder(Self.join(path, name), entry.pointee.d_type) {
        names.append(name + "/")
      } else if format != nil || InputFormat(path: name) != nil {
        names.append(name)
      }
    }
    if errno != 0 {
      foundInFolder += 1
      return InputFile(path: path, format: nil, size: 0, problem: InputError(path: path, errorNumber: errno))
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    folders.append(Folder(path: path, names: names))
    return nil
  }

  private func isFolder(_ path: String, _ type: UInt8) -> Bool {
    if Int(type) != Int(DT_UNKNOWN) { return Int(type) == Int(DT_DIR) }
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  private static func join(_ folder: String, _ name: String) -> String {
    if folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}

/// The files and folders that a run writes: they must not be among those that it reads, or it would read what it has just written.
private struct OutputFiles: Sendable {
  private let places: [(path: String, name: [UInt8])]
  /// Those that were there when the run began.
  private let identities: Set<FileIdentity>

  init(_ paths: [String]) {
    identities = Set(
      paths.compactMap { $0 == "-" ? FileIdentity(descriptor: STDOUT_FILENO) : FileIdentity(path: $0) })
    places = paths.filter { $0 != "-" }.map { FileIO.target(of: $0) }.map { ($0, Self.name(of: $0)) }
  }

  /// - Parameter identity: That of a file; `nil` for a folder.
  func contains(_ found: String, _ identity: FileIdentity?) -> Bool {
    if let identity, identities.contains(identity) { return true }
    if places.isEmpty { return false }
    // What came into being since, by its name: few files have it.
    let name = Self.name(of: found)
    let same = places.filter { $0.name == name }
    guard !same.isEmpty, let identity = identity ?? FileIdentity(path: found) else { return false }
    return same.contains { FileIdentity(path: $0.path) == identity }
  }

  private static func name(of path: String) -> [UInt8] {
    Array(path.utf8.split(separator: UInt8(ascii: "/")).last ?? [])
  }
}
