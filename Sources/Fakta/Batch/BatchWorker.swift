import CFaktaGuard
import Glibc
import Synchronization

/// Where an annotator is: written before each step, and read by another thread when a fault has stopped it there.
final class AnnotatorPlace: Sendable {
  /// Before the first stage and behind the last one.
  static let reading = -1
  static let writing = Int.max

  /// The number of the article among those of its work item, from 1 on.
  let article = Atomic(0)
  /// The stage that works on it, by its place in the pipeline, or one of the above.
  let step = Atomic(AnnotatorPlace.reading)

  @inline(__always)
  func set(_ article: Int, _ step: Int) {
    self.article.store(article, ordering: .relaxed)
    self.step.store(step, ordering: .relaxed)
  }
}

/// A thread of a batch, with what another one needs to do its work over when a fault stops it.
final class BatchWorker: @unchecked Sendable {
  var thread = pthread_t()
  let hasEnded = Atomic(false)
  /// Where it is in `item`.
  let place = AnnotatorPlace()
  /// What it works on; nil while it waits for work or hands it in.
  var item: WorkItem?
  /// Articles of `item`, by their numbers, that have stopped workers before, and at which step.
  private(set) var stopped: [Int: Int]
  private let watch: OpaquePointer?

  /// - Parameter bell: Rung when a fault stops the worker; nil when a fault shall end the program.
  init(bell: OpaquePointer?, item: WorkItem? = nil, stopped: [Int: Int] = [:]) {
    watch = bell.flatMap { fk_watch_new($0) }
    self.item = item
    self.stopped = stopped
  }

  deinit { if let watch { fk_watch_free(watch) } }

  /// Whether a fault has stopped it. Its thread sleeps then and never wakes.
  var hasStopped: Bool { watch.map { fk_watch_has_stopped($0) } ?? false }

  /// To be called when `item` is done.
  func finishItem() {
    item = nil
    stopped = [:]
  }

  /// Calls `body`, a part of the work that holds no lock, under watch.
  func watched(_ body: () -> Void) {
    if let watch { fk_watch_begin(watch) }
    body()
    fk_watch_end()
  }

  /// One that does over what this one, which was stopped, worked on.
  func successor(bell: OpaquePointer?) -> BatchWorker {
    // The sleeping thread stands in the middle of what it used.
    _ = Unmanaged.passRetained(self)
    var stopped = stopped
    stopped[place.article.load(ordering: .relaxed)] = place.step.load(ordering: .relaxed)
    return BatchWorker(bell: bell, item: item, stopped: stopped)
  }
}
