"""How traced numbers are shown: a line for each, or everything about one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import typer

from ipreport.cli.listing import aligned
from ipreport.cli.output import print_json

if TYPE_CHECKING:
    from ipreport.document import RecordedValue
    from ipreport.tracing import Found, Traced


def traced(result: Traced, *, in_full: bool, as_json: bool) -> None:
    """The numbers of a file; `in_full` groups the places of each value below its record."""
    if as_json:
        print_json(_record(result))
        return
    made = f"{result.briefing} {result.issue}, edition {result.edition}, {result.date}"
    typer.echo(f"{result.file}: {made}")
    for line in _grouped(result) if in_full else aligned(_rows(result)):
        typer.echo(line)
    for number in result.numbers:
        if number.kind not in _SOUND:
            typer.secho(_oddity(number), err=True, fg=typer.colors.RED)
    for number in result.gone:
        typer.secho(f"no longer in the file: {number.text} ({_place(number)})", err=True, fg=typer.colors.YELLOW)
    for note in result.notes:
        typer.secho(note, err=True, fg=typer.colors.YELLOW)
    counts = Counter(number.kind.value for number in result.numbers)
    typer.echo(", ".join(f"{counts[kind]} {kind}" for kind in _KINDS if counts[kind]))


_KINDS = ("value", "not data", "changed in the file", "not from the records")
_SOUND = _KINDS[:2]
_WIDEST = 30
"""Characters of a number's own column; names and addresses that hold digits are cut."""


def _oddity(number: Found) -> str:
    was = f": recorded {number.recorded}, found {number.text}" if number.recorded else f": {number.text}"
    key = f" [{number.key}]" if number.key else ""
    return f"{number.kind}{key}{was} ({_place(number)})"


def _place(number: Found) -> str:
    return number.where if number.page is None else f"page {number.page}, {number.where}"


def _rows(result: Traced) -> list[tuple[str, ...]]:
    """Number, metric or what else it is, line or formula, place."""
    rows: list[tuple[str, ...]] = []
    for number in result.numbers:
        value = result.values.get(number.key or "")
        what = number.key or (number.not_data.value if number.not_data is not None else number.kind.value)
        rows.append((_short(number.text), what, _way_back(value) if value else "", _place(number)))
    return rows


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


def _way_back(value: RecordedValue) -> str:
    return value.origin or value.formula or f"from {', '.join(value.rests_on)}"


def _grouped(result: Traced) -> Iterator[str]:
    """Each value with its record, what it rests on, and its places; then what is not data."""
    by_key: dict[str | None, list[Found]] = {}
    for number in result.numbers:
        by_key.setdefault(number.key, []).append(number)
    for key, numbers in by_key.items():
        if key is not None:
            yield from _value(result.values[key], result)
            yield from (f"  {_place(number)}: {number.text}" for number in numbers)
    for number in by_key.get(None, []):
        yield f"{number.text}  {number.not_data.value if number.not_data is not None else number.kind.value}"
        yield f"  {_place(number)}"


def _value(value: RecordedValue, result: Traced) -> Iterator[str]:
    yield f"{value.key}  {value.name.zh} / {value.name.en}"
    yield from _record_lines(value)
    for base in value.rests_on:
        yield f"  rests on  {base}: {_stated(result.values[base])}, {result.values[base].origin}"
    yield f"  source    {value.source}: {value.source_title.zh} / {value.source_title.en}"
    yield from (f"  remark    {remark}" for remark in value.remarks)


def _record_lines(value: RecordedValue) -> Iterator[str]:
    if value.origin:
        yield f"  record    {value.origin}: {_stated(value)}"
    if value.formula:
        yield f"  formula   {value.formula} = {value.amount}"
    if value.period:
        yield f"  period    {value.period}"


def _stated(value: RecordedValue) -> str:
    return f"{value.value or 'missing'} ({value.unit})"


# --- JSON ----------------------------------------------------------------------------


def _record(result: Traced) -> dict[str, Any]:
    return {
        "file": result.file,
        "program": result.program,
        "briefing": result.briefing,
        "issue": result.issue,
        "edition": result.edition,
        "date": result.date,
        "sound": result.sound,
        "numbers": _numbers(result.numbers),
        "gone": _numbers(result.gone),
        "notes": list(result.notes),
        "values": {key: _value_record(value) for key, value in result.values.items()},
    }


def _numbers(numbers: Iterable[Found]) -> list[dict[str, Any]]:
    return [
        {
            "text": number.text,
            "kind": number.kind.value,
            "key": number.key,
            "not_data": number.not_data.value if number.not_data is not None else None,
            "recorded": number.recorded or None,
            "page": number.page,
            "where": number.where,
        }
        for number in numbers
    ]


def _value_record(value: RecordedValue) -> dict[str, Any]:
    return {
        "name": {"zh": value.name.zh, "en": value.name.en},
        "value": value.value or None,
        "unit": value.unit or None,
        "amount": value.amount or None,
        "period": value.period or None,
        "origin": value.origin or None,
        "pointer": value.pointer or None,
        "formula": value.formula or None,
        "rests_on": list(value.rests_on),
        "source": {"id": value.source, "zh": value.source_title.zh, "en": value.source_title.en},
        "remarks": list(value.remarks),
    }
