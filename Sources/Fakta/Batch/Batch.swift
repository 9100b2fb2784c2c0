import CFaktaGuard
import Glibc
import Synchronization

/// Annotates any number of articles on several threads, in bounded memory, and writes them in the order of the inputs.
///
///     loader ─ item 4 ─▶ thread 1: read, annotate, format ─┐
///            ─ item 5 ─▶ thread 2: read, annotate, format ─┴▶ in turn: item 3, 4, 5 … ─▶ output
///
/// Each thread holds one work item and its output, so that memory depends on the number of threads and the largest
/// article, never on the inputs. The bytes of the output are the same for any number of threads.
///
/// The thread that calls `run` looks after the others. When a fault of the program stops one at some article, its thread sleeps
/// for good, and a new one does its item over: the article is a failure then, and the others are whole.
///
/// **Errors.** An article or file that cannot be read is a failure in the output. Output that cannot be written, and
/// on a resumed run inputs that are not what they were, end the run; see `Outcome`.
public final class Batch: @unchecked Sendable {
  public struct Options: Sendable {
    public var articles = ArticleOptions()
    /// How many threads work.
    public var jobs = 1
    /// Whether the CPU time of the stages is taken.
    public var measuresStages = false
    /// What the output depends on besides inputs, for `--resume`.
    public var fingerprint = ""

    public init() {}
  }

  /// How a run ended.
  public enum Outcome: Sendable {
    case complete
    /// `stop()` was called; everything that was begun is written.
    case stopped
    /// The output could not be written.
    case outputFailed(OutputError)
    /// On a resumed run: an input is not what the interrupted run has read.
    case inputChanged(String)
    /// An input went away or could not be read on, and the output is a file that can be resumed.
    case inputFailed(InputError)
    /// The compiled lists are damaged; nothing was written.
    case listsDamaged(LexiconError)
  }

  /// Called in the order of the inputs, by one thread at a time, for every note.
  public var onNote: (BatchNote) -> Void = { _ in }
  /// Called once, before the first document is written: what is wrong with the lists, if anything is.
  public var onFirstOutput: () -> LexiconError? = { nil }
  /// Called by one thread at a time after every chunk, with the counts so far.
  public var onProgress: (BatchTally) -> Void = { _ in }

  private let options: Options
  private let output: BatchOutput
  private let formatter: any DocumentFormatter
  private let template: Annotator

  // Not guarded by `lock`, which a thread holds while it waits for input.
  private let isStopped = Atomic(false)

  // Guarded by `lock`.
  private let lock = Lock()
  private let loader: WorkLoader
  private var itemsClaimed = 0
  private var workers: [BatchWorker] = []
  /// How many workers a fault has stopped.
  private var stops = 0
  /// What a sleeping worker holds is never given back: after so many a fault ends the program.
  private static let mostStops = 64
  private let bell: OpaquePointer?

  // Guarded by `turn`.
  private let turn = Lock()
  private var itemsWritten = 0
  private var outcome: Outcome?
  private var hasAskedForLists = false
  private var state: ResumeState
  private let resumed: ResumeState?

  /// - Parameter resumed: How far an interrupted run has come; `output` begins there.
  public init(
    inputs: InputWalker, pipeline: Pipeline, formatter: any DocumentFormatter, output: BatchOutput, options: Options,
    resumed: ResumeState? = nil
  ) {
    self.options = options
    self.output = output
    self.formatter = formatter
    self.resumed = resumed
    state = ResumeState(options: options.fingerprint)
    bell = fk_bell_new()
    loader = WorkLoader(walker: inputs, options: options.articles)
    template = Annotator(
      pipeline: pipeline, formatter: formatter, options: options.articles, namesFiles: inputs.hasSeveralFiles,
      measuresStages: options.measuresStages)
  }

  // A worker that sleeps may still be about to ring the bell.
  deinit { if let bell, stops == 0 { fk_bell_free(bell) } }

  /// Runs to the end.
  public func run() -> (outcome: Outcome, tally: BatchTally) {
    begin()
    if outcome == nil {
      lock.lock()
      start(BatchWorker(bell: bell))
      lock.unlock()
      superviseWorkers()
    }
    if outcome == nil { finish() }
    return (outcome ?? .complete, state.tally)
  }

