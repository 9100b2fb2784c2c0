import Fakta

/// A format of annotated documents that other tools read.
///
/// Formats see the document as it would be in JSON, so that they agree with it. Offsets are code points; `offsets`
/// of a format converts them where the user wants another unit.
package protocol DocumentFormat: Sendable {
  var header: String { get }
  var footer: String { get }
  /// Whether a file that begins so was written in this format.
  func wrote(_ head: [UInt8]) -> Bool
  /// Appends what the format says about `document`, line ends included.
  func append(_ document: ReportDocument, to out: inout String)
}

extension DocumentFormat {
  package var header: String { "" }
  package var footer: String { "" }
  package func wrote(_ head: [UInt8]) -> Bool { !header.isEmpty && head.starts(with: header.utf8) }
}

/// Makes a `DocumentFormat` usable where documents come from the pipeline.
public struct ConvertingFormatter: DocumentFormatter {
  private var writer: DocumentWriter
  private let format: any DocumentFormat
  private var json: [UInt8] = []

  package init(_ format: any DocumentFormat, lexicon: Lexicon, layers: Set<Layer>) {
    var options = DocumentWriter.Options()
    options.layers = layers
    writer = DocumentWriter(lexicon: lexicon, options: options)
    self.format = format
  }

  public func wrote(_ head: [UInt8]) -> Bool { format.wrote(head) }
  public func appendHeader(to out: inout [UInt8]) { out.append(contentsOf: format.header.utf8) }
  public func appendFooter(to out: inout [UInt8]) { out.append(contentsOf: format.footer.utf8) }

  public mutating func append(_ document: Document, _ article: ArticleInfo, to out: inout [UInt8]) {
    json.removeAll(keepingCapacity: true)
    writer.append(document, id: article.id, meta: article.meta, to: &json)
    // What the writer wrote can be read.
    guard let document = try? AnnotationReader.read(json) else { return }
    var text = ""
    format.append(document, to: &text)
    out.append(contentsOf: text.utf8)
  }
}

extension String {
  /// The string as a JSON string with its quotation marks.
  package var json: String {
    var bytes: [UInt8] = []
    var text = self
    text.withUTF8 { JSONOutput.append(string: $0, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
