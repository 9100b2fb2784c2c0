/// Counts of a run, or of a part of it.
public struct BatchTally: Sendable, Equatable {
  public internal(set) var documents = 0
  /// Failed articles by code, in the order in which the codes came up.
  public internal(set) var failures: [(code: String, count: Int)] = []
  /// Files of which nothing, or nothing more, could be read; they are among the failures too.
  public internal(set) var unreadable = 0
  /// Bytes of text and JSON that were read, decompressed.
  public internal(set) var bytes = 0
  /// The same as the files are on disk.
  public internal(set) var bytesOnDisk = 0
  public internal(set) var regions = 0
  public internal(set) var sentences = 0
  public internal(set) var entities = 0
  public internal(set) var dates = 0
  public internal(set) var quantities = 0
  public internal(set) var facts = 0
  /// CPU time of each stage in nanoseconds, in pipeline order, where it was measured.
  public internal(set) var stageTimes: [UInt64] = []
  /// The same for reading records and for writing documents.
  public internal(set) var readTime: UInt64 = 0
  public internal(set) var writeTime: UInt64 = 0

  public init() {}

  /// How many articles failed.
  public var failed: Int { failures.reduce(0) { $0 + $1.count } }

  mutating func clear() {
    let times = stageTimes
    self = BatchTally()
    stageTimes = times
    for i in stageTimes.indices { stageTimes[i] = 0 }
  }

  @inline(__always)
  mutating func count(_ document: Document) {
    documents += 1
    regions += document.regions.count
    sentences += document.sentences.count
    entities += document.entities.count
    dates += document.dates.count
    quantities += document.quantities.count
    facts += document.facts.count
  }

  mutating func count(_ failure: ArticleFailure) { add(failure.code, 1) }

  mutating func add(_ code: String, _ count: Int) {
    if let i = failures.firstIndex(where: { $0.code == code }) {
      failures[i].count += count
    } else {
      failures.append((code, count))
    }
  }

  mutating func add(_ other: BatchTally) {
    documents += other.documents
    for (code, count) in other.failures { add(code, count) }
    unreadable += other.unreadable
    bytes += other.bytes
    bytesOnDisk += other.bytesOnDisk
    regions += other.regions
    sentences += other.sentences
    entities += other.entities
    dates += other.dates
    quantities += other.quantities
    facts += other.facts
    readTime += other.readTime
    writeTime += other.writeTime
    while stageTimes.count < other.stageTimes.count { stageTimes.append(0) }
    for i in other.stageTimes.indices { stageTimes[i] += other.stageTimes[i] }
  }

  public static func == (a: BatchTally, b: BatchTally) -> Bool {
    a.documents == b.documents && a.failures.elementsEqual(b.failures, by: ==) && a.unreadable == b.unreadable
      && a.bytes == b.bytes && a.regions == b.regions && a.sentences == b.sentences && a.entities == b.entities
      && a.dates == b.dates && a.quantities == b.quantities && a.facts == b.facts
  }
}

/// Something that people should know about an input; never part of the output.
public struct BatchNote: Sendable {
  public let path: String
  /// 1-based; 0 when the whole file is meant.
  public let line: Int
  public let text: String
  /// Whether the article failed, and is in the output as a failure.
  public var isFailure = false
}

/// A sum over what was read, to tell on `--resume` whether the inputs are still the same.
struct InputChecksum: Sendable, Equatable {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ bytes: Span<UInt8>) {
    let sum = bytes.withUnsafeBytes { LexiconImage.checksum($0) }
    value = WordHash.mix(value &* 0x0000_0100_0000_01B3 ^ sum)
  }

  mutating func add(path: String) {
    var path = path
    let sum = path.withUTF8 { LexiconImage.checksum(UnsafeRawBufferPointer($0)) }
    value = WordHash.mix(value &* 0x0000_0100_0000_01B3 ^ sum)
  }

  mutating func add(_ other: InputChecksum) {
    value = WordHash.mix(value &* 0x0000_0100_0000_01B3 ^ other.value)
  }

  init() {}
  init(value: UInt64) { self.value = value }
}
