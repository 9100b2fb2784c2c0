"""Every format, read by a tool that others wrote, gives the annotations of the JSON back, offsets included."""
import csv
import importlib.util
import io
import json
import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

FAKTA = os.environ["FAKTA"]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
HOSTILE = [
    "Kata \"A\", lalu\tB\\n; <b>&amp; C</b>\r\nIndonesialah 😀 250.000 orang tewas di Jakarta pada 9 November 2015.",
    "Joko\nWidodo tiba di\n\nJakarta, Senin (9/11/2015) — e\u0301 \u0000 kata “Budi”.",
    "",
    "   \n  ",
    "Menteri Luar Negeri Rusia Sergey Lavrov mengatakan 17 negara hadir.  Dua  spasi.",
]


def articles():
    with open(os.path.join(ROOT, "Tests", "Bench", "articles.ndjson"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    return "\n".join(lines + [json.dumps({"id": f"h/{i} ,\"x\"", "text": text}) for i, text in enumerate(HOSTILE)]) + "\n"


ARTICLES = articles()


def fakta(*arguments, input=ARTICLES):
    done = subprocess.run(
        [FAKTA, "annotate", "--format", "ndjson", *arguments], input=input.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def documents():
    return [json.loads(line) for line in fakta().splitlines()]


DOCUMENTS = documents()


class Tables(unittest.TestCase):
    layers = ("entities", "dates", "quantities", "facts")

    def check(self, layer, rows):
        """rows: dicts of strings."""
        texts = {document["id"]: document["text"] for document in DOCUMENTS}
        expected = [(document["id"], item["id"]) for document in DOCUMENTS for item in document[layer]]
        self.assertEqual([(row["document"], row["id"]) for row in rows], expected)
        self.assertGreater(len(rows), 50)
        for row in rows:
            surface = texts[row["document"]][int(row["start"]):int(row["end"])]
            if layer != "facts":
                self.assertEqual(surface, row["text"])
            else:
                slots = [row[name] for name in ("quantity", "person", "content", "action") if row[name]]
                self.assertTrue(any(slot in surface for slot in slots), row)

    def test_pandas(self):
        import pandas

        for layer in self.layers:
            text = fakta("--to", "csv", "--table", layer)
            frame = pandas.read_csv(io.StringIO(text, newline=""), dtype=str, keep_default_na=False, lineterminator=None)
            self.check(layer, frame.to_dict("records"))

    def test_python_csv(self):
        for layer in self.layers:
            rows = csv.DictReader(io.StringIO(fakta("--to", "csv", "--table", layer), newline=""))
            self.check(layer, list(rows))

    def test_tsv_has_one_line_per_row(self):
        for layer in self.layers:
            head, *lines = fakta("--to", "tsv", "--table", layer).split("\n")[:-1]
            unescape = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}

            def field(text):
                parts, at = [], 0
                while at < len(text):
                    step = 2 if text[at] == "\\" else 1
                    parts.append(unescape.get(text[at:at + step], text[at:at + step]))
                    at += step
                return "".join(parts)

            names = head.split("\t")
            self.check(layer, [dict(zip(names, map(field, line.split("\t")))) for line in lines])

    def test_duckdb(self):
        import duckdb

        with tempfile.TemporaryDirectory() as folder:
            for layer in self.layers:
                path = os.path.join(folder, f"{layer}.csv")
                with open(path, "w", encoding="utf-8", newline="") as file:
                    file.write(fakta("--to", "csv", "--table", layer).replace("\0", ""))
                count = duckdb.sql(
                    f"select count(*) from read_csv('{path}', header=true, all_varchar=true, quote='\"', escape='\"')").fetchall()[0][0]
                self.assertEqual(count, sum(len(document[layer]) for document in DOCUMENTS))
            path = os.path.join(folder, "documents.ndjson")
            with open(path, "w", encoding="utf-8") as file:
                file.write(fakta())
            rows = duckdb.sql(
                f"select d.text[e.\"start\" + 1 : e.\"end\"] = e.text from (select text, unnest(entities) e from "
                f"read_json('{path}', format='newline_delimited') where id like 'b%') d").fetchall()
            self.assertGreater(len(rows), 50)
            self.assertTrue(all(row[0] for row in rows))


class SpaCy(unittest.TestCase):
    def test_doc_from_json(self):
        import spacy
        from spacy.tokens import Doc, DocBin

        nlp = spacy.blank("id")
        lines = fakta("--to", "spacy").splitlines()
        self.assertEqual(len(lines), len(DOCUMENTS))
        bin = DocBin(store_user_data=True)
        for line, document in zip(lines, DOCUMENTS):
            doc = Doc(nlp.vocab).from_json(json.loads(line))
            bin.add(doc)
            self.assertEqual(doc.text, document["text"])
            found = [(e.start_char, e.end_char, e.label_, e.text) for e in doc.ents]
            self.assertEqual(found, [(e["start"], e["end"], e["label"], e["text"]) for e in document["entities"]])
            for layer in ("dates", "quantities"):
                found = [(s.start_char, s.end_char, s.text) for s in doc.spans[layer]]
                self.assertEqual(found, [(s["start"], s["end"], s["text"]) for s in document[layer]])
            if document["sentences"]:
                self.assertEqual(len(list(doc.sents)), len(document["sentences"]))
        self.assertEqual(len(list(DocBin().from_bytes(bin.to_bytes()).get_docs(nlp.vocab))), len(DOCUMENTS))


class CoNLL(unittest.TestCase):
    def test_bio(self):
        blocks = fakta("--to", "conll").split("# id = ")[1:]
        self.assertEqual(len(blocks), len(DOCUMENTS))
        for block, document in zip(blocks, DOCUMENTS):
            text, spans = document["text"], []
            for line in block.split("\n")[1:]:
                if not line:
                    continue
                token, start, end, tag = line.split("\t")
                start, end = int(start), int(end)
                self.assertEqual(text[start:end], token)
                if tag.startswith("B-"):
                    spans.append([start, end, tag[2:]])
                elif tag.startswith("I-"):
                    self.assertEqual(spans[-1][2], tag[2:])
                    spans[-1][1] = end
            self.assertEqual(spans, [[e["start"], e["end"], e["label"]] for e in document["entities"]])

    def test_sentences_are_blocks(self):
        block = fakta("--to", "conll", input='{"text":"Satu. Dua tiga.\\n\\nEmpat."}\n')
        self.assertEqual(block.count("\n\n"), 3)


class Brat(unittest.TestCase):
    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            fakta("--to", "brat", "--output", folder)
            texts = sorted(name for name in os.listdir(folder) if name.endswith(".txt"))
            self.assertEqual(len(texts), len(DOCUMENTS))
            entities = quantities = 0
            for name in texts:
                with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
                    text = file.read()
                with open(os.path.join(folder, name[:-4] + ".ann"), encoding="utf-8") as file:
                    lines = file.read().split("\n")
                bound = {}
                for line in filter(None, lines):
                    parts = line.split("\t")
                    if line[0] == "T":
                        kind, places = parts[1].split(" ", 1)
                        pieces = [tuple(map(int, place.split(" "))) for place in places.split(";")]
                        self.assertEqual(" ".join(text[a:b] for a, b in pieces), parts[2])
                        bound[parts[0]] = kind
                        entities += kind in ("PER", "LOC", "ORG")
                        quantities += kind == "Quantity"
                    elif line[0] == "E":
                        kind, trigger = parts[1].split(" ")[0].split(":")
                        self.assertEqual(bound[trigger], kind)
                        for role in parts[1].split(" ")[1:]:
                            self.assertIn(role.split(":")[1], bound)
            self.assertEqual(entities, sum(len(document["entities"]) for document in DOCUMENTS))
            self.assertEqual(quantities, sum(len(document["quantities"]) for document in DOCUMENTS))

    def test_parser_of_others(self):
        # brat-peek: the package itself imports libraries for plots that its parser does not need.
        package = importlib.util.find_spec("peek")
        path = os.path.join(os.path.dirname(package.origin), "ann_structure.py")
        specification = importlib.util.spec_from_file_location("ann_structure", path)
        peek = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(peek)
        with tempfile.TemporaryDirectory() as folder:
            fakta("--to", "brat", "--output", folder, input=json.dumps({"id": "a", "text": HOSTILE[4]}) + "\n")
            document = peek.AnnDocument(os.path.join(folder, "a.ann"))
            for entity in document.anns["entities"]:
                start, end = entity.span[0]
                self.assertEqual(HOSTILE[4][start:end], entity.text)
            self.assertIn("Sergey Lavrov", [entity.text for entity in document.anns["entities"] if entity.tag == "PER"])
            self.assertGreater(len(document.anns["events"]), 0)


class WebAnnotation(unittest.TestCase):
    def test_selectors(self):
        pages = [json.loads(line) for line in fakta("--to", "webannotation").splitlines()]
        for page, document in zip(pages, DOCUMENTS, strict=True):
            self.assertEqual(page["@context"], "http://www.w3.org/ns/anno.jsonld")
            layers = ("entities", "dates", "quantities", "facts")
            self.assertEqual(len(page["items"]), sum(len(document[layer]) for layer in layers))
            for item in page["items"]:
                targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
                for target in targets:
                    position, quote = target["selector"]
                    start, end = position["start"], position["end"]
                    text = document["text"]
                    self.assertEqual(text[start:end], quote["exact"])
                    self.assertTrue(text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"]))


class XML(unittest.TestCase):
    def test_timeml(self):
        self.check("timeml", lambda document: [("TIMEX3", d["text"]) for d in document["dates"]])

    def test_all_layers(self):
        self.check("xml", None)

    def check(self, format, expected):
        root = ElementTree.fromstring(fakta("--to", format))
        self.assertEqual(len(root), len(DOCUMENTS))
        for element, document in zip(root, DOCUMENTS):
            self.assertEqual(element.find("DOCID").text, document["id"])
            text = element.find("TEXT")
            self.assertEqual("".join(text.itertext()), document["text"].replace("\0", "\ufffd"))
            if expected:
                found = [(child.tag, "".join(child.itertext())) for child in text.iter() if child is not text]
                self.assertEqual(found, [(tag, text.replace("\0", "\ufffd")) for tag, text in expected(document)])


class Markdown(unittest.TestCase):
    def test_tables(self):
        text = fakta("--to", "markdown")
        self.assertEqual(sum(line.startswith("# ") for line in text.split("\n")), len(DOCUMENTS))
        for line in text.split("\n"):
            if line.startswith("| "):
                self.assertTrue(line.endswith(" |"), line)


if __name__ == "__main__":
    unittest.main()
