"""Languages of a briefing, and text that exists in every one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language a briefing can be written in.

    `code` is the key used in files (`zh`, `en`); `tag` is the BCP 47 tag that
    goes into DOCX runs and PDF structure; `name` is the English name for messages.
    """

    code: str
    tag: str
    name: str

    def __str__(self) -> str:
        return self.code


ZH = Language("zh", "zh-CN", "Chinese")
EN = Language("en", "en-US", "English")
LANGUAGES: tuple[Language, ...] = (ZH, EN)
BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Localized:
    """The same text in every language."""

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        """The text in `language`; KeyError for a language briefings do not have."""
        if language is ZH:
            return self.zh
        if language is EN:
            return self.en
        raise KeyError(language)

    @classmethod
    def same(cls, text: str) -> Localized:
        """One text that reads the same in every language, such as `7.52`."""
        return cls(text, text)


_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U000323af"
_SPACE_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}])[ ]+|[ ]+(?=[{_CJK}])")


def without_spaces_in_chinese(characters: str) -> str:
    """Chinese text without typed spaces beside Han characters.

    The gap between Han and Latin is a matter of typesetting (CLREQ 3.2.2); a typed
    space, such as a folded line of a file leaves, would double it.
    """
    return _SPACE_BESIDE_CJK.sub("", characters)


def within_sentence(name: str) -> str:
    """An English name as it reads inside a sentence; abbreviations keep their capitals.

    Names of metrics begin with a common noun: what is a proper name cannot be told.
    """
    return name if name[:2].isupper() or not name[:1].isascii() else name[:1].lower() + name[1:]
