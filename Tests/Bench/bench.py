#!/usr/bin/env python3
"""Measures speed, memory and growth of fakta and prints a table.

usage: bench.py FAKTA ARTICLES.ndjson[.gz] [--json FILE] [--sample MB] [--instructions]

Speed is MB of input per second of CPU time (10^6 bytes of NDJSON, start-up taken off): on a machine that does other
things as well, nothing else can be compared. Wall times are shown where only they say something.
"""
import argparse
import gzip
import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Run:
    """One run of a command: CPU and wall seconds; the input may be a file to repeat through a pipe."""

    def __init__(self, command, repeat=None, environment=None):
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE if repeat else subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})
        if repeat:
            data, times = repeat
            for _ in range(times):
                process.stdin.write(data)
            process.stdin.close()
        errors = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.perf_counter() - started
        self.cpu = usage.ru_utime + usage.ru_stime
        if process.returncode not in (0, 3):
            sys.exit(f"{' '.join(command)}: exit {process.returncode}: {errors.strip()}")


class Bench:
    def __init__(self, fakta, articles, sample):
        self.fakta = fakta
        self.scratch = tempfile.mkdtemp(prefix="fakta-bench-")
        opener = gzip.open if articles.endswith(".gz") else open
        with opener(articles, "rb") as file:
            data = file.read()
        self.input = self.file("input.ndjson", data)
        self.size, self.count = len(data) / 1e6, data.count(b"\n")
        cut = data.rfind(b"\n", 0, int(sample * 1e6)) + 1 or len(data)
        self.sample = data[:cut]
        first = json.loads(data[:data.index(b"\n")])
        self.article = self.file("article.txt", first["text"].encode())
        self.results = {}
        self.rows = []

    def file(self, name, data):
        path = os.path.join(self.scratch, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def annotate(self, *arguments, **more):
        return Run([self.fakta, "annotate", *arguments], **more)

    def statistics(self, *arguments, **more):
        path = os.path.join(self.scratch, "stats.json")
        self.annotate(*arguments, "--stats", path, **more)
        with open(path) as file:
            return json.load(file)

    def row(self, key, title, value, unit, goal=""):
        self.results[key] = value
        self.rows.append((title, f"{value:,.4g}" if isinstance(value, float) else f"{value:,}", unit, goal))

    def startup(self, released):
        """What one article takes: of the program that is measured, to take it off elsewhere, and of the released one."""
        self.start = min(self.annotate(self.article, "--jobs", "1").cpu for _ in range(30))
        # As users call it: an option more is a description of all options more, for the parser.
        runs = [Run([released, "annotate", self.article]) for _ in range(30)]
        # A child's own count of its memory: what `wait4` says includes this process, before the child was another program.
        statistics = os.path.join(self.scratch, "start.json")
        Run([released, "annotate", self.article, "--stats", statistics])
        with open(statistics) as file:
            rss = json.load(file)["peak_rss_kib"] / 1024
        self.row("startup_ms", "start-up, one article, wall", min(run.wall for run in runs) * 1e3, "ms", "≤ 10")
        self.row("startup_cpu_ms", "start-up, one article, CPU", min(run.cpu for run in runs) * 1e3, "ms")
        self.row("startup_rss_mib", "start-up, one article, RSS", rss, "MiB", "≤ 24")
        options = min(Run([released, "annotate", self.article, "--jobs", "1"]).wall for _ in range(30))
        self.row("startup_options_ms", "  with an option, wall", options * 1e3, "ms")

    def speed(self):
        def best(*arguments):
            runs = [self.annotate(self.input, "--jobs", "1", *arguments) for _ in range(3)]
            return min(run.cpu for run in runs) - self.start

        seconds = best()
        self.row("chain_mb_per_s", "whole chain", self.size / seconds, "MB/s", "≥ 60")
        self.row("articles_per_s", "whole chain", self.count / seconds, "articles/s")
        text = best("--layers", "regions,sentences", "--no-text")
        self.row("text_mb_per_s", "reader to sentences", self.size / text, "MB/s", "≥ 150")
        stages = self.statistics(self.input, "--jobs", "1")["stage_cpu_seconds"]
        for stage, seconds in stages.items():
            self.row(f"stage_{stage}_mb_per_s", f"  stage {stage}", self.size / max(seconds, 1e-4), "MB/s")

    def matching(self, *arguments):
        """MB/s of the stage that looks words and phrases up."""
        runs = [self.statistics(self.input, "--jobs", "1", *arguments) for _ in range(3)]
        return self.size / max(min(run["stage_cpu_seconds"]["matches"] for run in runs), 1e-3)

    def gazetteers(self):
        """Look-ups with the lists as they are and with a million more names; pyahocorasick where it is installed."""
        self.row("match_mb_per_s", "vocabulary look-up and longest match", self.matching(), "MB/s", "≥ 200")
        self.add()
        self.million()
        spec = importlib.util.find_spec("ahocorasick")
        if spec is None:
            return
        sys.path.insert(0, os.path.join(HERE, "..", "Compare"))
        import compare  # noqa: E402

        names = self.file("names.tsv", "".join(f"{n}\t{l}\n" for n, l in compare.names().items()).encode())
        peer = compare.run([sys.executable, os.path.join(HERE, "..", "Compare", "peers.py"), "ahocorasick", self.input, names])
        self.row("ahocorasick_mb_per_s", "  pyahocorasick on the same names", self.size / peer["cpu_s"], "MB/s")

    def add(self):
        """What 10,000 names of a user cost at the start."""
        random.seed(5)
        syllables = ["ba", "ri", "to", "ku", "ma", "no", "sa", "wi", "de", "ra", "ti", "lo", "ne", "gu"]
        word = lambda: "".join(random.choice(syllables) for _ in range(3)).capitalize()  # noqa: E731
        path = self.file("add.txt", "".join(f"{word()} {word()}\n" for _ in range(10_000)).encode())
        with_names = min(self.annotate(self.article, "--jobs", "1", "--add", path, "--add-label", "ORG").cpu for _ in range(10))
        self.row("add_ms", "  --add of 10,000 names", (with_names - self.start) * 1e3, "ms", "≤ 20")

    def million(self):
        random.seed(7)
        folder = os.path.join(self.scratch, "million")
        shutil.copytree(os.path.join(HERE, "..", "..", "gazetteers"), folder)
        with open(os.path.join(folder, "id", "words.tsv"), encoding="utf-8") as file:
            words = [line.split("\t")[0] for line in file if not line.startswith("#")]
        words = [word.capitalize() for word in words if word.isascii() and word.isalpha() and len(word) > 3][:40_000]
        names = set()
        while len(names) < 1_000_000:
            names.add(" ".join(random.choices(words, k=random.choice((2, 2, 3, 3, 4)))))
        with open(os.path.join(folder, "id", "organizations", "generated.tsv"), "w", encoding="utf-8") as file:
            file.write("#! label=ORG\n#! id=org-gen\n#! source=generated\nname\tsubtype\taliases\tparent\tflags\n")
            file.writelines(f"{name}\tcompany\t\t\t\n" for name in sorted(names))
        lists = os.path.join(self.scratch, "million.gazetteers")
        compiled = Run([self.fakta, "gazetteer", "compile", folder, "--output", lists])
        startup = min(self.annotate(self.article, "--jobs", "1", "--gazetteers", lists).cpu for _ in range(10))
        self.row("million_compile_s", "a million more names: compiling", compiled.cpu, "s", "≤ 6")
        self.row("million_match_mb_per_s", "  look-up and longest match", self.matching("--gazetteers", lists), "MB/s", "≥ 120")
        # The sums of all lists are checked meanwhile, on the other core.
        self.row("million_startup_ms", "  start-up, one article, CPU", startup * 1e3, "ms")

    def threads(self):
        # Long enough that start-up and the ends of the run do not count: tens of MB.
        with open(self.input, "rb") as file:
            data = file.read()
        large = self.file("large.ndjson", data * (1 + int(30e6 / len(data))))

        def best(jobs):
            return min((self.annotate(large, "--jobs", jobs) for _ in range(3)), key=lambda run: run.wall)

        one, two = best("1"), best("2")
        self.row("two_threads", "two threads against one, wall", one.wall / two.wall, "×", "≥ 1.8 (idle machine)")
        self.row("two_threads_cpu", "two threads against one, CPU", two.cpu / one.cpu, "×")

    def growth(self):
        base = None
        for times in (1, 10, 100):
            seconds = self.annotate("--format", "ndjson", "--jobs", "2", repeat=(self.sample, times)).cpu - self.start
            rss = self.statistics("--format", "ndjson", "--jobs", "2", repeat=(self.sample, times))["peak_rss_kib"] / 1024
            per = seconds / times
            base = base or per
            self.row(f"growth_{times}", f"CPU time per MB at {times}×", per / base, "×")
            self.row(f"rss_{times}_mib", f"RSS, 2 threads, at {times}×", rss, "MiB", "≤ 64")

    def allocations(self):
        value = count_allocations(self.fakta, os.path.join(HERE, "articles.ndjson"))
        if value is not None:
            self.row("allocations_per_article", "heap allocations per article", value, "", "≤ 20")

    def instructions(self):
        value = count_instructions(self.fakta, os.path.join(HERE, "articles.ndjson"))
        if value:
            self.row("instructions_per_byte", "instructions per byte", value, "")

    def table(self):
        widths = [max(len(row[i]) for row in self.rows) for i in range(4)]
        return "\n".join(
            f"{a:<{widths[0]}}  {b:>{widths[1]}} {c:<{widths[2]}}  {d}".rstrip() for a, b, c, d in self.rows)


def count_instructions(fakta, articles):
    """Instructions per byte of input by callgrind, without start-up; None without valgrind."""
    def instructions(summary, _):
        line = next(line for line in summary.splitlines() if "Collected :" in line)
        return int(line.split(":")[1])

    return steady(fakta, articles, instructions, os.path.getsize(articles))


def count_allocations(fakta, articles):
    """Heap allocations per article in steady state, of a static program: calls that callgrind sees; None without valgrind."""
    wanted = {"malloc", "calloc", "realloc", "aligned_alloc", "posix_memalign"}

    def allocations(_, profile):
        names, called, found = {}, "", 0
        with open(profile) as file:
            for line in file:
                callee = re.match(r"(c?fn)=\((\d+)\)(?: (.*))?$", line)
                if callee:
                    if callee[3]:
                        names[callee[2]] = callee[3].split("'")[0]
                    called = names[callee[2]] if callee[1] == "cfn" else called
                elif line.startswith("calls=") and called in wanted:
                    found += int(line[6:].split()[0])
        if not found:
            sys.exit(f"callgrind sees no call of {', '.join(sorted(wanted))}: {fakta} must be static and have its symbols")
        return found

    with open(articles, "rb") as file:
        return steady(fakta, articles, allocations, file.read().count(b"\n"))


def steady(fakta, articles, value, units):
    """What `value` reads from callgrind's summary and profile, per unit of the articles and without start-up."""
    if not shutil.which("valgrind"):
        return None

    # The lists lie beside the build folder of the program, not beside its copy.
    environment = dict(os.environ)
    lists = os.path.join(os.path.dirname(os.path.realpath(fakta)), "..", "..", "fakta.gazetteers")
    if os.path.exists(lists):
        environment.setdefault("FAKTA_GAZETTEERS", lists)
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind stumbles over the debug information of Swift 6; the names of functions stay.
        program, profile = os.path.join(folder, "fakta"), os.path.join(folder, "profile")
        subprocess.run(["strip", "-g", "-o", program, fakta], check=True)
        # Each run lasts until the check of the lists, which runs beside it, is done: it counts in both and so in none.
        with open(articles, "rb") as file:
            text = file.read()
        runs = []
        for copies in (4, 8):
            path = os.path.join(folder, f"{copies}.ndjson")
            with open(path, "wb") as file:
                file.write(text * copies)
            done = subprocess.run(
                ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", program, "annotate", "--jobs", "1", path],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
            if "Collected :" not in done.stderr:
                sys.exit(f"valgrind failed: {done.stderr[-500:]}")
            runs.append(value(done.stderr, profile))
        return (runs[1] - runs[0]) / (4 * units)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fakta")
    parser.add_argument("articles")
    parser.add_argument("--released", help="the program whose start-up is measured (make release); else the same one")
    parser.add_argument("--json", help="write the figures to this file as well")
    parser.add_argument("--sample", type=float, default=1, help="MB that are repeated 1, 10 and 100 times (default 1)")
    parser.add_argument("--instructions", action="store_true", help="count instructions by callgrind")
    options = parser.parse_args()

    bench = Bench(options.fakta, options.articles, options.sample)
    try:
        bench.startup(options.released or options.fakta)
        bench.speed()
        bench.gazetteers()
        bench.threads()
        bench.growth()
        bench.allocations()
        if options.instructions:
            bench.instructions()
    finally:
        shutil.rmtree(bench.scratch)
    print(f"{bench.count} articles, {bench.size:.1f} MB; load {os.getloadavg()[0]:.1f}")
    print(bench.table())
    if options.json:
        with open(options.json, "w") as file:
            json.dump(bench.results, file, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
