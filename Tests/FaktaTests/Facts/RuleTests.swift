import FaktaTestSupport
import Testing

@testable import Fakta

/// The rule language: what it refuses, what it matches, and that nothing makes it slow.
@Suite struct RuleTests {
  /// The built-in lists with a rule file laid over them.
  static func lexicon(_ rules: String, path: String = "my.rules") throws -> Lexicon {
    var lists = UserLists(label: nil)
    try lists.add(bytes: Array(rules.utf8), path: path)
    return try lists.lexicon(over: LexiconData(image: TestLexicon.shared.image))
  }

  static func annotate(_ text: String, _ lexicon: Lexicon) throws -> Document {
    var pipeline = try Pipeline(lexicon: lexicon)
    var document = Document()
    document.reset(text: Array(text.utf8), optionDate: CalendarDay(2015, 11, 10))
    pipeline.annotate(&document)
    return document
  }

  /// A row is an object of JSON: each name stands once, though slots hold several numbers and dates, and a user may call slots as
  /// values are called: the text of the slot stands there.
  @Test(arguments: [
    ("a:<count> melawan b:<count>", "a, b", "Skornya 5 melawan 7 tadi.", "value", "5"),
    ("a:<date> atau b:<date>", "a, b", "Rapat pada 3 Mei 2014 atau 5 Mei 2014.", "date", "2014-05-03"),
    ("value:<count> melawan unit:<count>", "value, unit", "Skornya 5 melawan 7 tadi.", "unit", "7"),
    ("date:<date> atau from:<date>", "date, from", "Rapat pada 3 Mei 2014 atau 5 Mei 2014.", "date", "3 Mei 2014"),
  ])
  func namesStandOnce(_ pattern: String, _ slots: String, _ text: String, _ name: String, _ value: String) throws {
    let lexicon = try Self.lexicon("rule uji\n find \(pattern)\n gives uji(\(slots))\n yes x\n no y\n")
    let row = try #require(try Self.annotate(text, lexicon).factRows(lexicon).first { $0.kind == "uji" })
    #expect(row.slots.map(\.name).joined(separator: ", ") == slots)
    let names = row.slots.map(\.name) + row.values.map(\.name)
    #expect(Set(names).count == names.count, "\(names)")
    #expect(row.text(name) == value)
  }

  /// The facts of the kind `uji`, as `slot=text` lines.
  static func found(_ pattern: String, _ text: String, gives: String = "uji(a)", more: String = "") throws -> [String] {
    let lexicon = try lexicon("rule uji\n find \(pattern)\n gives \(gives)\n\(more) yes x\n no y\n")
    return try annotate(text, lexicon).factRows(lexicon).filter { $0.kind == "uji" }.map { row in
      row.slots.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
    }
  }

  // MARK: the examples that rules carry

  @Test func builtInExamples() throws {
    let folder = "\(Corpus.root)/gazetteers"
    let files = try ListFolder.files(in: folder).filter { $0.hasSuffix(".rules") }
    #expect(!files.isEmpty)
    let report = try RuleExamples.check(files: files, folder: folder, TestLexicon.shared)
    #expect(report.failures.map { "\($0)" } == [])
    #expect(report.examples >= 2 * report.rules)
  }

