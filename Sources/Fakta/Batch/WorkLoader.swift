/// A place for what cannot be copied.
private final class OpenSource {
  var bytes: ByteSource

  init(_ bytes: consuming ByteSource) { self.bytes = bytes }
}

/// Cuts inputs into work items, always at the same places.
///
/// NDJSON is cut into chunks of whole lines, so that the size of a file does not matter. Files that hold one article
/// are grouped; the worker reads them. A JSON file is an item of its own.
final class WorkLoader {
  private static let groupCount = 64

  private var walker: InputWalker
  private let options: ArticleOptions
  private var source: OpenSource?
  private var path = "-"
  private var saidLines = 0
  private var hasSaidEncoding = false
  private var diskBytes = 0
  private var pending: InputFile?
  private var nextIndex = 0

  init(walker: InputWalker, options: ArticleOptions) {
    self.walker = walker
    self.options = options
  }

  /// Fills `item` with the next piece of work; `false` at the end.
  func next(_ item: inout WorkItem) -> Bool {
    item.files.removeAll(keepingCapacity: true)
    item.skipped.removeAll(keepingCapacity: true)
    item.bytes.removeAll(keepingCapacity: true)
    item.firstLine = 1
    item.note = nil
    item.mayPass = false
    item.sizeOnDisk = 0
    while true {
      if source != nil {
        if nextChunk(&item) { break }
        continue
      }
      guard let file = pending ?? walker.next() else { return false }
      pending = nil
      item.path = file.path
      if let problem = file.problem {
        item.content = .problem(problem)
        item.mayPass = file.hasVanished
        break
      }
      switch file.format {
      // Read here, where no work is begun yet: a signal then ends the run even if nothing comes.
      case .text where file.isStream, .html where file.isStream, .json where file.isStream:
        readWhole(file, as: file.format!, &item)
      case .text, .html:
        collect(file, &item)
      case .json:
        item.content = .files
        item.files.append(file)
        item.sizeOnDisk = file.size
      case .ndjson:
        if !open(file, &item) { break }
        continue
      case nil:
        if !open(file, &item) { break }
        guard nextChunk(&item) else {
          // An empty file is an empty article, whatever its name; a pipe that nothing comes from holds none.
          guard !file.isStream else { continue }
          item.content = .wholeFile(.text)
          break
        }
        decideFormat(&item)
      }
      break
    }
    item.index = nextIndex
    nextIndex += 1
    return true
  }

  private func collect(_ first: InputFile, _ item: inout WorkItem) {
    item.content = .files
    item.files.append(first)
    item.sizeOnDisk = first.size
    while item.sizeOnDisk < options.chunkSize, item.files.count < Self.groupCount {
      guard let file = walker.next() else { return }
      guard file.problem == nil, !file.isStream, file.format == .text || file.format == .html else {
        pending = file
        return
      }
      item.files.append(file)
      item.sizeOnDisk += file.size
    }
  }

  /// Opens a file of lines; makes `item` a problem and returns `false` when that fails.
  private func open(_ file: InputFile, _ item: inout WorkItem) -> Bool {
    path = file.path
    saidLines = 0
    hasSaidEncoding = false
    diskBytes = 0
    do {
      source = OpenSource(
        try ByteSource(path: file.path, chunkSize: options.chunkSize, maximumLineLength: options.maximumSize))
      return true
    } catch {
      item.content = .problem(error)
      return false
    }
  }

  /// Reads the next lines of the open file; closes it and returns `false` at its end.
  private func nextChunk(_ item: inout WorkItem) -> Bool {
    item.path = path
    do {
      guard try source!.bytes.nextChunk(into: &item.bytes) else {
        takeSkippedLines(&item)
        source = nil
        guard !item.skipped.isEmpty else { return false }
        item.content = .lines
        return true
      }
      item.content = .lines
      item.firstLine = source!.bytes.firstLine
      if !hasSaidEncoding, let note = source!.bytes.decodingNote {
        hasSaidEncoding = true
        item.note = "\(note)"
      }
      item.sizeOnDisk = source!.bytes.bytesRead - diskBytes
      diskBytes = source!.bytes.bytesRead
    } catch {
      item.content = .problem(error)
      item.firstLine = source!.bytes.linesRead + 1
      item.mayPass = error.errorNumber != 0
      takeSkippedLines(&item)
      source = nil
      return true
    }
    takeSkippedLines(&item)
    return true
  }

  private func takeSkippedLines(_ item: inout WorkItem) {
    item.skipped.append(contentsOf: source!.bytes.failures[saidLines...])
    saidLines = source!.bytes.failures.count
  }

  /// Reads all of an input that is one article or one JSON file.
  private func readWhole(_ file: InputFile, as format: InputFormat, _ item: inout WorkItem) {
    do {
      var source = try ByteSource(path: file.path)
      try source.readAll(into: &item.bytes, limit: format == .json ? .max : options.maximumSize)
      item.content = .wholeFile(format)
      item.sizeOnDisk = source.bytesRead
    } catch {
      item.content = .problem(error)
      item.mayPass = error.errorNumber != 0
    }
  }

  /// Looks at the first lines of an input whose name says nothing, and reads all of it unless it is NDJSON.
  private func decideFormat(_ item: inout WorkItem) {
    guard case .lines = item.content, source != nil else { return }
    let format = InputFormat(head: item.bytes.span)
    guard format != .ndjson else { return }
    if format == .text, item.note == nil { item.note = ForeignFormat.noteOfTable(head: item.bytes.span) }
    var rest: [UInt8] = []
    do {
      while try source!.bytes.nextChunk(into: &rest) {
        item.bytes.append(contentsOf: rest)
        // The worker refuses what is too large; there is no use in reading more of it.
        if format != .json, item.bytes.count > options.maximumSize { break }
      }
      item.content = .wholeFile(format)
      if let line = source!.bytes.failures.first {
        item.content = .problem(InputError(path: path, reason: line.message))
      }
    } catch {
      item.content = .problem(error)
      item.mayPass = error.errorNumber != 0
    }
    item.skipped.removeAll()
    item.sizeOnDisk = source!.bytes.bytesRead
    source = nil
  }
}
