"""The two languages of a text against each other: they state the same (rule R15).

First by the values that both show, then again by all numbers that can be read in the
rendered words, whoever wrote them, and by the words of direction. Sentences are compared
one by one where both languages have as many of them; a translator may divide a paragraph
otherwise, and then the paragraph is compared as a whole.

A value counts once however often it is repeated, for one language repeats what another
takes up by a pronoun. A number typed by hand counts as often as it stands, since nothing
says what it is of. A number in words (四处, both) counts against another number only:
alone, it may be a way of speaking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipreport.compose.statements import Stated, Statements, by_sentence, together
from ipreport.document import Text
from ipreport.language import LANGUAGES
from ipreport.problems import Origin, Problem, block
from ipreport.wording import Measure, Trend
from ipreport.wording.found import Bound, Class, Found


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two languages do not state alike, in words, and what to do."""

    message: str
    hint: str

    def problem(self, origin: Origin | None, where: str = "") -> Problem:
        """The difference as a blocking problem of its place."""
        return block(f"{where}{self.message}", origin, self.hint, rule="R15")


def differences(zh: Text, en: Text) -> tuple[Difference, ...]:
    """What two wordings of one text do not state alike; empty when they agree."""
    chinese, english = by_sentence(zh), by_sentence(en)
    whole = together(chinese), together(english)
    found = tuple(_compared(*whole, where=""))
    if found:
        return found
    if len(chinese) != len(english):
        return tuple(_opposed(*whole, where=""))
    return tuple(
        difference
        for number, (one, other) in enumerate(zip(chinese, english, strict=True), start=1)
        for difference in _of_sentence(one, other, f"sentence {number}: " if len(chinese) > 1 else "")
    )


def _of_sentence(zh: Statements, en: Statements, where: str) -> Iterator[Difference]:
    """Numbers in words move between sentences more freely, and are compared for the whole text only."""
    yield from _compared(zh, en, where, in_words=False)
    yield from _opposed(zh, en, where, aligned=True)


def _compared(zh: Statements, en: Statements, where: str, *, in_words: bool = True) -> Iterator[Difference]:
    yield from _keys(zh, en, where)
    for key in sorted(zh.keys & en.keys):
        yield from _stated_alike(key, _of(key, zh), _of(key, en), where)
    yield from _numbers(zh.numbers, en.numbers, where, in_words=in_words)


def _of(key: str, statements: Statements) -> list[Stated]:
    return [value for value in statements.values if value.key == key]


def _both(zh: str, en: str) -> str:
    return ", ".join(
        f"{language.name} has {has or 'nothing'}" for language, has in zip(LANGUAGES, (zh, en), strict=True)
    )


def _keys(zh: Statements, en: Statements, where: str) -> Iterator[Difference]:
    only = [sorted(one.keys - other.keys) for one, other in ((zh, en), (en, zh))]
    if any(only):
        listed = _both(*(", ".join(keys) for keys in only))
        hint = "show the same metrics in both; where a sentence is divided otherwise, divide it in both languages"
        yield Difference(f"{where}the two languages show different values: {listed}", hint)


def _stated_alike(key: str, zh: list[Stated], en: list[Stated], where: str) -> Iterator[Difference]:
    """Qualifier, direction and size of a value that both languages show."""
    bounds = [{value.bound for value in values} for values in (zh, en)]
    if bounds[0] != bounds[1]:
        listed = _both(*(_qualifiers(found) for found in bounds))
        message = f"{where}the two languages qualify '{key}' differently: {listed}"
        yield Difference(message, "show {{ metric.value }}, which brings its qualifier, in both")
    pairs = [(one, other) for one in zh for other in en if one.reading is not None and other.reading is not None]
    for one, other in pairs:
        first, second = one.reading, other.reading
        if first is None or second is None or Measure.NOTHING in {first.measure, second.measure}:
            continue
        # Bare digits of money have their units in the heads of two columns, 万元 and million yuan.
        bare = first.measure is second.measure is Measure.NUMBER
        apart = not bare and (first.low > second.high or second.low > first.high)
        if apart or (first.trend and second.trend and first.trend is not second.trend):
            message = f"{where}'{key}' reads differently in the two languages: '{one.words}', '{other.words}'"
            yield Difference(message, "this is a mistake of the program; please report it")


