import Fakta
import Glibc

/// The files that a command reads and writes: what it writes must be nothing that it reads, and no two outputs one file.
///
/// To be checked before anything is opened for writing. Files are told apart by what they are, not by their paths. Of a folder
/// that is searched for articles, an output that an earlier run has written there is left out, as `InputWalker` does; any other
/// file would be lost, and is refused.
struct FileUses {
  private struct Output {
    var path: String
    var option: String
    /// Whether what is there was written by an earlier run.
    var isOwn: (String) -> Bool
    var isWrittenLast: Bool
  }

  private var sources: [FileIdentity: (path: String, use: String)] = [:]
  private var outputs: [Output] = []

  /// What is read, the articles of searched folders aside.
  var identities: Set<FileIdentity> { Set(sources.keys) }

  /// The inputs of a command, and its lists.
  init(_ input: InputOptions, _ setup: PipelineSetup) {
    for path in input.paths { reads(path, as: "an input") }
    for path in setup.add { reads(path, as: "a file of --add") }
    readsLists(setup.gazetteers)
  }

  init() {}

  /// Adds the built-in lists and the program.
  mutating func readsLists(_ gazetteers: String?) {
    let environment = getenv("FAKTA_GAZETTEERS").map { String(cString: $0) }
    for path in Lexicon.files(gazetteers: gazetteers, environment: environment) {
      reads(path, as: "a file of the lists")
    }
    reads("/proc/self/exe", as: "this program")
  }

  /// Adds a file or folder that is read; `use` says as what: `an input`.
  mutating func reads(_ path: String, as use: String) {
    let identity = path == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: path)
    if let identity, sources[identity] == nil { sources[identity] = (path, use) }
  }

  /// Adds a file or folder that is written; `-` is the standard output.
  ///
  /// - Parameters:
  ///   - isOwn: Whether what is there was written by an earlier run.
  ///   - isWrittenLast: Whether the file is opened only when all is done.
  mutating func writes(
    _ path: String, by option: String, isOwn: @escaping (String) -> Bool = isFile { _ in false },
    isWrittenLast: Bool = false
  ) {
    let option = path == "-" ? "the standard output" : option
    outputs.append(Output(path: path, option: option, isOwn: isOwn, isWrittenLast: isWrittenLast))
  }

  /// Whether nothing is in a file, or it begins as its writer begins.
  static func isFile(beginning: @escaping ([UInt8]) -> Bool) -> (String) -> Bool {
    { path in FileIO.head(of: path).map { $0.isEmpty || beginning($0) } ?? false }
  }

  /// Refuses outputs that are read as well, or that are one file, and places where the end of a run would find that it
  /// cannot write.
  ///
  /// - Parameter walker: Finds the articles.
  func check(_ walker: InputWalker? = nil) throws {
    var written: [FileIdentity: Output] = [:]
    for output in outputs {
      guard let identity = Self.identity(of: output) else { continue }
      if let source = sources[identity] { throw Self.refusal(output, source.use, source.path) }
      if let other = written[identity] { throw Self.refusal(output, "what \(other.option) writes", other.path) }
      written[identity] = output
    }
    for output in outputs where output.isWrittenLast && output.path != "-" {
      if let problem = FileIO.obstacle(to: output.path) { throw stop("\(problem)") }
    }
    guard let walker else { return }
    let foreign = written.filter { _, output in
      let path = output.path == "-" ? "/dev/stdout" : output.path
      return access(path, F_OK) == 0 && !output.isOwn(path)
    }
    if foreign.isEmpty { return }
    for path in walker.filesLeftOut {
      guard let output = FileIdentity(path: path).flatMap({ foreign[$0] }) else { continue }
      throw Self.refusal(output, "among the inputs, and not from an earlier run of this command", path)
    }
  }

  private static func identity(of output: Output) -> FileIdentity? {
    output.path == "-" ? FileIdentity(descriptor: STDOUT_FILENO) : FileIdentity(path: output.path)
  }

  private static func refusal(_ output: Output, _ use: String, _ path: String) -> any Error {
    let shown = output.path == "-" ? path : output.path
    let other = path == shown || path == "-" ? "" : " ('\(path)')"
    let remedy = output.path == "-" ? "write to another file" : "name another file with \(output.option)"
    return stop("\(shown): is \(use)\(other), and \(output.option) would write over it; \(remedy)")
  }
}
