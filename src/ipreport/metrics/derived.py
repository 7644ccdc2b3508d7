"""Values worked out from others: the keys under which they are traced."""

from __future__ import annotations

_SHARE_OF = "/share_of/"
_CHANGE_FROM = "/change_from/"


def share_key(part: str, whole: str) -> str:
    """The key of the share of one metric in another."""
    return f"{part}{_SHARE_OF}{whole}"


def change_key(later: str, earlier: str) -> str:
    """The key of the change from one observation to a later one."""
    return f"{later}{_CHANGE_FROM}{earlier}"


def recorded_keys(key: str) -> tuple[str, ...]:
    """The keys of the recorded metrics that a value rests on: of a share or a change, both."""
    return tuple(key.replace(_CHANGE_FROM, _SHARE_OF).split(_SHARE_OF))
