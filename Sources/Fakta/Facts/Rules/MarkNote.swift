/// What stands in the brackets behind marked words, in examples of rules and in corpora of tests.
///
///     role person="Sergey Lavrov" org=Rusia former  →  words: role, former   values: person, org
package struct MarkNote: Sendable {
  /// What is no `key=value`, in order.
  package private(set) var words: [String] = []
  /// Of a key that stands twice, the later value.
  package private(set) var values: [String: String] = [:]

  package init(_ text: String) {
    var part = ""
    var key: String?
    var isQuoted = false
    func finish(_ note: inout MarkNote) {
      if let key { note.values[key] = part } else if !part.isEmpty { note.words.append(part) }
      part = ""
    }
    for c in text {
      if c == "\"" {
        isQuoted.toggle()
      } else if c == " ", !isQuoted {
        finish(&self)
        key = nil
      } else if c == "=", !isQuoted, key == nil {
        key = part
        part = ""
      } else {
        part.append(c)
      }
    }
    finish(&self)
  }
}