def _qualifiers(found: Iterable[object]) -> str:
    return " and ".join(sorted("no qualifier" if bound is None else f"'{bound}'" for bound in found))


# --- numbers read from the words -------------------------------------------------


def _numbers(zh: Sequence[Found], en: Sequence[Found], where: str, *, in_words: bool) -> Iterator[Difference]:
    left = _unmatched(zh, en)
    firm = [[number for number in numbers if not number.in_words] for numbers in left]
    if any(firm) or (in_words and all(left)):
        listed = _both(*(", ".join(_quoted(number) for number in numbers) for numbers in left))
        hint = "write the same number in both languages, best as a placeholder"
        yield Difference(f"{where}the numbers of the two languages differ: {listed}", hint)


def _quoted(number: Found) -> str:
    return f"'{number.words}'" + (f" ({number.bound})" if number.bound else "")


def _unmatched(zh: Sequence[Found], en: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """What is left of both after every number has found its equal: first alike in all, then in value, then in year."""
    left, right = list(zh), list(en)
    for same in (_same_in_all, _same_value, _same_rounded, _same_time):
        for number in tuple(left):
            match = next((other for other in right if same(number, other)), None)
            if match is not None:
                left.remove(number)
                right.remove(match)
    return _without_known_years(left, en), _without_known_years(right, zh)


def _same_in_all(one: Found, other: Found) -> bool:
    return one.statement == other.statement and one.in_words is other.in_words


def _same_value(one: Found, other: Found) -> bool:
    """A number in words has no qualifier, and matches one in digits."""
    in_words = one.in_words or other.in_words
    return in_words and (one.kind, one.says) == (other.kind, other.says)


def _same_rounded(one: Found, other: Found) -> bool:
    """A count in 万 shows by that that it is rounded, and English says so (DOMAIN §3, pair 5)."""
    alike = one.kind is other.kind is Class.PLAIN and one.says == other.says and one.step > 1
    return alike and {one.bound, other.bound} == {None, Bound.ABOUT}


def _same_time(one: Found, other: Found) -> bool:
    """Two times of which one leaves its year to the context; two in words end alike (前三季度, to September)."""
    if one.kind is not Class.TIME or other.kind is not Class.TIME or "*" not in one.says + other.says:
        return False
    first, second = _without_year(one.says), _without_year(other.says)
    return first == second or (one.in_words and other.in_words and first[-2:] == second[-2:])


def _without_year(says: str) -> str:
    return "/".join(part.partition("-")[2] for part in says.split("/"))


def _without_known_years(numbers: list[Found], others: Sequence[Found]) -> list[Found]:
    """A year that stands alone is left over where the other language has it inside a date."""
    known = {part[:4] for other in others if other.kind is Class.TIME for part in other.says.split("/")}
    return [number for number in numbers if number.kind is not Class.TIME or number.says not in known]


# --- directions ------------------------------------------------------------------


def _opposed(zh: Statements, en: Statements, where: str, *, aligned: bool = False) -> Iterator[Difference]:
    """Opposite words of direction, in texts that state numbers."""
    if not (zh.values or zh.numbers or en.values or en.numbers):
        return
    one, other = (Counter(moved.trend for moved in statements.directions) for statements in (zh, en))
    opposite = (set(one), set(other)) in (({Trend.UP}, {Trend.DOWN}), ({Trend.DOWN}, {Trend.UP}))
    turned = aligned and one.total() == other.total() and one != other
    if opposite or turned:
        listed = _both(*(", ".join(f"'{moved.word}'" for moved in said.directions) for said in (zh, en)))
        message = f"{where}the two languages go in different directions: {listed}"
        yield Difference(message, "say the same direction in both; {{ metric.yoy }} brings the right one")
