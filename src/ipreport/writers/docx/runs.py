"""Runs and fields: text with its language, face and role (ECMA-376 17.3.2, 17.16)."""

from __future__ import annotations

import re

from ipreport.language import ZH, Language
from ipreport.style import FontRole
from ipreport.writers.docx.markup import escape
from ipreport.writers.docx.segments import ENCLOSED, has_ambiguous, segments
from ipreport.writers.docx.typefaces import SLOT

_ENCLOSED_NUMBERS = re.compile(f"([{chr(ENCLOSED.start)}-{chr(ENCLOSED.stop - 1)}]+)")
LINE_BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
WIDE_SPACE = "\u3000"
"""What stands between texts on one line."""


def runs(text: str, base: Language, role: FontRole, character_style: str | None = None) -> str:
    """`text` as runs of one language each.

    `base` is the language of the text, `role` the face of the paragraph (which
    decides whose Latin face shared punctuation takes in English).
    """
    return "".join(
        f"<w:r>{run_properties(part, language, role, character_style)}"
        f'<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for language, stretch in segments(text, base)
        for part in _ENCLOSED_NUMBERS.split(stretch)
        if part
    )


def run_properties(part: str, language: Language, role: FontRole, character_style: str | None = None) -> str:
    """`w:rPr` of a stretch in one language.

    Shared punctuation takes the Chinese face in Word by `hint`, in LibreOffice by
    the East Asian language; for English both are turned off by pointing the East
    Asian slot at the Latin font.
    """
    style = f'<w:rStyle w:val="{character_style}"/>' if character_style else ""
    fonts = ""
    if _ENCLOSED_NUMBERS.fullmatch(part):
        # LibreOffice counts these as Latin whatever the hint says.
        fonts = f'<w:rFonts w:hint="eastAsia" w:asciiTheme="{SLOT[role]}EastAsia" w:hAnsiTheme="{SLOT[role]}EastAsia"/>'
    elif has_ambiguous(part):
        fonts = (
            '<w:rFonts w:hint="eastAsia"/>' if language is ZH else f'<w:rFonts w:eastAsiaTheme="{SLOT[role]}HAnsi"/>'
        )
    return f"<w:rPr>{style}{fonts}{proofing(language)}</w:rPr>"


def proofing(language: Language) -> str:
    """`w:lang` of text in `language`; Latin words are always English."""
    return f'<w:lang w:val="en-US" w:eastAsia="{language.tag}"/>'


def link(bookmark: str, content: str) -> str:
    """Runs that lead to a bookmark (17.16.22)."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


def field(instruction: str, result: str) -> str:
    """A complex field (17.16.18) with the runs of its cached `result`."""
    return f"{field_start(instruction)}{result}{FIELD_END}"


def field_start(instruction: str) -> str:
    """What stands before the result of a complex field; `FIELD_END` stands behind it, be it paragraphs later."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
