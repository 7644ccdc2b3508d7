"""PDF for the person who reads."""

from ipreport.writers.pdf.typesetting import Typesetting, typesetting_of
from ipreport.writers.pdf.writer import page_numbers, write

__all__ = ["Typesetting", "page_numbers", "typesetting_of", "write"]
