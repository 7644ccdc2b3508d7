"""Like values that stand in another order in the other language: two of them may have been exchanged (rule R15)."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.compose.content import Content
from ipreport.compose.statements import by_sentence, together
from ipreport.document import Text
from ipreport.language import Localized
from ipreport.metrics import recorded_keys
from ipreport.problems import Origin, Problem, warn


def out_of_order(zh: Text, en: Text, content: Content, origin: Origin) -> Iterator[Problem]:
    """A warning where both languages show the same values of one unit, in different orders.

    Both may be right, for a translator may turn a sentence round. But “17 disputes and 24
    penalties” for 24 and 17 shows every value once, in words that are all its own, and
    nothing else tells it. The order is that in which each value is first shown.
    """
    orders = [_by_kind(text, content) for text in (zh, en)]
    for kind, keys in orders[0].items():
        others = orders[1].get(kind, [])
        if keys != others and set(keys) == set(others):
            message = f"the two languages show like values in another order: {', '.join(keys)} | {', '.join(others)}"
            hint = "check that each stands with its own name; nothing is wrong where the sentence is turned round"
            yield warn(message, origin, hint, rule="R15", title=_ORDER)


_ORDER = Localized("同类数值在两种语言中次序不同", "Like values in another order in the other language")


def _by_kind(text: Text, content: Content) -> dict[str, list[str]]:
    """The values of a text, each once, by what could be mistaken for one another: unit, or kind of derived value."""
    found: dict[str, list[str]] = {}
    for key in dict.fromkeys(value.key for value in together(by_sentence(text)).values):
        found.setdefault(_kind(key, content), []).append(key)
    return found


def _kind(key: str, content: Content) -> str:
    if key in content.shown:
        return content.metrics[key].unit.key
    return "/".join(part for part in key.split("/")[1:2] if part not in recorded_keys(key))
