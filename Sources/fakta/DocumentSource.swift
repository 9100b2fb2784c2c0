import ArgumentParser
import Fakta
import FaktaReport

/// Makes documents for the views: reads those that are annotated already, annotates the others.
///
/// What cannot be read becomes a document with a `failure`, in its place.
struct DocumentSource {
  /// Documents so far, and how many of them are failures.
  private(set) var count = 0
  private(set) var failures = 0

  /// So many notes and so many failures are shown, as for a batch; the rest is only counted.
  private static let shown = 10
  private var notes = 0
  /// Whether an id made of a line number names its file too.
  private var namesFiles = false

  private let setup: PipelineSetup
  private let options: ArticleOptions
  private var pipeline: Pipeline?
  private var writer: DocumentWriter?
  private var document = Document()
  private var reader: RecordReader
  private var record = Record()

  init(setup: PipelineSetup, options: ArticleOptions) {
    self.setup = setup
    self.options = options
    reader = RecordReader(fields: options.fields)
  }

  /// The documents of all files, in order.
  mutating func documents(from walker: InputWalker) throws -> [ReportDocument] {
    var walker = walker
    namesFiles = walker.hasSeveralFiles
    var documents: [ReportDocument] = []
    while let file = walker.next() { documents += try self.documents(of: file) }
    count += documents.count
    for document in documents {
      guard let failure = document.failure else { continue }
      failures += 1
      if failures <= Self.shown { Console.say("\(Console.shown(document.id)): \(failure)") }
    }
    if notes > Self.shown { Console.say("\(notes - Self.shown) more notes") }
    if failures > Self.shown { Console.say("\(failures - Self.shown) more failures") }
    return documents
  }

  private mutating func documents(of file: InputFile) throws -> [ReportDocument] {
    do {
      if let problem = file.problem { throw problem }
      var bytes: [UInt8] = []
      var source = try ByteSource(path: file.path)
      try source.readAll(into: &bytes)
      // As annotate does: what is UTF-16 shows only in UTF-8 what it holds.
      if file.format == nil, TextDecoding.speaksForAllLines(bytes.span) { say(TextDecoding.decode(&bytes), file.path) }
      let format = file.format ?? InputFormat(head: bytes.span)
      if format == .text || format == .html {
        try ForeignFormat.refuse(bytes.span, path: file.path, as: format)
        if bytes.isEmpty, file.path != "-" { say("the file is empty", file.path) }
      }
      switch format {
      case .text:
        if file.format == nil, let note = ForeignFormat.noteOfTable(head: bytes.span) { say(note, file.path) }
        say(TextDecoding.decode(&bytes), file.path)
        return [try annotate(bytes, id: file.path)]
      case .html:
        let page = try HTMLReader.read(bytes, path: file.path)
        if !bytes.isEmpty { for note in page.notes { say(note, file.path) } }
        return [try annotate(page.text, id: file.path, title: page.title ?? [], date: page.date ?? [], meta: page.meta)]
      case .ndjson:
        // As annotate does: each line is decoded on its own, unless a mark speaks for all of them.
        if TextDecoding.speaksForAllLines(bytes.span) { say(TextDecoding.decode(&bytes), file.path) }
        return try records(in: bytes, path: file.path, areNumbered: false)
      case .json:
        say(TextDecoding.decode(&bytes), file.path)
        return try records(in: bytes, path: file.path, areNumbered: true)
      }
    } catch let error as InputError {
      return [.failure(error.reason, id: error.path)]
    }
  }

  private mutating func say(_ note: DecodingNote?, _ place: String) {
    if let note { say("\(note)", place) }
  }

  private mutating func say(_ note: String, _ place: String) {
    notes += 1
    if notes <= Self.shown { Console.say("\(Console.shown(place)): \(note)") }
  }

  /// - Parameter areNumbered: Whether records without an id are called by their number, not by their line.
  private mutating func records(in bytes: [UInt8], path: String, areNumbered: Bool) throws -> [ReportDocument] {
    var documents: [ReportDocument] = []
    var (line, lastLine) = (1, 0)
    var counted = 0
    for value in AnnotatedFile.values(in: bytes) {
      line += bytes[counted..<value.lowerBound].count { $0 == UInt8(ascii: "\n") }
      counted = value.lowerBound
      // All records of an array may stand on one line.
      let place = line == lastLine ? "\(path):\(line), record \(documents.count + 1)" : "\(path):\(line)"
      lastLine = line
      var record = Array(bytes[value])
      say(TextDecoding.decode(&record), place)
      var name: [UInt8] = []
      ArticleInfo.appendID(
        line: line, number: areNumbered ? documents.count + 1 : nil, path: namesFiles ? path : nil, to: &name)
      documents.append(try read(record, name: String(decoding: name, as: UTF8.self), place: place))
    }
    return documents
  }

  /// - Parameters:
  ///   - name: The id of a record that has none.
  ///   - place: Where it stands, for messages.
  private mutating func read(_ value: [UInt8], name: String, place: String) throws -> ReportDocument {
    do {
      // Of what is no object the reader of articles says what is wrong.
      if value.first == UInt8(ascii: "{"), let document = try AnnotationReader.read(value) { return document }
      try reader.read(line: value.span, number: 1, into: &record)
      return try annotate(
        record.text, id: record.id.map { String(decoding: $0, as: UTF8.self) } ?? name, title: record.title ?? [],
        date: record.date ?? [], meta: record.meta, place: place)
    } catch let error as JSONError {
      return .failure("column \(error.column(in: value.span)): \(error)", id: place)
    } catch let error as ReadFailure {
      return .failure(error.message, id: place)
    }
  }

  /// - Parameter place: Where the article stands, for messages; its id if not given.
  private mutating func annotate(
    _ text: [UInt8], id: String, title: [UInt8] = [], date: [UInt8] = [], meta: [UInt8] = [], place: String? = nil
  ) throws -> ReportDocument {
    guard text.count <= options.maximumSize else {
      return .failure(options.tooLargeMessage, id: id)
    }
    try prepare()
    document.includesBoilerplate = options.includesBoilerplate
    document.reset(text: text, title: title, date: date, optionDate: options.date)
    pipeline!.annotate(&document)
    if pipeline!.layers.contains(.dates), let note = options.noteOfDate(document) { say(note, place ?? id) }
    var json: [UInt8] = []
    writer!.append(document, id: Array(id.utf8), meta: meta, to: &json)
    return try AnnotationReader.read(json) ?? .failure("no document", id: id)
  }

  /// Opens the lists when the first article needs them: documents that are annotated already need none.
  private mutating func prepare() throws {
    guard pipeline == nil else { return }
    let lexicon = try setup.lexicon()
    if let damage = lexicon.damage() { throw stop("\(damage)") }
    pipeline = try setup.pipeline(lexicon)
    var options = DocumentWriter.Options()
    options.layers = try setup.layerSet
    writer = DocumentWriter(lexicon: lexicon, options: options)
  }
}
