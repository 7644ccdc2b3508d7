"""Draw the gallery of charts: `python docs/gallery` writes docs/charts.md and its pictures.

Every figure of kinds.yaml is drawn from the records of report/illustrative/, the way a
briefing would have it drawn; what stands in cards and tables is cut from a page. With
`--check` nothing is written: the command fails and names what is no longer current.
Pictures are compared by their pixels: at most one in two thousand may differ by more than
8 of 255 levels, which is what other processors round differently.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
from PIL import Image, ImageChops
from ruamel.yaml import YAML

import ipreport

HERE = Path(__file__).parent
DOCS = HERE.parent
PAGE = "charts.md"
PICTURES = "charts"
RECORDS = DOCS.parent / "report" / "illustrative"

HEAD = """# Charts / 图表

Each kind of chart as `briefing.yaml` states it, drawn for the bilingual edition from the made-up records of
`report/illustrative/`. `python docs/gallery` writes this page from `docs/gallery/kinds.yaml`.

每种图表在 `briefing.yaml` 里的写法和样子（双语版，示例数据），以及什么时候用、什么时候不用。
"""

BRIEFING = {
    "masthead": {
        "remark": {"zh": "示例数据", "en": "Illustrative data"},
        "name": {"zh": "图表样例", "en": "Gallery of charts"},
        "issue": {"zh": "样例", "en": "Samples"},
        "issuer": {"zh": "示例省", "en": "Sample Province"},
        "subject": {"zh": "图表样例", "en": "Gallery of charts"},
    },
    "number": 1,
    "date": "2025-10-15",
    "period": "2025Q3",
    "illustrative": "true",
    "editions": ["bilingual"],
}
SCALE, LEADING = 2.0, 10.0
"""Pixels to a point of a picture cut from a page, and points above and below it that belong to no other line."""

Entry = Mapping[str, Any]


def main() -> int:
    """Write the gallery, or check that it is current; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the gallery is not current")
    only_check = parser.parse_args().check
    made = gallery()
    if only_check:
        stale = sorted(stale_files(made))
        print("\n".join(f"not current: docs/{name}" for name in stale) or "the gallery is current")
        return 1 if stale else 0
    shutil.rmtree(DOCS / PICTURES, ignore_errors=True)
    for name, content in made.items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_bytes(content)
    print(f"{len(made) - 1} charts in docs/{PAGE}")
    return 0


def gallery() -> dict[str, bytes]:
    """The page and its pictures by their names below docs/."""
    entries: list[Entry] = YAML().load(HERE / "kinds.yaml")
    with tempfile.TemporaryDirectory() as folder:
        figures = [{"figure": entry["figure"]} for entry in entries if "figure" in entry]
        pictures = drawn(figures, Path(folder, "figures"))
        for entry in entries:
            if "blocks" in entry:
                pictures[entry["name"]] = cut_from_page(entry["blocks"], Path(folder, entry["name"]))
    page = "\n".join([HEAD, *(part for entry in entries for part in section(entry))])
    return {PAGE: page.encode("utf-8"), **{f"{PICTURES}/{name}.png": png for name, png in pictures.items()}}


def drawn(blocks: Sequence[Entry], folder: Path) -> dict[str, bytes]:
    """The pictures of a briefing that holds every figure, by id."""
    briefing = write_briefing(blocks, folder)
    files = ipreport.draw_figures(briefing, figures=folder / "figures", editions=["bilingual"]).files
    return {path.name.partition(".")[0]: path.read_bytes() for path in files if path.suffix == ".png"}


def cut_from_page(blocks: Sequence[Entry], folder: Path) -> bytes:
    """What the blocks look like in the PDF, below the words that say the data are made up."""
    built = ipreport.build(write_briefing(blocks, folder), output=folder / "output", figures=folder / "figures")
    (path,) = (path for path in built.documents if path.suffix == ".pdf")
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        top, bottom = (top_of(page, section["title"]["zh"]) for section in sections(blocks))
        # In pixels from the top of the page; the next section keeps its distance from the blocks.
        rows = [round((page.get_height() - y) * SCALE) for y in (top + LEADING, bottom + 2 * LEADING)]
        whole = page.render(scale=SCALE).to_pil()
    strip = whole.crop((0, rows[0], whole.width, rows[1])).convert("RGB")
    stream = io.BytesIO()
    strip.crop(ImageChops.difference(strip, Image.new("RGB", strip.size, "white")).getbbox()).save(stream, "PNG")
    return stream.getvalue()


def top_of(page: pypdfium2.PdfPage, words: str) -> float:
    """The height on the page, in points, of the lowest place where the words stand."""
    text = page.get_textpage()
    search, tops = text.search(words), []
    while (found := search.get_next()) is not None:
        tops.append(text.get_charbox(found[0])[3])
    return float(min(tops))


def write_briefing(blocks: Sequence[Entry], folder: Path) -> Path:
    """A briefing of these blocks, with the records of the illustrative one; its folder."""
    briefing = folder / "report" / "gallery"
    briefing.mkdir(parents=True)
    for name in ("metrics.yaml", "data.xlsx"):
        shutil.copy(RECORDS / name, briefing)
    with (briefing / "briefing.yaml").open("wb") as stream:
        YAML().dump({**BRIEFING, "sections": sections(blocks)}, stream)
    return briefing


def sections(blocks: Sequence[Entry]) -> list[Entry]:
    """The blocks under words that say what the data are, and the sources, which no briefing leaves out."""
    return [
        {"id": "charts", "title": {"zh": "虚构数据样例", "en": "A sample of made-up data"}, "blocks": blocks},
        {"id": "sources", "title": {"zh": "数据来源", "en": "Sources"}, "blocks": [{"sources": {}}]},
    ]


def section(entry: Entry) -> Iterator[str]:
    """The part of the page about one kind."""
    name = entry["name"] if "blocks" in entry else entry["figure"]["kind"]
    picture = name if "blocks" in entry else entry["figure"]["id"]
    stated = {"blocks": entry["blocks"]} if "blocks" in entry else {"figure": entry["figure"]}
    stream = io.BytesIO()
    YAML().dump(stated, stream)
    yield f"## {entry['title']['zh']} · {entry['title']['en']} (`{name}`)\n"
    yield f'<img src="{PICTURES}/{picture}.png" width="680" alt="{entry["title"]["en"]}">\n'
    yield f"```yaml\n{stream.getvalue().decode('utf-8').strip()}\n```\n"
    yield f"- 适用：{entry['use']['zh']}\n- 不适用：{entry['avoid']['zh']}"
    yield f"- Use it for: {entry['use']['en']}\n- Not for: {entry['avoid']['en']}\n"


def stale_files(made: Mapping[str, bytes]) -> Iterator[str]:
    """The files below docs/ that are missing, left over, or differ from what was made."""
    for name, content in made.items():
        path = DOCS / name
        if not path.is_file() or not same(path.read_bytes(), content, picture=path.suffix == ".png"):
            yield name
    for path in (DOCS / PICTURES).glob("*"):
        name = f"{PICTURES}/{path.name}"
        if name not in made:
            yield name


LEVELS, SHARE = 8, 0.0005
"""How far a pixel may be off in any channel, and how many may be off further."""


def same(one: bytes, other: bytes, *, picture: bool) -> bool:
    """Whether two files say the same; of pictures, whether they look the same."""
    if one == other or not picture:
        return one == other
    first, second = (Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other))
    if first.size != second.size:
        return False
    red, green, blue = ImageChops.difference(first, second).split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(worst.histogram()[LEVELS + 1 :]) <= SHARE * first.width * first.height


if __name__ == "__main__":
    sys.exit(main())
