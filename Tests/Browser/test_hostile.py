"""Articles by an enemy: every string of the injection corpus in every place that a document has; and very large articles."""

import json
import time

from browser import CORPORA, BrowserTest, report

STRINGS = [json.loads(line) for line in (CORPORA / "injections.jsonl").read_text(encoding="utf-8").splitlines()]


def hostile(string, number):
    """A document that says `string` wherever a document can say something."""
    text = f"{string} kata {string} 5 {string}"
    size = len(string)
    span = {"start": 0, "end": size, "text": string}
    second = {"start": size + 6, "end": 2 * size + 6, "text": string}
    digit = {"start": 2 * size + 7, "end": 2 * size + 8, "text": "5"}
    third = {"start": 2 * size + 9, "end": 3 * size + 9, "text": string}
    entity = {"name": string, "entity": 1, "evidence": [string], "gazetteer": string, "use": string}
    return {
        "fakta": "1", "id": string,
        "meta": {"title": string, "outlet": string, "url": string, "link": string, "date": string, string: string, "n": {string: [string]}},
        "text": text, "reference_date": [string, "2024-03-05"][number % 2], "reference_date_source": string,
        "regions": [{"kind": ["title", "boilerplate", string][number % 3], **span}],
        "sentences": [{"start": 0, "end": len(text)}],
        "entities": [{"id": "e1", "label": ["PER", "LOC", string][number % 3], **span, **entity},
                     {"id": "e2", "label": "ORG", **third, **entity}],
        "dates": [{"id": "d1", "type": string, **second, "value": string, "from": ["2024-03-05", string][number % 2], "to": string, "mod": string, "freq": string}],
        "quantities": [{"id": "q1", "kind": ["count", "money", string][number % 3], **digit, "value": 5, "modifier": string, "unit": string,
                        "item": {**third, "head": string}, "per": string}],
        "facts": [
            {"id": "f1", "kind": "figure", "quantity": {**digit, "ref": "q1"}, "action": second, "actor": span, "place": {**span, "ref": "e1"},
             "time": {**second, "ref": "d1"}, "source": {**third, "ref": "e2"}},
            {"id": "f2", "kind": "statement", "content": third, "speaker": {**span, "ref": "e1"}, "cue": second, "outlet": third, "quoted": True},
            {"id": "f3", "kind": "role", "person": {**span, "ref": "e1"}, "title": second, "affiliation": {**third, "ref": "e2"}},
            {"id": "f4", "kind": "event", "subject": span, "action": second, "object": third, "time": {**second, "ref": "d1"}, "relation": string},
            {"id": string, "kind": string, string: second, "quoted": string, "former": string},
        ],
    }


class HostileTest(BrowserTest):
    def test_corpus_is_large(self):
        self.assertGreaterEqual(len(set(STRINGS)), 200)

    def test_collection(self):
        documents = [hostile(string, i) for i, string in enumerate(STRINGS)]
        documents += [{"fakta": "1", "id": string, "error": {"code": string, "message": string}} for string in STRINGS[:40]]
        self.open(report(documents))
        self.settle()
        self.assert_harmless()
        for index, document in enumerate(documents):
            self.run_script("""
                location.hash = "#/article/" + arguments[0];
                show();
                document.querySelectorAll("details").forEach(details => (details.open = true));
                for (const mark of document.querySelectorAll(".mark, .statement")) mark.click();
                for (const button of document.querySelectorAll(".panel button")) button.click();
                for (const row of document.querySelectorAll(".panel li")) row.dispatchEvent(new MouseEvent("mouseenter"));
                """, index)
            if "error" not in document:
                shown = self.run_script("return document.querySelector('.text').textContent")
                self.assertEqual("".join(shown.split()), "".join(document["text"].split()), repr(document["id"]))
            if index % 40 == 0:
                self.assert_harmless()
        self.assert_harmless()
        for index, string in enumerate(STRINGS):
            self.run_script("""
                location.hash = nameLink(["PER", "LOC", "OTHER"][arguments[1] % 3], arguments[0].toWellFormed());
                show();
                const input = document.querySelector("input[type=search]");
                input.value = arguments[0];
                input.dispatchEvent(new Event("input"));
                """, string, index)
        self.go("#/")
        self.assert_harmless()

    def test_single_articles(self):
        for index in range(0, len(STRINGS), 23):
            self.open(report([hostile(STRINGS[index], index)]))
            self.settle()
            self.assert_harmless()

    def test_diff(self):
        old = [hostile(string, i) for i, string in enumerate(STRINGS)]
        new = [hostile(string, i + 1) for i, string in enumerate(STRINGS)]
        for document, string in zip(new, STRINGS):
            document["entities"][0]["name"] = string + string
        self.open(report(old, new, options=["--diff"]))
        self.run_script("scrollTo(0, 1e6)")
        self.settle()
        self.assert_harmless()


class LargeTest(BrowserTest):
    def large(self, count, line):
        words, entities, quantities = [], [], []
        at = 0
        for i in range(count // 2):
            entities.append({"id": f"e{i + 1}", "label": "PER", "start": at, "end": at + 4, "text": "Budi", "name": f"Budi {i % 500}", "entity": i % 500 + 1, "evidence": []})
            quantities.append({"id": f"q{i + 1}", "kind": "count", "value": 7, "modifier": "exact", "unit": None, "start": at + 5, "end": at + 6, "text": "7"})
            words.append("Budi 7" + ("\n" if line and i % 40 == 39 else " "))
            at += 7
        facts = [{"id": f"f{i + 1}", "kind": "figure", "quantity": {"start": q["start"], "end": q["end"], "text": "7", "ref": q["id"]}} for i, q in enumerate(quantities)]
        return {"fakta": "1", "id": "besar", "text": "".join(words), "regions": [], "sentences": [], "entities": entities, "dates": [], "quantities": quantities, "facts": facts}

    def test_100_000_spans(self):
        for line in [True, False]:
            page = report([self.large(100_000, line)])
            start = time.time()
            self.open(page)
            self.eventually("return document.querySelectorAll('.mark').length > 200")
            self.assertLess(time.time() - start, 10)
            self.assertLess(self.run_script("return document.querySelectorAll('*').length"), 20_000)
            self.click(".mark", 1)
            self.assertIn("7", self.text(".card h3"))
            before = self.run_script("return document.querySelectorAll('.mark').length")
            self.run_script("scrollTo(0, document.documentElement.scrollHeight)")
            self.eventually("return document.querySelectorAll('.mark').length > arguments[0]", before)
            self.assert_harmless()

    def test_1_000_articles(self):
        lines = (CORPORA / "report/articles.ndjson").read_text(encoding="utf-8").splitlines()
        documents = []
        for i in range(1000):
            document = json.loads(lines[i % 3])
            document["id"] = f"a{i}"
            documents.append(document)
        page = report(documents)
        start = time.time()
        self.open(page)
        self.eventually("return document.querySelector('.articles li')")
        self.assertLess(time.time() - start, 10)
        self.assertLess(self.run_script("return document.querySelectorAll('*').length"), 5_000)
        self.assert_harmless()
