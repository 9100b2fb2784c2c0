import ArgumentParser
import Glibc

/// What goes to people: the standard error, and whether terminals are at hand.
enum Console {
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// The terminal's cells per line, at most 120 because longer lines are hard to read; 80 for a pipe.
  static var terminalWidth: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return min(Int(size.ws_col), 120) }
    if let columns = getenv("COLUMNS"), let width = Int(String(cString: columns)), width > 0 { return min(width, 120) }
    return 80
  }

  /// Writes a line to the standard error.
  static func say(_ message: String) { put("fakta: \(message)\n") }

  /// Writes `text` as it is to the standard error.
  static func put(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Writes `text` to a descriptor; what cannot be written is lost.
  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return }
        offset += count
      }
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