  /// Ends the run when the items that are begun are written. May be called by any thread.
  public func stop() { isStopped.store(true, ordering: .releasing) }

  /// Whether every item that was begun is written: no more is lost if the program ends now.
  public var isIdle: Bool {
    turn.lock()
    defer { turn.unlock() }
    return itemsWritten == itemsClaimed || outcome != nil
  }

  // Threads

  private func work(_ worker: BatchWorker) {
    var annotator = template
    annotator.place = worker.place
    var item = WorkItem()
    var compressed: [UInt8] = []
    while begin(&item, worker) {
      if let resumed, item.index < resumed.items {
        annotator.verify(&item)
      } else {
        worker.item = item
        worker.watched { annotator.process(&item, stopped: worker.stopped) }
        worker.finishItem()
        compressed.removeAll(keepingCapacity: true)
        if compressesAhead { Self.compress(annotator.output, output.compression!, &compressed) }
      }
      guard deliver(item, annotator, compressed) else { break }
      annotator.releaseOutput()
    }
  }

  /// Gives the worker what it does next: what another has left, or a new item.
  private func begin(_ item: inout WorkItem, _ worker: BatchWorker) -> Bool {
    if let left = worker.item {
      item = left
      return true
    }
    return claim(&item)
  }

  private func claim(_ item: inout WorkItem) -> Bool {
    lock.lock()
    defer { lock.unlock() }
    guard !isStopped.load(ordering: .acquiring), loader.next(&item) else { return false }
    turn.lock()
    itemsClaimed += 1
    turn.unlock()
    // The first item alone does not pay for a thread.
    if item.index > 0, workers.count < options.jobs { start(BatchWorker(bell: bell)) }
    return true
  }

  /// Starts a worker; where no thread can be had and none works, the calling thread does its work. `lock` is held.
  private func start(_ worker: BatchWorker) {
    let context = Unmanaged.passRetained(Start(batch: self, worker: worker))
    let status = pthread_create(
      &worker.thread, nil,
      { context in
        let start = Unmanaged<Start>.fromOpaque(context!).takeRetainedValue()
        start.batch.work(start.worker)
        start.worker.hasEnded.store(true, ordering: .releasing)
        if let bell = start.batch.bell { fk_bell_ring(bell) }
        return nil
      }, context.toOpaque())
    if status == 0 {
      workers.append(worker)
    } else {
      context.release()
      guard workers.isEmpty || worker.item != nil else { return }
      lock.unlock()
      work(BatchWorker(bell: nil, item: worker.item, stopped: worker.stopped))
      lock.lock()
    }
  }

  /// What a new thread is told.
  private final class Start {
    let batch: Batch
    let worker: BatchWorker

    init(batch: Batch, worker: BatchWorker) {
      self.batch = batch
      self.worker = worker
    }
  }

  /// Waits until all workers have ended, and puts others in the place of those that a fault stops.
  private func superviseWorkers() {
    while let first = startedWorkers.first {
      guard let bell else {
        pthread_join(first.thread, nil)
        remove(first)
        continue
      }
      fk_bell_wait(bell)
      // Looked at behind the ring: who rang may have been started while this thread waited.
      for worker in startedWorkers {
        if worker.hasEnded.load(ordering: .acquiring) {
          pthread_join(worker.thread, nil)
          remove(worker)
        } else if worker.hasStopped {
          pthread_detach(worker.thread)
          remove(worker, next: worker.successor(bell: stops < Self.mostStops ? bell : nil))
        }
      }
    }
  }

  private var startedWorkers: [BatchWorker] {
    lock.lock()
    defer { lock.unlock() }
    return workers
  }

  private func remove(_ worker: BatchWorker, next: BatchWorker? = nil) {
    lock.lock()
    defer { lock.unlock() }
    workers.removeAll { $0 === worker }
    if let next {
      stops += 1
      start(next)
    }
  }

  // Output, in turn

  /// Without separators between documents, an item's output can be compressed before its turn.
  private var compressesAhead: Bool { output.compression != nil && formatter.separator.isEmpty }

  private static func compress(_ bytes: [UInt8], _ format: CompressionFormat, _ out: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    do {
      var compressor = try Compressor(format)
      try compressor.compress(bytes.span, appendingTo: &out)
      try compressor.finish(appendingTo: &out)
    } catch {
      // Only memory can be lacking; nothing sensible can be written then.
      fatalError("\(error)")
    }
  }

