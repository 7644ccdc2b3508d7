"""PDF for the person who reads."""

from ipreport.writers.pdf.writer import page_numbers, write

__all__ = ["page_numbers", "write"]
