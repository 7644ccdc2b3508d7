"""The gallery of charts in docs/ shows every kind and is what `python docs/gallery` would write now."""

from __future__ import annotations

import io
import runpy
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ipreport.outline import CHART_KINDS

GALLERY = Path(__file__).parent.parent / "docs" / "gallery" / "__main__.py"


@pytest.fixture(scope="module")
def gallery() -> dict[str, Any]:
    return runpy.run_path(str(GALLERY))


@pytest.mark.slow
def test_the_gallery_is_current(gallery: dict[str, Any]) -> None:
    assert sorted(gallery["stale_files"](gallery["gallery"]())) == []


def test_every_kind_is_shown(gallery: dict[str, Any]) -> None:
    page = (gallery["DOCS"] / gallery["PAGE"]).read_text(encoding="utf-8")

    assert [kind for kind in (*CHART_KINDS, "trend") if f"(`{kind}`)" not in page] == []


def test_pictures_are_compared_by_what_they_show(gallery: dict[str, Any]) -> None:
    def png(colour: str, level: int) -> bytes:
        stream = io.BytesIO()
        Image.new("RGB", (20, 20), colour).save(stream, "PNG", compress_level=level)
        return stream.getvalue()

    assert gallery["same"](png("#1f4e79", 0), png("#1f4e79", 9), picture=True)
    assert gallery["same"](png("#1f4e79", 0), png("#1f4e81", 0), picture=True)
    assert not gallery["same"](png("#1f4e79", 0), png("#1f4e82", 0), picture=True)
    assert not gallery["same"](b"one", b"other", picture=False)
