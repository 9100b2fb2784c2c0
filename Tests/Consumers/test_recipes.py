"""Runs every block of docs/recipes.md and compares its output with the block `text` behind it.

UPDATE=1 writes the new output into the page instead; read the difference before you commit it.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PAGE = os.path.join(ROOT, "docs", "recipes.md")
BLOCK = re.compile(r"```(sh|sql|python)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.S)


def run_sql(query, folder):
    import duckdb

    connection = duckdb.connect()
    query = query.replace("'facts.ndjson'", f"'{os.path.join(folder, 'facts.ndjson')}'")
    relation = connection.sql(query)
    rows = [relation.columns] + [["" if value is None else str(value) for value in row] for row in relation.fetchall()]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() + "\n" for row in rows)


def run(language, code, folder, environment):
    if language == "sql":
        return run_sql(code, folder)
    command = ["bash", "-euo", "pipefail", "-c", code] if language == "sh" else [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    # `head` closes the pipe of what stands before it.
    if done.returncode not in (0, 3, 141):
        raise AssertionError(f"{code}\nexit {done.returncode}: {done.stderr}")
    return done.stdout


class Recipes(unittest.TestCase):
    maxDiff = None

    def test_every_block(self):
        with open(PAGE, encoding="utf-8") as file:
            page = file.read()
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(os.path.join(ROOT, "Tests", "Consumers", "recipes.ndjson"), os.path.join(folder, "articles.ndjson"))
            os.mkdir(os.path.join(folder, "bin"))
            os.symlink(os.environ["FAKTA"], os.path.join(folder, "bin", "fakta"))
            environment = {**os.environ, "PATH": os.path.join(folder, "bin") + os.pathsep + os.environ["PATH"]}

            def fresh(match):
                output = run(match[1], match[2], folder, environment)
                return f"```{match[1]}\n{match[2]}```\n" + (f"\n```text\n{output}```\n" if output else "")

            new = BLOCK.sub(fresh, page)
        if os.environ.get("UPDATE"):
            with open(PAGE, "w", encoding="utf-8") as file:
                file.write(new)
        else:
            self.assertEqual(new, page)


if __name__ == "__main__":
    unittest.main()
