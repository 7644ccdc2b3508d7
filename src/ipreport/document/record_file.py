"""A record as the bytes of a file, and back."""

from __future__ import annotations

import json
from typing import Any

from ipreport.document.record import (
    NotData,
    Part,
    Record,
    RecordedChart,
    RecordedPicture,
    RecordedValue,
    Standing,
    Stretch,
)
from ipreport.language import Localized

FORMAT = "ipreport record 1"
"""What a record says it is; another number stands for another arrangement."""
RECORD_NAME = "metrics.json"
"""What the record is called inside a file."""
RECORD_NAMESPACE = "urn:ipreport:record:1"
"""The namespace of the element that holds the record in a Word file."""
VALUE_BOOKMARK = "_value_"
"""How the names of the bookmarks round values begin; the place of the value in the record follows."""
_HEAD = ("program", "briefing", "issue", "edition", "date")


def write_record(record: Record) -> bytes:
    """The record as JSON in UTF-8; the same record gives the same bytes."""
    head = {"format": FORMAT, **{name: getattr(record, name) for name in _HEAD}}
    lists = {
        "values": [_value(value) for value in record.values],
        "printed": [_stretch(stretch) for stretch in record.printed],
        "pictures": [_picture(picture) for picture in record.pictures],
    }
    if record.charts:
        lists["charts"] = [_chart(chart) for chart in record.charts]
    # One entry a line: people can read it, programs can compare it, and it stays small.
    parts = [f"{_json(name)}:{_json(value)}" for name, value in head.items()]
    parts += [f"{_json(name)}:{_lines(entries)}" for name, entries in lists.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def _lines(entries: list[dict[str, Any]]) -> str:
    return "[\n" + ",\n".join(map(_json, entries)) + "\n]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_record(content: bytes | str) -> Record:
    """The record that `write_record` wrote; ValueError when `content` is none or is damaged."""
    try:
        found = json.loads(content)
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise ValueError(f"this is not an {FORMAT}")
        return Record(
            **{name: str(found[name]) for name in _HEAD},
            values=tuple(_read_value(value) for value in found["values"]),
            printed=tuple(_read_stretch(stretch) for stretch in found["printed"]),
            pictures=tuple(_read_picture(picture) for picture in found["pictures"]),
            charts=tuple(_read_chart(chart) for chart in found.get("charts", ())),
        )
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError("the record is damaged") from error


def _value(value: RecordedValue) -> dict[str, Any]:
    written: dict[str, Any] = {
        "key": value.key,
        "name": _pair(value.name),
        "value": value.value,
        "unit": value.unit,
        "amount": value.amount,
        "period": value.period,
        "origin": value.origin,
        "pointer": value.pointer,
        "source": {"id": value.source, "title": _pair(value.source_title)},
        "formula": value.formula,
        "rests_on": list(value.rests_on),
        "remarks": list(value.remarks),
        "wordings": list(value.wordings),
    }
    return {name: entry for name, entry in written.items() if entry}


def _read_value(found: Any) -> RecordedValue:
    source = found.get("source", {})
    plain = ("value", "unit", "amount", "period", "origin", "pointer", "formula")
    return RecordedValue(
        key=str(found["key"]),
        name=_read_pair(found["name"]),
        source=str(source.get("id", "")),
        source_title=_read_pair(source["title"]),
        rests_on=_strings(found.get("rests_on", ())),
        remarks=_strings(found.get("remarks", ())),
        wordings=_strings(found.get("wordings", ())),
        **{name: str(found.get(name, "")) for name in plain},
    )


def _stretch(stretch: Stretch) -> dict[str, Any]:
    """A printed text; a part without a number behind it is a bare string."""
    written: dict[str, Any] = {"where": stretch.where}
    if stretch.standing is not Standing.TEXT:
        written["standing"] = stretch.standing.value
    if stretch.picture:
        written["picture"] = stretch.picture
    return {**written, "parts": [_part(part) for part in stretch.parts]}


def _part(part: Part) -> str | dict[str, str]:
    if part.key is not None:
        return {"text": part.text, "key": part.key}
    return part.text if part.not_data is None else {"text": part.text, "is": part.not_data.name.lower()}


def _read_stretch(found: Any) -> Stretch:
    standing = Standing(found.get("standing", Standing.TEXT))
    return Stretch(str(found["where"]), tuple(map(_read_part, found["parts"])), standing, str(found.get("picture", "")))


def _read_part(found: Any) -> Part:
    if isinstance(found, str):
        return Part(found)
    key, what = found.get("key"), found.get("is")
    return Part(str(found["text"]), None if key is None else str(key), None if what is None else NotData[what.upper()])


def _picture(picture: RecordedPicture) -> dict[str, Any]:
    return {
        "label": picture.label,
        "where": picture.where,
        "alternative": picture.alternative,
        "sha256": list(picture.digests),
    }


def _read_picture(found: Any) -> RecordedPicture:
    return RecordedPicture(
        str(found["label"]), str(found["where"]), str(found["alternative"]), _strings(found["sha256"])
    )


def _chart(chart: RecordedChart) -> dict[str, Any]:
    return {
        "label": chart.label,
        "where": chart.where,
        "alternative": chart.alternative,
        "printed": [_stretch(stretch) for stretch in chart.printed],
    }


def _read_chart(found: Any) -> RecordedChart:
    printed = tuple(map(_read_stretch, found["printed"]))
    return RecordedChart(str(found["label"]), str(found["where"]), str(found["alternative"]), printed)


def _pair(words: Localized) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _read_pair(found: Any) -> Localized:
    return Localized(str(found["zh"]), str(found["en"]))


def _strings(found: Any) -> tuple[str, ...]:
    return tuple(map(str, found))
