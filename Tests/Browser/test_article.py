"""One article: marks, card, layers, panels, keyboard, phone, dark."""

import json

from browser import CORPORA, BrowserTest, report

ARTICLES = CORPORA / "report/articles.ndjson"


def ferry():
    return [json.loads(ARTICLES.read_text(encoding="utf-8").splitlines()[0])]


class ArticleTest(BrowserTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.html = report(ferry())

    def setUp(self):
        self.open(self.html)

    def tearDown(self):
        self.assert_harmless()

    def test_text_is_whole(self):
        document = ferry()[0]
        shown = self.run_script("return [...document.querySelectorAll('.text p')].map(p => p.textContent)")
        self.assertEqual(shown, [line for line in document["text"].split("\n") if line])

    def test_every_annotation_is_marked_with_its_words(self):
        document = ferry()[0]
        for layer, label in [("entities", "PER"), ("entities", "ORG"), ("entities", "LOC"), ("dates", "date"), ("quantities", "quantity")]:
            expected = [a["text"] for a in document[layer] if layer != "entities" or a["label"] == label]
            shown = self.run_script("return [...document.querySelectorAll('.mark.' + arguments[0])].map(e => e.textContent)", label)
            self.assertEqual(shown, expected, label)

    def test_switch_hides_and_shows_a_layer(self):
        border = "return getComputedStyle(document.querySelector('.mark.PER')).borderBottomColor"
        seen = self.run_script(border)
        self.click(".switch.PER")
        self.assertEqual(self.run_script("return document.querySelector('.switch.PER').getAttribute('aria-pressed')"), "false")
        self.assertNotEqual(self.run_script(border), seen)
        self.click(".switch.PER")
        self.assertEqual(self.run_script(border), seen)

    def test_noise_can_be_hidden(self):
        self.assertTrue(self.run_script("return document.querySelector('.noise.boilerplate').offsetParent !== null"))
        self.click(".switch.noise")
        self.assertFalse(self.run_script("return document.querySelector('.noise.boilerplate').offsetParent !== null"))

    def test_card_says_who_and_why(self):
        self.click(".mark.PER", 1)
        card = self.text(".card")
        for words in ["Rahmat Hidayat", "Kepala, Badan SAR Batu Karang", "written", "2 of 2", "alias:e5"]:
            self.assertIn(words, card)
        self.click(".card .walk button", 1)
        self.assertIn("1 of 2", self.text(".card"))

    def test_escape_closes_the_card_and_returns_focus(self):
        self.click(".mark.quantity")
        self.run_script("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
        self.assertTrue(self.run_script("return document.querySelector('.card').hidden"))
        self.assertEqual(self.run_script("return document.activeElement.textContent"), "27")

    def test_arrow_keys_walk_from_mark_to_mark(self):
        self.run_script("document.querySelector('.mark[tabindex=\"0\"]').focus()")
        press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}))"
        self.run_script(press, "ArrowRight")
        self.assertEqual(self.run_script("return document.activeElement.textContent"), "Harian Teluk")
        self.run_script(press, "End")
        self.assertEqual(self.run_script("return document.activeElement.textContent"), "dua")
        self.run_script(press, "Enter")
        self.assertFalse(self.run_script("return document.querySelector('.card').hidden"))
        self.assertEqual(self.run_script("return document.querySelectorAll('.mark[tabindex=\"0\"]').length"), 1)

    def test_opening_a_fact_highlights_its_spans(self):
        self.run_script("document.querySelector('.figures li').dispatchEvent(new MouseEvent('mouseenter'))")
        spans = self.run_script("return ['fact-main', 'fact-slot'].map(name => [...CSS.highlights.get(name)].map(range => range.toString()))")
        self.assertEqual(spans, [["27"], ["tewas", "Selat Lembayung", "Rahmat Hidayat"]])
        self.click(".figures .go")
        self.assertEqual(self.run_script("return [...CSS.highlights.get('flash')].map(String)"), ["27"])

    def test_statement_highlight_crosses_marks(self):
        self.run_script("document.querySelectorAll('.said')[0].dispatchEvent(new MouseEvent('mouseenter'))")
        spans = self.run_script("return [...CSS.highlights.get('fact-main')].map(String)")
        self.assertEqual(spans, ["27 orang tewas di Selat Lembayung dan 112 penumpang selamat"])

    def test_panels(self):
        titles = self.run_script("return [...document.querySelectorAll('.panel h2')].map(h => h.textContent)")
        self.assertEqual(titles, ["Figures", "Who said what", "People", "Timeline", "Organizations", "Places", "Events", "Record"])
        self.assertIn("IDR\u202f12.5 billion", self.text("#panel-figures"))
        days = self.run_script("return [...document.querySelectorAll('.timeline .day')].map(t => t.textContent)")
        self.assertEqual(days, ["1998", "4 Mar 2024", "4 Mar 2024, night"])

    def test_every_control_has_a_name(self):
        nameless = self.run_script("""return [...document.querySelectorAll("button, a[href], [role=button], input, select")]
            .filter(e => !(e.getAttribute("aria-label") || e.textContent.trim())).map(e => e.outerHTML)""")
        self.assertEqual(nameless, [])

    def test_theme_can_be_changed(self):
        color = "return getComputedStyle(document.documentElement).backgroundColor"
        light = self.run_script(color)
        self.click(".icon[aria-label='Light or dark']")
        self.assertNotEqual(self.run_script(color), light)

    def test_contrast(self):
        """Every text of the page has at least 4.5 : 1 against what is behind it (light, then dark)."""
        for _ in range(2):
            self.assertEqual(self.run_script(CONTRAST), [])
            self.click(".icon[aria-label='Light or dark']")


class PhoneTest(BrowserTest):
    size = (390, 844)
    dark = True

    def test_nothing_is_wider_than_the_screen(self):
        for html in [report(ferry()), report(ARTICLES)]:
            self.open(html)
            self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), 390)
            self.assert_harmless()

    def test_card_lies_at_the_bottom(self):
        self.open(report(ferry()))
        self.click(".mark.PER")
        self.assertEqual(self.run_script("return Math.round(document.querySelector('.card').getBoundingClientRect().bottom)"), 844)


CONTRAST = """
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3]));
  const light = c => c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
  const behind = element => {
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.push(rgba(getComputedStyle(e).backgroundColor));
    return chain.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const poor = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !element.checkVisibility()) continue;
    if (/^(style|script|option|title)$/.test(element.localName)) continue;
    const style = getComputedStyle(element);
    const paint = element.namespaceURI.endsWith("svg") ? style.fill : style.color;
    const back = behind(element), front = over(rgba(paint), back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.add(`${element.className.baseVal ?? element.className} ${element.localName} ${((a + .05) / (b + .05)).toFixed(2)}`);
  }
  return [...poor];
"""