  @Test func failingExampleSaysWhy() throws {
    let rules = """
      rule tangkap
        find   pelaku:<ORG> menangkap korban:<PER>
        gives  penangkapan(pelaku, korban)
        yes    KPK memanggil Budi Santoso.
        no     KPK menangkap Budi Santoso.
      """
    var examples = try RuleExamples(lexicon: try Self.lexicon(rules))
    let failures = try examples.failures(of: Array(rules.utf8), path: "my.rules")
    #expect(
      failures.map { "\($0)" } == [
        "my.rules:4: the rule does not match: it fitted \"KPK\", then wanted menangkap and found \"memanggil\"",
        "my.rules:5: rule 'tangkap' matches \"KPK menangkap Budi Santoso\"",
      ])
  }

  /// Every part of a mark is checked, and every word of it must mean something.
  @Test(arguments: [
    ("[KPK menangkap Budi Santoso](penangkapan pelaku=KPK korban=\"Budi Santoso\") di Bogor.", nil),
    ("[KPK menangkap Budi Santoso] di Bogor.", nil),
    ("KPK menangkap Budi Santoso di Bogor.", nil),
    (
      "[KPK menangkap Budi Santoso](tangkap pelaku=KPK korban=\"Budi Santoso\").",
      "the mark says 'tangkap', the rule gives penangkapan; write (penangkapan slot=text)"
    ),
    (
      "[KPK menangkap Budi Santoso](pelaku=KPK korban=\"Budi Santoso\").",
      "the mark names no kind, the rule gives penangkapan; write (penangkapan slot=text)"
    ),
    (
      "[KPK menangkap Budi Santoso](penangkapan polisi=KPK).",
      "the rule gives no slot 'polisi'; its slots are pelaku, korban"
    ),
    (
      "[KPK menangkap Budi Santoso](penangkapan pelaku=KPK).",
      "korban is \"Budi Santoso\", the example does not mention it"
    ),
    ("[KPK menangkap Budi Santoso](penangkapan).", "pelaku is \"KPK\", the example does not mention it"),
    (
      "[KPK menangkap Budi Santoso](penangkapan pelaku=KPK korban=Budi).",
      "korban is \"Budi Santoso\", the example says \"Budi\""
    ),
    (
      "KPK [menangkap Budi Santoso](penangkapan).",
      "the rule matches \"KPK menangkap Budi Santoso\", not the marked words"
    ),
    (
      "[KPK menangkap Budi Santoso](penangkapan pelaku=KPK korban=\"Budi Santoso\" former).",
      "former is false, the example says otherwise"
    ),
    (
      "[KPK menangkap Budi Santoso](penangkapan pelaku=KPK korban=\"Budi Santoso\" quoted).",
      "quoted is false, the example says otherwise"
    ),
    (
      "[KPK menangkap Budi Santoso](penangkapan pelaku=KPK korban=\"Budi Santoso\" lama).",
      "'lama' is no slot=text; write that, or remove it"
    ),
    (
      "[KPK menangkap Budi Santoso](penangkapan) dan [Rina](x).",
      "only one mark may stand in a line; remove the brackets of the others"
    ),
  ])
  func marks(_ line: String, _ reason: String?) throws {
    let rule = "rule a\n find pelaku:<ORG> menangkap korban:<PER>\n gives penangkapan(pelaku, korban)\n"
    let rules = Array("\(rule) yes \(line)\n no KPK memanggil Budi Santoso.\n".utf8)
    var examples = try RuleExamples(lexicon: try Self.lexicon(String(decoding: rules, as: UTF8.self)))
    #expect(try examples.failures(of: rules, path: "my.rules").map(\.reason) == [reason].compactMap { $0 })
  }

  /// A sentence whose brackets were left in is another one.
  @Test func noLinesMarkNothing() throws {
    let rules = "rule a\n find x:menangkap\n gives a(x)\n yes menangkap\n no [Budi](a) menangkap.\n"
    var examples = try RuleExamples(lexicon: try Self.lexicon(rules))
    #expect(
      try examples.failures(of: Array(rules.utf8), path: "my.rules").map { "\($0)" } == [
        "my.rules:5: a 'no' line marks nothing; remove the brackets"
      ])
  }

  // MARK: what is refused

  static let refused: [(rules: String, message: String)] = [
    ("find a\n", "my.rules:1:1: 'find' stands before the first rule; begin with: rule NAME"),
    ("rule a b\n", "my.rules:1:6: 'a b' is no rule name; use letters, digits and hyphens"),
    (
      "rule a\n find kata\n gives x()\n no b\n",
      "my.rules:1: rule 'a' has no 'yes' line; add a sentence that it must find"
    ),
    (
      "rule a\n find kata\n gives x()\n yes b\n",
      "my.rules:1: rule 'a' has no 'no' line; add a similar sentence that it must leave alone"
    ),
    ("rule a\n find (kata\n", "my.rules:2:7: '(' is not closed; write ')'"),
    ("rule a\n find kata )\n", "my.rules:2:12: ')' closes no '('; remove it, or write \")\" for the mark"),
    ("rule a\n find <PER\n", "my.rules:2:7: '<' is not closed; write '>'"),
    ("rule a\n find <PER (kata)\n", "my.rules:2:7: '<' is not closed; write '>'"),
    ("rule a\n find <PER .. b:<ORG>\n", "my.rules:2:7: '<' is not closed; write '>'"),
    (
      "rule a\n find <PER&ORG>\n",
      "my.rules:2:11: '&' is no class name; use letters, digits and hyphens, or write '>' before it"
    ),
    ("rule a\n find kata{3,1}\n", "my.rules:2:11: a repetition is {2} or {1,3}; write the least and the most"),
    (
      "rule a\n find kata{99}\n",
      "my.rules:2:11: 99 repetitions are too many; 16 are possible, write * or + for as many as fit"
    ),
    ("rule a\n find $b\n", "my.rules:2:7: no line 'let b …' stands before this one; write one, or \"$\" for the mark"),
    (
      "rule a\n finds kata\n",
      "my.rules:2:2: 'finds' is unknown; lines of a rule begin with find, gives, priority, within, not, yes or no"
    ),
    (
      "rule a\n find kata\n gives x(b)\n yes b\n no c\n",
      "my.rules:3: nothing is captured as 'b'; write b:STEP in 'find', or remove the slot"
    ),
    (
      "rule a\n find kata?\n gives x()\n yes b\n no c\n",
      "my.rules:1: rule 'a' matches no words at all; make one step obligatory"
    ),
    (
      "rule a\n find <word> <any>\n gives x()\n yes b\n no c\n",
      "my.rules:1: rule 'a' has no obligatory step but <word>, <lower> or <any>, so it would have to be tried at every token; "
        + "add a word, a class or an annotation"
    ),
    (
      "rule a\n find (a b c d e){16}\n gives x()\n yes b\n no c\n",
      "my.rules:2:14: rule 'a' needs more than 63 steps at 'd'; shorten its repetitions, or split it into two rules"
    ),
    (
      "rule a\n find <ofice> kata\n gives x()\n yes b\n no c\n",
      "my.rules:2:7: no list has the class 'ofice'; correct it, or add a list with #! class=ofice"
    ),
    (
      "rule a\n find kata\n gives x()\n yes b\n no c\nrule a\n",
      "my.rules:6:6: a rule 'a' stands already at line 1; rename one of them"
    ),
    (
      "let a kata\nlet b kata\nlet a kota\nrule a\n find $a\n gives x()\n yes kata\n no c\n",
      "my.rules:3:5: 'let a' stands already at line 1; rename one of them"
    ),
    (
      "rule a\n find cue:kata a:<PER>\n gives attribution(cue, a)\n yes b\n no c\n",
      "my.rules:3: 'attribution' has no slot 'a'; its slots are cue, speaker, outlet, time, content, next"
    ),
    (
      "rule a\n find cue:kata speaker:<PER>\n gives attribution(speaker, cue)\n yes b\n no c\n",
      "my.rules:3: 'attribution' begins with the slot 'cue', whose words it claims; write attribution(cue, …)"
    ),
    (
      "rule a\n find cue:kata\n gives no-attribution(cue, former)\n yes b\n no c\n",
      "my.rules:3: 'no-attribution' knows no 'former'; remove it"
    ),
    (
      "rule a\n find bernama x:<PER>\n gives PER(x)\n yes b\n no c\n",
      "my.rules:2:17: '<PER>' is not known yet where a rule gives PER; "
        + "write <capital>, <word>, <digits>, <number>, <date>, or a class of a list"
    ),
    (
      "rule a\n find terbit date:<date> <count>\n gives report-date(date)\n yes b\n no c\n",
      "my.rules:2:26: '<count>' is not known yet where a rule gives report-date; "
        + "write <capital>, <word>, <digits>, <number>, <date>, or a class of a list"
    ),
    (
      "rule a\n find terbit x:<date>\n gives report-date(x)\n yes b\n no c\n",
      "my.rules:3: 'report-date' has no slot 'x'; its slots are date"
    ),
    (
      "rule a\n find bernama x:<capital> y:<word>\n gives PER(x, y)\n yes b\n no c\n",
      "my.rules:3: 'PER' takes the words of one name; write PER(x) and capture them as x"
    ),
    (
      "rule a\n find di x:<capital>\n gives LOC(x)\n yes b\n no c\n",
      "my.rules:1: rule 'a' has no obligatory rare word, so it would have to be tried in every text; "
        + "a rule that gives LOC needs a word such as 'bernama', or several with '|'"
    ),
    (
      "rule a\n find bernama x:<capital>\n gives PER(x) weight 20\n yes b\n no c\n",
      "my.rules:3:14: behind ')' only 'weight N' may stand, with N from 1 to 9"
    ),
    (
      "rule a\n find x:" + String(repeating: "(", count: 200_000) + "\n gives ujaran(x)\n yes b\n no c\n",
      "my.rules:2:109: more than 100 groups stand inside each other; write fewer"
    ),
    (
      "rule a\n find x:<verb voice=aktif>\n gives ujaran(x)\n yes b\n no c\n",
      "my.rules:2:9: no row of a list has voice=aktif; correct the column or the value"
    ),
    (
      "rule a\n find x:kata\n gives ujaran(x) weight 2\n yes b\n no c\n",
      "my.rules:3: 'ujaran' is no name, and has no weight; remove 'weight'"
    ),
  ]

  @Test(arguments: refused.indices)
  func refusal(_ i: Int) {
    let error = #expect(throws: LexiconError.self) { try Self.lexicon(Self.refused[i].rules) }
    #expect(error?.description == Self.refused[i].message)
  }

  // MARK: what matches

  static let matching: [(pattern: String, text: String, found: [String])] = [
    ("a:menangkap", "KPK Menangkap pelaku.", ["a=Menangkap"]),
    ("KPK a:<PER>", "KPK Budi Santoso hadir.", ["a=Budi Santoso"]),
    ("membawa a:<word>{1,2} kayu", "Ia membawa dua batang kayu.", ["a=dua batang"]),
    ("membawa a:<word>* kayu", "Ia membawa kayu.", [""]),
    ("tiba .. a:<LOC>", "Lavrov tiba tadi pagi di Wina.", ["a=Wina"]),
    ("tiba .. a:<LOC>", "Lavrov tiba, kata Budi di Wina.", []),
    ("tiba ... a:<LOC>", "Lavrov tiba, kata Budi di Wina.", ["a=Wina"]),
    ("tiba ... a:<LOC>", "Lavrov tiba. Budi di Wina.", []),
    ("tiba ..2 a:<LOC>", "Lavrov tiba tadi pagi di Wina.", []),
    ("(a:hujan|a:banjir) besar", "Banjir besar dan hujan besar.", ["a=Banjir", "a=hujan"]),
    ("seharga a:<money>", "Mobil itu seharga Rp 200 juta.", ["a=Rp 200 juta"]),
    ("a:(\"(\" <word> \")\")", "Bank (swasta) itu tutup.", ["a=(swasta)"]),
    ("pada a:<date>", "Ia lahir pada 9 November 2015.", ["a=9 November 2015"]),
    // Longer than a rule reckons with before its anchor.
    (
      "a:<date> mengunyah", "Rina Senin, 9 November 2015, pukul 10.00 WIB mengunyah sirih.",
      ["a=Senin, 9 November 2015, pukul 10.00 WIB"]
    ),
    ("kata a:<word !verb>", "Ada kata mutiara dan kata menangkap.", ["a=mutiara"]),
    ("a:anak-anak bermain", "Anak-anak bermain.", ["a=Anak-anak"]),
    ("jadi a:<speech form_kind=suffixed>", "Itu jadi katanya saja, jadi kata saja.", ["a=katanya"]),
  ]

  @Test(arguments: matching.indices)
  func match(_ i: Int) throws {
    let example = Self.matching[i]
    #expect(try Self.found(example.pattern, example.text) == example.found, "\(example.pattern) in \(example.text)")
  }

  @Test func contexts() throws {
    #expect(try Self.found("a:menang", "Ia tidak menang. Ia menang.", more: " not after tidak\n") == ["a=menang"])
    #expect(try Self.found("a:naik", "Harga naik tajam. Harga naik.", more: " not before tajam\n") == ["a=naik"])
    let long = "Senin, 9 November 2015, pukul 10.00 WIB menang. Ia menang."
    #expect(try Self.found("a:menang", long, more: " not after <date>\n") == ["a=menang"])
  }

  // MARK: names

  /// A user's rule votes for a name that nothing else knows, and the evidence says so.
  @Test func nameNamesItsRule() throws {
    let rules = """
      rule penyu
        find   penyu bernama x:<capital>
        gives  PER(x) weight 9
        yes    Seekor [penyu bernama Kuncoro](PER x=Kuncoro) bertelur.
        no     Seekor penyu bertelur.
      """
    let lexicon = try Self.lexicon(rules)
    let document = try Self.annotate("Seekor penyu bernama Kuncoro bertelur di pantai.", lexicon)
    #expect(document.entities.map { document.rawText(of: $0.span) } == ["Kuncoro"])
    let entity = try #require(document.entities.first)
    let voted = document.evidence[entity.evidence].first { $0.kind == .rule }
    #expect(lexicon.nameRules.evidence(Int(voted?.rule ?? -1)) == "rule:my.rules:1 penyu")
    var examples = try RuleExamples(lexicon: lexicon)
    #expect(try examples.failures(of: Array(rules.utf8), path: "my.rules").isEmpty)
  }

  /// Texts without a word of the rules are not read by them.
  @Test func nameRulesWaitForTheirWords() throws {
    let reader = RuleReader(lexicon: TestLexicon.shared, rules: TestLexicon.shared.nameRules)
    #expect(!reader.run(on: try Self.annotate("Budi Santoso tiba di Bogor.", TestLexicon.shared)))
  }

  // MARK: attributions

  /// A user's rule says who speaks, the statement names the rule, and no fact of the kind `attribution` comes out.
  @Test func attributionNamesItsRule() throws {
    let rules = """
      rule penutur
        find   cue:kata speaker:(anak <word>) mendiang
        gives  attribution(cue, speaker)
        priority 90
        yes    "Ia baik," kata anak bungsu mendiang.
        no     "Ia baik," kata anak bungsu.
      rule bukan-ujar
        find   cue:menegaskan garis
        gives  no-attribution(cue)
        yes    Pelukis itu menegaskan garis.
        no     Pelukis itu menegaskan bahwa gambar itu miliknya.
      """
    let lexicon = try Self.lexicon(rules)
    let text = "\"Ia baik sekali,\" kata anak bungsu mendiang. Rina Hartati menegaskan garis itu harus lurus."
    let rows = try Self.annotate(text, lexicon).factRows(lexicon)
    #expect(rows.map(\.kind) == ["statement"])
    #expect(rows.first?.text("speaker") == "anak bungsu")
    #expect(rows.first?.values.first { $0.name == "evidence" }?.text == "rule:my.rules:1 penutur")
  }

  /// The higher priority wins the first slot, then the longer match; other kinds do not compete.
  @Test func competition() throws {
    let lexicon = try Self.lexicon(
      """
      rule pendek
        find   a:hujan
        gives  uji(a)
        yes    hujan
        no     y
      rule panjang
        find   a:hujan b:deras
        gives  uji(a, b)
        yes    hujan deras
        no     y
      rule lain
        find   a:hujan
        gives  cuaca(a)
        yes    hujan
        no     y
      """)
    let rows = try Self.annotate("Di Bogor turun hujan deras.", lexicon).factRows(lexicon)
    #expect(rows.filter { $0.kind == "uji" }.map { $0.text("b") } == ["deras"])
    #expect(rows.filter { $0.kind == "cuaca" }.count == 1)
  }

  /// A user's kind and slots stand in the JSON like built-in ones, and a role of the user joins the built-in roles.
  @Test func userKindsInJSON() throws {
    let lexicon = try Self.lexicon(
      """
      rule tangkap
        find   pelaku:<ORG> menangkap korban:<PER>
        gives  penangkapan(pelaku, korban)
        yes    x
        no     y
      """)
    let document = try Self.annotate("KPK menangkap Budi Santoso di Bogor.", lexicon)
    var writer = DocumentWriter(lexicon: lexicon)
    var out: [UInt8] = []
    writer.append(document, id: Array("a".utf8), meta: [], to: &out)
    let json = String(decoding: out, as: UTF8.self)
    #expect(
      json.contains("\"kind\":\"penangkapan\",\"pelaku\":{\"start\":0,\"end\":3,\"text\":\"KPK\",\"ref\":\"e1\"}"))
    #expect(json.contains("\"korban\":{\"start\":14,\"end\":26,\"text\":\"Budi Santoso\""))
    #expect(json.contains("\"evidence\":\"rule:my.rules:1 tangkap\""))
  }

  @Test func imageKeepsRules() throws {
    let file = try RuleFile(
      parsing: Array(
        "let x <PER|ORG !LOC>\nrule a\n find p:$x .. (kata|\",\"){1,2} q:<office extends=yes>?\n gives role(title=q, person=p, former=q)\n not after tidak\n priority -3\n yes a\n no b\n"
          .utf8), path: "a.rules")
    var compiler = RuleCompiler()
    let rules = try file.rules.map { rule throws(LexiconError) in try compiler.compile(rule) }
    let bytes = RuleImage.encode(rules)
    #expect(bytes.withUnsafeBytes { RuleImage.decode($0) } == rules)
    // A section that was cut short gives no rule, and never reads beyond its end.
    for end in stride(from: 0, to: bytes.count, by: 3) {
      #expect(bytes[..<end].withUnsafeBytes { RuleImage.decode($0) } == [])
    }
  }

  // MARK: cost

  static let hostile = [
    "\"", "“", "\" kata Budi ", "kata ", "Presiden ", "menurut ", "Menteri Luar Negeri Rusia ", "mengatakan, ",
    "yang menangkap ",
    "100 orang tewas dan ", "Senin (9/11/2015) tiba ", "(", "Budi, ", "di Jakarta ",
  ]

  /// Eight times the text takes about eight times as long, whatever the text.
  @Test(arguments: hostile)
  func linear(_ piece: String) throws {
    var pipeline = try Pipeline(lexicon: TestLexicon.shared)
    var document = Document()
    let problem = try Linearity.problem(piece, bytes: 80_000) { text in
      document.reset(text: Array(text.utf8))
      var times: [UInt64] = []
      pipeline.annotate(&document, times: &times)
      // The last stage is that of facts.
      return try #require(times.last)
    }
    #expect(problem == nil)
  }
}
