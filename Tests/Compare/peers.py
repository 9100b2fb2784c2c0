"""Runs one peer on articles and prints what it found and cost as JSON: peers.py NAME ARTICLES.ndjson NAMES.tsv

NAMES.tsv (name TAB label) is the dictionary that all of them load. The figures do not count start-up.
"""
import json
import os
import subprocess
import sys
import time
from datetime import datetime, timezone


def ahocorasick(names):
    """pyahocorasick: all matches, word boundaries and leftmost-longest in Python."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name, label in names:
        automaton.add_word(name, (len(name), label))
    automaton.make_automaton()

    def annotate(text, date):
        hits = []
        for last, (length, label) in automaton.iter(text):
            start, end = last - length + 1, last + 1
            if not (start and text[start - 1].isalnum() or end < len(text) and text[end].isalnum()):
                hits.append((start, -end))
        count, behind = 0, 0
        for start, end in sorted(hits):
            if start >= behind:
                count, behind = count + 1, -end
        return count

    return annotate


def flashtext(names):
    """FlashText's KeywordProcessor."""
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    for name, label in names:
        processor.add_keyword(name, label)
    return lambda text, date: len(processor.extract_keywords(text, span_info=True))


def spacy_ruler(names):
    """spaCy's blank Indonesian with sentencizer and EntityRuler."""
    import spacy

    nlp = spacy.blank("id")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for name, label in names])
    return lambda text, date: len(nlp(text).ents)


def dateparser(names):
    """dateparser.search in Indonesian."""
    from dateparser.search import search_dates

    search_dates("9 November 2015", languages=["id"])

    def annotate(text, date):
        settings = {"RELATIVE_BASE": datetime.fromisoformat(date[:10])} if date else {}
        return len(search_dates(text, languages=["id"], settings=settings) or [])

    return annotate


def duckling(names):
    """Duckling, compiled, in Indonesian: numbers, money, measures, times."""
    import duckling

    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    locale = duckling.default_locale_lang(duckling.parse_lang("ID"))
    dimensions = duckling.parse_dimensions(
        "number,ordinal,amount-of-money,time,duration,distance,temperature,volume,quantity".split(","))
    contexts = {}

    def annotate(text, date):
        day = (date or "2015-11-10")[:10]
        if day not in contexts:
            seconds = int(datetime.fromisoformat(day).replace(hour=5, tzinfo=timezone.utc).timestamp())
            contexts[day] = duckling.Context(duckling.parse_ref_time(zones, "Asia/Jakarta", seconds), locale)
        return len(duckling.parse(text, contexts[day], dimensions, False))

    return annotate


def records(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main():
    peer, path, names_path = sys.argv[1:4]
    with open(names_path, encoding="utf-8") as file:
        names = [tuple(line.rstrip("\n").split("\t")) for line in file]
    articles = records(path)
    if peer == "heideltime":
        return heideltime(articles)
    annotate = globals()[peer](names)
    before = time.process_time()
    found = failed = 0
    for article in articles:
        try:
            found += annotate(article["text"], article.get("date"))
        except Exception:  # a crash on one article is counted, not hidden
            failed += 1
    report(articles, time.process_time() - before, found, failed)


def heideltime(articles):
    """HeidelTime's own automatic Indonesian resources, without a tagger, in one Java process."""
    home = os.environ["HEIDELTIME"]
    lines = [
        f"{(article.get('date') or '2015-11-10')[:10]}\t" + article["text"].replace("\\", " ").replace("\n", "\\n").replace("\r", " ")
        for article in articles
    ]
    done = subprocess.run(
        ["java", f"-Djava.util.logging.config.file={home}/logging.properties", "-cp", f"{home}/heideltime.jar:{home}",
         "HeidelTimeRun", f"{home}/config.props"],
        input="\n".join(lines) + "\n", capture_output=True, text=True)
    seconds, found, failed, rss = done.stdout.split()[-4:]
    report(articles, float(seconds), int(found), int(failed), float(rss))


def report(articles, seconds, found, failed, rss=None):
    if rss is None:
        with open("/proc/self/status") as file:
            rss = next(int(line.split()[1]) for line in file if line.startswith("VmHWM:")) / 1024
    size = sum(len(article["text"].encode()) for article in articles)
    print(json.dumps({"cpu_s": seconds, "bytes": size, "articles": len(articles), "found": found, "failed": failed, "rss_mib": rss}))


if __name__ == "__main__":
    main()
