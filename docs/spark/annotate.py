"""Annotates NDJSON articles on an Apache Spark cluster.

    spark-submit --py-files fakta annotate.py --fakta ./fakta IN OUT

Where one machine is not enough: the one executable goes to every worker, and each partition is piped through it.
Fakta answers every line with one line, so the output has as many lines as the input, failures included, and stands
in the order of the input. A worker that dies costs nothing: Spark runs its partitions again.
"""
import argparse
import os
import stat
import subprocess
import tempfile
import threading

from pyspark import SparkFiles
from pyspark.sql import SparkSession


def annotate(fakta):
    """Returns a function from the lines of a partition to annotated lines."""

    def run(lines):
        program = fakta if os.path.isabs(fakta) else SparkFiles.get(fakta)
        if not os.access(program, os.X_OK):
            os.chmod(program, os.stat(program).st_mode | stat.S_IXUSR)
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                [program, "annotate", "--format", "ndjson", "--jobs", "1"], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=errors)

            def feed():
                try:
                    for line in lines:
                        process.stdin.write(line.encode() + b"\n")
                    process.stdin.close()
                except BrokenPipeError:
                    pass  # the exit status says why

            feeder = threading.Thread(target=feed, daemon=True)
            feeder.start()
            for line in process.stdout:
                yield line.decode().rstrip("\n")
            feeder.join()
            # 3: some articles failed; their records are in the output.
            if process.wait() not in (0, 3):
                errors.seek(0)
                raise RuntimeError(f"fakta: exit {process.returncode}: {errors.read().decode()[-500:]}")

    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help="NDJSON files (a path, a folder or a pattern)")
    parser.add_argument("output", help="a folder that does not exist yet")
    parser.add_argument("--fakta", default="fakta", help="the executable, made by `make release`")
    options = parser.parse_args()

    spark = SparkSession.builder.appName("fakta").getOrCreate()
    context = spark.sparkContext
    context.addFile(options.fakta)
    lines = context.textFile(options.input)
    lines.mapPartitions(annotate(os.path.basename(options.fakta))).saveAsTextFile(options.output)
    spark.stop()


if __name__ == "__main__":
    main()
