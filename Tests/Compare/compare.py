#!/usr/bin/env python3
"""Runs what people use today and fakta on the same articles and prints a table.

usage: compare.py FAKTA ARTICLES.ndjson[.gz] [--peers a,b] [--seconds N]

The dictionary peers load the names of gazetteers/, as fakta does. Slow peers get only as many articles as fit into
N seconds of CPU time (default 20). Speed is MB of article text per second of CPU time, start-up not counted.
"""
import argparse
import glob
import gzip
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
PEERS = {
    "ahocorasick": "names of a dictionary",
    "flashtext": "names of a dictionary",
    "spacy_ruler": "tokens, sentences, names of a dictionary",
    "duckling": "numbers, money, measures, dates, times",
    "dateparser": "dates",
    "heideltime": "dates, durations, sets",
}
OURS = "names (also unlisted ones), dates, quantities, figures, roles, statements, events"


def names():
    """The names and aliases of the name lists, one label each."""
    found = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "gazetteers", "**", "*.tsv"), recursive=True)):
        label = next((l for key, l in (("people", "PER"), ("places", "LOC"), ("organizations", "ORG")) if f"/{key}/" in path), None)
        columns = None
        with open(path, encoding="utf-8") as file:
            for line in file:
                cells = line.rstrip("\n").split("\t")
                if line.startswith("#") or not line.strip():
                    continue
                if columns is None:
                    columns = cells
                    continue
                row = dict(zip(columns, cells))
                if label is None or "name" not in row:
                    continue
                for form in [row["name"], *row.get("aliases", "").split("|")]:
                    form = form.split("~")[0].strip()
                    if len(form) > 2:
                        found.setdefault(form, row.get("label") or label)
    return found


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-300:])
    return json.loads(done.stdout.splitlines()[-1])


def run_fakta(fakta, path, scratch):
    def cpu(source):
        stats = os.path.join(scratch, "stats.json")
        before = os.times()
        subprocess.run([fakta, "annotate", "--jobs", "1", "--stats", stats, source], stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        seconds = after.children_user + after.children_system - before.children_user - before.children_system
        with open(stats) as file:
            return seconds, json.load(file)

    first = os.path.join(scratch, "first.ndjson")
    with open(path, "rb") as source, open(first, "wb") as target:
        target.write(source.readline())
    # Seconds are few: the mean of ten runs, as slow peers have twenty seconds.
    start = sum(cpu(first)[0] for _ in range(10)) / 10
    runs = [cpu(path) for _ in range(10)]
    seconds, stats = sum(run[0] for run in runs) / 10, runs[0][1]
    found = sum(stats[layer] for layer in ("entities", "dates", "quantities", "facts"))
    return {"cpu_s": max(seconds - start, 1e-3), "found": found, "failed": stats["failed"], "rss_mib": stats["peak_rss_kib"] / 1024}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fakta")
    parser.add_argument("articles")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()

    opener = gzip.open if options.articles.endswith(".gz") else open
    with opener(options.articles, "rt", encoding="utf-8") as file:
        lines = [line for line in file if line.strip()]
    with tempfile.TemporaryDirectory() as scratch:
        dictionary = os.path.join(scratch, "names.tsv")
        with open(dictionary, "w", encoding="utf-8") as file:
            file.writelines(f"{name}\t{label}\n" for name, label in names().items())

        def part(count):
            path = os.path.join(scratch, f"{count}.ndjson")
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(lines[:count])
            return path

        print("| tool | finds | MB/s of CPU time | articles | found | MiB |\n| --- | --- | ---: | ---: | ---: | ---: |")

        def row(name, does, result, count):
            size = sum(len(json.loads(line)["text"].encode()) for line in lines[:count]) / 1e6
            print(
                f"| {name} | {does} | {size / result['cpu_s']:.3g} | {count:,} | {result['found']:,} | {result['rss_mib']:.0f} |",
                flush=True)

        row("fakta", OURS, run_fakta(options.fakta, part(len(lines)), scratch), len(lines))
        for name in options.peers.split(","):
            command = [sys.executable, os.path.join(HERE, "peers.py"), name]
            try:
                trial = run([*command, part(20), dictionary])
                count = min(len(lines), max(20, int(20 * options.seconds / max(trial["cpu_s"], 1e-3))))
                row(name, PEERS[name], run([*command, part(count), dictionary]), count)
            except Exception as problem:
                print(f"| {name} | did not run: {str(problem).splitlines()[-1] if str(problem) else problem} | | | | |", flush=True)


if __name__ == "__main__":
    main()
