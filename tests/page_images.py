"""Pictures of PDF pages that are kept to be compared with: `python tests/page_images.py` draws those anew that changed.

They show the showcase in both themes, in the faces of the packages that come with the program, so that they are the
same on every machine but for what processors round differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from ipreport.cache import Cache
from ipreport.fonts import Faces, find_faces
from ipreport.style import THEMES, FontRole
from ipreport.writers.pdf import write
from showcase import showcase

FOLDER = Path(__file__).parent / "data" / "pages"
RESOLUTION = 60
"""Pixels to the inch: enough to see a line that moved by a point."""
_LEVELS, _SHARE = 16, 0.0005
"""How much of 255 a pixel may differ, and what share of all pixels may differ more."""
_BOLD = (FontRole.SANS_BOLD, FontRole.TITLE)
_SANS = (FontRole.SANS, FontRole.HEI, *_BOLD)


def drawn() -> Iterator[tuple[str, Image.Image]]:
    """Every page of the showcase in each theme, by the name of its picture."""
    for name, style in THEMES.items():
        data = write(showcase(), style, packaged(style.roles), Cache(None))
        with pypdfium2.PdfDocument(data) as document:
            for number, page in enumerate(document, 1):
                yield f"{name}-{number}.png", page.render(scale=RESOLUTION / 72).to_pil().convert("L")


def packaged(roles: frozenset[FontRole]) -> Faces:
    """The faces of the font packages in all roles."""
    usual = find_faces()
    of_role = {FontRole.SANS_BOLD: usual.face(FontRole.SANS_BOLD), FontRole.SANS: usual.face(FontRole.SANS)}
    files = {role: of_role.get(role, usual.face(FontRole.SANS if role in _SANS else FontRole.SERIF)) for role in roles}
    return find_faces({role: face.path for role, face in files.items()}, Cache(None), roles)


def differs(picture: Image.Image, kept: Path) -> bool:
    """Whether a page looks otherwise than its kept picture."""
    if not kept.exists():
        return True
    with Image.open(kept) as before:
        if before.size != picture.size:
            return True
        counts = ImageChops.difference(before.convert("L"), picture).histogram()
    return sum(counts[_LEVELS + 1 :]) > _SHARE * sum(counts)


def main() -> None:
    """Draw the pictures anew that changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pictures = dict(drawn())
    for kept in FOLDER.glob("*.png"):
        if kept.name not in pictures:
            kept.unlink()
    for name, picture in pictures.items():
        if differs(picture, FOLDER / name):
            picture.quantize(32).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
