import ArgumentParser
import Fakta
import FaktaReport
import Glibc

/// `fakta inspect`: the article and what was found in it, for people.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what was found in articles, in the terminal or as a web page.",
    discussion: """
      Reads articles (text, HTML, NDJSON) and documents that `fakta annotate` wrote.

        fakta inspect article.txt                    the article in colour, facts below
        fakta inspect article.txt --only figures
        fakta inspect *.ndjson --html report.html    one file for any browser
        fakta inspect old.ndjson new.ndjson --diff   what changed between two runs
      """)

  @Option(help: ArgumentHelp("Writes a web page, one file without any network access.", valueName: "file"))
  var html: String?
  @Flag(help: "Compares two annotated files: what was removed, added and changed.") var diff = false
  @Option(help: ArgumentHelp(
    "Shows these sections only: \(TerminalView.Section.allCases.map(\.rawValue).joined(separator: ", ")).",
    valueName: "sections"))
  var only: String?
  @Option(help: ArgumentHelp("Shows where a person, place or organization is mentioned.", valueName: "name"))
  var entity: String?
  @Option(help: "Colour in the terminal: auto, always, never.") var color: ColorChoice = .auto
  @Option(help: "Cells per line; the terminal's width if not given.") var width: Int?
  @Option(help: "The compiled gazetteers.") var gazetteers: String?
  @Option(help: "Day that relative dates are counted from, as 2015-11-10.") var date: String?
  @Argument(help: "Files; - is the standard input.") var inputs: [String] = []

  enum ColorChoice: String, ExpressibleByArgument { case auto, always, never }

  func run() throws {
    let files = inputs.isEmpty && isatty(STDIN_FILENO) == 0 ? ["-"] : inputs
    guard !files.isEmpty else { throw ValidationError("name a file to inspect") }
    var source = DocumentSource(gazetteers: gazetteers, date: date)
    let view = try makeView()
    if diff {
      guard files.count == 2 else { throw ValidationError("--diff compares two files: the old one, then the new one") }
      let comparison = Comparison(try source.documents(of: files[0]), try source.documents(of: files[1]))
      try write(comparison, names: (files[0], files[1]), view: view)
    } else {
      var documents: [ReportDocument] = []
      for file in files { documents += try source.documents(of: file) }
      try write(documents, view: view)
    }
  }

  private func makeView() throws -> TerminalView {
    let isTerminal = isatty(STDOUT_FILENO) != 0
    let usesColor =
      switch color {
      case .always: true
      case .never: false
      case .auto: isTerminal && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
      }
    var view = TerminalView(style: TerminalStyle(usesColor: usesColor, width: width ?? Terminal.width))
    for name in only?.split(separator: ",") ?? [] {
      guard let section = TerminalView.Section(rawValue: String(name)) else {
        let known = TerminalView.Section.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--only \(name): there is no such section; sections are \(known)")
      }
      view.only.insert(section)
    }
    view.entity = entity
    return view
  }

  private func write(_ documents: [ReportDocument], view: TerminalView) throws {
    let conflicts = documents.count > 1 ? FigureConflicts.find(in: documents) : []
    if let html {
      return try FileIO.write(HTMLReport.page(for: documents, conflicts: conflicts), to: html)
    }
    var output = LineOutput()
    let concerned = documents.filter { view.concerns($0) }
    for (i, document) in (concerned.isEmpty ? Array(documents.prefix(1)) : concerned).enumerated() {
      if i > 0 { output.write(["", String(repeating: "─", count: view.style.width), ""]) }
      output.write(view.lines(for: document))
    }
    output.write(view.conflicts(conflicts, in: documents))
    output.flush()
  }

  private func write(_ comparison: Comparison, names: (String, String), view: TerminalView) throws {
    if let html {
      return try FileIO.write(HTMLReport.page(for: comparison, names: names), to: html)
    }
    var output = LineOutput()
    output.write(view.lines(for: comparison))
    output.flush()
  }
}

/// The terminal that the output goes to.
enum Terminal {
  /// Its cells per line, at most 120: longer lines are hard to read. 80 for a pipe.
  static var width: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return min(Int(size.ws_col), 120) }
    if let columns = getenv("COLUMNS"), let width = Int(String(cString: columns)), width > 0 { return min(width, 120) }
    return 80
  }
}

/// Lines for the standard output, written in one piece.
struct LineOutput {
  private var bytes: [UInt8] = []

  mutating func write(_ lines: [String]) {
    for line in lines {
      bytes.append(contentsOf: line.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    if bytes.count > 1 << 16 { flush() }
  }

  mutating func flush() {
    var at = 0
    while at < bytes.count {
      let written = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress! + at, bytes.count - at) }
      if written <= 0 { break }
      at += written
    }
    bytes.removeAll(keepingCapacity: true)
  }
}

/// Makes documents for the views: reads those that are annotated already, annotates the others.
struct DocumentSource {
  let gazetteers: String?
  let date: String?
  private var annotator: (pipeline: Pipeline, writer: DocumentWriter)?
  private var document = Document()

  init(gazetteers: String?, date: String?) {
    self.gazetteers = gazetteers
    self.date = date
  }

  mutating func documents(of path: String) throws -> [ReportDocument] {
    let bytes = try FileIO.read(path == "-" ? "/dev/stdin" : path)
    let first = bytes.first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return [try annotate(bytes, id: Array(path.utf8), title: [], date: [], meta: [])]
    }
    var documents: [ReportDocument] = []
    for value in AnnotatedFile.values(in: bytes) {
      documents.append(try read(Array(bytes[value])))
    }
    return documents
  }

  private mutating func read(_ value: [UInt8]) throws -> ReportDocument {
    do {
      if let document = try AnnotationReader.read(value) { return document }
      var reader = RecordReader()
      var record = Record()
      try reader.read(line: value.span, number: 1, into: &record)
      return try annotate(
        record.text, id: record.id ?? [], title: record.title ?? [], date: record.date ?? [], meta: record.meta)
    } catch let error as JSONError {
      return .failure("column \(error.column(in: value.span)): \(error)")
    } catch let error as ReadFailure {
      return .failure(error.message)
    }
  }

  private mutating func annotate(
    _ text: [UInt8], id: [UInt8], title: [UInt8], date: [UInt8], meta: [UInt8]
  ) throws -> ReportDocument {
    if annotator == nil {
      let path = gazetteers ?? getenv("FAKTA_GAZETTEERS").map { String(cString: $0) } ?? ".build/fakta.gazetteers"
      let lexicon = Lexicon(image: try LexiconImage.open(path: path))
      annotator = (try Pipeline(lexicon: lexicon), DocumentWriter(lexicon: lexicon))
    }
    let day = self.date.flatMap { text in
      parseISODate(Array(text.utf8).span).map { CalendarDay($0.year, $0.month, $0.day) }
    }
    document.reset(text: text, title: title, date: date, optionDate: day)
    annotator!.pipeline.annotate(&document)
    var json: [UInt8] = []
    annotator!.writer.append(document, id: id, meta: meta, to: &json)
    return try AnnotationReader.read(json) ?? .failure("not annotated")
  }
}
