import Glibc

/// A value that a thread of its own makes while others go on; it is waited for when it is asked for.
///
///     let check = Background { checksums(of: file) }
///     …                                                   other work
///     check.value()
///
/// Where no thread can be had, `value()` does the work.
final class Background<Value: Sendable>: BackgroundWork, @unchecked Sendable {
  private let work: @Sendable () -> Value
  private var made: Value?
  private var thread = pthread_t()
  private var isRunning = false

  /// Begins the work.
  init(_ work: @escaping @Sendable () -> Value) {
    self.work = work
    super.init()
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

  deinit { if isRunning { pthread_detach(thread) } }

  override func run() { made = work() }

  /// Waits for the value. To be called by one thread at a time.
  func value() -> Value {
    if isRunning {
      pthread_join(thread, nil)
      isRunning = false
    }
    if let made { return made }
    let value = work()
    made = value
    return value
  }
}

/// What a thread runs: C cannot call what has a generic parameter.
class BackgroundWork {
  func run() {}
}
