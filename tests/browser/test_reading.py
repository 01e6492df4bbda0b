"""Every page, as readers meet it: on a phone and on a desktop, in light and in dark."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

BOOK = Path(__file__).parents[2] / "book"
PAGES = [*sorted(path.stem for path in BOOK.glob("*.md")), "search"]

SCREENS = {"phone": (375, 812), "desktop": (1280, 900)}

#: The least contrast of text with its background, after WCAG 2, level AA.
CONTRAST = 4.5


@dataclass
class Visit:
    """A page open in the browser, with all that went over its console and the wire."""

    page: Page
    site: str
    said: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        page = self.page
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"uncaught: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("requestfailed", lambda request: self.failed.append(request.url))
        page.on(
            "response",
            lambda answer: self.failed.append(answer.url) if answer.status >= 400 else None,
        )

    def _request(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:")):
            self.elsewhere.append(url)

    def read(self, name: str) -> Page:
        """Open a page of the book, and wait until it asks for nothing more."""
        self.page.goto(f"{self.site}/{name}.html", wait_until="networkidle")
        return self.page


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=["light", "dark"])
def mode(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def visit(browser: Browser, site: str, screen: str, mode: str) -> Iterator[Visit]:
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if mode == "dark" else "light",
        service_workers="block",
    )
    yield Visit(context.new_page(), site)
    context.close()


UNREADABLE = """
(least) => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((c) => {
      c /= 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = rgba(getComputedStyle(e).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})) continue;
    if (element.closest(".katex-mathml, script, style, .visually-hidden, .skip-link")) continue;
    const [low, high] = [
      luminance(rgba(getComputedStyle(element).color)), luminance(behind(element)),
    ].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < least) bad.push(`${contrast.toFixed(1)} ${text.slice(0, 40)}`);
  }
  return bad;
}
"""

PROSE = """
() => {
  const text = document.querySelector("main").cloneNode(true);
  text.querySelectorAll("pre, code, script, .katex").forEach((e) => e.remove());
  return text.textContent;
}
"""


TWICE = """
() => {
  const ids = [...document.querySelectorAll("main [id]")].map((e) => e.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}
"""

# Punctuation after a formula that has to begin a line of its own.
LEFT_BEHIND = """
() => [...document.querySelectorAll("main .unbroken")].filter((pair) => {
  const mark = document.createRange();
  mark.selectNode(pair.lastChild);
  const formula = pair.querySelector(".katex-html").getBoundingClientRect();
  return pair.checkVisibility() && mark.getBoundingClientRect().top > formula.bottom;
}).map((pair) => pair.parentElement.textContent.slice(0, 60))
"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well(visit: Visit, screen: str, mode: str, name: str):
    page = visit.read(name)

    # Nothing is asked of other hosts, nothing is missing, nothing is said to the console.
    assert visit.elsewhere == []
    assert visit.failed == []
    assert visit.said == []
    assert page.evaluate("document.documentElement.dataset.theme") == mode

    # The page scrolls down, not sideways; what is wider scrolls in a box of its own.
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen][0]

    # Formulas are typeset.
    formulas = page.locator(".math")
    assert page.locator(".math .katex-html").count() >= formulas.count()
    assert page.locator(".katex-error").count() == 0
    assert page.evaluate(LEFT_BEHIND) == []
    prose = page.evaluate(PROSE)
    assert not any(sign in prose for sign in ("$", r"\(", r"\[", "{glue", "{term"))

    # A link to a name leads to one place.
    assert page.evaluate(TWICE) == []

    # Pictures are there, no wider than the screen, and have a text for who cannot see them.
    for image in page.locator("article img").all():
        assert image.evaluate("e => e.complete && e.naturalWidth > 0")
        assert len(image.get_attribute("alt") or "") > 40
        box = image.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= SCREENS[screen][0]

    assert page.evaluate(UNREADABLE, CONTRAST) == []


def _luminance(pixels: np.ndarray) -> np.ndarray:
    """Relative luminance of sRGB pixels, after WCAG 2."""
    c = pixels[..., :3] / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def ink_contrast(png: bytes) -> float:
    """Return the contrast of a figure's text with what lies behind it.

    Behind is what most pixels show. Text and axes are the strongest ink of the course's figures;
    the thousandth part of the pixels that stand out most is taken for them.
    """
    light = _luminance(np.asarray(Image.open(BytesIO(png)).convert("RGB"), dtype=float))
    values, counts = np.unique(light.round(3), return_counts=True)
    behind = values[counts.argmax()]
    ratio = (np.maximum(light, behind) + 0.05) / (np.minimum(light, behind) + 0.05)
    return float(np.quantile(ratio, 0.999))


@pytest.mark.parametrize(
    "name",
    [
        *("index", "one-bad-group", "partial-pooling", "why-it-shrinks"),
        "how-this-course-grades-you",
    ],
)
def test_figures_are_legible(visit: Visit, name: str):
    page = visit.read(name)
    figures = page.locator("article img").all()
    assert figures
    for figure in figures:
        assert ink_contrast(figure.screenshot()) > CONTRAST


