import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// Runs the program that was built beside these tests, as a user would.
struct Program {
  struct Result {
    /// The exit status, or 128 and the number of the signal that ended it.
    var status: Int32
    var output: String
    var errors: String

    /// The lines of the output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    /// The output as JSON, one value per line.
    func documents() throws -> [[String: Any]] {
      try lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    }
  }

  /// The folder in which the program runs.
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The program, in the folder of the test bundle; `FAKTA_TESTED` names another one.
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["FAKTA_TESTED"] { return path }
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let path = URL(filePath: tests).deletingLastPathComponent().appending(path: "fakta").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      fatalError("there is no \(path); build it: swift build --build-tests")
    }
    return path
  }()

  /// The compiled lists as a file.
  static let lists: String = {
    let path = FileManager.default.temporaryDirectory.appending(path: "fakta-lists-\(getpid())").path
    let memory = TestLexicon.shared.image.memory
    try! FileIO.write(Array(memory), to: path)
    atexit { unlink(Program.lists) }
    return path
  }()

  /// Runs the program to its end.
  ///
  /// - Parameter input: What comes in by the standard input.
  func run(_ arguments: String..., input: [UInt8]? = nil, environment: [String: String] = [:]) throws -> Result {
    try run(arguments, input: input, environment: environment)
  }

  func run(_ arguments: [String], input: [UInt8]? = nil, environment: [String: String] = [:]) throws -> Result {
    try start([Self.path] + arguments, input: input, environment: environment).wait()
  }

  /// Runs a command of the shell in which `$FAKTA` is the program.
  func shell(_ command: String, input: [UInt8]? = nil) throws -> Result {
    try start(["/bin/bash", "-c", command], input: input).wait()
  }

  /// Before a command of the shell: permissions of files hold for it even if the tests run as root.
  static let obedient = getuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search " : ""

  /// Starts a program without waiting for it.
  func start(_ arguments: [String], input: [UInt8]? = nil, environment: [String: String] = [:]) throws -> Running {
    let name = UUID().uuidString
    let files = ["in", "out", "err"].map { folder.url.appending(path: ".\(name).\($0)").path }
    try Data(input ?? []).write(to: URL(filePath: files[0]))

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, files[0], O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, files[1], O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, files[2], O_WRONLY | O_CREAT, 0o600)
    var values = ProcessInfo.processInfo.environment
    values["FAKTA_GAZETTEERS"] = Self.lists
    values["FAKTA"] = Self.path
    values["SWIFT_BACKTRACE"] = "enable=no"
    values.merge(environment) { $1 }
    var pid = pid_t()
    let status = withCStrings(["/bin/bash", "-c", "cd \"$0\" && exec \"$@\"", folder.url.path] + arguments) {
      arguments in
      withCStrings(values.map { "\($0)=\($1)" }) { values in
        posix_spawn(&pid, arguments[0]!, &actions, nil, arguments, values)
      }
    }
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EINVAL) }
    return Running(pid: pid, folder: folder, files: files)
  }

  /// A program at work.
  struct Running {
    let pid: pid_t
    fileprivate let folder: TemporaryFolder
    fileprivate let files: [String]

    func send(_ signal: Int32) { kill(pid, signal) }

    /// Whether the program has ended; `wait` still tells how.
    var hasEnded: Bool {
      var info = siginfo_t()
      return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
    }

    /// Waits until the program has made a file. It is an issue, and the end of the program, when it does not.
    func wait(for name: String, seconds: Int = 60, sourceLocation: SourceLocation = #_sourceLocation) {
      let file = folder.url.appending(path: name).path
      let end = ContinuousClock.now + .seconds(seconds)
      while !FileManager.default.fileExists(atPath: file) {
        if hasEnded {
          Issue.record("the program has ended, and there is no \(name)", sourceLocation: sourceLocation)
          return
        }
        if ContinuousClock.now > end {
          Issue.record("there is no \(name) after \(seconds) s", sourceLocation: sourceLocation)
          send(SIGKILL)
          return
        }
        usleep(500)
      }
    }

    func wait() throws -> Result {
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      let texts = files.dropFirst().map {
        String(decoding: (try? Data(contentsOf: URL(filePath: $0))) ?? Data(), as: UTF8.self)
      }
      for file in files { unlink(file) }
      return Result(status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: texts[0], errors: texts[1])
    }
  }

  // Files

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = folder.url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    _ = try folder.write(bytes, to: name)
  }

  func bytes(_ name: String) throws -> [UInt8] { try FileIO.read(folder.url.appending(path: name).path) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.url.appending(path: name).path) }
}

private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
  let pointers = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}

/// Articles for batches: made up, different from each other, all of the kinds of annotation in them.
enum MadeUpNews {
  /// Returns an article by number.
  static func article(_ number: Int) -> String {
    let places = ["Jakarta", "Bandung", "Surabaya", "Medan", "Makassar", "Kupang"]
    let people = ["Joko Widodo", "Sri Mulyani", "Retno Marsudi", "Ganjar Pranowo"]
    let place = places[number % places.count]
    let person = people[number % people.count]
    return """
      \(place), CNN Indonesia -- Menteri Keuangan \(person) mengatakan \(number + 3) orang tewas di \(place) pada \
      \(number % 28 + 1) Maret \(2000 + number % 25). “Kami berduka,” kata \(person), Senin (9/11).

      Kerugian ditaksir Rp\(number + 1),5 miliar — naik \(number % 90) persen dari tahun lalu\(String(repeating: ".", count: number % 3)) 😀
      """
  }

  /// Returns records on lines of their own.
  static func records(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<count {
      let record: [String: Any] = [
        "id": "a\(number)", "text": article(number), "date": "2015-11-09", "outlet": "Kabar",
      ]
      bytes += try JSONSerialization.data(withJSONObject: record, options: [.sortedKeys])
      bytes.append(0x0A)
    }
    return bytes
  }
}
