"""Faces: find the fonts, measure and outline characters, check that none is missing, make fonts to embed."""

from ipreport.fonts.clusters import clusters
from ipreport.fonts.coverage import check_characters, check_coverage
from ipreport.fonts.embedding import Embedded, check_embedding, embedded_font
from ipreport.fonts.faces import Face, Faces, find_faces
from ipreport.fonts.glyphs import Glyph
from ipreport.fonts.outline import Segments
from ipreport.fonts.substitutes import check_substitutes, is_substituted

__all__ = [
    "Embedded",
    "Face",
    "Faces",
    "Glyph",
    "Segments",
    "check_characters",
    "check_coverage",
    "check_embedding",
    "check_substitutes",
    "clusters",
    "embedded_font",
    "find_faces",
    "is_substituted",
]
