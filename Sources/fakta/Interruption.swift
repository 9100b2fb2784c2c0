import Fakta
import Glibc

/// Waits for SIGINT, SIGTERM and SIGHUP while a batch runs, and ends it behind whole chunks.
///
/// A thread of its own waits for the signals, which are blocked everywhere else. When all threads wait for input
/// that does not come, it ends the program itself; a second signal ends it at once.
final class Interruption: @unchecked Sendable {
  private let batch: Batch
  private let onIdle: (Int32) -> Int32
  private let signals = UnsafeMutablePointer<sigset_t>.allocate(capacity: 1)
  private let received = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
  /// Held by the one who ends the program: this thread, or the one that ran the batch.
  private let ending = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  /// The signal that stopped the batch; 0 for none.
  var signal: Int32 { received.pointee }

  /// - Parameter onIdle: Says goodbye and returns the exit status, when the program must end here.
  init(batch: Batch, onIdle: @escaping (Int32) -> Int32) {
    self.batch = batch
    self.onIdle = onIdle
    received.pointee = 0
    pthread_mutex_init(ending, nil)
    sigemptyset(signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(signal) { sigaddset(signals, signal) }
    pthread_sigmask(SIG_BLOCK, signals, nil)
    var thread = pthread_t()
    // The thread lives as long as the program, and so does this object.
    let context = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Interruption>.fromOpaque(context!).takeUnretainedValue().wait()
        return nil
      }, context)
    if status == 0 { pthread_detach(thread) } else { pthread_sigmask(SIG_UNBLOCK, signals, nil) }
  }

  /// The batch has ended by itself: from now on its own thread says goodbye.
  func batchHasEnded() { pthread_mutex_lock(ending) }

  /// `nohup` and background jobs of a shell without job control set signals to be ignored; that stays so.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private func wait() {
    var signal: Int32 = 0
    guard sigwait(signals, &signal) == 0 else { return }
    received.pointee = signal
    batch.stop()
    pthread_sigmask(SIG_UNBLOCK, signals, nil)
    while true {
      usleep(50_000)
      // Twice, with a pause: the batch may just be ending by itself.
      guard batch.isIdle else { continue }
      usleep(50_000)
      pthread_mutex_lock(ending)
      if batch.isIdle { _exit(onIdle(signal)) }
      pthread_mutex_unlock(ending)
    }
  }
}
