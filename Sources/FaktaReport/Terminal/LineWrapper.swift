import Fakta

/// Fills lines with words by their width in cells.
///
///     var wrapper = LineWrapper(style: style, indent: 2)
///     wrapper.append("Kapal ", .plain)
///     wrapper.append("Tanjung Priok", .place)
///     let lines = wrapper.finish()
///
/// Lines break at spaces; a word that is longer than a line is cut between characters. What a terminal would obey is
/// replaced.
///
/// **Cost.** One visit per character.
struct LineWrapper {
  private let style: TerminalStyle
  private let width: Int
  private let indent: Int
  private let hang: Int
  private var lines: [String] = []
  private var line: [(text: String, ink: Ink)] = []
  private var lineWidth = 0
  private var word: [(text: String, ink: Ink)] = []
  private var wordWidth = 0
  /// The ink of the space before the word; `nil` when there is none.
  private var space: Ink?

  /// - Parameters:
  ///   - indent: Cells before the first line.
  ///   - hang: Cells before the following lines, as `indent` if not given.
  init(style: TerminalStyle, width: Int? = nil, indent: Int = 0, hang: Int? = nil) {
    self.style = style
    self.width = max(4, width ?? style.width)
    self.indent = indent
    self.hang = hang ?? indent
  }

  private var room: Int { max(4, width - (lines.isEmpty ? indent : hang)) }

  mutating func append(_ text: String, _ ink: Ink = .plain) {
    for character in text.harmless {
      if character == " " || character == "\u{3000}" {
        flushWord()
        space = space ?? ink
        continue
      }
      let cells = CellWidth.of(character)
      if wordWidth + cells > room { cutWord() }
      if let last = word.indices.last, word[last].ink == ink {
        word[last].text.append(character)
      } else {
        word.append((String(character), ink))
      }
      wordWidth += cells
    }
  }

  /// Ends the last line and returns all of them.
  mutating func finish() -> [String] {
    flushWord()
    if !line.isEmpty || lines.isEmpty { endLine() }
    return lines
  }

  private mutating func cutWord() {
    if lineWidth > 0 { endLine() }
    space = nil
    flushWord()
    endLine()
  }

  private mutating func flushWord() {
    guard !word.isEmpty else { return }
    if lineWidth > 0, let space {
      if lineWidth + 1 + wordWidth > room {
        endLine()
      } else {
        line.append((" ", space))
        lineWidth += 1
      }
    } else if lineWidth + wordWidth > room {
      endLine()
    }
    line.append(contentsOf: word)
    lineWidth += wordWidth
    word.removeAll(keepingCapacity: true)
    wordWidth = 0
    space = nil
  }

  private mutating func endLine() {
    var text = String(repeating: " ", count: line.isEmpty ? 0 : lines.isEmpty ? indent : hang)
    var run = ""
    var ink = Ink.plain
    for piece in line {
      if piece.ink != ink {
        text += style.paint(run, ink)
        run = ""
        ink = piece.ink
      }
      run += piece.text
    }
    lines.append(text + style.paint(run, ink))
    line.removeAll(keepingCapacity: true)
    lineWidth = 0
    space = nil
  }
}
