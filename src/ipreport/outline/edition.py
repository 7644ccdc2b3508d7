"""The editions of a briefing."""

from __future__ import annotations

from enum import StrEnum

from ipreport.language import EN, ZH, Language


class Edition(StrEnum):
    """A version of the same briefing for other readers."""

    BILINGUAL = "bilingual"
    ZH = "zh"
    EN = "en"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the edition in reading order."""
        return {Edition.BILINGUAL: (ZH, EN), Edition.ZH: (ZH,), Edition.EN: (EN,)}[self]
