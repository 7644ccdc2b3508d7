"""Qualifiers typed by hand beside a value: never stacked, never against the record (DOMAIN §2.3, rule R12; §3).

A value brings its own qualifier (超过196亿元 / over 19.6 billion yuan); only its bare
number, `.number`, leaves it to the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from ipreport.compose.content import Content
from ipreport.language import LANGUAGES, ZH, Language, Localized
from ipreport.metrics import Metric, Qualifier
from ipreport.outline import Template
from ipreport.problems import Problem, warn

_TAG = re.compile(r"\{%.*?%\}|\*\*")
_PRINTED = re.compile(r"\{\{(?P<inside>.*?)\}\}")
_FORM = re.compile(r"\s*(?P<key>[a-z][a-z0-9_]*)(?:\.(?P<form>[a-z_]+))?(?P<whole>\(\s*[a-z0-9_]+\s*\))?\s*")
_WITH_QUALIFIER = {"text", "value"}


class _Sense(Enum):
    """What a word beside a value does: say how firm the value is, compare another with it, or either."""

    QUALIFIES = auto()
    EITHER = auto()
    COMPARES = auto()


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language says a qualifier: regular expressions for what stands before and after a value.

    `either` may also compare one thing with another (more than), `compares` does only
    that (大于, larger than).
    """

    before: str = r"(?!)"
    after: str = r"(?!)"
    either: str = r"(?!)"
    compares: str = r"(?!)"


_FILLER = r"(?:了|为|到|达|至|合|占|有)?\Z"
_MEASURE = r"(?:件/万人|人次|亿元|万元|[件家个笔项次人户例份分位元%])"
_NOT_THE_ABOVE = r"(?!数据|各|三者|两者|情况|内容|问题|指标|所)"
_TOTAL = r"(?: an?| a total of)?\s*\Z"
_NOUN = r"\A(?: [\w-]+){0,3}?"

# Compounds in which the character is no qualifier are left out: 签约, 节约, 附近, 赶超; carried over.
_ZH = {
    Qualifier.OVER: _Words(
        before=rf"(?:(?<![不未])超过|(?<![赶反高不未])超|逾){_FILLER}",
        after=rf"\A(?:余|多){_MEASURE}",
        either=rf"突破{_FILLER}",
        compares=rf"(?<!不)(?:大于|高于|多于){_FILLER}",
    ),
    Qualifier.NEARLY: _Words(
        before=rf"(?:接近|将近|不足|不到|(?<![最附临邻靠亲将接就远])近){_FILLER}",
        compares=rf"(?<!不)(?:小于|低于|少于){_FILLER}",
    ),
    Qualifier.ABOUT: _Words(
        before=rf"(?:大约|大概|(?<![签合违履条预制集公节契缔邀特失大])约){_FILLER}",
        after=rf"\A{_MEASURE}?(?:左右|上下)",
    ),
    Qualifier.AT_LEAST: _Words(
        before=rf"(?:至少|最少){_FILLER}",
        after=rf"\A{_MEASURE}?(?:及)?以上{_NOT_THE_ABOVE}",
        either=rf"(?:不少于|不低于){_FILLER}",
    ),
}
_CARRIED = r"(?<!carried )(?<!handed )(?<!spread )(?<!taken )(?<!divided )(?<!averaged )(?<!distributed )"
_TOLD = r"(?<!brought )(?<!complaints )(?<!questions )(?<!information )(?<!informed )(?<!talks )"
_NOT = r"(?<!no )(?<!not )"
_EN = {
    Qualifier.OVER: _Words(
        before=rf"(?:\b{_CARRIED}over|\bupwards of){_TOTAL}",
        either=rf"\b(?:{_NOT}more than|in excess of|(?:surpass|exceed)(?:ed|es|ing)?){_TOTAL}",
        compares=rf"\b(?:above|larger than|greater than|higher than){_TOTAL}",
    ),
    Qualifier.NEARLY: _Words(
        before=rf"\b(?:nearly|almost|close to|just under){_TOTAL}",
        either=rf"\b{_NOT}(?:less|fewer) than{_TOTAL}",
        compares=rf"\b(?:below|smaller than|lower than){_TOTAL}",
    ),
    Qualifier.ABOUT: _Words(
        before=rf"\b{_TOLD}(?:about|around|approximately|roughly|circa){_TOTAL}", after=rf"{_NOUN} or so\b"
    ),
    Qualifier.AT_LEAST: _Words(
        before=rf"\bat least{_TOTAL}",
        after=rf"{_NOUN} or more\b",
        either=rf"\b(?:no|not) (?:less|fewer) than{_TOTAL}",
    ),
}
_LANGUAGE_WORDS: Mapping[str, Mapping[Qualifier, _Words]] = MappingProxyType({"zh": _ZH, "en": _EN})
_BY_HAND = {
    Qualifier.OVER: Localized("超过 before it", "'over' before it"),
    Qualifier.NEARLY: Localized("近 before it", "'nearly' before it"),
    Qualifier.ABOUT: Localized("约 before it", "'about' before it"),
    Qualifier.AT_LEAST: Localized("以上 after it", "'at least' before it"),
}
"""What a hint says to write beside a bare number."""


