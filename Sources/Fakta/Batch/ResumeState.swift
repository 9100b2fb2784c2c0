import Glibc

/// How far a run has come: written beside its output after every chunk.
///
///     fakta-state 1
///     options format=… layers=… lists=…
///     items 12
///     input 7f3a…
///     output 3145728
///     documents 1064
///     failure invalid-json 2
///     …
public struct ResumeState: Sendable, Equatable {
  /// What the output depends on besides the inputs; a run with other options cannot go on.
  public var options: String
  /// How many work items are done.
  var items = 0
  /// The sum over all that was read for them.
  var input = InputChecksum()
  var outputBytes = 0
  public internal(set) var tally = BatchTally()

  static let beginning = "fakta-state 1"

  init(options: String) { self.options = options }

  private static let counts: [(name: String, path: WritableKeyPath<BatchTally, Int> & Sendable)] = [
    ("documents", \.documents), ("unreadable", \.unreadable), ("bytes", \.bytes), ("disk", \.bytesOnDisk),
    ("regions", \.regions), ("sentences", \.sentences), ("entities", \.entities), ("dates", \.dates),
    ("quantities", \.quantities), ("facts", \.facts),
  ]

  var serialized: [UInt8] {
    var text = "\(Self.beginning)\noptions \(options)\nitems \(items)\n"
    text += "input \(String(input.value, radix: 16))\noutput \(outputBytes)\n"
    for (name, path) in Self.counts { text += "\(name) \(tally[keyPath: path])\n" }
    for (code, count) in tally.failures { text += "failure \(code) \(count)\n" }
    return Array((text + "end\n").utf8)
  }

  /// Reads a state file; `nil` if there is none.
  static func read(_ path: String) throws(OutputError) -> ResumeState? {
    if access(path, F_OK) != 0, errno == ENOENT { return nil }
    let bytes: [UInt8]
    do {
      bytes = try FileIO.read(path)
    } catch {
      // To start again would throw away what an interrupted run has done.
      throw OutputError(path: path, reason: error.reason)
    }
    guard let state = ResumeState(serialized: bytes) else {
      throw OutputError(path: path, reason: "is damaged; start again without --resume")
    }
    return state
  }

  init?(serialized bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 3, lines[0] == Self.beginning, lines[lines.count - 2] == "end" else { return nil }
    options = ""
    for line in lines.dropFirst().dropLast(2) {
      let space = line.firstIndex(of: " ") ?? line.endIndex
      let name = line[..<space]
      let value = line[space...].dropFirst()
      if name == "options" {
        options = String(value)
      } else if name == "input" {
        guard let sum = UInt64(value, radix: 16) else { return nil }
        input = InputChecksum(value: sum)
      } else if name == "failure" {
        let parts = value.split(separator: " ")
        guard parts.count == 2, let count = Int(parts[1]) else { return nil }
        tally.add(String(parts[0]), count)
      } else {
        guard let count = Int(value), count >= 0 else { return nil }
        if name == "items" { items = count }
        if name == "output" { outputBytes = count }
        if let entry = Self.counts.first(where: { $0.name == name }) { tally[keyPath: entry.path] = count }
      }
    }
  }
}
