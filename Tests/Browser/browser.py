"""Opens reports in headless Chromium and watches for what must never happen there."""

import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAKTA = os.environ.get("FAKTA", str(ROOT / ".build/release/fakta"))
CORPORA = ROOT / "Tests/Corpora"

# Runs before the page's own script: whatever a hostile article starts would leave a trace here.
WATCH = """
  window.faults = [];
  for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => faults.push(name);
  addEventListener("error", event => faults.push("error: " + event.message));
  addEventListener("unhandledrejection", event => faults.push("rejection: " + event.reason));
  addEventListener("securitypolicyviolation", event => faults.push("policy: " + event.violatedDirective));
"""

# Elements and attributes that the report never makes by itself.
FOREIGN = """
  const bad = [];
  for (const element of document.querySelectorAll("*")) {
    if (/^(img|image|iframe|frame|object|embed|applet|video|audio|form|base|link|portal|foreignobject|animate|set|use|math|marquee|x|xss)$/i.test(element.localName)) bad.push(element.localName);
    for (const {name, value} of element.attributes) {
      if (/^on|^srcdoc$|^src$|^action$|^formaction$/i.test(name)) bad.push(element.localName + " " + name);
      if (/href$/i.test(name) && !/^(#|https?:)/.test(value)) bad.push(element.localName + " " + value);
    }
  }
  return [bad, document.scripts.length, document.querySelectorAll("style").length, window.pwned ?? null];
"""


def report(*inputs, options=()):
    """Writes the report of documents (or of files) and returns its path."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fakta-report-"))
    paths = []
    for number, given in enumerate(inputs):
        if isinstance(given, (str, pathlib.Path)):
            paths.append(str(given))
            continue
        path = folder / f"input{number}.ndjson"
        path.write_text("".join(json.dumps(document) + "\n" for document in given), encoding="utf-8")
        paths.append(str(path))
    page = folder / "report.html"
    done = subprocess.run([FAKTA, "inspect", *paths, "--html", str(page), *options], capture_output=True, text=True)
    if done.returncode not in (0, 3):  # 3: some documents are failure records
        raise AssertionError(done.stderr)
    return page


class BrowserTest(unittest.TestCase):
    """A test with a browser of its own."""

    size = (1360, 900)
    dark = False

    @classmethod
    def setUpClass(cls):
        options = Options()
        options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        # The last one: the tests go from page to page faster than Chromium lets people do.
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
                         "--disable-ipc-flooding-protection"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        cls.driver = webdriver.Chrome(options=options, service=Service(os.environ.get("CHROMEDRIVER", "/usr/bin/chromedriver")))
        cls.driver.set_script_timeout(60)
        width, height = cls.size
        cls.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 640})
        scheme = "dark" if cls.dark else "light"
        cls.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]})
        cls.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()

    def open(self, page):
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(pathlib.Path(page).as_uri())
        self.page = pathlib.Path(page).as_uri()

    def run_script(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def go(self, route):
        self.run_script("location.hash = arguments[0]", route)
        self.settle()

    def settle(self):
        """Waits until two frames have been drawn."""
        self.driver.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))")

    def eventually(self, script, *arguments, seconds=5):
        """Waits until a script gives something true, and returns it."""
        end = time.time() + seconds
        while time.time() < end:
            value = self.run_script(script, *arguments)
            if value:
                return value
            time.sleep(0.05)
        self.fail("never true: " + script)

    def text(self, selector):
        return self.run_script("return document.querySelector(arguments[0])?.textContent ?? null", selector)

    def click(self, selector, index=0):
        self.run_script("document.querySelectorAll(arguments[0])[arguments[1]].click()", selector, index)
        self.settle()

    def assert_harmless(self):
        """Nothing was run, loaded or built that the report does not make by itself."""
        bad, scripts, styles, pwned = self.run_script(FOREIGN)
        self.assertEqual(bad, [])
        self.assertEqual((scripts, styles), (2, 1))
        self.assertIsNone(pwned)
        self.assertEqual(self.run_script("return window.faults"), [])
        errors = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        self.assertEqual(errors, [])
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                # Chromium draws its own icons from data URLs.
                self.assertTrue(url.split("#")[0] in (self.page, "about:blank") or url.startswith("data:"), url)
            self.assertNotIn(message["method"], ["Page.javascriptDialogOpening", "Page.windowOpen"])
