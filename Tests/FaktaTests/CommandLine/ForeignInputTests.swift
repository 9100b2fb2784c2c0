import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// Inputs that are no plain articles: what is refused and why, and what is said of what is not.
@Suite struct ForeignInputTests {
  let program: Program

  init() throws { program = try Program() }

  /// What holds no text is refused with what to do, whatever its name; the text of a record may begin as it likes.
  @Test(arguments: [
    ("%PDF-1.7\n", "is a PDF; make text of it first (pdftotext FILE -)"),
    ("PK\u{3}\u{4}\u{14}", "is a ZIP archive or an office document; unpack it, or save it as text or a web page"),
    ("GIF89a", "is an image; Fakta reads text"),
    (String(repeating: "a", count: 257) + "ustar", "is a tar archive; unpack it first"),
    ("{\\rtf1\\ansi", "is an RTF document; save it as text or a web page"),
    (String(repeating: "ID3\u{3}\0", count: 20), "holds bytes that no text has; Fakta reads text"),
  ])
  func filesWithoutText(_ head: String, _ reason: String) throws {
    for name in ["berita", "berita.txt", "berita.html"] {
      try program.write(head + " dan seterusnya", to: name)
      let result = try program.run("annotate", name)
      #expect(result.status == 1 && result.errors == "fakta: \(name): \(reason)\n")
      #expect(try result.documents().map { ($0["error"] as? [String: Any])?["code"] as? String } == ["unreadable"])
      #expect(try program.run("inspect", name).errors.hasPrefix("fakta: \(name): \(reason)\n"))
    }
    try program.write("Satu.", to: "lain.txt")
    #expect(try program.run("annotate", "lain.txt", "berita.txt").status == 3)
    let record = try JSONSerialization.data(withJSONObject: ["text": head])
    #expect(try program.run(["annotate"], input: Array(record) + utf8("\n")).status == 0)
  }

  /// All rows of a table would be one article.
  @Test(arguments: ["a.csv", "a.TSV", "a.csv.gz"]) func tables(_ name: String) throws {
    try program.write("id,isi\n1,\"Banjir merendam 5 desa.\"\n", to: name)
    let result = try program.run("annotate", name)
    #expect(result.status == 1 && result.output == "")
    #expect(
      result.errors
        == "fakta: \(name): is a table; write its articles as NDJSON (docs/recipes.md); --format text reads it as one article\n"
    )
    #expect(try program.run("annotate", name, "--format", "text").documents().count == 1)
    // A file whose name is at fault has not gone away: the run does not wait for it.
    try program.write("Satu.", to: "b.txt")
    #expect(try program.run("annotate", "b.txt", name, "--output", "c.ndjson").status == 3)
    #expect(program.exists("c.ndjson"))
  }

  /// Without a name only the first line shows what it is: a note, since it may be a text all the same.
  @Test func tableOnTheStandardInput() throws {
    let table = utf8("nomor;\"isi\";tanggal_terbit\n1;\"Banjir merendam 5 desa.\";2025\n")
    let note = "looks like a table, and is read as one article; write its articles as NDJSON (docs/recipes.md)\n"
    for command in ["annotate", "inspect"] {
      #expect(try program.run([command], input: table).errors == "fakta: standard input: \(note)", "\(command)")
      #expect(try program.run([command, "--format", "text"], input: table).errors == "")
    }
    for text in ["Satu, dua, tiga\n", "Satu,dua\n", "Satu,,dua\n", "Satu,dua,tiga"] {
      #expect(try program.run(["annotate"], input: utf8(text)).errors == "")
    }
  }

  /// A feed holds many articles, or none, between words that are no text.
  @Test func otherXML() throws {
    let feed = utf8("<?xml version=\"1.0\"?>\n<rss><channel><item><title>Satu</title></item></channel></rss>\n")
    let reason = "is XML, and no web page; take its articles out as text or NDJSON\n"
    #expect(try program.run(["annotate"], input: feed).errors == "fakta: standard input: \(reason)")
    for name in ["a.xml", "a.txt", "a.html"] { try program.write(feed, to: name) }
    #expect(try program.run("annotate", "a.xml").errors == "fakta: a.xml: \(reason)")
    #expect(try program.run("annotate", "a.txt").errors == "fakta: a.txt: \(reason)")
    #expect(try program.run("inspect", "a.txt").errors.hasPrefix("fakta: a.txt: \(reason)"))
    #expect(try program.run("annotate", "a.html").status == 0)
    try program.write("From: a\n\nSatu.", to: "a.eml")
    #expect(
      try program.run("annotate", "a.eml").errors
        == "fakta: a.eml: is a mail, or a page saved as one; save it as a web page (.html)\n")
  }

  /// What a page says of itself is in the output, as the members of a record are.
  @Test func headlineOfPage() throws {
    let page = "<head><title>Kata \"Ya\"</title><meta name=pubdate content=2025-01-02></head><p>Hujan kemarin."
    let document = try #require(try program.run("annotate", "--format", "html", input: utf8(page)).documents().first)
    #expect(document["meta"] as? [String: String] == ["title": "Kata \"Ya\"", "date": "2025-01-02"])
    #expect(document["reference_date"] as? String == "2025-01-02")
    #expect(try program.run("inspect", "--format", "html", input: utf8(page)).output.contains("Kata \"Ya\""))
    let untitled = try #require(
      try program.run("annotate", "--format", "html", input: utf8("<p>Satu")).documents().first)
    #expect(untitled["meta"] == nil)
  }
}
