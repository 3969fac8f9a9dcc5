"""Make the README's picture anew: `python tools/picture.py` (after `make book`).

A page as a reader has it on a desk and another as a reader has it on a phone, each with an answer
given for real, side by side.
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Any

from pdf import browser_path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build/html/book"
PICTURE = ROOT / "book/pictures/who-says-so.png"
_SHEET = """<style>
body {{
  position: relative; width: 1520px; height: 900px; margin: 0; overflow: hidden;
  background: #e9e2d2;
}}
img {{ position: absolute; border-radius: 10px; box-shadow: 0 10px 34px #3335 }}
#desk {{ left: 50px; top: 50px; width: 1040px }}
#phone {{ right: 60px; top: 95px; width: 345px; border-radius: 26px }}
</style>
<img id="desk" src="data:image/png;base64,{desk}">
<img id="phone" src="data:image/png;base64,{phone}">"""


def _desk(browser: Any) -> bytes:
    """Who remembers? with a voice skipped, and the reply to it."""
    context = browser.new_context(viewport={"width": 1180, "height": 900}, device_scale_factor=1.5)
    page = context.new_page()
    page.goto((SITE / "03-exercises.html").as_uri())
    form = page.locator("#exercise-who_remembers .wb-form")
    for voice in ("gerdowning", "Lyushkov"):
        form.get_by_role("button", name=voice).first.click()
    form.locator(".wb-check").click()
    form.locator(".wb-verdict").first.wait_for()
    form.evaluate("form => window.scrollTo(0, form.getBoundingClientRect().top + scrollY + 130)")
    page.wait_for_timeout(400)
    taken: bytes = page.screenshot()
    context.close()
    return taken


def _phone(browser: Any) -> bytes:
    """A passage rated at a first look, in the dark."""
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, device_scale_factor=2, color_scheme="dark"
    )
    page = context.new_page()
    page.goto((SITE / "08-exercises.html").as_uri())
    form = page.locator(".wb-kind-rate").first
    for group in form.get_by_role("group").all()[:2]:
        group.get_by_role("radio").nth(2).check()
    form.evaluate("form => window.scrollTo(0, form.getBoundingClientRect().top + scrollY + 330)")
    page.wait_for_timeout(400)
    taken: bytes = page.screenshot()
    context.close()
    return taken


def main() -> int:
    """Write the picture and say how much it weighs."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        parts = {"desk": _desk(browser), "phone": _phone(browser)}
        sheet = browser.new_page(viewport={"width": 1520, "height": 900})
        coded = {name: base64.b64encode(part).decode("ascii") for name, part in parts.items()}
        sheet.set_content(_SHEET.format(**coded))
        PICTURE.parent.mkdir(exist_ok=True)
        sheet.screenshot(path=str(PICTURE))
        browser.close()
    Image.open(PICTURE).convert("RGB").quantize(128).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
