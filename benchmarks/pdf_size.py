"""What the bytes of a PDF are spent on: by default of the bilingual edition of Haixi, which is to have at most 120 KB.

Prints for every kind of content how many bytes it has in the file and before compression. Fonts are told
by their faces, with what a glyph takes on average. `python benchmarks/pdf_size.py FILE` weighs another file.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf

ROOT = Path(__file__).parent.parent
MOST = 120_000
_STREAM_OF_OBJECTS = re.compile(rb"/Type /ObjStm /Length (\d+)")


def main() -> None:
    """Weigh and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", help="the PDF (default: Haixi is built)")
    given = parser.parse_args()
    if given.file is not None:
        weigh(given.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "ipreport", "build", "report/haixi", "--edition", "bilingual"]
        options = ["--output", folder, "--figures", f"{folder}/figures"]
        subprocess.run([*command, *options], check=True, capture_output=True, cwd=ROOT)
        (file,) = Path(folder).rglob("*.bilingual.pdf")
        weigh(file)


def weigh(file: Path) -> None:
    """Print what the bytes of a file are spent on."""
    data = file.read_bytes()
    stored, plain = Counter[str](), Counter[str]()
    with pikepdf.open(file) as pdf:
        for kind, stream in streams(pdf):
            stored[kind] += len(stream.read_raw_bytes())
            plain[kind] += len(stream.read_bytes())
    objects = [int(length) for length in _STREAM_OF_OBJECTS.findall(data)]
    stored["structure, links and other objects"] = sum(objects)
    stored["cross-references, pages, hints"] = len(data) - stored.total()
    for kind, size in stored.most_common():
        before = f" of {plain[kind] / 1000:6.1f}" if plain[kind] else ""
        print(f"{size / 1000:7.1f} KB {100 * size / len(data):5.1f} %  {kind}{before}")
    print(f"{len(data) / 1000:7.1f} KB in all (aim ≤ {MOST / 1000:g})")


def streams(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Stream]]:
    """Every stream of content and what it is."""
    for page in pdf.pages:
        yield "contents of pages", page.obj.Contents
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            yield f"font {str(each.FontName).partition('+')[2]}", each.FontFile2
        elif isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
            yield "characters of glyphs", each.ToUnicode
        elif isinstance(each, pikepdf.Stream) and each.get("/Type") == "/EmbeddedFile":
            yield f"attached {str(each.Subtype)[1:]}", each
        elif isinstance(each, pikepdf.Stream) and each.get("/Type") == "/Metadata":
            yield "properties (XMP)", each
        elif isinstance(each, pikepdf.Dictionary) and "/DestOutputProfile" in each:
            yield "colours (ICC)", each.DestOutputProfile


if __name__ == "__main__":
    main()
