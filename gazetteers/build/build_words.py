#!/usr/bin/env python3
"""Makes id/words.tsv, the statistics of Indonesian news words, from a table of counts.

usage: build_words.py COUNTS.tsv > gazetteers/id/words.tsv

COUNTS.tsv has the columns word, count, class96, class400, lower, capital: forms with their case kept, word classes by exchange
clustering, and how often a form is written small and capitalised inside sentences. Here the forms of one word are joined in one row.
"""
import collections
import re
import sys

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

rows = collections.OrderedDict()
for line in list(open(sys.argv[1], encoding="utf-8"))[1:]:
    word, count, c96, c400, lower, capital = line.rstrip("\n").split("\t")
    if not WORD.fullmatch(word):
        continue
    row = rows.setdefault(word.lower(), {"count": 0, "lower": 0, "capital": 0, "small": None, "big": None, "caps": None})
    row["count"] += int(count)
    row["lower"], row["capital"] = max(row["lower"], int(lower)), max(row["capital"], int(capital))
    kind = "small" if word == word.lower() else "caps" if word == word.upper() and len(word) > 1 else "big"
    if row[kind] is None:
        row[kind] = (c96, c400)

print("""# Statistics of Indonesian news words: how often a word is written with a small and with a capital letter inside sentences, and its word
# classes (words that stand in the same places share a class; the numbers mean nothing else) when written small (c96, c400), with a
# capital (c96c, c400c) and in capitals (c96a, c400a). Made by gazetteers/build/build_words.py from counts over 12.4 million tokens of news; do not edit.
#! table=words
form\tlower\tcapital\tc96\tc400\tc96c\tc400c\tc96a\tc400a""")
for word, row in sorted(rows.items(), key=lambda item: (-item[1]["count"], item[0])):
    classes = [row[k] or ("", "") for k in ("small", "big", "caps")]
    cells = [word, str(row["lower"]), str(row["capital"])] + [str(int(c) + 1) if c else "" for pair in classes for c in pair]
    print("\t".join(cells).rstrip("\t"))
