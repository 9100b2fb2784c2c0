/// Reads the articles of a work item, annotates them and formats them: all that one thread needs, reused from item to
/// item.
struct Annotator: Sendable {
  /// What came of the latest item.
  private(set) var output: [UInt8] = []
  private(set) var tally = BatchTally()
  /// What people should know about the articles, in order.
  private(set) var notes: [BatchNote] = []
  /// The sum over all bytes that were read, and the paths.
  private(set) var checksum = InputChecksum()

  private let options: ArticleOptions
  private let namesFiles: Bool
  private let measuresStages: Bool
  private let freshPipeline: Pipeline
  private let readsDates: Bool
  private let separator: [UInt8]
  private var pipeline: Pipeline
  private var formatter: any DocumentFormatter
  private var document = Document()
  private var reader: RecordReader
  private var record = Record()
  private var article = ArticleInfo()
  private var fileBytes: [UInt8] = []

  /// - Parameters:
  ///   - namesFiles: Whether an id made of a line number names its file too.
  ///   - measuresStages: Whether the CPU time of each stage is taken, which costs some itself.
  init(
    pipeline: Pipeline, formatter: any DocumentFormatter, options: ArticleOptions, namesFiles: Bool,
    measuresStages: Bool
  ) {
    self.pipeline = pipeline
    freshPipeline = pipeline
    readsDates = pipeline.layers.contains(.dates)
    self.formatter = formatter
    separator = formatter.separator
    self.options = options
    self.namesFiles = namesFiles
    self.measuresStages = measuresStages
    reader = RecordReader(fields: options.fields)
  }

  /// Processes `item`; the results are in `output`, `tally`, `notes` and `checksum` until the next call.
  mutating func process(_ item: inout WorkItem) {
    output.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
    tally.clear()
    checksum = InputChecksum()
    if let note = item.note { notes.append(BatchNote(path: item.path, line: 0, text: note)) }
    tally.bytesOnDisk += item.sizeOnDisk
    switch item.content {
    case .lines:
      checksum.add(path: item.path)
      checksum.add(item.bytes.span)
      lines(of: item)
    case .wholeFile(let format):
      checksum.add(path: item.path)
      checksum.add(item.bytes.span)
      swap(&fileBytes, &item.bytes)
      wholeFile(format, path: item.path)
    case .files:
      for file in item.files { read(file) }
    case .problem(let error):
      checksum.add(path: item.path)
      for failure in item.skipped { fail(failure, path: item.path) }
      fail(error, line: item.firstLine > 1 ? item.firstLine : 0)
    }
    releaseLargeBuffers(&item)
  }

  /// Only sums up what `item` reads: enough for what an interrupted run has done already.
  mutating func verify(_ item: inout WorkItem) {
    output.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
    tally.clear()
    checksum = InputChecksum()
    guard case .files = item.content else {
      checksum.add(path: item.path)
      if case .problem = item.content {} else { checksum.add(item.bytes.span) }
      return releaseLargeBuffers(&item)
    }
    for file in item.files {
      checksum.add(path: file.path)
      if load(file) == nil { addToChecksum() }
    }
    releaseLargeBuffers(&item)
  }

  // Files

  /// Reads a file into `fileBytes`.
  private mutating func load(_ file: InputFile) -> InputError? {
    do {
      var source = try ByteSource(path: file.path)
      try source.readAll(into: &fileBytes, limit: file.format == .json ? Int.max : options.maximumSize)
      return nil
    } catch {
      return error
    }
  }

  private mutating func addToChecksum() {
    let bytes = fileBytes
    checksum.add(bytes.span)
  }

  private mutating func read(_ file: InputFile) {
    checksum.add(path: file.path)
    if let error = load(file) { return fail(error, line: 0) }
    addToChecksum()
    wholeFile(file.format ?? .text, path: file.path)
  }

  /// Reads `fileBytes`.
  private mutating func wholeFile(_ format: InputFormat, path: String) {
    tally.bytes += fileBytes.count
    article.path = path
    article.line = 0
    article.meta.removeAll(keepingCapacity: true)
    article.id.removeAll(keepingCapacity: true)
    article.id.append(contentsOf: path.utf8)
    if format == .json { return jsonFile(path: path) }
    guard fileBytes.count <= options.maximumSize else { return failTooLarge(fileBytes.count) }
    if fileBytes.isEmpty { note("the file is empty") }
    if format == .html { return page(path: path) }
    if let decoding = TextDecoding.decode(&fileBytes) { note("\(decoding)") }
    annotate(text: fileBytes)
  }

  private mutating func page(path: String) {
    let page: HTMLArticle
    do {
      page = try HTMLReader.read(fileBytes, path: path)
    } catch {
      return fail(error, line: 0)
    }
    if let decoding = page.decodingNote { note("\(decoding)") }
    if page.isCut { note("the page is nested too deeply; its end was left out") }
    if page.text.isEmpty, !fileBytes.isEmpty { note("no text was found in the page") }
    annotate(text: page.text, title: page.title ?? [], date: page.date ?? [])
  }

