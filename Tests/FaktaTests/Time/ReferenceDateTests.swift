import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct ReferenceDateTests {
  private func reference(_ text: String, record: String = "", option: CalendarDay? = nil) -> (
    String?, Document.ReferenceSource
  ) {
    let document = Dates.annotate(text, record: record, option: option)
    return (document.referenceDate.map(Dates.text), document.referenceSource)
  }

  @Test func theOptionWins() {
    let found = reference(
      "Rapat digelar kemarin, Senin (9/11/2015).", record: "2015-11-12", option: CalendarDay(2016, 1, 1))
    #expect(found == ("2016-01-01", .option))
  }

  @Test(arguments: [
    "2015-11-12", "2015-11-12T08:00:00+07:00", "Thu, 12 Nov 2015 08:00:00 +0700", "12 November 2015",
    "Kamis, 12 November 2015 | 08:00 WIB", "12/11/2015",
  ])
  func theRecord(_ date: String) {
    #expect(reference("Rapat digelar Senin.", record: date) == ("2015-11-12", .record))
  }

  @Test func aBrokenRecordDateIsNone() {
    #expect(reference("Rapat digelar Senin.", record: "kapan-kapan") == (nil, .none))
  }

  @Test func theHeader() {
    #expect(
      reference("Jumat, 6 November 2015 | 10:15 WIB\n\nRapat digelar kemarin di Jakarta.") == ("2015-11-06", .dateline))
  }

  /// Lines above the text that name the author, or begin with the day; a photo's line, with the day of what it shows, is none.
  @Test(
    arguments: [
      ("Diperbarui 6 November 2015, 10:15 WIB", "2015-11-06"), ("Oleh: Siti Aminah, 6 November 2015", "2015-11-06"),
      ("6 November 2015 10:15 WIB • Waktu baca 3 menit", "2015-11-06"),
      ("Petani memanen padi di Kebumen, 2 November 2015", nil),
    ] as [(String, String?)])
  func linesAboveTheText(_ line: String, _ day: String?) {
    let found = reference("Panen Raya Petani Kebumen Dimulai\n\n\(line)\n\nKEBUMEN - Panen dimulai kemarin di Kebumen.")
    #expect(found.0 == day)
  }

  /// The text fixes the day of the report, also against the record, for what leans on it.
  @Test func apposition() {
    let text = "Rapat digelar hari ini, Kamis (7/9/2017). Besok rapat dilanjutkan."
    #expect(reference(text) == ("2017-09-07", .text))
    #expect(Dates.values(text, record: "2017-09-08") == ["2017-09-07", "2017-09-07", "2017-09-08"])
    #expect(reference("Rapat digelar kemarin, Senin, 9 November 2015.") == ("2015-11-10", .text))
  }

  @Test func statements() {
    #expect(
      reference("\"Kami siap,\" kata Budi, Selasa (10/11/2015).\n\nRapat dijadwalkan pada Jumat (20/11/2015).") == (
        "2015-11-10", .text
      ))
    #expect(reference("Budi lahir pada 6 Juni 1961 di Solo.") == (nil, .none))
  }

  /// Who spoke a day after what the article dates in full makes it an article of that day, however far behind it stands.
  @Test func theDayAfter() {
    let flood = "Banjir melanda Kudus, Senin (9/11/2015)."
    let filler = String(repeating: " Warga mengungsi ke masjid dan sekolah yang lebih tinggi.", count: 12)
    #expect(reference(flood + filler + " \"Kami siap,\" kata Budi, Selasa.").0 == "2015-11-10")
    #expect(reference(flood + filler + " \"Kami siap,\" kata Budi, Senin.").0 == "2015-11-09")
    #expect(reference(flood + filler + " Pasar dibuka lagi pada Selasa.").0 == "2015-11-09")
  }

  /// What `reference-dates.rules` say.
  @Test(arguments: [
    ("\"Kami siap,\" kata Budi ketika dihubungi pada Senin, 9 November 2015.", "2015-11-09"),
    ("Budi Santoso, Kamis, 12 November 2015, menyebutkan jalan itu ditutup.", "2015-11-12"),
    ("Bandung, (12/3/2019) Warga mengungsi ke masjid.", "2019-03-12"),
    ("Rapat itu akan digelar di Bogor pada Senin (16/11/2015).", nil),
    ("Pendaftaran dibuka sampai Minggu (15/11/2015).", nil),
    ("Foto ini diambil di Bogor, Senin (9/11/2015), oleh warga.", nil),
    (
      "Sidang akan dilanjutkan pada Selasa (17/11/2015). \"Kami siap,\" kata Budi saat ditemui Selasa, 10 November 2015.",
      "2015-11-10"
    ),
  ])
  func rules(_ text: String, _ day: String?) {
    #expect(reference(text).0 == day)
  }

  /// The rule that decided is known, and no date of the layer is left from its search.
  @Test func theRuleIsNamed() {
    let document = Dates.annotate("\"Kami siap,\" kata Budi ketika dihubungi pada Senin, 9 November 2015.")
    let rule = TestLexicon.shared.dateRules.place(Int(document.referenceRule))
    #expect(rule?.name == "reached-on")
    #expect(document.dates.count == 1)
  }

  /// The year of a weekday with day and month where no date is full: what is foretold lies farther off than what is told, the year of a
  /// contest counts where the weekday fits it, and dates without their year are not older than news on the web.
  @Test(
    arguments: [
      ("Pabrik itu dibuka pada 2019 dan berproduksi penuh pada 2026. Pasar tumbuh hingga 2030.", "2025-11-05"),
      ("Pabrik itu menargetkan laba pada kuartal I 2026.", "2025-11-05"),
      ("Ia menjuarai SEA Games 2025.", "2025-11-05"), ("Pabrik itu dibuka pada 1958.", nil),
    ] as [(String, String?)])
  func yearsThatTheTextNames(_ text: String, _ day: String?) {
    #expect(reference(text + " \"Kami siap,\" kata Budi, Rabu (5/11).").0 == day)
  }

  /// A weekday with day and month, where a year near those of the text fits.
  @Test func yearFromTheText() {
    #expect(
      reference("Piala itu dimulai 3 Juni 2017.\n\n\"Kami siap,\" kata Budi, Rabu (21/6).") == ("2017-06-21", .text))
    #expect(reference("\"Kami siap,\" kata Budi, Rabu (21/6).") == (nil, .none))
  }
}

@Suite struct DateCostTests {
  /// Eight times the text takes about eight times as long, whatever it is made of.
  @Test(arguments: [
    "/", ".", "9/", "1.", "12", "2015-", "9 November ", "Senin ", "10-", "Senin, 9 ", "tiga ", "pukul ", "setiap ",
    "akhir ", "9, ", "dua puluh ",
  ])
  func linear(_ piece: String) {
    let problem = Linearity.problem(piece, bytes: 1 << 18) { text in
      Linearity.time { _ = Dates.annotate(text, option: CalendarDay(2015, 11, 10)) }
    }
    #expect(problem == nil)
  }
}
