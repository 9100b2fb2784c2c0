/// A file of rules as its author wrote it; the rules are parsed by the stage that applies them.
public struct RuleFile: Sendable, Equatable {
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The files as bytes of an image: for each the length of its path and of its text (4 bytes each), path, text.
  static func section(_ files: [RuleFile]) -> [UInt8] {
    var out: [UInt8] = []
    for file in files {
      for length in [file.path.utf8.count, file.bytes.count] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: length)) { out.append(contentsOf: $0) }
      }
      out.append(contentsOf: file.path.utf8)
      out.append(contentsOf: file.bytes)
    }
    return out
  }

  /// The files that an image holds; a damaged section gives those before the damage.
  static func files(in image: LexiconImage) -> [RuleFile] {
    let raw = image.bytes("RULES")
    var files: [RuleFile] = []
    var at = 0
    while at + 8 <= raw.count {
      let path = Int(raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      let text = Int(raw.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self))
      at += 8
      guard path + text <= raw.count - at else { break }
      files.append(
        RuleFile(
          path: String(decoding: raw[at..<at + path], as: UTF8.self), bytes: Array(raw[at + path..<at + path + text])))
      at += path + text
    }
    return files
  }
}
