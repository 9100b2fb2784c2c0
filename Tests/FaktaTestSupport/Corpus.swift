import Fakta
import Glibc
import Synchronization

/// A sentence of a corpus with the answers that its author marked.
///
///     Perang merenggut [250.000](q 250000 modifier=approx item="korban jiwa") korban jiwa.
///
/// The text is what remains without the marks; `\n` is a line break. Offsets of marks count code points of the text.
public struct Example: Sendable, CustomStringConvertible {
  public struct Mark: Sendable, Equatable, CustomStringConvertible {
    public var text: String
    /// What stands in the parentheses, as written.
    public var note: String
    public var start: Int
    public var end: Int
    public var description: String { "[\(text)](\(note))" }

    public init(text: String, note: String, start: Int, end: Int) {
      self.text = text
      self.note = note
      self.start = start
      self.end = end
    }

    /// The note's words that are no `key=value`, in order.
    public var words: [String] { Note(note).words }
    /// The note's `key=value` pairs.
    public var values: [String: String] { Note(note).values }
  }

  public var text: String
  public var marks: [Mark]
  /// The day of the last `@date` line, nil for `@date none`.
  public var date: CalendarDay?
  public var file: String
  /// 1-based line of the corpus.
  public var line: Int

  public var description: String { "\(file):\(line): \(text)" }
}

/// The parts of a note: words, and values that may be quoted.
private struct Note {
  var words: [String] = []
  var values: [String: String] = [:]

  init(_ text: String) {
    var part = ""
    var key: String?
    var quoted = false
    func finish(_ note: inout Note) {
      if let key { note.values[key] = part } else if !part.isEmpty { note.words.append(part) }
      part = ""
    }
    for c in text {
      if c == "\"" {
        quoted.toggle()
      } else if c == " ", !quoted {
        finish(&self)
        key = nil
      } else if c == "=", !quoted, key == nil {
        key = part
        part = ""
      } else {
        part.append(c)
      }
    }
    finish(&self)
  }
}

/// Corpora under `Tests/Corpora`.
public enum Corpus {
  /// The folder of the package.
  public static let root: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// The examples of a corpus: `Corpus.read("id/quantities.txt")`.
  public static func read(_ name: String) throws -> [Example] {
    let bytes = try FileIO.read("\(root)/Tests/Corpora/\(name)")
    var examples: [Example] = []
    var date: CalendarDay?
    for (i, line) in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("@date") {
        let text = line.dropFirst(5).drop { $0 == " " }
        date = parseISODate(Array(text.utf8).span).map { CalendarDay($0.year, $0.month, $0.day) }
        continue
      }
      var example = parse(String(line))
      example.file = name
      example.line = i + 1
      example.date = date
      examples.append(example)
    }
    return examples
  }

  /// Takes the marks out of a line.
  public static func parse(_ line: String) -> Example {
    var text = String.UnicodeScalarView()
    var marks: [Example.Mark] = []
    var start: Int?
    let scalars = Array(line.unicodeScalars)
    var i = 0
    func note(from at: Int) -> (String, Int) {
      var out = String.UnicodeScalarView()
      var at = at
      var quoted = false
      while at < scalars.count, quoted || scalars[at] != ")" {
        if scalars[at] == "\"" { quoted.toggle() }
        out.append(scalars[at])
        at += 1
      }
      return (String(out), at + 1)
    }
    while i < scalars.count {
      let c = scalars[i]
      if c == "\\", i + 1 < scalars.count {
        text.append(scalars[i + 1] == "n" ? "\n" : scalars[i + 1])
        i += 2
      } else if c == "[", start == nil || i == 0 {
        start = text.count
        i += 1
        if i < scalars.count, scalars[i] == "[" {  // a mark that begins with a bracket
          text.append("[")
          i += 1
        }
      } else if c == "]", let from = start, i + 1 < scalars.count, scalars[i + 1] == "(" {
        let (found, next) = note(from: i + 2)
        let marked = String(String.UnicodeScalarView(text.dropFirst(from)))
        marks.append(Example.Mark(text: marked, note: found, start: from, end: text.count))
        start = nil
        i = next
      } else {
        text.append(c)
        i += 1
      }
    }
    return Example(text: String(text), marks: marks, date: nil, file: "", line: 0)
  }
}

/// The compiled lists for tests: the file that `make` built when it is newer than every list, else compiled in memory.
public enum TestLexicon {
  public static let shared: Lexicon = {
    let lists = "\(Corpus.root)/gazetteers"
    let compiled = "\(Corpus.root)/.build/fakta.gazetteers"
    if let built = modified(compiled),
      ListFolder.files(in: lists).allSatisfy({ (modified("\(lists)/\($0)") ?? .max) <= built }),
      let image = try? LexiconImage.open(path: compiled)
    {
      return Lexicon(image: image)
    }
    do {
      return Lexicon(image: try LexiconImage(bytes: try ListFolder.compile(lists), source: lists))
    } catch {
      fatalError("the lists do not compile: \(error)")
    }
  }()

  private static func modified(_ path: String) -> Int? {
    var info = stat()
    return stat(path, &info) == 0 ? info.st_mtim.tv_sec : nil
  }

  /// The pipelines that tests asked for: making one parses lists, which would cost more than most tests.
  private static let pipelines = Mutex<[Set<Layer>: Pipeline]>([:])

  /// A pipeline for `layers`, made once per process.
  public static func pipeline(layers: Set<Layer> = Set(Layer.allCases)) throws -> Pipeline {
    try pipelines.withLock { made in
      if let pipeline = made[layers] { return pipeline }
      let pipeline = try Pipeline(lexicon: shared, layers: layers)
      made[layers] = pipeline
      return pipeline
    }
  }

  /// A document of `text` after all stages that `layers` need.
  public static func annotate(_ text: String, layers: Set<Layer> = Set(Layer.allCases), date: CalendarDay? = nil) throws
    -> Document
  {
    var pipeline = try pipeline(layers: layers)
    var document = Document()
    document.reset(text: Array(text.utf8), optionDate: date)
    pipeline.annotate(&document)
    return document
  }
}

/// Code-point offsets of a span of a document.
public func codePoints(of span: TokenSpan, trim: Int = 0, in document: Document) -> Range<Int> {
  let range = document.rawRange(of: span, trim: trim)
  func count(_ end: Int) -> Int { document.raw[..<end].count { $0 & 0xC0 != 0x80 } }
  return count(range.lowerBound)..<count(range.upperBound)
}
