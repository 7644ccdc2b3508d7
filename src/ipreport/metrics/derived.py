"""Values worked out from others: the keys under which they are traced."""

from __future__ import annotations

_SHARE_OF = "/share_of/"


def share_key(part: str, whole: str) -> str:
    """The key of the share of one metric in another."""
    return f"{part}{_SHARE_OF}{whole}"


def recorded_keys(key: str) -> tuple[str, ...]:
    """The keys of the recorded metrics that a value rests on: of a share, part and whole."""
    return tuple(key.split(_SHARE_OF))