def test_the_contrast_of_ink_is_measured():
    def figure(ink: int, behind: int) -> bytes:
        pixels = np.full((100, 200, 3), behind, dtype=np.uint8)
        pixels[10:12, 20:120] = ink
        buffer = BytesIO()
        Image.fromarray(pixels).save(buffer, "png")
        return buffer.getvalue()

    assert ink_contrast(figure(0, 255)) == pytest.approx(21, abs=0.1)
    assert ink_contrast(figure(40, 18)) < 1.5


def test_the_sidebar_button_works(visit: Visit, screen: str):
    page = visit.read("no-pooling")
    # On a phone the theme moves the sidebar's contents into a dialog.
    entry = page.locator(".bd-sidebar-primary a", has_text="Why it shrinks").first
    button = page.locator("button.primary-toggle").first

    def on_screen() -> bool:
        box = entry.bounding_box() if entry.is_visible() else None
        return box is not None and box["x"] >= 0

    assert on_screen() == (screen == "desktop")
    button.click()
    page.wait_for_timeout(600)
    assert on_screen() == (screen == "phone")
    if screen == "desktop":
        button.click()
        page.wait_for_timeout(600)
        assert on_screen()
    entry.click()
    page.wait_for_url("**/why-it-shrinks.html")
    assert page.locator("article h1").inner_text().startswith("Why it shrinks")
    assert visit.said == []


def test_search_finds_a_word(visit: Visit, screen: str):
    page = visit.read("index")
    if screen == "phone":
        page.locator("button.search-button__button:visible").first.click()
    else:
        page.locator("button.search-button-field:visible").first.click()
    page.keyboard.type("funnel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?*")
    page.locator("#search-results li a", has_text="Partial pooling").first.wait_for()
    assert (visit.elsewhere, visit.failed, visit.said) == ([], [], [])


def test_a_folded_answer_opens(visit: Visit):
    page = visit.read("no-pooling")
    fold = page.locator("details.sd-dropdown").first
    answer = fold.locator(".sd-summary-content")
    assert not answer.is_visible()
    fold.locator("summary").click()
    answer.wait_for(state="visible")


def test_the_color_mode_can_be_changed(visit: Visit, mode: str):
    page = visit.read("index")
    other = "light" if mode == "dark" else "dark"
    for _ in range(3):
        page.locator("button.theme-switch-button:visible").first.click()
        if page.evaluate("document.documentElement.dataset.theme") == other:
            break
    assert page.evaluate("document.documentElement.dataset.theme") == other
    page.goto(f"{visit.site}/glossary.html")
    assert page.evaluate("document.documentElement.dataset.theme") == other
    assert visit.said == []


def test_what_is_wrong_would_be_seen(visit: Visit):
    """The listeners hear: a page that asks elsewhere and complains is caught."""
    page = visit.read("index")
    page.evaluate("console.warn('a complaint')")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: '/no-such.png'}))")
    page.evaluate(
        "document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.invalid/a.png'}))"
    )
    page.evaluate("document.querySelector('article p').style.color = 'rgba(128, 128, 128, 1)'")
    page.evaluate("document.querySelector('article p').style.backgroundColor = '#777'")
    page.evaluate("document.querySelector('main p').id = document.querySelector('main [id]').id")
    page.evaluate("""
        document.querySelector("article p").insertAdjacentHTML("beforeend",
            '<span class="unbroken"><span class="katex-html">x</span><br>.</span>')
    """)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate(TWICE)
    assert page.evaluate(LEFT_BEHIND)
    assert any("a complaint" in text for text in visit.said)
    assert any("no-such.png" in url for url in visit.failed)
    assert visit.elsewhere == ["http://elsewhere.invalid/a.png"]
    assert page.evaluate(UNREADABLE, CONTRAST)


@pytest.mark.parametrize(("screen", "mode"), [("phone", "light")], indirect=True)
def test_a_link_opens_what_is_folded(visit: Visit):
    page = visit.read("common-mistakes")
    folded = page.locator("details[id^=mistake-]")
    assert not any(entry.get_attribute("open") == "" for entry in folded.all())
    name = folded.last.get_attribute("id")
    page.goto(f"{visit.site}/common-mistakes.html#{name}")
    assert folded.last.get_attribute("open") == ""
    assert not folded.first.evaluate("e => e.open")
    box = folded.last.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < SCREENS["phone"][1]


@pytest.mark.parametrize(("screen", "mode"), [("desktop", "dark")], indirect=True)
def test_the_languages_are_tabs(visit: Visit):
    page = visit.read("other-languages")
    bambi = page.get_by_text("import bambi as bmb")
    jax = page.get_by_text("import jax")
    assert not bambi.is_visible()
    page.locator("label.sd-tab-label", has_text="Bambi").click()
    assert bambi.is_visible()
    assert not jax.is_visible()
    page.goto(f"{visit.site}/other-languages.html#numpyro")
    assert jax.is_visible()
