"""Word files: an own base document, real styles, fields and bookmarks; python-docx keeps the package."""

from .writer import write

__all__ = ["write"]
