"""PDF for the person who reads."""

from ipreport.writers.pdf.writer import write

__all__ = ["write"]
