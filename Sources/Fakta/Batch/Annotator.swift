/// Reads the articles of a work item, annotates them and formats them: all that one thread needs, reused from item to
/// item.
///
/// Articles go through the pipeline in groups: each stage works on all of a group before the next one does. Its code and its tables
/// are in the processor's caches then from the second article on, which makes the chain a seventh cheaper. A long article is a group of
/// its own.
struct Annotator: Sendable {
  /// How many articles make a group. More bring little: the documents of a group have to stay near as well.
  private static let groupSize = 16
  /// Bytes of text from which on an article is long.
  private static let longText = 1 << 13

  /// An article of the group.
  private struct Waiting: Sendable {
    var document = Document()
    var article = ArticleInfo()
    var notes: [BatchNote] = []
    /// Its number among the articles of the item.
    var number = 0
  }

  /// What came of the latest item.
  private(set) var output: [UInt8] = []
  private(set) var tally = BatchTally()
  /// What people should know about the articles, in order.
  private(set) var notes: [BatchNote] = []
  /// The sum over all bytes that were read, and the paths.
  private(set) var checksum = InputChecksum()

  /// Where it is in an item.
  var place = AnnotatorPlace()

  private let options: ArticleOptions
  private let namesFiles: Bool
  private let measuresStages: Bool
  private let freshPipeline: Pipeline
  private let readsDates: Bool
  private let separator: [UInt8]
  private var pipeline: Pipeline
  private var formatter: any DocumentFormatter
  private var reader: RecordReader
  private var record = Record()
  /// The articles of the group, in order; behind the first `waitingCount` there are documents to be used again.
  private var waiting: [Waiting] = []
  private var waitingCount = 0
  /// What is known of the article that is being read, and what is to be said about it.
  private var article = ArticleInfo()
  private var articleNotes: [BatchNote] = []
  /// Its number among those of the item, from 1 on.
  private var articleNumber = 0
  /// Articles of the item that have stopped a thread before, by their numbers, and at which step (`AnnotatorPlace`).
  private var stopped: [Int: Int] = [:]
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
  ///
  /// - Parameter stopped: Articles that fail without being tried, since they have stopped a thread, by their numbers, and the step at
  ///   which they did (`AnnotatorPlace`).
  mutating func process(_ item: inout WorkItem, stopped: [Int: Int] = [:]) {
    self.stopped = stopped
    articleNumber = 0
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
    finishGroup()
    takeNotes()
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
    guard beginArticle(path: path, line: 0, isFile: true) else { return }
    if format == .json { return jsonFile(path: path) }
    do {
      try ForeignFormat.refuse(fileBytes.span, path: path, as: format)
    } catch {
      return fail(error, line: 0)
    }
    guard fileBytes.count <= options.maximumSize else { return failTooLarge() }
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
    // Of an empty file that is said already.
    if !fileBytes.isEmpty { for text in page.notes { note(text) } }
    article.meta.append(contentsOf: page.meta)
    annotate(text: page.text, title: page.title ?? [], date: page.date ?? [])
  }

