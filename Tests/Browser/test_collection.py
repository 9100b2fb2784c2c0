"""Many articles: search, filters, charts, names, figures that differ; and what changed between two runs."""

import copy
import json

from browser import CORPORA, BrowserTest, report

ARTICLES = CORPORA / "report/articles.ndjson"


def articles():
    return [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]


class CollectionTest(BrowserTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.html = report(articles())

    def setUp(self):
        self.open(self.html)

    def tearDown(self):
        self.assert_harmless()

    def titles(self):
        return self.run_script("return [...document.querySelectorAll('.articles .headline')].map(a => a.textContent)")

    def search(self, words):
        self.run_script("""const input = document.querySelector('input[type=search]');
            input.value = arguments[0]; input.dispatchEvent(new Event('input', {bubbles: true}))""", words)
        self.settle()

    def test_search_finds_text_and_canonical_names(self):
        self.assertEqual(len(self.titles()), 3)
        self.search("SRI wulandari")
        self.assertEqual(self.titles(), ["Palang Merah: Korban Feri Bertambah"])
        self.search("🌸")
        self.assertEqual(self.titles(), ["Festival Bunga 🌸"])
        self.search("tidak ada")
        self.assertEqual(self.titles(), [])
        self.search("")
        self.assertEqual(len(self.titles()), 3)

    def test_search_from_an_article_leads_to_the_list(self):
        self.go("#/article/2")
        self.search("feri")
        self.eventually("return document.querySelectorAll('.articles .headline').length === 2")

    def test_filters(self):
        self.run_script("""const select = document.querySelector('.filters select');
            select.value = 'Kabar Samudra'; select.dispatchEvent(new Event('change'))""")
        self.assertEqual(len(self.titles()), 2)
        self.run_script("""const input = document.querySelector('.filters input[type=date]');
            input.value = '2024-04-01'; input.dispatchEvent(new Event('change'))""")
        self.assertEqual(self.titles(), ["Festival Bunga 🌸"])

    def test_article_opens_and_leads_to_a_name(self):
        self.click(".articles .headline")
        self.assertEqual(self.text("h1"), "Feri Sinar Pagi Tenggelam di Selat Lembayung")
        self.click(".mark.LOC", 0)
        self.assertIn("In 1 more article", self.text(".card"))
        self.click(".card .more")
        self.assertEqual(self.text("h1"), "Batu Karang")
        self.assertIn("in 2 articles", self.text(".name-page .byline"))

    def test_who_says_what_differs(self):
        rows = self.run_script("return [...document.querySelectorAll('.conflicts tr')].map(row => row.textContent)")
        self.assertEqual(rows, ["27Rahmat HidayatHarian Teluk · 5 Mar 2024", "31Palang Merah Batu KarangKabar Samudra · 6 Mar 2024"])
        self.click(".conflicts a", 1)
        self.eventually("return [...(CSS.highlights.get('fact-main') ?? [])].map(String)[0] === '31'")

    def test_charts_lead_somewhere(self):
        self.assertGreater(self.run_script("return document.querySelectorAll('.bars g').length"), 5)
        self.run_script("document.querySelector('.bars g').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))")
        self.settle()
        self.assertIn("#/name/", self.run_script("return location.hash"))

    def test_broken_routes_are_harmless(self):
        for route in ["#/article/99", "#/article/x", "#/article/0/fact/99", "#/name/PER/%E0%A4%A", "#/name/__proto__/constructor", "#/<img>"]:
            self.go(route)
            self.assertTrue(self.text("main"))

    def test_back_button(self):
        self.go("#/article/1")
        self.run_script("history.back()")
        self.eventually("return document.querySelector('.tiles') !== null")


class DiffTest(BrowserTest):
    def test_changes(self):
        old, new = articles(), copy.deepcopy(articles())
        new[0]["entities"][0]["label"] = "ORG"
        del new[0]["entities"][1]
        new[1]["dates"].append({"id": "d9", "type": "DATE", "start": 0, "end": 6, "text": "Palang", "value": "2024"})
        self.open(report(old, new, options=["--diff"]))
        changes = self.run_script("return [...document.querySelectorAll('.changes > li')].map(li => li.className + ' ' + li.querySelector('.words').textContent)")
        self.assertEqual(changes, ["changed BATU KARANG", "removed Harian Teluk", "added Palang"])
        self.assertIn("2 documents of 3 differ", self.text(".byline"))
        self.click(".filters .removed")
        self.assertEqual(self.run_script("return document.querySelectorAll('.changes > li').length"), 2)
        self.assert_harmless()
