import Glibc
import Synchronization

/// A value that a thread of its own makes while others go on; it is waited for when it is asked for.
///
///     let check = Background { checksums(of: file) }
///     …                                                   other work
///     check.value()
///
/// Where no thread can be had, `value()` does the work. What the work holds is let go of when it is done.
final class Background<Value: Sendable>: BackgroundWork, @unchecked Sendable {
  private var work: (@Sendable () -> Value)?
  private var made: Value?
  private var thread = pthread_t()
  private var isRunning = false
  private let isMade = Atomic(false)
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  /// Begins the work.
  init(_ work: @escaping @Sendable () -> Value) {
    self.work = work
    super.init()
    pthread_mutex_init(lock, nil)
    // The thread holds the object until it ends.
    let this = Unmanaged.passRetained(self as BackgroundWork)
    let status = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<BackgroundWork>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, this.toOpaque())
    isRunning = status == 0
    if !isRunning { this.release() }
  }

  deinit {
    if isRunning { pthread_detach(thread) }
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  override func run() {
    made = work?()
    work = nil
  }

  /// Waits for the value. Any number of threads may ask.
  func value() -> Value {
    if !isMade.load(ordering: .acquiring) { wait() }
    return made.unsafelyUnwrapped
  }

  private func wait() {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    if isRunning {
      pthread_join(thread, nil)
      isRunning = false
    }
    if made == nil { run() }
    isMade.store(true, ordering: .releasing)
  }
}

/// What a thread runs: C cannot call what has a generic parameter.
class BackgroundWork {
  func run() {}
}
