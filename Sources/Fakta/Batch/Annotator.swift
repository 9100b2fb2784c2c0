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

  /// Articles of lines walk through the stages in groups of as many, or of as many bytes: what a stage does for one short
  /// article is hardly more than to bring its code near.
  private static let groupCount = 16
  private static let groupBytes = 64 << 10
  /// The group that is collected. A long article is always the first of its group, so that one document at most is large.
  private var documents = [Document](repeating: Document(), count: Annotator.groupCount)
  private var articles = [ArticleInfo](repeating: ArticleInfo(), count: Annotator.groupCount)
  private var decodings = [DecodingNote?](repeating: nil, count: Annotator.groupCount)
  private var waiting = 0
  private var waitingBytes = 0

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
        annotateGroup()
        fail(failure, path: item.path)
        skipped.removeFirst()
      }
      let line = chunk.span.extracting(range)
      if RecordReader.isBlank(line) { continue }
      let before = measuresStages ? ThreadClock.now() : 0
      do {
        try reader.read(line: line, number: cursor.line, into: &record)
        if measuresStages { tally.readTime += ThreadClock.now() - before }
        joinGroup(path: item.path)
      } catch {
        annotateGroup()
        fail(error, path: item.path)
      }
    }
    annotateGroup()
    for failure in skipped { fail(failure, path: item.path) }
  }

  /// Lets the article of the record wait for the others of its group.
  private mutating func joinGroup(path: String) {
    let size = record.text.count
    let isTooLarge = size > options.maximumSize
    if waiting == Self.groupCount || waitingBytes + size > Self.groupBytes || isTooLarge { annotateGroup() }
    takeArticle(path: path)
    if isTooLarge {
      if let decoding = record.decodingNote { note("\(decoding)") }
      return failTooLarge(size)
    }
    swap(&article, &articles[waiting])
    decodings[waiting] = record.decodingNote
    documents[waiting].reset(
      exchanging: &record.text, title: record.titleField.isPresent ? record.titleField.bytes : [],
      date: record.dateField.isPresent ? record.dateField.bytes : [], optionDate: options.date)
    documents[waiting].includesBoilerplate = options.includesBoilerplate
    waiting += 1
    waitingBytes += size
  }

  /// Annotates the articles that wait, and formats them in their order.
  private mutating func annotateGroup() {
    if measuresStages {
      pipeline.annotate(&documents, count: waiting, times: &tally.stageTimes)
    } else {
      pipeline.annotate(&documents, count: waiting)
    }
    for k in 0..<waiting {
      // Out of the array while it is passed on, since it would be copied there.
      swap(&document, &documents[k])
      swap(&article, &articles[k])
      if let decoding = decodings[k] { note("\(decoding)") }
      finish()
      swap(&document, &documents[k])
      swap(&article, &articles[k])
    }
    waiting = 0
    waitingBytes = 0
  }

  private mutating func annotateRecord(path: String) {
    takeArticle(path: path)
    if let decoding = record.decodingNote { note("\(decoding)") }
    guard record.text.count <= options.maximumSize else { return failTooLarge(record.text.count) }
    document.reset(
      exchanging: &record.text, title: record.titleField.isPresent ? record.titleField.bytes : [],
      date: record.dateField.isPresent ? record.dateField.bytes : [], optionDate: options.date)
    annotate()
  }

  /// Sets what is known of the article of the record.
  private mutating func takeArticle(path: String) {
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
  }

  private mutating func annotate(text: [UInt8], title: [UInt8] = [], date: [UInt8] = []) {
    document.reset(text: text, title: title, date: date, optionDate: options.date)
    annotate()
  }

  /// Annotates the document, which has its text, and formats it.
  private mutating func annotate() {
    document.includesBoilerplate = options.includesBoilerplate
    if measuresStages {
      pipeline.annotate(&document, times: &tally.stageTimes)
    } else {
      pipeline.annotate(&document)
    }
    finish()
  }

  /// Formats the document, which is annotated.
  private mutating func finish() {
    let date = document.recordDate
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
    let texts = documents.reduce(max(document.raw.capacity, record.text.capacity)) { max($0, $1.raw.capacity) }
    if texts > large {
      document = Document()
      documents = [Document](repeating: Document(), count: Self.groupCount)
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
