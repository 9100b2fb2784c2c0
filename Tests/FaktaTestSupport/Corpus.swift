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
    public var words: [String] { MarkNote(note).words }
    /// The note's `key=value` pairs.
    public var values: [String: String] { MarkNote(note).values }
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
    try examples(String(decoding: FileIO.read("\(root)/Tests/Corpora/\(name)"), as: UTF8.self), name)
  }

  /// The examples in the text of the corpus `name`.
  public static func examples(_ text: String, _ name: String) throws -> [Example] {
    var examples: [Example] = []
    var date: CalendarDay?
    for (i, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      do {
        if line.hasPrefix("@") {
          date = try day(line)
          continue
        }
        var example = try parse(String(line))
        try check(example.marks, in: name)
        example.file = name
        example.line = i + 1
        example.date = date
        examples.append(example)
      } catch {
        throw CorpusError(place: "Tests/Corpora/\(name):\(i + 1)", fault: error)
      }
    }
    return examples
  }

  /// The day of a line `@date 2015-11-09`, nil for `@date none`.
  private static func day(_ line: Substring) throws(Fault) -> CalendarDay? {
    if line == "@date none" { return nil }
    guard line.hasPrefix("@date "), let date = parseISODate(Array(line.dropFirst(6).utf8).span) else {
      throw Fault("this is neither @date with a day or none, nor a sentence: that would begin with \\@")
    }
    return CalendarDay(date.year, date.month, date.day)
  }

  /// The keys that notes may have, in their usual order. The tests read these and no others.
  public static let keys: [String: [String]] = [
    "id/entities.txt": ["name", "use"],
    "id/quantities.txt": ["kind", "unit", "modifier", "item", "head", "classifier", "per"],
    "id/dates.txt": ["freq", "from", "to", "mod", "calendar"],
  ].merging(FactMarks.layout.map { ("id/\($0.key)s.txt", $0.value.slots) }) { $1 }

  private static func check(_ marks: [Example.Mark], in name: String) throws(Fault) {
    for mark in marks {
      if let keys = keys[name], let key = mark.values.keys.first(where: { !keys.contains($0) }) {
        throw Fault("\(mark): '\(key)' is none of \(keys.joined(separator: ", "))")
      }
      if let (kind, layout) = FactMarks.layout.first(where: { "id/\($0.key)s.txt" == name }),
        let word = mark.words.first(where: { $0 != kind && !layout.flags.contains($0) })
      {
        throw Fault("\(mark): '\(word)' is none of \(([kind] + layout.flags).joined(separator: ", "))")
      }
    }
  }

  /// Takes the marks out of a line.
  private static func parse(_ line: String) throws(Fault) -> Example {
    var text = String.UnicodeScalarView()
    var marks: [Example.Mark] = []
    var start: Int?
    let scalars = Array(line.unicodeScalars)
    var i = 0
    func note(from at: Int) throws(Fault) -> (String, Int) {
      var out = String.UnicodeScalarView()
      var at = at
      var quoted = false
      while at < scalars.count, quoted || scalars[at] != ")" {
        if scalars[at] == "\"" { quoted.toggle() }
        out.append(scalars[at])
        at += 1
      }
      guard at < scalars.count else { throw Fault("the note (\(out) has no end") }
      return (String(out), at + 1)
    }
    while i < scalars.count {
      let c = scalars[i]
      if c == "\\", i + 1 < scalars.count {
        text.append(scalars[i + 1] == "n" ? "\n" : scalars[i + 1])
        i += 2
      } else if c == "[", start == nil {
        start = text.count
        i += 1
        if i < scalars.count, scalars[i] == "[" {  // a mark that begins with a bracket
          text.append("[")
          i += 1
        }
      } else if c == "]", let from = start, i + 1 < scalars.count, scalars[i + 1] == "(" {
        let (found, next) = try note(from: i + 2)
        let marked = String(String.UnicodeScalarView(text.dropFirst(from)))
        marks.append(Example.Mark(text: marked, note: found, start: from, end: text.count))
        start = nil
        i = next
      } else {
        text.append(c)
        i += 1
      }
    }
    guard start == nil else { throw Fault("a mark has no ](note); a bracket of the text is \\[") }
    return Example(text: String(text), marks: marks, date: nil, file: "", line: 0)
  }

  /// What is wrong with a line.
  struct Fault: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
  }
}

/// A line of a corpus that cannot be meant.
public struct CorpusError: Error, CustomStringConvertible {
  public var description: String

  init(place: String, fault: Corpus.Fault) { description = "\(place): \(fault.reason)" }
}

/// The compiled lists for tests: the file that `make` built when it is newer than every list and than the sources of what
/// compiles them, else compiled in memory.
public enum TestLexicon {
  public static let shared: Lexicon = {
    let lists = "\(Corpus.root)/gazetteers"
    let compiled = "\(Corpus.root)/.build/fakta.gazetteers"
    if let built = modified(compiled), let files = try? ListFolder.files(in: lists),
      files.allSatisfy({ (modified("\(lists)/\($0)") ?? .max) < built }),
      isOlder("\(Corpus.root)/Sources/Fakta", than: built),
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

  /// Nanoseconds.
  private static func modified(_ path: String) -> Int? {
    var info = stat()
    return stat(path, &info) == 0 ? info.st_mtim.tv_sec * 1_000_000_000 + info.st_mtim.tv_nsec : nil
  }

  /// Whether everything in a folder was last modified before `time`.
  private static func isOlder(_ folder: String, than time: Int) -> Bool {
    guard let directory = opendir(folder) else { return false }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = "\(folder)/\(name)"
      guard (modified(path) ?? .max) < time else { return false }
      if entry.pointee.d_type == DT_DIR, !isOlder(path, than: time) { return false }
    }
    return true
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
