"""From an aligned file to its numbers: which are values, which are something else, which are new."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from ipreport.document import NotData, Part, Standing, Stretch
from ipreport.tracing.align import Alignment, Swap
from ipreport.tracing.letters import counts
from ipreport.tracing.reading import Reading, ValueMark
from ipreport.tracing.result import Found, Kind

_NUMBER = re.compile(r"\d(?:[\d,.]*\d)?|[①-⓿]+")
"""Any run of decimal digits with its separators; enclosed digits of one mark together."""
_EXCERPT = 24
"""Characters of context on each side of a number that nothing is known of."""

_FOOT = "foot of the page"

Placed = tuple[int, Found]
"""A number and the position that sorts it."""


class Resolver:
    """Turns what was found where into numbers, once each."""

    def __init__(self, reading: Reading, aligned: Alignment) -> None:
        self._reading, self._aligned = reading, aligned
        self._keys = reading.record.values
        self._wordings = _wordings(reading)
        self._swaps: dict[int, list[Swap]] = {}
        for swap in aligned.swaps:
            self._swaps.setdefault(swap.stretch, []).append(swap)
        self._told: set[int] = set()
        """Positions of the file that some number accounts for."""
        self._gone: list[Found] = []

    def numbers(self) -> tuple[list[Found], list[Found]]:
        """Every number in reading order, and the values that are gone."""
        paged = [self._page_number(start, end) for start, end in self._reading.page_numbers]
        marked = [entry for mark in self._reading.marks for entry in self._marked(mark)]
        printed = [entry for number, s in enumerate(self._reading.record.printed) for entry in self._stretch(number, s)]
        self._match_gone(marked)
        found = [*paged, *marked, *printed, *self._unknown()]
        return [entry for _, entry in sorted(found, key=lambda entry: entry[0])], self._gone

    def _page_number(self, start: int, end: int) -> Placed:
        self._told.update(range(start, end))
        text = self._reading.text[start:end]
        at_foot = any(head <= start for head in self._reading.heads)
        where = _FOOT if at_foot else self._near(start)
        return start, self._on_page(Found(text, where, Kind.NOT_DATA, not_data=NotData.PAGE), start)

    # --- what the build printed ------------------------------------------------------

    def _stretch(self, number: int, stretch: Stretch) -> Iterator[Placed]:
        if stretch.standing is Standing.MARKER and self._reading.pictures is not None:
            return
        if stretch.standing is Standing.PICTURE and self._reading.pictures is not None:
            return
        start = 0
        for part in stretch.parts:
            yield from self._part(number, stretch, part, start)
            start += len(part.text)

    def _part(self, number: int, stretch: Stretch, part: Part, start: int) -> Iterator[Placed]:
        """The number of a part, or every number of one that nothing is recorded of."""
        if part.key is None and part.not_data is None:
            for found in _NUMBER.finditer(part.text):
                yield from self._piece(number, stretch, Part(found[0]), start + found.start())
        elif part.key is not None or _NUMBER.search(part.text):
            yield from self._piece(number, stretch, part, start)

    def _piece(self, number: int, stretch: Stretch, part: Part, start: int) -> Iterator[Placed]:
        found = Found(part.text, stretch.where, _kind(part), None, part.key, part.not_data)
        counted = [start + offset for offset, character in enumerate(part.text) if not character.isspace()]
        places = [self._aligned.placed.get((number, position)) for position in counted]
        there = [place for place in places if place is not None]
        swaps = [s for s in self._swaps.get(number, ()) if start <= s.start and s.end <= start + len(part.text)]
        if any(place in self._told for place in there):
            return  # a mark has told it already
        if len(there) == len(places) and not self._inserted(there):
            self._told.update(there)
            yield there[0], self._on_page(found, there[0])
        elif swaps:
            if not any(position in self._told for s in swaps for position in range(s.found_start, s.found_end)):
                yield self._changed(found, start, swaps, whole=len(there) + _letters_of(swaps) == len(places))
        elif there and part.key is not None:
            yield self._reworded(found, there)
        elif part.key is not None:
            self._gone.append(found)

    def _changed(self, found: Found, start: int, swaps: list[Swap], *, whole: bool) -> Placed:
        """A part whose numbers are others in the file; `whole` when the rest of it is as it was."""
        text, pieces, position = found.text, [], 0
        for swap in swaps:
            self._told.update(range(swap.found_start, swap.found_end))
            other = self._reading.text[swap.found_start : swap.found_end]
            pieces += [text[position : swap.start - start] if whole else "", other]
            position = swap.end - start
        pieces.append(text[position:] if whole else "")
        changed = replace(found, kind=Kind.CHANGED, text="".join(pieces), recorded=text)
        return swaps[0].found_start, self._on_page(changed, swaps[0].found_start)

    def _inserted(self, there: list[int]) -> bool:
        """Whether something stands between the characters of a part that did not stand there."""
        return any(self._is_new(position) for position in range(there[0], there[-1]))

    def _is_new(self, position: int) -> bool:
        """Whether a character belongs to nothing that was printed."""
        known = position in self._aligned.owners or position in self._told
        return not known and counts(self._reading.text[position])

    def _reworded(self, found: Found, there: list[int]) -> Placed:
        """A value with other words round its digits, such as another unit."""
        start, end = min(there), max(there) + 1
        while start > 0 and max(there) - start < _EXCERPT and self._is_new(start - 1):
            start -= 1
        while end < len(self._reading.text) and end - min(there) < _EXCERPT and self._is_new(end):
            end += 1
        self._told.update(range(start, end))
        text = " ".join(self._reading.text[start:end].split())
        return start, self._on_page(replace(found, kind=Kind.CHANGED, text=text, recorded=found.text), start)

    # --- marks of values -------------------------------------------------------------

    def _marked(self, mark: ValueMark) -> Iterator[Placed]:
        """A marked value, unless it was deleted or the mark names no record."""
        if not 1 <= mark.number <= len(self._keys):
            return
        key = self._keys[mark.number - 1].key
        start, end = mark.start, self._value_end(mark, key)
        text = self._reading.text[start:end].strip()
        if not text:
            return
        part, where = self._owner(start, end)
        if text in self._wordings[key]:
            if part is None or part.key != key or part.text.strip() != text:
                self._told.update(range(start, end))
                yield start, self._on_page(Found(text, where, Kind.VALUE, key=key), start)
            return
        self._told.update(range(start, end))
        recorded = part.text if part is not None and part.key == key else ""
        yield start, self._on_page(Found(text, where, Kind.CHANGED, key=key, recorded=recorded), start)

    def _value_end(self, mark: ValueMark, key: str) -> int:
        """Where a marked value ends: past digits typed right behind the mark, and past a last character that it lost.

        LibreOffice moves the ends of marks by one in the paragraph of the first footnote.
        """
        end = self._number_end(mark.end)
        now, further = (self._reading.text[mark.start : stop].strip() for stop in (end, end + 1))
        part, _ = self._owner(mark.start, end)
        printed = part.text.strip() if part is not None and part.key == key else ""
        if now in {"", further, printed}:
            return end
        changed = now not in self._wordings[key]
        same_end = bool(printed) and further[-1] == printed[-1] != now[-1]
        lost = further == printed or (changed and (further in self._wordings[key] or same_end))
        return end + 1 if lost else end

    def _number_end(self, end: int) -> int:
        """Past digits that were typed right behind a mark."""
        text = self._reading.text
        while 0 < end < len(text) and text[end - 1].isdecimal() and text[end].isdecimal():
            end += 1
        return end

    def _owner(self, start: int, end: int) -> tuple[Part | None, str]:
        """The printed part that a stretch of the file belongs to, and the nearest known place."""
        for position in range(start, end):
            if position in self._aligned.owners:
                number, offset = self._aligned.owners[position]
                stretch = self._reading.record.printed[number]
                return _part_at(stretch, offset), stretch.where
        swap = next((s for s in self._aligned.swaps if start <= s.found_start < end), None)
        if swap is not None:
            stretch = self._reading.record.printed[swap.stretch]
            return _part_at(stretch, swap.start), stretch.where
        return None, self._near(start)

    def _match_gone(self, marked: list[Placed]) -> None:
        """What a mark accounts for is not gone: the value moved, or what is missing is what it was."""
        for index, (position, found) in enumerate(marked):
            missing = next((gone for gone in self._gone if gone.key == found.key), None)
            if missing is not None:
                self._gone.remove(missing)
            if found.kind is Kind.CHANGED and not found.recorded:
                recorded = missing.text if missing is not None else min(self._wordings[found.key or ""], key=len)
                marked[index] = position, replace(found, recorded=recorded)

    # --- what nothing is known of ----------------------------------------------------

    def _unknown(self) -> Iterator[Placed]:
        text = self._reading.text
        known = self._told | self._aligned.owners.keys()
        for found in _NUMBER.finditer(text):
            if any(text[p].isdigit() and p not in known for p in range(found.start(), found.end())):
                place = self._near(found.start())
                yield found.start(), self._on_page(Found(found[0], place, Kind.UNKNOWN), found.start())

    def _near(self, position: int) -> str:
        """The place of the nearest printed text of the same line, and what stands round the number."""
        text = self._reading.text
        start, end = text.rfind("\n", 0, position) + 1, text.find("\n", position)
        line = range(start, end if end >= 0 else len(text))
        known = min((p for p in line if p in self._aligned.owners), key=lambda p: abs(p - position), default=None)
        excerpt = text[max(start, position - _EXCERPT) : min(line.stop, position + _EXCERPT)].strip()
        if known is None:
            return f"“…{excerpt}…”"
        return f"{self._reading.record.printed[self._aligned.owners[known][0]].where}: “…{excerpt}…”"

    def _on_page(self, found: Found, position: int) -> Found:
        starts = self._reading.page_starts
        return replace(found, page=bisect_right(starts, position)) if starts else found


def _kind(part: Part) -> Kind:
    if part.key is not None:
        return Kind.VALUE
    return Kind.UNKNOWN if part.not_data is None else Kind.NOT_DATA


def _letters_of(swaps: list[Swap]) -> int:
    return sum(swap.end - swap.start for swap in swaps)


def _part_at(stretch: Stretch, offset: int) -> Part | None:
    start = 0
    for part in stretch.parts:
        if start <= offset < start + len(part.text):
            return part
        start += len(part.text)
    return None


def _wordings(reading: Reading) -> dict[str, frozenset[str]]:
    """The words that may stand for each value: those of its record, and those that were printed."""
    words = {value.key: set(value.wordings) for value in reading.record.values}
    for stretch in reading.record.printed:
        for part in stretch.parts:
            if part.key is not None:
                words.setdefault(part.key, set()).add(part.text)
    return {key: frozenset(each) for key, each in words.items()}
