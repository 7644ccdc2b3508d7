"""Bilingual Chinese–English intellectual-property briefings from one record of every number."""

__version__ = "0.1.0"
