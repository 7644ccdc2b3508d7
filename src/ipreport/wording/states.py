"""How data that are not settled are marked on a page (DOMAIN §5, states of data).

One mechanism for all three: a raised mark behind the value, and a note that explains it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.metrics import Status


@dataclass(frozen=True, slots=True)
class StateWords:
    """The raised `mark` of a state, its `name` beside a value, and what it means.

    `derived` is the note where nothing is marked, but values rest on such figures.
    """

    mark: Localized
    name: Localized
    meaning: Localized
    derived: Localized

    @property
    def note(self) -> Localized:
        """The note that explains the mark."""
        return Localized(f"{self.mark.zh}：{self.meaning.zh}", f"{self.mark.en}: {self.meaning.en}")


STATES: Mapping[Status, StateWords] = MappingProxyType(
    {
        Status.REVISED: StateWords(
            Localized("修订", "r"),
            Localized("修订数", "revised"),
            Localized("较上一期公布数有调整。", "revised since the last issue."),
            Localized("含依据修订数计算的数值。", "Includes values worked out from revised figures."),
        ),
        Status.PROVISIONAL: StateWords(
            Localized("初步数", "p"),
            Localized("初步数", "provisional"),
            Localized("尚待最终核定。", "provisional, still to be settled."),
            Localized("含依据初步数计算的数值。", "Includes values worked out from provisional figures."),
        ),
        Status.ESTIMATED: StateWords(
            Localized("估计数", "e"),
            Localized("估计数", "estimated"),
            Localized("并非统计所得。", "estimated, not counted."),
            Localized("含依据估计数计算的数值。", "Includes values worked out from estimated figures."),
        ),
    }
)
"""The states that are marked, in the order of their notes."""
