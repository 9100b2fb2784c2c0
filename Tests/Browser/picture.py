"""Makes the picture of the README: the report of the example article. Not a test: `Tests/Browser/run picture` draws it anew."""

import base64

from browser import ROOT, BrowserTest, report


class Picture(BrowserTest):
    size = (1240, 780)

    def test_draw(self):
        self.open(report(ROOT / "docs/example.txt"))
        self.run_script("for (const name of ['.bar .icon']) document.querySelectorAll(name).forEach(e => e.remove())")
        self.click(".mark.PER", 3)
        self.run_script("document.activeElement.blur()")
        self.settle()
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 82})
        (ROOT / "docs/report.webp").write_bytes(base64.b64decode(shot["data"]))
