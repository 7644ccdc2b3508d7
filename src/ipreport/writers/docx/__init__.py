"""Word files: an own base document, real styles, fields and bookmarks; python-docx keeps the package."""

from ipreport.writers.docx.brand import Brand, branded, read_brand
from ipreport.writers.docx.embed import EmbeddedFonts, families_left_out
from ipreport.writers.docx.starter import starter
from ipreport.writers.docx.writer import write

__all__ = ["Brand", "EmbeddedFonts", "branded", "families_left_out", "read_brand", "starter", "write"]
