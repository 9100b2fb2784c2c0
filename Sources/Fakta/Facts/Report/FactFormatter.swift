/// Writes the facts of documents as rows, for `fakta facts`.
public struct FactFormatter: DocumentFormatter {
  private let lexicon: Lexicon
  private let table: FactTable
  private let selection: FactSelection

  public init(lexicon: Lexicon, table: FactTable, selection: FactSelection = FactSelection()) {
    self.lexicon = lexicon
    self.table = table
    self.selection = selection
  }

  public func wrote(_ head: [UInt8]) -> Bool { table.wrote(head, kinds: lexicon.factKinds) }

  public func appendHeader(to out: inout [UInt8]) { table.appendHeader(to: &out) }

  public mutating func append(_ document: Document, _ article: ArticleInfo, to out: inout [UInt8]) {
    table.append(selection.rows(of: document, lexicon, id: String(decoding: article.id, as: UTF8.self)), to: &out)
  }
}
