"""Where the printed texts of a record stand in a file that may have been edited since.

Texts are looked for in the order in which they were printed. Where the file no longer
goes on as recorded, the next text that is found again closes the gap, and what lies in
the gap is compared word by word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from ipreport.document import NotData, Standing, Stretch
from ipreport.language import LANGUAGES
from ipreport.tracing.cut import pieces
from ipreport.tracing.letters import Letters, Token, letters, tokens
from ipreport.tracing.reading import Reading

_SURE = 6
"""Letters that a text needs to close a gap: shorter ones stand in many places."""
_AHEAD = 80
"""How many texts are tried to close a gap."""
_BESIDE, _PAGES = 3, 4
"""How many texts of a list or paragraph in columns stand beside each other, marks included, and on how many pages."""
_LONG, _LONGEST = 2000, 10_000
"""Words of a gap above which frequent ones do not count, and above which it is another text altogether."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A number of a recorded text in whose place the file has another; positions as in their texts."""

    stretch: int
    start: int
    end: int
    found_start: int
    found_end: int


@dataclass(slots=True)
class Alignment:
    """The result. Positions count the characters of stretches and of the file's text.

    `placed` leads from a character of a stretch to that of the file, `owners` back.
    """

    placed: dict[tuple[int, int], int] = field(default_factory=dict)
    owners: dict[int, tuple[int, int]] = field(default_factory=dict)
    swaps: list[Swap] = field(default_factory=list)

    def put(self, stretch: int, position: int, found: int) -> None:
        """Note that a character was found; a text at the head of pages is found more than once."""
        self.placed.setdefault((stretch, position), found)
        self.owners[found] = stretch, position


def align(printed: Sequence[Stretch], reading: Reading) -> Alignment:
    """Find every printed text; those drawn in charts only where charts are text."""
    return _Aligner(printed, reading).run()


