"""Faces: find the fonts, measure and outline characters, check that none is missing."""

from ipreport.fonts.coverage import check_characters, check_coverage
from ipreport.fonts.faces import Face, Faces, find_faces
from ipreport.fonts.glyphs import Glyph
from ipreport.fonts.outline import Segments
from ipreport.fonts.substitutes import check_substitutes

__all__ = [
    "Face",
    "Faces",
    "Glyph",
    "Segments",
    "check_characters",
    "check_coverage",
    "check_substitutes",
    "find_faces",
]
