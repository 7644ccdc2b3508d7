"""Texts as their author wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ipreport.language import Language, Localized
from ipreport.problems import Origin


@dataclass(frozen=True, slots=True)
class Template:
    """A text with placeholders in every language, and where each wording stands."""

    text: Localized
    origins: Mapping[str, Origin]

    def origin(self, language: Language) -> Origin:
        """Where the wording in `language` was written."""
        return self.origins[language.code]
