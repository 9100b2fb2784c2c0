/// Writes the report for browsers: one file with its style, script and data, which loads nothing and may load nothing.
///
/// **Security.** The page's policy allows exactly its own script and style, by their hashes, and no connection, image,
/// frame, form or `eval`; strings cannot be turned into markup at all (trusted types). Everything that comes from
/// articles is JSON in a block of data (`ScriptJSON`) and becomes text nodes.
///
/// **Cost.** One pass over the documents; the size is about that of the articles plus a few bytes per annotation.
package enum HTMLReport {
  /// The report of one or many documents.
  package static func page(for documents: [ReportDocument], conflicts: [FigureConflicts.Conflict] = []) -> [UInt8] {
    page(data: ReportData.bytes(for: documents, conflicts: conflicts))
  }

  /// The report of what changed between two files, whose names are shown.
  package static func page(for comparison: Comparison, names: (String, String)) -> [UInt8] {
    page(data: ReportData.bytes(for: comparison, names: names))
  }

  /// Whether a file that begins so is a report.
  package static func wrote(_ head: [UInt8]) -> Bool {
    String(decoding: head, as: UTF8.self).contains(String(describing: generator))
  }

  private static let generator: StaticString = "<meta name=\"generator\" content=\"fakta inspect\">"

  private static func page(data: [UInt8]) -> [UInt8] {
    let style = PackageResources.base_css + PackageResources.article_css + PackageResources.collection_css
    var script = Array("\"use strict\";\n".utf8)
    for part in [
      PackageResources.dom_js, PackageResources.data_js, PackageResources.format_js, PackageResources.article_js,
      PackageResources.card_js, PackageResources.panels_js, PackageResources.timeline_js, PackageResources.charts_js,
      PackageResources.collection_js, PackageResources.overview_js, PackageResources.diff_js, PackageResources.main_js,
    ] {
      script += part
    }
    var page = PageWriter()
    page.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-")
    page.write(SHA256.base64(of: script))
    page.write("'; style-src 'sha256-")
    page.write(SHA256.base64(of: style))
    page.write("'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'\">\n")
    page.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.write("<meta name=\"referrer\" content=\"no-referrer\">\n")
    page.write(generator)
    page.write("\n<title>Fakta</title>\n<style>")
    page.write(style)
    page.write(
      "</style>\n</head>\n<body>\n<main><noscript>This report needs the script inside of it.</noscript></main>\n")
    page.write("<script type=\"application/json\" id=\"data\">")
    page.write(data)
    page.write("</script>\n<script>")
    page.write(script)
    page.write("</script>\n</body>\n</html>\n")
    return page.bytes
  }
}

private struct PageWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func write(_ part: [UInt8]) { bytes += part }
}