  private mutating func jsonFile(path: String) {
    if let decoding = TextDecoding.decode(&fileBytes) { note("\(decoding)") }
    var position = RecordReader.DocumentPosition()
    var count = 0
    let bytes = fileBytes
    while true {
      // Where the next record begins nobody knows then.
      guard beginArticle(path: path, line: 0) else { return }
      do {
        guard try reader.readNext(of: bytes.span, at: &position, into: &record) else { break }
        annotateRecord(number: count + 1)
      } catch {
        // Of broken JSON the column says where.
        fail(error, path: path, record: error.code == .invalidJSON ? nil : count + 1)
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
      guard beginArticle(path: item.path, line: cursor.line) else { continue }
      let before = measuresStages ? ThreadClock.now() : 0
      do {
        try reader.read(line: line, number: cursor.line, into: &record)
        if measuresStages { tally.readTime += ThreadClock.now() - before }
        annotateRecord()
      } catch {
        fail(error, path: item.path)
      }
    }
    for failure in skipped { fail(failure, path: item.path) }
  }

  /// - Parameter number: Which record of a JSON file it is: all of an array may stand on one line.
  private mutating func annotateRecord(number: Int? = nil) {
    article.line = record.line
    article.meta.append(contentsOf: record.meta)
    if record.idField.isPresent {
      article.id.append(contentsOf: record.idField.bytes)
    } else {
      ArticleInfo.appendID(
        line: record.line, number: number, path: namesFiles ? article.path : nil, to: &article.id)
    }
    if let decoding = record.decodingNote { note("\(decoding)") }
    guard record.text.count <= options.maximumSize else { return failTooLarge() }
    if let step = stopped[articleNumber] { return failAtFault(step) }
    let k = openPlace(ofLength: record.text.count)
    waiting[k].document.reset(
      exchanging: &record.text, title: record.titleField.isPresent ? record.titleField.bytes : [],
      date: record.dateField.isPresent ? record.dateField.bytes : [], optionDate: options.date)
    addToGroup()
  }

  private mutating func annotate(text: [UInt8], title: [UInt8] = [], date: [UInt8] = []) {
    if let step = stopped[articleNumber] { return failAtFault(step) }
    let k = openPlace(ofLength: text.count)
    waiting[k].document.reset(text: text, title: title, date: date, optionDate: options.date)
    addToGroup()
  }

  // Groups

  /// The place in the group for an article with so many bytes of text.
  private mutating func openPlace(ofLength length: Int) -> Int {
    // Only the first place ever holds a long article: its document stays large.
    if length >= Self.longText { finishGroup() }
    if waitingCount == waiting.count { waiting.append(Waiting()) }
    return waitingCount
  }

  /// Adds the article, whose document has its text.
  private mutating func addToGroup() {
    let k = waitingCount
    waiting[k].document.includesBoilerplate = options.includesBoilerplate
    swap(&waiting[k].article, &article)
    swap(&waiting[k].notes, &articleNotes)
    waiting[k].number = articleNumber
    articleNotes.removeAll(keepingCapacity: true)
    waitingCount += 1
    if waitingCount == Self.groupSize || waiting[k].document.raw.count >= Self.longText { finishGroup() }
  }

  /// Annotates the articles of the group and formats them.
  private mutating func finishGroup() {
    guard waitingCount > 0 else { return }
    while tally.stageTimes.count < pipeline.count { tally.stageTimes.append(0) }
    var last = measuresStages ? ThreadClock.now() : 0
    for stage in 0..<pipeline.count {
      // To and fro: each stage begins with the article that is still near from the one before.
      for i in 0..<waitingCount {
        let k = stage.isMultiple(of: 2) ? i : waitingCount - 1 - i
        place.set(waiting[k].number, stage)
        pipeline.run(stage: stage, on: &waiting[k].document)
      }
      if measuresStages { tally.stageTimes[stage] += Self.time(since: &last) }
    }
    for k in 0..<waitingCount { write(k) }
    if measuresStages { tally.writeTime += Self.time(since: &last) }
    waitingCount = 0
  }

  private static func time(since last: inout UInt64) -> UInt64 {
    let now = ThreadClock.now()
    defer { last = now }
    return now - last
  }

  /// Formats an article of the group, which is annotated.
  private mutating func write(_ k: Int) {
    place.set(waiting[k].number, AnnotatorPlace.writing)
    notes.append(contentsOf: waiting[k].notes)
    if readsDates, let text = options.noteOfDate(waiting[k].document) {
      notes.append(BatchNote(path: waiting[k].article.path, line: waiting[k].article.line, text: text))
    }
    separate()
    formatter.append(waiting[k].document, waiting[k].article, to: &output)
    tally.count(waiting[k].document)
  }

  /// A separator stands before every document; the very first one of a run is taken away when it is written.
  private mutating func separate() {
    if !separator.isEmpty { output.append(contentsOf: separator) }
  }

  // What went wrong

  /// Counts an article that is going to be read, of which no more is known than where; `false` when it has stopped a thread in the
  /// reader and fails instead. A file's path is its id.
  private mutating func beginArticle(path: String, line: Int, isFile: Bool = false) -> Bool {
    if article.path != path { article.path = path }
    article.line = line
    article.meta.removeAll(keepingCapacity: true)
    article.id.removeAll(keepingCapacity: true)
    if isFile { article.id.append(contentsOf: path.utf8) }
    articleNumber += 1
    place.set(articleNumber, AnnotatorPlace.reading)
    guard stopped[articleNumber] == AnnotatorPlace.reading else { return true }
    failAtFault(AnnotatorPlace.reading)
    return false
  }

  /// The article has stopped a thread.
  private mutating func failAtFault(_ step: Int) {
    let layers = pipeline.layers
    let name =
      switch step {
      case AnnotatorPlace.reading: "reading"
      case layers.indices: "the stage of \(layers[step].rawValue)"
      default: "writing"
      }
    fail(
      ArticleFailure(
        id: article.id.isEmpty ? nil : article.id, path: article.path, line: article.line, code: "fault",
        message: "\(name) stopped at this article; the fault is Fakta's: please report it with the text"))
  }

  /// Says something about the article that is being read.
  private mutating func note(_ text: String) {
    articleNotes.append(BatchNote(path: article.path, line: article.line, text: text))
  }

  /// Takes over what was to be said about an article that did not come into the group.
  private mutating func takeNotes() {
    notes.append(contentsOf: articleNotes)
    articleNotes.removeAll(keepingCapacity: true)
  }

  private mutating func fail(_ failure: ReadFailure, path: String, record: Int? = nil) {
    let message = record.map { "record \($0): \(failure.message)" } ?? failure.message
    fail(
      ArticleFailure(id: failure.id, path: path, line: failure.line, code: failure.code.rawValue, message: message))
  }

  private mutating func fail(_ error: InputError, line: Int) {
    tally.unreadable += 1
    fail(
      ArticleFailure(
        id: Array(error.path.utf8), path: error.path, line: line, code: "unreadable", message: error.reason))
  }

  private mutating func failTooLarge() {
    fail(
      ArticleFailure(
        id: article.id, path: article.path, line: article.line, code: "too-large",
        message: options.tooLargeMessage))
  }

  private mutating func fail(_ failure: ArticleFailure) {
    finishGroup()
    takeNotes()
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
    if record.text.capacity > large || waiting.contains(where: { $0.document.raw.capacity > large }) {
      waiting = []
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
