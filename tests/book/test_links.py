"""What the built pages point at is there, and is part of the book."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from pages import CHAPTERS, PAGES


@cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def dead_links(html: Path, page: str) -> list[str]:
    """Return a page's links within the book that lead nowhere."""
    dead = []
    for link in parsed(html / page).find_all("a", href=True):
        address = urlsplit(str(link["href"]))
        if address.scheme or address.netloc:
            continue
        target = html / page if not address.path else (html / page).parent / unquote(address.path)
        if not target.is_file():
            dead.append(str(link["href"]))
        elif address.fragment and target.suffix == ".html":
            soup, name = parsed(target), unquote(address.fragment)
            if not (soup.find(id=name) or soup.find("a", attrs={"name": name})):
                dead.append(str(link["href"]))
    return dead


@pytest.mark.parametrize("page", [*PAGES, "search", "genindex"])
def test_links_lead_somewhere(html, page):
    assert dead_links(html, f"{page}.html") == []


def test_dead_links_are_found(tmp_path):
    (tmp_path / "a.html").write_text('<h1 id="top"></h1><a href="#top"></a><a href="#bottom"></a>')
    (tmp_path / "b.html").write_text('<a href="a.html#top"></a><a href="c.html"></a>')
    assert dead_links(tmp_path, "a.html") == ["#bottom"]
    assert dead_links(tmp_path, "b.html") == ["c.html"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_loaded_from_elsewhere(html, page):
    loaded = parsed(html / f"{page}.html").select(
        "script[src], img[src], link[href]:not([rel=canonical]), iframe[src], source[src]"
    )
    addresses = [str(tag.get("src") or tag.get("href")) for tag in loaded]
    assert addresses
    assert [a for a in addresses if urlsplit(a).netloc] == []


def test_terms_lead_to_the_glossary(html):
    links = parsed(html / "partial-pooling.html").select('a[href^="glossary.html#term-"]')
    assert len(links) >= 5


def test_the_chapters_number_their_own_minutes(html):
    """The minutes are written into the page, and a long page has more than a short one."""

    def minutes(page: str) -> int:
        text = parsed(html / f"{page}.html").select_one("span.reading-time")
        assert text is not None
        return int(text.get_text().split()[1])

    assert 5 <= minutes("complete-pooling") < minutes("partial-pooling")
    assert [page for page in CHAPTERS if not 15 <= minutes(page) <= 30] == []


def test_no_line_can_begin_with_a_percent_sign(html):
    torn = []
    for page in PAGES:
        for text in (
            parsed(html / f"{page}.html")
            .select("article")[0]
            .find_all(string=re.compile(r"(\d|^) %(?!\w)"))
        ):
            verbatim = text.find_parent(["pre", "code", "script", "style"])
            if not verbatim and not text.find_parent("table", class_="dataframe"):
                torn.append((page, str(text)[:60]))
    assert torn == []
