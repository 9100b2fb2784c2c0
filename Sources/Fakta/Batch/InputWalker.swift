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
  /// The file was there when the walker was made.
  var hasVanished = false
}

/// Finds the files of a list of files, folders and `-`, one after the other.
///
///     var walker = InputWalker(paths: ["berita", "arsip.ndjson.gz"])
///     while let file = walker.next() { … }
///
/// Folders are searched with their subfolders, in the byte order of the paths. Of their files those are taken whose
/// names end like a text, a web page or JSON (or all, when a format is given); names that begin with a dot and links
/// to folders are left out.
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
  private var nextPath = 0
  private var folders: [Folder] = []
  private var foundInFolder = 0

  /// Whether records of several files may come, so that a line number alone names none of them.
  public let hasSeveralFiles: Bool

  /// - Parameter format: What all files hold, whatever their names say.
  public init(paths: [String], format: InputFormat? = nil) {
    self.paths = paths
    self.format = format
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

  /// Returns the next file, or `nil` at the end.
  public mutating func next() -> InputFile? {
    while true {
      if let file = nextInFolder() { return file }
      guard nextPath < paths.count else { return nil }
      let path = paths[nextPath]
      nextPath += 1
      if path == "-" { return InputFile(path: path, format: format, size: 0) }
      guard Self.kind(of: path) == S_IFDIR else {
        var file = file(path)
        file.hasVanished = file.problem != nil && existed[nextPath - 1]
        return file
      }
      foundInFolder = 0
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
      return InputFile(path: path, format: format, size: 0, problem: InputError(path: path, errorNumber: errno))
    }
    return InputFile(path: path, format: format, size: info.st_mode & S_IFMT == S_IFREG ? Int(info.st_size) : 0)
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
        if let problem = enter(String(path.dropLast())) { return problem }
      } else {
        foundInFolder += 1
        return file(path)
      }
    }
    return nil
  }

  private func emptyFolder(_ path: String) -> InputError {
    InputError(
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
    while let entry = readdir(directory) {
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