@dataclass(frozen=True, slots=True)
class _Hand:
    """A qualifier typed beside a value."""

    qualifier: Qualifier
    word: str
    sense: _Sense


@dataclass(frozen=True, slots=True)
class _Use:
    """A value as a text prints it, with the qualifiers typed beside it; `written` is its placeholder."""

    key: str
    form: str
    whole: str
    written: str
    hands: tuple[_Hand, ...]

    def alike(self, other: _Use) -> bool:
        """Whether another language prints the same with the same qualifiers."""
        mine, theirs = ({hand.qualifier for hand in use.hands} for use in (self, other))
        return (self.key, self.whole, mine) == (other.key, other.whole, theirs)


def check(template: Template, content: Content) -> Iterator[Problem]:
    """A warning for each value beside which a text stacks, contradicts, forgets or invents a qualifier.

    What the template names and the record lacks is left to its own check. Each language
    is told at its own place.
    """
    uses = {language: tuple(_uses(template.text[language], language)) for language in LANGUAGES}
    for language in LANGUAGES:
        others = [use for other in LANGUAGES if other is not language for use in uses[other]]
        for use in uses[language]:
            metric = content.metrics[use.key] if use.key in content.shown else None
            # A target is what values are compared with: “超过目标{{ … }}” is no qualifier of it.
            if metric is None or metric.value is None or metric.plan is not None:
                continue
            alike = any(use.alike(other) for other in others)
            if told := _told(use, metric, content, language, alike=alike):
                yield warn(told[0], template.origin(language), told[1], rule="R12", title=_UNFIT)


_UNFIT = Localized("限定词与数据不符", "Qualifier that does not fit the value")


def _told(use: _Use, metric: Metric, content: Content, language: Language, *, alike: bool) -> tuple[str, str] | None:
    """What is wrong beside a value, and what to do; None when nothing is."""
    if use.form == "share_of":
        return _of_share(use, metric, content, alike=alike)
    shows = use.form in _WITH_QUALIFIER
    if not metric.is_exact:
        shown = content.shown[use.key].value[language]
        return _stacked(use, metric, shown) if shows else _bare(use, metric, language)
    hedges = _hedges(use, alike=alike)
    rounded = content.shown[use.key].rounded != metric.value
    if not hedges or (rounded and _about_in_both(hedges, alike=alike)):
        return None
    word = hedges[0].word
    message = f"'{word}' is typed beside {use.written}, which the record states exactly"
    return message, f"delete '{word}', or give the metric 'qualifier: {hedges[0].qualifier}' in metrics.yaml"


def _hedges(use: _Use, *, alike: bool) -> list[_Hand]:
    """The words that qualify an exact value; a comparison that both languages make is none."""
    return [hand for hand in use.hands if hand.sense is _Sense.QUALIFIES or (hand.sense is _Sense.EITHER and not alike)]


def _about_in_both(hedges: list[_Hand], *, alike: bool) -> bool:
    """A figure that is rounded in print may be called “about”, in both languages."""
    return alike and {hand.qualifier for hand in hedges} == {Qualifier.ABOUT}