class _Aligner:
    def __init__(self, printed: Sequence[Stretch], reading: Reading) -> None:
        self._reading = reading
        self._result = Alignment()
        self._printed = printed
        self._paged = reading.pictures is None
        standings = {Standing.TEXT, Standing.HEAD, Standing.FOOTNOTE}
        standings |= {Standing.PICTURE} if self._paged else set()
        self._texts = [letters(stretch.text) for stretch in printed]
        self._margins = list(_margins(printed))
        there = [number for number, s in enumerate(printed) if s.standing in standings or self._is_marker(s)]
        self._order = [number for number in there if self._texts[number].characters]
        if not self._paged:
            self._order.sort(key=self._is_footnote)

    def run(self) -> Alignment:
        left_out = [False] * len(self._reading.text)
        for start, end in self._reading.page_numbers:
            left_out[start:end] = [True] * (end - start)
        everything = letters(self._reading.text, left_out)
        for head in self._reading.heads:
            self._take_margins(everything, head)
        if self._paged:
            self._take_footnotes(everything)
        for position in self._result.owners:
            left_out[position] = True
        self._body = letters(self._reading.text, left_out)
        self._page_ends = self._ends_of_pages(self._body)
        self._follow()
        self._find_moved()
        return self._result

    def _take_margins(self, everything: Letters, head: int) -> None:
        """The texts that are repeated at the head of a page, in any order."""
        index = bisect_left(everything.positions, head)
        waiting = list(self._margins)
        while waiting:
            here = next((numbers for numbers in waiting if self._all_fit(numbers, everything, index)), None)
            if here is None:
                return
            for number in here:
                self._place(number, everything, index)
                index += len(self._texts[number].characters)
            waiting.remove(here)

    def _is_marker(self, stretch: Stretch) -> bool:
        """Whether a number before a text is looked for; those of pages are where word processors count themselves."""
        of_a_page = any(part.not_data is NotData.PAGE for part in stretch.parts)
        return stretch.standing is Standing.MARKER and (self._paged or not of_a_page)

    def _is_footnote(self, number: int) -> bool:
        return self._printed[number].standing is Standing.FOOTNOTE

    def _take_footnotes(self, everything: Letters) -> None:
        """The notes at the feet of pages, wherever they part a text that goes on to the next page.

        What ends a page is surely a note; lists of sources may have the same words elsewhere.
        """
        waiting = [n for n in self._order if self._is_footnote(n) and len(self._texts[n].characters) >= _SURE]
        for end in self._ends_of_pages(everything):
            self._take_foot(waiting, everything, end)
        index = 0
        for number in waiting:
            found = _find(self._texts[number], everything, index, len(everything.characters))
            if found is not None:
                self._take(number, everything, found)
                index = found + len(self._texts[number].characters)

    def _take_foot(self, waiting: list[int], everything: Letters, end: int) -> None:
        """Those of the `waiting` notes that stand behind each other right before `end`."""
        here = next((number for number in waiting if _fits_before(self._texts[number], everything, end)), None)
        if here is not None:
            waiting.remove(here)
            start = end - len(self._texts[here].characters)
            self._take(here, everything, start)
            self._take_foot(waiting, everything, start)

    def _take(self, number: int, found: Letters, index: int) -> None:
        """Place a text that is left out of those that follow each other."""
        self._place(number, found, index)
        self._order.remove(number)

    def _ends_of_pages(self, found: Letters) -> list[int]:
        """Where each page ends in its letters."""
        starts = self._reading.page_starts[1:]
        return [*(bisect_left(found.positions, start) for start in starts), len(found.characters)]

    def _all_fit(self, numbers: Sequence[int], found: Letters, index: int) -> bool:
        """Whether several texts stand behind each other there."""
        for number in numbers:
            if not _fits(self._texts[number], found, index):
                return False
            index += len(self._texts[number].characters)
        return True

    def _place(self, number: int, found: Letters, index: int, start: int = 0, length: int | None = None) -> None:
        """Note where a text stands, or `length` letters of it from `start` on."""
        end = None if length is None else start + length
        for offset, position in enumerate(self._texts[number].positions[start:end]):
            self._result.put(number, position, found.positions[index + offset])

    def _follow(self) -> None:
        """Through the printed texts and the body together."""
        at, index = 0, 0
        while at < len(self._order):
            here = self._texts[self._order[at]]
            if self._is_marker_left_out(at, index):
                at += 1
                continue
            if _fits(here, self._body, index):
                self._place(self._order[at], self._body, index)
                index += len(here.characters)
                at += 1
                continue
            if self._is_placed(self._order[at]):  # the head of a table that begins a page
                at += 1
                continue
            if self._page_stands_first(at, index):
                continue
            if beside := self._side_by_side(at, index):
                at, index = beside
                continue
            at_next, index_next = self._next(at, index)
            self._compare(self._order[at:at_next], index, index_next)
            at, index = at_next, index_next

    def _is_marker_left_out(self, at: int, index: int) -> bool:
        """Whether a number is one that the word processor counts; of headings that no count fits it is text."""
        number = self._order[at]
        if self._paged or self._printed[number].standing is not Standing.MARKER:
            return False
        behind = index + len(self._texts[number].characters)
        follows = at + 1 < len(self._order) and _fits(self._texts[self._order[at + 1]], self._body, behind)
        return not (follows and _fits(self._texts[number], self._body, index))

    def _page_stands_first(self, at: int, index: int) -> bool:
        """Whether a number stands here already that is recorded behind the other languages of its line; it is moved."""
        for ahead in range(at + 1, min(at + len(LANGUAGES), len(self._order))):
            number = self._order[ahead]
            if self._printed[number].standing is Standing.MARKER:
                if _fits(self._texts[number], self._body, index):
                    self._order.insert(at, self._order.pop(ahead))
                    return True
                return False
        return False

    def _side_by_side(self, at: int, index: int) -> tuple[int, int] | None:
        """Past texts of one block that stand side by side where a page ends; None where there are none."""
        where = self._printed[self._order[at]].where
        ends = [end for end in self._page_ends if end > index][:_PAGES]
        numbers = [self._order[at]]
        for number in self._order[at + 1 : at + _BESIDE]:
            if not ends or self._printed[number].where != where:
                return None
            numbers.append(number)
            found = pieces([self._texts[each].characters for each in numbers], self._body.characters, index, ends)
            for piece in found:
                self._place(numbers[piece.place], self._body, piece.found, piece.start, piece.length)
            if found:
                return at + len(numbers), found[-1].found + found[-1].length
        return None

    def _next(self, at: int, index: int) -> tuple[int, int]:
        """Where the file goes on as recorded, with the least left out on either side; both ends if nowhere."""
        best = len(self._order), len(self._body.characters)
        skipped, least = 0, len(self._reading.text)
        for ahead in range(at, min(at + _AHEAD, len(self._order))):
            text = self._texts[self._order[ahead]]
            if len(text.characters) >= _SURE:
                found = _find(text, self._body, index, index + least)
                if found is not None:
                    best, least = (ahead, found), max(found - index, skipped)
            skipped += len(text.characters)
            if skipped >= least:
                break
        return best

    def _compare(self, numbers: Sequence[int], start: int, end: int) -> None:
        """Word by word: what is equal is placed, numbers in the place of others are noted."""
        texts = (number for number in numbers if self._paged or self._printed[number].standing is not Standing.MARKER)
        recorded = [(number, token) for number in texts for token in tokens(self._texts[number])]
        found = tokens(self._body, start, end)
        words, found_words = [token.text for _, token in recorded], [token.text for token in found]
        if max(len(words), len(found_words)) > _LONGEST:
            return
        matcher = SequenceMatcher(None, words, found_words, autojunk=len(found) > _LONG)
        for step, first, last, found_first, found_last in matcher.get_opcodes():
            mine, theirs = recorded[first:last], found[found_first:found_last]
            if step == "equal" and self._convincing(mine):
                for (number, token), there in zip(mine, theirs, strict=True):
                    self._place_token(number, token, there)
            elif step == "replace":
                self._note_swaps(mine, theirs)

    def _convincing(self, equal: Sequence[tuple[int, Token]]) -> bool:
        """A number alone stands in many places: something beside it has to be the same, or be nothing."""
        number, token = equal[0]
        whole = token.end - token.start == len(self._texts[number].characters)
        return len(equal) > 1 or not token.text[0].isdecimal() or whole

    def _place_token(self, number: int, token: Token, there: Token) -> None:
        text = self._texts[number]
        for offset in range(token.end - token.start):
            found = self._body.positions[there.start + offset]
            self._result.put(number, text.positions[token.start + offset], found)

    def _note_swaps(self, mine: Sequence[tuple[int, Token]], theirs: Sequence[Token]) -> None:
        numbers = [(number, token) for number, token in mine if token.is_number]
        for (number, token), there in zip(numbers, (t for t in theirs if t.is_number), strict=False):
            positions = self._texts[number].positions
            self._result.swaps.append(
                Swap(
                    number,
                    positions[token.start],
                    positions[token.end - 1] + 1,
                    self._body.positions[there.start],
                    self._body.positions[there.end - 1] + 1,
                )
            )

    def _find_moved(self) -> None:
        """Texts that now stand elsewhere."""
        swapped = {swap.stretch for swap in self._result.swaps}
        for number in self._order:
            text = self._texts[number]
            if number in swapped or self._is_placed(number) or len(text.characters) < _SURE:
                continue
            index = _find(text, self._body, 0, len(self._body.characters))
            while index is not None and self._is_owned(index, len(text.characters)):
                index = _find(text, self._body, index + 1, len(self._body.characters))
            if index is not None:
                self._place(number, self._body, index)

    def _is_placed(self, number: int) -> bool:
        """Whether any of a text was found."""
        return any((number, position) in self._result.placed for position in self._texts[number].positions)

    def _is_owned(self, index: int, length: int) -> bool:
        """Whether some of these letters of the body belong to a text already."""
        return any(position in self._result.owners for position in self._body.positions[index : index + length])


