"""Do the book's claims hold for other seeds than those that its pages use?

Runs the pages once for each shift, with the shift added to every seed in their code, and writes
down for each how many claims held and which did not. Exits with 1 if anything failed.

It also writes down where a fit is healthier, or less healthy, than its page's tags say. That is no
failure here: one in a few dozen runs of the centered form gets stuck, and pages say so.

    python benchmarks/other_seeds.py [--shifts 5] [--page geometry ...]

The result is `other_seeds.csv`, a line for each page and shift.
"""

import argparse
import csv
import os
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import MdParserConfig

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"
sys.path.insert(0, str(BOOK / "_ext"))

from executed import prepare_kernels  # noqa: E402
from glued import literal  # noqa: E402
from honest_fits import complaints  # noqa: E402

RESULTS = Path(__file__).with_suffix(".csv")
COLUMNS = ("page", "shift", "claims", "seconds", "failed", "unlike_tags")
SEED = re.compile(r"((?:random_)?seed=|default_rng\()(\d+)")


def shifted(source: str, shift: int) -> str:
    """Return code with other seeds: SEED + 1000 * shift, far from those of the same page."""
    return SEED.sub(lambda match: f"{match[1]}{int(match[2]) + 1000 * shift}", source)


def seeded(text: str) -> bool:
    """Does anything on a page depend on a seed?"""
    cells = re.findall(r"^```\{code-cell\}.*?^```$", text, re.DOTALL | re.MULTILINE)
    return any(SEED.search(cell) for cell in cells)


def run(page: str, shift: int) -> dict[str, object]:
    """Run a page with its seeds shifted; what fails does not stop it."""
    path = BOOK / f"{page}.md"
    text = path.read_text(encoding="utf-8")
    book = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config = MdParserConfig(enable_extensions=book["parse"]["myst_enable_extensions"])
    reader = create_nb_reader(str(path), config, NbParserConfig(), text)
    assert reader is not None
    notebook = reader.read(text)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells:
        cell.source = shifted(cell.source, shift)
    result = single_nb_execution(notebook, cwd=str(BOOK), timeout=1200, allow_errors=True)
    claims, fits, failed = 0, {}, []
    for cell in cells:
        for output in cell.outputs:
            if output.output_type == "error":
                failed.append(f"{output.ename}: {output.evalue}")
            name = output.get("metadata", {}).get("scrapbook", {}).get("name", "")
            claims += name.startswith("claim ")
            if name.startswith("fit "):
                value = output.data["application/papermill.record/text/plain"]
                fits[name[4:]] = literal(value)
    unlike = complaints(fits, [cell.metadata.get("tags", []) for cell in cells])
    return {
        "page": page,
        "shift": shift,
        "claims": claims,
        "seconds": f"{result.time:.0f}",
        "failed": "; ".join(" ".join(part.split()) for part in failed),
        "unlike_tags": "; ".join(unlike),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the book's pages with other seeds.")
    parser.add_argument("--shifts", type=int, default=5)
    parser.add_argument("--page", action="append", help="only this one; may be given again")
    arguments = parser.parse_args()
    pages = arguments.page or [
        path.stem for path in sorted(BOOK.glob("*.md")) if seeded(path.read_text(encoding="utf-8"))
    ]
    jobs = [(page, shift) for page in pages for shift in range(1, arguments.shifts + 1)]
    with tempfile.TemporaryDirectory() as scratch:
        prepare_kernels(Path(scratch))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            done = []
            for found in pool.map(lambda job: run(*job), jobs):
                done.append(found)
                print(*found.values(), flush=True)
    if not arguments.page:
        with RESULTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(done)
    failures = [found for found in done if found["failed"]]
    print(f"{len(done)} runs of {len(pages)} pages, {len(failures)} with failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