def _stacked(use: _Use, metric: Metric, shown: str) -> tuple[str, str] | None:
    # “Larger than nearly 2 million” compares; “exceeds over 2 million” says it twice.
    hands = [hand for hand in use.hands if hand.sense is _Sense.QUALIFIES or hand.qualifier is metric.qualifier]
    if not hands:
        return None
    word = hands[0].word
    same = any(hand.qualifier is metric.qualifier for hand in hands)
    told = "which brings its own qualifier" if same else f"which the record states as '{metric.qualifier}'"
    hint = f"the value prints '{shown}': delete '{word}'"
    return f"'{word}' is typed beside {use.written}, {told}", (
        f"{hint}, or write {{{{ {use.key}.number }}}}" if same else hint
    )


def _bare(use: _Use, metric: Metric, language: Language) -> tuple[str, str] | None:
    """A bare number needs the one qualifier of the record beside it."""
    typed = {hand.qualifier for hand in use.hands}
    if typed == {metric.qualifier}:
        return None
    hint = f"write {_BY_HAND[metric.qualifier][language]}, or {{{{ {use.key}.value }}}}, which brings it"
    if not typed:
        return f"{use.written} leaves out that the record states the value as '{metric.qualifier}'", hint
    words = " and ".join(f"'{hand.word}'" for hand in use.hands)
    return f"{words} typed beside {use.written}, which the record states as '{metric.qualifier}'", hint


def _of_share(use: _Use, metric: Metric, content: Content, *, alike: bool) -> tuple[str, str] | None:
    whole = use.whole.strip("() ")
    exact = metric.is_exact and whole in content.shown and content.metrics[whole].is_exact
    hedges = _hedges(use, alike=alike)
    if not hedges or (exact and _about_in_both(hedges, alike=alike)):
        return None
    word = hedges[0].word
    if exact:
        return f"'{word}' is typed beside {use.written}, which is worked out exactly", f"delete '{word}'"
    return f"'{word}' is typed beside {use.written}, which prints 'about' itself", f"delete '{word}'"


# --- reading a text ------------------------------------------------------------------


def _uses(source: str, language: Language) -> Iterator[_Use]:
    """Every value that a template prints, with the qualifiers beside it."""
    text = _TAG.sub("", source)
    printed = list(_PRINTED.finditer(text))
    for index, place in enumerate(printed):
        form = _FORM.fullmatch(place["inside"])
        name = (form["form"] or "text") if form else ""
        if form is None or name not in {*_WITH_QUALIFIER, "number", "share_of"}:
            continue
        start = printed[index - 1].end() if index else 0
        end = printed[index + 1].start() if index + 1 < len(printed) else len(text)
        before, after = text[start : place.start()], text[place.end() : end]
        follows = index > 0 and _STOP[language.code].search(before) is None
        hands = tuple(_hands(before, after, language, follows=follows))
        yield _Use(form["key"], name, form["whole"] or "", f"{{{{ {place['inside'].strip()} }}}}", hands)


_STOP: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"zh": re.compile(r"[。；！？]"), "en": re.compile(r"[.;!?]\s")}
)
"""The end of a sentence: what stands before it is not compared with what follows."""


def _hands(before: str, after: str, language: Language, *, follows: bool) -> Iterator[_Hand]:
    """The qualifiers beside a value; `follows` when another value stands before it in the sentence."""
    before = before.rstrip() if language is ZH else re.sub(r"\s+", " ", before)
    after = after.lstrip() if language is ZH else re.sub(r"\s+", " ", after)
    for qualifier, words in _LANGUAGE_WORDS[language.code].items():
        if hedge := re.search(words.before, before, re.IGNORECASE):
            # “A为{{ a }}，超过{{ b }}” may compare two values, “A超过{{ a }}” qualifies one.
            clause = re.search(r"，(?:已|均|大幅|仍)?\Z", before[: hedge.start()])
            yield _Hand(qualifier, hedge[0].strip(), _Sense.EITHER if follows and clause else _Sense.QUALIFIES)
        elif either := re.search(words.either, before, re.IGNORECASE):
            yield _Hand(qualifier, either[0].strip(), _Sense.EITHER if follows else _Sense.QUALIFIES)
        elif compares := re.search(words.compares, before, re.IGNORECASE):
            yield _Hand(qualifier, compares[0].strip(), _Sense.COMPARES)
        if hedge := re.search(words.after, after, re.IGNORECASE):
            yield _Hand(qualifier, hedge[0].strip(), _Sense.QUALIFIES)
