"""Pages look as they did: a change that shows is looked at, then `python tests/page_images.py` keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from page_images import FOLDER, differs, drawn


@pytest.fixture(scope="module")
def pages() -> dict[str, Image.Image]:
    return dict(drawn())


def test_every_page_of_both_themes_looks_as_it_is_kept(pages: dict[str, Image.Image]) -> None:
    assert sorted(path.name for path in FOLDER.glob("*.png")) == sorted(pages)
    assert [name for name, picture in pages.items() if differs(picture, FOLDER / name)] == []


def test_a_line_that_moved_by_a_point_is_seen(pages: dict[str, Image.Image], tmp_path: Path) -> None:
    picture = pages["modern-1.png"]
    assert not differs(picture, FOLDER / "modern-1.png")
    band = (0, 200, picture.width, 260)
    moved = picture.copy()
    moved.paste(picture.crop(band), (band[0], band[1] + 1))
    assert differs(moved, FOLDER / "modern-1.png")
    spotted = picture.copy()
    ImageDraw.Draw(spotted).rectangle((100, 100, 115, 115), fill=0)
    assert differs(spotted, FOLDER / "modern-1.png")
    assert differs(picture, tmp_path / "none.png")
