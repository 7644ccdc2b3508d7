"""What a PDF tells of itself: its pages, bookmarks, named places and faces."""

from __future__ import annotations

import io

import pikepdf


def page_count(data: bytes) -> int:
    """How many pages there are."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def named_pages(data: bytes) -> dict[str, int]:
    """The page of every place that has a name, counted from 1."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = _page_numbers(pdf)
        return {name: pages[_place(place)[0].objgen] for name, place in _named_places(pdf).items()}


def headings_of(data: bytes) -> list[tuple[str, int]]:
    """The headings by the bookmarks that lead to them, each with its page; spaces are left out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages, named = _page_numbers(pdf), _named_places(pdf)

        def listed(items: list[pikepdf.OutlineItem]) -> list[tuple[str, int]]:
            found = []
            for item in items:
                target = item.destination if item.destination is not None else item.action.D
                target = named[str(target)] if isinstance(target, pikepdf.String | str) else target
                page = pages[_place(target)[0].objgen]
                found += [("".join(item.title.split()), page), *listed(item.children)]
            return found

        with pdf.open_outline() as outline:
            return listed(outline.root)


def face_names(data: bytes) -> set[str]:
    """The names of all faces, without the letters that mark one as a part (ISO 32000-1, 9.6.4)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = (entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary) and "/BaseFont" in entry)
        return {str(font.BaseFont).removeprefix("/").rpartition("+")[2] for font in fonts}


def _page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.objgen: number for number, page in enumerate(pdf.pages, 1)}


def _named_places(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    names = pdf.Root.get("/Names", {})
    return dict(pikepdf.NameTree(names.Dests)) if "/Dests" in names else {}


def _place(target: pikepdf.Object) -> pikepdf.Object:
    """The array of a place, which may stand in a dictionary."""
    return target.D if isinstance(target, pikepdf.Dictionary) else target
