"""Takes the tutorial's pictures anew: ``python docs/screenshots.py`` (needs chromium, playwright, and some seconds)."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PORT = 8767


def main() -> None:
    (HERE / "images").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ledger = f"{folder}/story.db"
        onrecord = [sys.executable, "-m", "onrecord"]
        subprocess.run([*onrecord, "add", str(HERE.parent / "examples" / "harbour"), "--ledger", ledger, "-q"], check=True)
        serving = subprocess.Popen([*onrecord, "serve", "--ledger", ledger, "--port", str(PORT), "--as", "ana", "-q"])
        try:
            time.sleep(3)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
                page = browser.new_page(viewport={"width": 1000, "height": 640})
                page.goto(f"http://localhost:{PORT}/")
                page.screenshot(path=HERE / "images" / "overview.png")
                page.goto(f"http://localhost:{PORT}/review")
                page.screenshot(path=HERE / "images" / "review.png")
                page.goto(f"http://localhost:{PORT}/")
                page.get_by_role("link", name="“where the Vellmark navy stores diesel").click()
                page.locator("#h-alike").scroll_into_view_if_needed()
                page.evaluate("document.getElementById('h-alike').scrollIntoView()")
                page.screenshot(path=HERE / "images" / "alike.png")
                page.locator("li", has_text="The blast happened").get_by_role("button", name="Same claim").click()
                page.wait_for_selector("text=One claim.")
                page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=HERE / "images" / "merged.png")
                browser.close()
        finally:
            serving.terminate()
            serving.wait()


if __name__ == "__main__":
    main()
