"""A picture as bytes for the cache, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ipreport.document import Drawing, DrawnItem, DrawnPath, DrawnText, Picture
from ipreport.language import BY_CODE


def pack(picture: Picture) -> bytes:
    """A line of JSON with sizes and items, then the SVG, then the PNG."""
    items = [_path(item) if isinstance(item, DrawnPath) else _text(item) for item in picture.drawing.items]
    head = {"width": picture.width, "height": picture.height, "svg": len(picture.svg), "items": items}
    return json.dumps(head, ensure_ascii=False).encode("utf-8") + b"\n" + picture.svg + picture.png


def unpack(payload: bytes | None) -> Picture | None:
    """The picture that was packed, or None when there are no bytes or they are something else."""
    if payload is None:
        return None
    line, _, rest = payload.partition(b"\n")
    try:
        head = json.loads(line)
        items = tuple(_item(item) for item in head["items"])
        svg, png = rest[: head["svg"]], rest[head["svg"] :]
        picture = Picture(head["width"], head["height"], Drawing(items), svg, png)
    except (ValueError, KeyError, TypeError):
        return None
    return picture


def _path(path: DrawnPath) -> dict[str, Any]:
    return asdict(path)


def _text(item: DrawnText) -> dict[str, Any]:
    return asdict(item) | {"language": item.language.code}


def _item(stored: dict[str, Any]) -> DrawnItem:
    if "segments" in stored:
        segments = tuple(tuple(segment) for segment in stored["segments"])
        return DrawnPath(**stored | {"segments": segments, "dash": tuple(stored["dash"])})
    return DrawnText(**stored | {"language": BY_CODE[stored["language"]]})
