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

  /// What is wrong with a folder of lists that has none, or is not there.
  static func noLists(_ folder: String) -> LexiconError {
    let fault = isFolder(folder) ? "holds no .tsv lists" : "is no folder"
    return LexiconError(
      file: folder, reason: "\(fault); name the folder gazetteers/ of the project, or lists of your own")
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
