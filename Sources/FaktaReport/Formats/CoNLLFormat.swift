import Fakta

/// Tokens on lines of their own with their entity in the last column (BIO), a blank line behind each sentence.
///
///     # id = a1
///     Rusia	63	68	B-LOC
///     telah	69	74	O
///
/// Columns are separated by tabs: the token, its offsets, its label.
package struct CoNLLFormat: DocumentFormat {
  private let offsets: OffsetUnit

  package init(offsets: OffsetUnit = .codepoint) { self.offsets = offsets }

  /// By the columns of the first token, if there is one: an article may begin with a headline in Markdown.
  package func wrote(_ head: [UInt8]) -> Bool {
    let lines = head.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count > 1, lines[0].starts(with: "# id = ".utf8) else { return false }
    return lines[1].isEmpty || lines[1].count { $0 == 0x09 } == 3
  }

  package func append(_ document: ReportDocument, to out: inout String) {
    let map = OffsetMap(document.scalars, unit: offsets)
    let words = Words(document, cuts: document.entities.map(\.span) + document.sentences)
    out += "# id = \(document.id.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : String($0) }.joined())\n"
    var entity = 0
    var sentence = 0
    for span in words.spans {
      while entity < document.entities.count, document.entities[entity].span.end <= span.start { entity += 1 }
      while sentence < document.sentences.count, document.sentences[sentence].end <= span.start {
        sentence += 1
        if !out.hasSuffix("\n\n") && span.start > 0 { out += "\n" }
      }
      var tag = "O"
      if entity < document.entities.count, document.entities[entity].span.contains(span) {
        let found = document.entities[entity]
        tag = (found.span.start == span.start ? "B-" : "I-") + found.label
      }
      out += "\(document.text(span))\t\(map.offset(of: span.start))\t\(map.offset(of: span.end))\t\(tag)\n"
    }
    out += "\n"
  }
}