  private mutating func jsonFile(path: String) {
    if let decoding = TextDecoding.decode(&fileBytes) { note("\(decoding)") }
    var position = RecordReader.DocumentPosition()
    var count = 0
    let bytes = fileBytes
    while true {
      do {
        guard try reader.readNext(of: bytes.span, at: &position, into: &record) else { break }
        annotateRecord(path: path)
      } catch {
        fail(error, path: path)
      }
      count += 1
    }
    if count == 0 { note("the file holds no record") }
  }

  // Lines

  private mutating func lines(of item: WorkItem) {
    tally.bytes += item.bytes.count
    var skipped = item.skipped[...]
    var cursor = LineCursor(firstLine: item.firstLine)
    let chunk = item.bytes
    while let range = cursor.next(in: chunk.span) {
      while let failure = skipped.first, failure.line < cursor.line {
        fail(failure, path: item.path)
        skipped.removeFirst()
      }
      let line = chunk.span.extracting(range)
      if RecordReader.isBlank(line) { continue }
      let before = measuresStages ? ThreadClock.now() : 0
      do {
        try reader.read(line: line, number: cursor.line, into: &record)
        if measuresStages { tally.readTime += ThreadClock.now() - before }
        annotateRecord(path: item.path)
      } catch {
        fail(error, path: item.path)
      }
    }
    for failure in skipped { fail(failure, path: item.path) }
  }

  private mutating func annotateRecord(path: String) {
    if article.path != path { article.path = path }
    article.line = record.line
    article.meta.removeAll(keepingCapacity: true)
    article.meta.append(contentsOf: record.meta)
    article.id.removeAll(keepingCapacity: true)
    if record.idField.isPresent {
      article.id.append(contentsOf: record.idField.bytes)
    } else {
      if namesFiles {
        article.id.append(contentsOf: path.utf8)
        article.id.append(0x20)
      }
      JSONOutput.append("line ", to: &article.id)
      JSONOutput.append(record.line, to: &article.id)
    }
    if let decoding = record.decodingNote { note("\(decoding)") }
    guard record.text.count <= options.maximumSize else { return failTooLarge(record.text.count) }
    let date = record.dateField.isPresent ? record.dateField.bytes : []
    document.reset(
      exchanging: &record.text, title: record.titleField.isPresent ? record.titleField.bytes : [], date: date,
      optionDate: options.date)
    annotate(date: date)
  }

  private mutating func annotate(text: [UInt8], title: [UInt8] = [], date: [UInt8] = []) {
    document.reset(text: text, title: title, date: date, optionDate: options.date)
    annotate(date: date)
  }

  /// Annotates the document, which has its text, and formats it.
  private mutating func annotate(date: [UInt8]) {
    document.includesBoilerplate = options.includesBoilerplate
    if measuresStages {
      pipeline.annotate(&document, times: &tally.stageTimes)
    } else {
      pipeline.annotate(&document)
    }
    if readsDates, !date.isEmpty, options.date == nil, document.referenceSource != .record {
      note("the date '\(String(decoding: date.prefix(40), as: UTF8.self))' is in no known form and was ignored")
    }
    let before = measuresStages ? ThreadClock.now() : 0
    separate()
    formatter.append(document, article, to: &output)
    if measuresStages { tally.writeTime += ThreadClock.now() - before }
    tally.count(document)
  }

  /// A separator stands before every document; the very first one of a run is taken away when it is written.
  private mutating func separate() {
    if !separator.isEmpty { output.append(contentsOf: separator) }
  }

  // What went wrong

  private mutating func note(_ text: String) {
    notes.append(BatchNote(path: article.path, line: article.line, text: text))
  }

  private mutating func fail(_ failure: ReadFailure, path: String) {
    fail(
      ArticleFailure(
        id: failure.id, path: path, line: failure.line, code: failure.code.rawValue, message: failure.message))
  }

  private mutating func fail(_ error: InputError, line: Int) {
    tally.unreadable += 1
    fail(
      ArticleFailure(
        id: Array(error.path.utf8), path: error.path, line: line, code: "unreadable", message: error.reason))
  }

  private mutating func failTooLarge(_ size: Int) {
    fail(
      ArticleFailure(
        id: article.id, path: article.path, line: article.line, code: "too-large",
        message: "the article has more than \(options.maximumSize) bytes; split it or raise --max-size"))
  }

  private mutating func fail(_ failure: ArticleFailure) {
    tally.count(failure)
    notes.append(BatchNote(path: failure.path, line: failure.line, text: failure.message, isFailure: true))
    let mark = output.count
    separate()
    let start = output.count
    formatter.append(failure, to: &output)
    // A format may have no place for failures.
    if output.count == start { output.removeLast(output.count - mark) }
  }

  /// Gives back what one huge article took, so that memory does not stay at the largest one.
  private mutating func releaseLargeBuffers(_ item: inout WorkItem) {
    let large = 4 << 20
    if max(document.raw.capacity, record.text.capacity) > large {
      document = Document()
      pipeline = freshPipeline
      record = Record()
    }
    if fileBytes.capacity > large { fileBytes = [] }
    if item.bytes.capacity > large { item.bytes = [] }
  }

  /// To be called when the output has been written.
  mutating func releaseOutput() {
    if output.capacity > 16 << 20 { output = [] }
  }
}
