import ArgumentParser
import Fakta
import FaktaReport
import Glibc

/// What goes to people: the standard error, and whether terminals are at hand.
enum Console {
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// The terminal's cells per line, at most 120 because longer lines are hard to read; 80 for a pipe.
  static var terminalWidth: Int { width(of: STDOUT_FILENO) }

  /// The same for another stream.
  static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return min(Int(size.ws_col), 120) }
    if let columns = getenv("COLUMNS"), let width = Int(String(cString: columns)), width > 0 { return min(width, 120) }
    return 80
  }

  /// Writes a message to the standard error, without what a terminal would obey: it may quote an article or a file name.
  static func say(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    put("fakta: \(lines.map { String($0).harmless }.joined(separator: "\n"))\n")
  }

  /// A place in an input as people read it: `-:3` is the third line of the standard input.
  static func shown(_ place: String) -> String {
    place == "-" || place.hasPrefix("-:") ? "standard input" + place.dropFirst() : place
  }

  /// Writes `text` as it is to the standard error; what cannot be written is lost.
  static func put(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Writes `text` to the standard output.
  ///
  /// - Throws: Ends the command when that fails, and says why, unless the reader of a pipe has gone.
  static func output(_ text: String) throws {
    if write(text, to: STDOUT_FILENO) { return }
    if errno == EPIPE { throw ExitCode(0) }
    throw stop("standard output: \(String(cString: strerror(errno)))")
  }

  /// Writes all of `text` to a descriptor; `false` when that fails, with the reason in `errno`.
  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        offset += count
      }
      return true
    }
  }
}

/// A formatter whose output goes to a terminal: what the terminal would obey is taken out, articles come from strangers.
struct HarmlessFormatter: DocumentFormatter {
  var base: any DocumentFormatter
  private var bytes: [UInt8] = []

  init(_ base: any DocumentFormatter) { self.base = base }

  func wrote(_ head: [UInt8]) -> Bool { base.wrote(head) }
  func appendHeader(to out: inout [UInt8]) { base.appendHeader(to: &out) }
  func appendFooter(to out: inout [UInt8]) { base.appendFooter(to: &out) }

  mutating func append(_ document: Document, _ article: ArticleInfo, to out: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    base.append(document, article, to: &bytes)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      // The format's own marks.
      let isKept = scalar == "\n" || scalar == "\t"
      out.append(contentsOf: UTF8.encode(isKept ? scalar : scalar.harmless)!)
    }
  }
}

/// Says what went wrong and gives the error that ends the command.
///
/// - Parameter code: 1: nothing could be done. 3: some articles failed. 64: the command was called wrongly.
func stop(_ message: String, code: Int32 = 1) -> ExitCode {
  Console.say(message)
  return ExitCode(code)
}

/// The same for a command that was called wrongly, where the lists had to be asked whether it was.
func misuse(_ message: String, of command: String) -> ExitCode {
  stop("\(message)\n  See 'fakta \(command) --help' for more information.", code: 64)
}

/// Refuses a path that is there and empty: a variable of a script that is not set.
func refuseEmpty(_ path: String?, _ option: String) throws {
  if path == "" { throw ValidationError("\(option) has an empty name; name a file or folder") }
}

/// The parts of a list with commas, without the spaces around them.
func listed(_ text: String) -> [String] {
  text.split(separator: ",").map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

extension NameQuery {
  /// What `--entity` asks for; `nil` where it is not given.
  static func asked(_ names: [String]) throws -> NameQuery? {
    if names.isEmpty { return nil }
    do {
      return try NameQuery(names)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
