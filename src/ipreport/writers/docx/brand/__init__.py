"""An office's own template: what a briefing takes over from it, and how."""

from ipreport.writers.docx.brand.branded import branded
from ipreport.writers.docx.brand.dress import dressed
from ipreport.writers.docx.brand.letterhead import with_letterhead
from ipreport.writers.docx.brand.read import Brand, read_brand

__all__ = ["Brand", "branded", "dressed", "read_brand", "with_letterhead"]
