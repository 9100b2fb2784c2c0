import Glibc

extension Lexicon {
  /// Finds the compiled lists, opens them and lays the user's lists over them.
  ///
  /// The first of these places that there is decides; a place that was named and does not work is an error, not a reason to
  /// go on:
  ///
  /// 1. `gazetteers` (`--gazetteers`): a compiled file, or a folder of lists, which is compiled in memory;
  /// 2. `environment` (`$FAKTA_GAZETTEERS`): the same;
  /// 3. the image appended to the program itself (`AppendedImage`);
  /// 4. `../share/fakta/gazetteers.fakta` beside the program;
  /// 5. `.build/fakta.gazetteers`, where the program lies under that `.build`: for developers.
  ///
  /// - Parameters:
  ///   - adding: Files of the user (`--add`): lists, plain files of names, rules (see `UserLists`).
  ///   - addLabel: The label of names that stand one per line: `PER`, `LOC` or `ORG`.
  ///   - executable: Path of the running program; nil asks the system.
  /// - Throws: `LexiconError` with file, line and remedy; when nothing was found it lists every place tried.
  public static func load(
    gazetteers: String? = nil, adding: [String] = [], addLabel: String? = nil, executable: String? = nil,
    environment: String? = nil
  ) throws -> Lexicon {
    let image = try findImage(gazetteers: gazetteers, executable: executable, environment: environment)
    image.startVerification()
    let base = LexiconData(image: image)
    guard !adding.isEmpty else { return Lexicon(base: base, user: nil) }
    var lists = UserLists(label: try label(addLabel))
    for path in adding { try lists.add(path: path) }
    return try lists.lexicon(over: base)
  }

  static func label(_ code: String?) throws -> EntityLabel? {
    guard let code else { return nil }
    guard let label = EntityLabel(code: code) else {
      throw LexiconError(file: "--add-label", reason: "label '\(code)' is unknown; write PER, LOC or ORG")
    }
    return label
  }

  /// Waits until the sums of all sections of the compiled file have been checked, which began when it was opened.
  ///
  /// A caller does this once before it hands out results; by then the check is over in nearly all cases.
  ///
  /// - Throws: `LexiconError` when the file is damaged.
  public func verify() throws(LexiconError) { try image.finishVerification() }

  /// The same as a value: what is wrong with the compiled file, if anything is.
  public func damage() -> LexiconError? {
    do {
      try verify()
      return nil
    } catch {
      return error
    }
  }

  /// The files that `load` reads for the built-in lists, the program itself aside.
  public static func files(gazetteers: String? = nil, environment: String? = nil) -> [String] {
    let named = gazetteers ?? (environment?.isEmpty == false ? environment : nil)
    // What cannot be listed is said when it is loaded.
    if let named { return [named] + ((try? ListFolder.files(in: named)) ?? []).map { "\(named)/\($0)" } }
    return ownPath().map { Array(placesBeside($0).filter(exists).prefix(1)) } ?? []
  }

  /// The image of the first place that there is.
  static func findImage(gazetteers: String?, executable: String?, environment: String?) throws -> LexiconImage {
    if let gazetteers { return try openNamed(gazetteers) }
    if let environment, !environment.isEmpty { return try openNamed(environment) }
    let program = executable ?? ownPath()
    var tried = ["--gazetteers: not given", "$FAKTA_GAZETTEERS: not set"]
    if let program {
      if let image = try AppendedImage.open(program: program) { return image }
      tried.append("\(program): no lists appended")
      for path in placesBeside(program) {
        if exists(path) { return try LexiconImage.open(path: path) }
        tried.append("\(path): no such file")
      }
    } else {
      tried.append("the program's own file: its path is unknown")
    }
    throw LexiconError(
      file: "gazetteers",
      reason: "no compiled lists were found; run make, or name a compiled file or a folder of lists with --gazetteers."
        + " Places tried:\n  " + tried.joined(separator: "\n  "))
  }

  /// Opens a place that the user named: a compiled file, or a folder of lists.
  private static func openNamed(_ path: String) throws -> LexiconImage {
    var info = stat()
    guard stat(path, &info) == 0 else {
      throw LexiconError(
        file: path,
        reason: "cannot be opened: \(String(cString: strerror(errno))); name a compiled file or a folder of lists")
    }
    if info.st_mode & S_IFMT == S_IFDIR {
      return try LexiconImage(bytes: try ListFolder.compile(path), source: path)
    }
    return try LexiconImage.open(path: path)
  }

  /// Where the lists lie beside a program, in the order of the search.
  static func placesBeside(_ program: String) -> [String] {
    var folder = FileIO.parent(of: program)
    var places = ["\(FileIO.parent(of: folder))/share/fakta/gazetteers.fakta"]
    for _ in 0..<5 where folder.count > 1 {
      if folder.hasSuffix("/.build") { places.append("\(folder)/fakta.gazetteers") }
      folder = FileIO.parent(of: folder)
    }
    return places
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The path of the running program, with no symbolic link in it.
  static func ownPath() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let n = buffer.withUnsafeMutableBytes {
      readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    guard n > 0, n < buffer.count else { return nil }
    return String(decoding: buffer[0..<n], as: UTF8.self)
  }
}
