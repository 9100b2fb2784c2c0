"""Runs docs/spark/annotate.py's function on a local Spark cluster of two workers, with failures injected: a fakta that
is killed in the middle of a partition, and a poisoned article. The output is that of a plain run."""
import importlib.util
import json
import os
import shutil
import stat
import subprocess
import tempfile
import unittest

FAKTA = os.environ["FAKTA"]
ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))

try:
    import pyspark
except ImportError:
    pyspark = None


@unittest.skipUnless(pyspark and shutil.which("java"), "needs pyspark and Java")
class Spark(unittest.TestCase):
    def test_same_as_a_plain_run(self):
        from pyspark.sql import SparkSession

        specification = importlib.util.spec_from_file_location("annotate", os.path.join(ROOT, "docs", "spark", "annotate.py"))
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        with open(os.path.join(ROOT, "Tests", "Bench", "articles.ndjson"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        lines.insert(30, '{"id": "poison", "text": 5}')
        with tempfile.TemporaryDirectory() as folder:
            source = os.path.join(folder, "articles.ndjson")
            with open(source, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            # The first two runs are killed when they have answered a few lines.
            wrapper = os.path.join(folder, "fakta")
            with open(wrapper, "w") as file:
                file.write(
                    f"#!/bin/bash\nif mkdir {folder}/first 2>/dev/null || mkdir {folder}/second 2>/dev/null; then\n"
                    f"  {FAKTA} \"$@\" | head -n 3\n  kill -9 $$\nfi\nexec {FAKTA} \"$@\"\n")
            os.chmod(wrapper, os.stat(wrapper).st_mode | stat.S_IXUSR)
            spark = (
                SparkSession.builder.master("local-cluster[2,1,1024]").appName("test")
                .config("spark.task.maxFailures", "8").config("spark.ui.enabled", "false").getOrCreate())
            try:
                found = spark.sparkContext.textFile(source, 6).mapPartitions(module.annotate(wrapper)).collect()
            finally:
                spark.stop()
            self.assertTrue(os.path.isdir(os.path.join(folder, "second")))
            plain = subprocess.run([FAKTA, "annotate", source], capture_output=True).stdout.decode().splitlines()
        self.assertEqual(len(found), len(lines))
        # A line number counts from the beginning of its partition, which comes without a path.
        for a, b in zip(found, plain):
            a, b = json.loads(a), json.loads(b)
            if "error" in b:
                a.pop("line")
                b.pop("line")
                b.pop("path")
            self.assertEqual(a, b)


if __name__ == "__main__":
    unittest.main()