  private func begin() {
    turn.lock()
    defer { turn.unlock() }
    guard resumed == nil else { return }
    var header: [UInt8] = []
    formatter.appendHeader(to: &header)
    write(header)
  }

  /// Waits for the item's turn and writes it; `false` when the run is over.
  private func deliver(_ item: WorkItem, _ annotator: borrowing Annotator, _ compressed: [UInt8]) -> Bool {
    turn.lock()
    defer { turn.unlock() }
    while itemsWritten != item.index, outcome == nil { turn.wait() }
    guard outcome == nil else { return false }
    defer { turn.broadcast() }
    if case .problem(let error) = item.content, item.mayPass, output.isResumable {
      outcome = .inputFailed(error)
      return false
    }
    itemsWritten += 1
    state.items = itemsWritten
    state.input.add(annotator.checksum)
    if let resumed, itemsWritten <= resumed.items {
      if itemsWritten == resumed.items { takeOver(resumed, item) }
      return outcome == nil
    }
    guard listsAreWhole() else { return false }
    for note in annotator.notes { onNote(note) }
    if compressesAhead {
      writePlain(compressed.span)
    } else {
      writeSeparated(annotator.output)
    }
    if outcome == nil {
      state.tally.add(annotator.tally)
      commit()
    }
    onProgress(state.tally)
    return outcome == nil
  }

  private func listsAreWhole() -> Bool {
    if hasAskedForLists { return true }
    hasAskedForLists = true
    if let error = onFirstOutput() { outcome = .listsDamaged(error) }
    return outcome == nil
  }

  /// Ends the verification of what an interrupted run has done.
  private func takeOver(_ resumed: ResumeState, _ item: WorkItem) {
    guard state.input == resumed.input else {
      outcome = .inputChanged(item.path)
      return
    }
    state.tally = resumed.tally
    onProgress(state.tally)
  }

  private func writeSeparated(_ bytes: [UInt8]) {
    let separator = formatter.separator
    let isFirst = state.tally.documents + state.tally.failed == 0
    let start = isFirst && bytes.starts(with: separator) ? separator.count : 0
    guard output.compression != nil else { return writePlain(bytes.span.extracting(start..<bytes.count)) }
    write(Array(bytes[start...]))
  }

  /// Writes what is not part of an item, compressed if need be.
  private func write(_ bytes: [UInt8]) {
    guard let format = output.compression else { return writePlain(bytes.span) }
    var compressed: [UInt8] = []
    Self.compress(bytes, format, &compressed)
    writePlain(compressed.span)
  }

  private func writePlain(_ bytes: Span<UInt8>) {
    guard outcome == nil, !bytes.isEmpty else { return }
    do {
      try output.write(bytes)
    } catch {
      outcome = .outputFailed(error)
    }
  }

  private func commit() {
    do {
      try output.commit(state)
    } catch {
      outcome = .outputFailed(error)
    }
  }

  private func finish() {
    if let resumed, itemsWritten < resumed.items, !isStopped.load(ordering: .acquiring) {
      outcome = .inputChanged("the inputs together")
      return
    }
    if isStopped.load(ordering: .acquiring) {
      outcome = .stopped
      return
    }
    var footer: [UInt8] = []
    formatter.appendFooter(to: &footer)
    write(footer)
    // Nothing at all is no compressed file; an empty member is.
    if output.bytesWritten == 0, let format = output.compression { writePlain(Self.emptyMember(format).span) }
    guard outcome == nil else { return }
    do {
      try output.finish()
    } catch {
      outcome = .outputFailed(error)
    }
  }

  private static func emptyMember(_ format: CompressionFormat) -> [UInt8] {
    var out: [UInt8] = []
    if var compressor = try? Compressor(format) { try? compressor.finish(appendingTo: &out) }
    return out
  }
}

/// A mutex with a condition.
private final class Lock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }
  func unlock() { pthread_mutex_unlock(mutex) }
  /// Unlocks, waits for a broadcast, and locks again.
  func wait() { pthread_cond_wait(condition, mutex) }
  func broadcast() { pthread_cond_broadcast(condition) }
}
