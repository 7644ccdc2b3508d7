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
        print(
            f"{'edition':32} {'pages':>5} {'LibreOffice':>11} {'headings':>8} {'on the same page':>17} {'one page off':>13} {'more':>5}"
        )
        totals = [0, 0, 0]
        for edition, each in made.items():
            pairs = zip(listed_headings(each.document, each.portable), headings_of(theirs[edition]), strict=True)
            errors = [abs(page - other) for (_, page), (_, other) in pairs]
            counts = [errors.count(0), errors.count(1), sum(error > 1 for error in errors)]
            totals = [total + count for total, count in zip(totals, counts, strict=True)]
            pages = [page_count(data) for data in (each.portable, theirs[edition])]
            print(
                f"{edition:32} {pages[0]:5} {pages[1]:11} {len(errors):8} {counts[0]:17} {counts[1]:13} {counts[2]:5}"
            )
        print(f"{'all':32} {'':17} {sum(totals):8} {totals[0]:17} {totals[1]:13} {totals[2]:5}")


if __name__ == "__main__":
    main()
