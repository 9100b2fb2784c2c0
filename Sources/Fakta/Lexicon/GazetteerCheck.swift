/// Finds every fault of lists and rules, as `fakta gazetteer check` shows them.
///
///     mine.tsv:1: directive 'clas' is unknown here; known are table, class, kind, match, form
///     my.rules:2:9: no list has the class 'ofice'; correct it, or add a list with #! class=ofice
///
/// - A folder that holds `words.tsv` is a language: it is checked as a whole, as `--gazetteers` takes it.
/// - Files, and what other folders hold, are a user's: they are checked together, as `--add` takes them over the built-in lists.
///
/// Rules are read and compiled also where lists have faults; the classes that those lists name are known. Their examples are
/// run when all lists are sound.
///
/// **Errors.** None thrown for what a file holds: all problems are collected, in the order of files, lines and columns. What
/// cannot be read throws.
public struct GazetteerCheck {
  public typealias Report = ListChecker.Report

  /// Files of the user that those to be checked need (`--add`).
  public var adding: [String] = []
  /// The label of names that stand one per line: `PER`, `LOC` or `ORG`.
  public var addLabel: String?
  /// The built-in lists, for files of a user (`Lexicon.load`).
  public var gazetteers: String?
  public var environment: String?

  public init() {}

  /// Checks folders and files; the folder `gazetteers` where none is named.
  public func check(_ paths: [String]) throws -> Report {
    if paths.isEmpty {
      let folder = "gazetteers"
      guard ListFolder.isFolder(folder) else { throw ListFolder.noLists(folder) }
      return try check([folder])
    }
    var report = Report()
    var own: [String] = []
    for path in paths {
      guard ListFolder.isFolder(path) else {
        own.append(path)
        continue
      }
      let files = try ListFolder.files(in: path)
      if files.contains(where: { $0 == "words.tsv" || $0.hasSuffix("/words.tsv") }) {
        report.add(try Self.check(language: path))
      } else {
        let lists = files.filter { !$0.hasSuffix(".model") }
        guard !lists.isEmpty else { throw ListFolder.noLists(path) }
        own += lists.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
      }
    }
    if !own.isEmpty { report.add(try check(own: own)) }
    report.sort()
    return report
  }

  private static func check(language folder: String) throws -> Report {
    var report = try ListChecker.check(folder: folder)
    let files = try ListFolder.files(in: folder)
    let broken = Set(report.errors.map(\.file))
    do {
      let (image, problems) = try ListFolder.compileSound(folder, broken: broken)
      let lexicon = Lexicon(image: try LexiconImage(bytes: image, source: folder))
      report.errors += problems
      try report.addRules(
        files.filter { $0.hasSuffix(".rules") }, in: folder, lexicon, areListsWhole: broken.isEmpty)
    } catch let error as LexiconError {
      // What only the compiler sees of a list.
      guard files.contains(error.file) else { throw error }
      report.errors.append(error)
    }
    report.putPaths(below: folder)
    return report
  }

  private func check(own paths: [String]) throws -> Report {
    var lists = UserLists(label: try Lexicon.label(addLabel))
    for path in adding.filter({ !paths.contains($0) }) + paths { lists.read(try FileIO.read(path), path: path) }
    let base = LexiconData(
      image: try Lexicon.findImage(gazetteers: gazetteers, executable: nil, environment: environment))
    var report = ListChecker.check(lists.lists, areOwn: true)
    report.errors += lists.problems + lists.problemsOfClasses(over: base)
    let broken = Set(report.errors.map(\.file))
    var compiler = LexiconCompiler(over: base)
    do throws(LexiconError) {
      for list in lists.lists {
        if broken.contains(list.path) { compiler.declareClasses(of: list) } else { try compiler.add(list) }
      }
    } catch {
      // What only the compiler sees of a list; there is nothing to compile rules over.
      report.errors.append(error)
      return report
    }
    for rules in lists.rules { report.errors += compiler.addSoundRules(bytes: rules.bytes, path: rules.path) }
    let lexicon = try lists.lay(compiler, over: base)
    report.warnings += lexicon.notices
    try report.addRules(lists.rules.map(\.path), in: nil, lexicon, areListsWhole: broken.isEmpty)
    return report
  }
}

extension ListChecker.Report {
  /// Adds what is wrong with rules that were compiled into `lexicon`, and runs their examples where all lists are in it.
  fileprivate mutating func addRules(
    _ files: [String], in folder: String?, _ lexicon: Lexicon, areListsWhole: Bool
  ) throws {
    errors += lexicon.problemsOfRules(areListsWhole: areListsWhole)
    guard !files.isEmpty else { return }
    guard areListsWhole else {
      hasUnrunExamples = true
      return
    }
    let examples = try RuleExamples.check(files: files, folder: folder, lexicon)
    errors += examples.failures
    rules += examples.rules
    self.examples += examples.examples
  }

  fileprivate mutating func add(_ other: Self) {
    errors += other.errors
    warnings += other.warnings
    lists += other.lists
    rows += other.rows
    forms += other.forms
    counts += other.counts
    rules += other.rules
    examples += other.examples
    hasUnrunExamples = hasUnrunExamples || other.hasUnrunExamples
  }

  fileprivate mutating func putPaths(below folder: String) {
    for i in errors.indices { errors[i].file = "\(folder)/\(errors[i].file)" }
    for i in warnings.indices { warnings[i].file = "\(folder)/\(warnings[i].file)" }
  }

  /// What was read and found, in one line.
  public var summary: String {
    func counted(_ count: Int, _ one: String) -> String { "\(count) \(one)\(count == 1 ? "" : "s")" }
    let read = [(lists, "list"), (rows, "row"), (forms, "form"), (rules, "rule"), (examples, "example")]
    let counts = read.filter { $0.0 > 0 }.map(counted).joined(separator: ", ")
    var out = counts.isEmpty ? "" : counts + ": "
    out += errors.isEmpty ? "no errors" : counted(errors.count, "error")
    if !warnings.isEmpty { out += ", " + counted(warnings.count, "warning") }
    return out + (hasUnrunExamples ? "; the examples of the rules wait until the lists have no errors" : "")
  }
}
