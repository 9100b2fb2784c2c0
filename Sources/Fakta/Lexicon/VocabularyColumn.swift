import Glibc

/// A number for each word of the vocabulary, or for each node of the phrase tree; 0 until one is given.
///
/// Pages in which nothing is set are never touched, and so no memory of the process: a start needs few of a hundred thousand
/// words.
final class VocabularyColumn<Element: FixedWidthInteger & BitwiseCopyable>: @unchecked Sendable {
  let count: Int
  /// For loops that have compared their ids with `count`.
  let base: UnsafeMutablePointer<Element>

  init(count: Int) {
    self.count = count
    guard let memory = calloc(max(1, count), MemoryLayout<Element>.stride) else { fatalError("no memory for a column") }
    base = memory.bindMemory(to: Element.self, capacity: max(1, count))
  }

  deinit { free(base) }

  /// The number of `id`, 0 beyond all ids.
  @inline(__always)
  subscript(_ id: Int) -> Element {
    get { UInt(bitPattern: id) < UInt(bitPattern: count) ? base[id] : 0 }
    set { if UInt(bitPattern: id) < UInt(bitPattern: count) { base[id] = newValue } }
  }
}
