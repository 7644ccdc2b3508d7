"""Draw the gallery of charts: `python docs/gallery` writes docs/charts.md and its pictures.

Every figure of kinds.yaml is drawn from the records of report/illustrative/, the way a
briefing would have it drawn. With `--check` nothing is written: the command fails and names
what is no longer current. Pictures are compared by their pixels: at most one in two thousand
may differ by more than 8 of 255 levels, which is what other processors round differently.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

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
}

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
        pictures = drawn(entries, Path(folder))
    page = "\n".join([HEAD, *(part for entry in entries for part in section(entry))])
    return {PAGE: page.encode("utf-8"), **{f"{PICTURES}/{name}.png": png for name, png in pictures.items()}}


def drawn(entries: list[Entry], folder: Path) -> dict[str, bytes]:
    """The pictures of a briefing that holds every figure, by id."""
    briefing = folder / "report" / "gallery"
    briefing.mkdir(parents=True)
    for name in ("metrics.yaml", "data.xlsx"):
        shutil.copy(RECORDS / name, briefing)
    blocks = [{"figure": entry["figure"]} for entry in entries]
    section_of_all = {"id": "charts", "title": {"zh": "图表", "en": "Charts"}, "blocks": blocks}
    with (briefing / "briefing.yaml").open("wb") as stream:
        YAML().dump({**BRIEFING, "sections": [section_of_all]}, stream)
    files = ipreport.draw_figures(briefing, figures=folder / "figures", editions=["bilingual"]).files
    return {path.name.partition(".")[0]: path.read_bytes() for path in files if path.suffix == ".png"}


def section(entry: Entry) -> Iterator[str]:
    """The part of the page about one kind."""
    figure = entry["figure"]
    stream = io.BytesIO()
    YAML().dump({"figure": figure}, stream)
    yield f"## {entry['title']['zh']} · {entry['title']['en']} (`{figure['kind']}`)\n"
    yield f'<img src="{PICTURES}/{figure["id"]}.png" width="680" alt="{figure["title"]["en"]}">\n'
    yield f"```yaml\n{stream.getvalue().decode('utf-8')}```\n"
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