def _find(text: Letters, found: Letters, start: int, before: int) -> int | None:
    """Where `text` stands by itself and begins between `start` and `before`; None when nowhere."""
    index = found.characters.find(text.characters, start)
    while 0 <= index < before:
        if not found.touch(index) and not found.touch(index + len(text.characters)):
            return index
        index = found.characters.find(text.characters, index + 1)
    return None


def _fits_before(text: Letters, found: Letters, end: int) -> bool:
    """Whether `text` stands right before `end` and cuts through no number there."""
    start = end - len(text.characters)
    return start >= 0 and _fits(text, found, start)


def _margins(printed: Sequence[Stretch]) -> Iterator[tuple[int, ...]]:
    """What is repeated at the head of pages: lines of the margin, and heads of tables as a whole.

    A single cell of a head, such as 同比, may also be how a page begins its running text.
    """
    yield from ((number,) for number, stretch in enumerate(printed) if stretch.standing is Standing.MARGIN)
    heads = [number for number, stretch in enumerate(printed) if stretch.standing is Standing.HEAD]
    for _, numbers in groupby(heads, key=lambda number: printed[number].where):
        yield tuple(numbers)


def _fits(text: Letters, found: Letters, index: int) -> bool:
    """Whether `text` stands at `index` and cuts through no number there."""
    end = index + len(text.characters)
    return (
        bool(text.characters)
        and found.characters.startswith(text.characters, index)
        and not found.parts_number(index)
        and not found.parts_number(end)
    )
