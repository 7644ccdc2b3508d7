"""Ranks in words: with peers, the field they are taken in, and ties (DOMAIN §3, pairs 31 and 32)."""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.language import Localized
from ipreport.metrics import Standing
from ipreport.wording.numbers import ordinal
from ipreport.wording.patterns import MISSING, MISSING_IN_TABLE
from ipreport.wording.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Field:
    """Among whom a rank is taken: 全省 / in the province, counted in 市州.

    `place` is where, in words; `peers` what Chinese calls those who are counted.
    """

    place: Localized
    peers: str


PROVINCE = Field(Localized("全省", "in the province"), "市州")

_WHOLE = (
    ("自治区", Localized("全区", "in the region")),
    ("省", Localized("全省", "in the province")),
    ("州", Localized("全州", "in the prefecture")),
    ("市", Localized("全市", "in the city")),
)
"""What a region is called as the place of a ranking, by how its Chinese name ends."""

_PEERS = "地区"
"""What the regions of a ranking are called where the record does not say."""


def field_of(region: Localized, peers: Localized | None) -> Field:
    """The field of a ranking inside `region`: 青海省 / Qinghai gives 全省 / in the province.

    A region whose name does not end in a level of administration keeps its name:
    中国 / in China. `peers` is what the ranked regions are called (市州).
    """
    place = next((words for ending, words in _WHOLE if region.zh.endswith(ending)), None)
    return Field(place or Localized(region.zh, f"in {region.en}"), peers.zh if peers is not None else _PEERS)


def show_standing(standing: Standing, field: Field = PROVINCE) -> Phrase:
    """A rank worked out among peers: 居全省第2位（共8个市州） / 2nd of 8 in the province."""
    value = standing.derived.value
    if value is None:
        return Phrase(standing.derived.key, MISSING, MISSING_IN_TABLE, None)
    place = int(value)
    text = rank_words(place, tied=standing.tied, peers=standing.peers, field=field)
    return Phrase(standing.derived.key, text, rank_words(place, tied=standing.tied), value)


def rank_words(place: int, *, tied: bool = False, peers: int | None = None, field: Field | None = None) -> Localized:
    """A rank as far as it is known (DOMAIN §3, pairs 31, 32).

    第2位 / 2nd; 并列第2位 / joint 2nd; 居全省首位 / 1st in the province;
    居全省第2位（共8个市州） / 2nd of 8 in the province. Raises ValueError when peers
    are given without the field they stand in.
    """
    if peers is not None and field is None:
        raise ValueError("peers stand in a field")
    zh = f"并列第{place}位" if tied else "首位" if place == 1 else f"第{place}位"
    en = f"joint {ordinal(place)}" if tied else ordinal(place)
    if field is None:
        return Localized(zh, en)
    among_zh, among_en = ("", "") if peers is None else (f"（共{peers}个{field.peers}）", f" of {peers}")
    return Localized(f"居{field.place.zh}{zh}{among_zh}", f"{en}{among_en} {field.place.en}")


def place_digits(place: int) -> Localized:
    """A place in digits alone, where a column of places or an axis says what it is: 2."""
    return Localized.same(str(place))
