"""How exact the page numbers of a table of contents are.

They come from the layout of the PDF. A word processor breaks pages by itself: here LibreOffice
opens the Word files of both shipped briefings, and the page of every heading is compared.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from docx_helpers import soffice
from libreoffice import ALIASES, converted, listed_headings
from pdf_facts import headings_of, page_count
from shipped import build_shipped


def main() -> None:
    """Print a line for each edition: pages, headings, and how far off they are."""
    if soffice() is None:
        print("LibreOffice (soffice) is not on the path: nothing to compare with")
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = build_shipped(folder / "output", folder / "cache")
        theirs = converted({edition: each.word for edition, each in made.items()}, "pdf", folder, aliases=ALIASES)
        _print_line("edition", "pages", "LibreOffice", "headings", "on the same page", "one page off", "more")
        totals = [0, 0, 0]
        for edition, each in made.items():
            pairs = zip(listed_headings(each.document, each.portable), headings_of(theirs[edition]), strict=True)
            errors = [abs(page - other) for (_, page), (_, other) in pairs]
            counts = [errors.count(0), errors.count(1), sum(error > 1 for error in errors)]
            totals = [total + count for total, count in zip(totals, counts, strict=True)]
            _print_line(edition, page_count(each.portable), page_count(theirs[edition]), len(errors), *counts)
        _print_line("all", "", "", sum(totals), *totals)


def _print_line(edition: str, *cells: object) -> None:
    widths = (5, 11, 8, 16, 12, 4)
    print(f"{edition:30}", *(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)))


if __name__ == "__main__":
    main()
