"""From a number in a finished file back to its record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType

from ipreport.document import Record, RecordedPicture, RecordedValue, Standing
from ipreport.tracing.align import align
from ipreport.tracing.charts import notes as odd_charts
from ipreport.tracing.reading import FoundPicture, Reading, refused
from ipreport.tracing.resolve import Resolver
from ipreport.tracing.result import Found, Kind, Traced


def trace(file: str | Path, number: str | None = None, *, password: str | None = None) -> Traced:
    """The numbers of a finished DOCX or PDF, each with its record or with what else it is.

    With `number`, such as `356`, `36.97万元` or `369,700`, only the places of that number:
    where its digits stand, and where its value stands in other words. The file may have
    been saved by another program since it was built; what was changed then is told.
    `password` is that of an encrypted PDF.

    Raises ReportError when the file cannot be read, is damaged or encrypted, was not made
    by ipreport, or does not show `number`.
    """
    path = Path(file)
    reading = _read(path, password)
    numbers, gone = Resolver(reading, align(reading.record.printed, reading)).numbers()
    drawn, notes = _pictures(reading)
    notes += odd_charts(reading.record.charts, reading.charts) if reading.pictures is not None else ()
    record = reading.record
    found = [*numbers, *drawn]
    if number is not None:
        found = _of_number(number, found, record, path)
        keys = {entry.key for entry in found}
        gone = [entry for entry in gone if entry.key in keys]
    return Traced(
        file=path.as_posix(),
        program=record.program,
        briefing=record.briefing,
        issue=record.issue,
        edition=record.edition,
        date=record.date,
        numbers=tuple(found),
        gone=tuple(gone),
        notes=tuple(notes),
        values=MappingProxyType(_values(record, [*found, *gone])),
    )


def _read(path: Path, password: str | None) -> Reading:
    """The file, by what it holds and not by its name."""
    file = path.as_posix()
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise refused("there is no such file", file, "name a DOCX or PDF that ipreport built") from error
    except OSError as error:
        raise refused(f"the file cannot be read: {error.strerror}", file) from error
    if content.startswith(b"PK"):
        from ipreport.tracing.word import read_word  # noqa: PLC0415 - loaded for a Word file, not before

        return read_word(content, file)
    if b"%PDF-" in content[:1024]:
        from ipreport.tracing.portable import read_pdf  # noqa: PLC0415 - loaded for a PDF, not before

        return read_pdf(content, file, password)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        hint = "remove the password, or save it as .docx"
        raise refused("this is an encrypted Word file or one of the old .doc format", file, hint)
    raise refused("expected a DOCX or PDF file, found neither", file, "name a file that ipreport built")


# --- charts of Word files ----------------------------------------------------------


def _pictures(reading: Reading) -> tuple[list[Found], list[str]]:
    """The numbers drawn in the charts of a file that has them as pictures, and what is odd about them."""
    if reading.pictures is None:
        return [], []
    known = {digest for picture in reading.record.pictures for digest in picture.digests}
    found: list[Found] = []
    notes = []
    for picture in reading.record.pictures:
        here, note = _picture(picture, reading.pictures)
        notes += [note] if note else []
        found += _drawn(reading.record, picture, changed=bool(note)) if here else ()
    foreign = [each for each in reading.pictures if not each.digests & known]
    if foreign:
        notes.append(f"{len(foreign)} picture(s) that ipreport did not draw; their numbers cannot be read")
    return found, notes


def _picture(picture: RecordedPicture, found: Iterable[FoundPicture]) -> tuple[bool, str]:
    """Whether a chart is in the file, and what is odd about it."""
    same = [each for each in found if each.digests & set(picture.digests)]
    told = [each for each in found if each.alternative.split() == picture.alternative.split()]
    if same:
        return True, "" if told else f"the alternative text of the chart at {picture.where} was changed"
    if told:
        return True, f"the chart at {picture.where} is not the picture that was built; it may have been saved anew"
    return False, f"the chart at {picture.where} is no longer in the file"


def _drawn(record: Record, picture: RecordedPicture, *, changed: bool) -> list[Found]:
    """The numbers of a chart, as it was drawn."""
    listed = []
    for stretch in record.printed:
        if stretch.standing is Standing.PICTURE and stretch.picture == picture.label:
            where = f"{stretch.where} (as built)" if changed else stretch.where
            for part in stretch.parts:
                if part.key is not None:
                    listed.append(Found(part.text, where, Kind.VALUE, key=part.key))
                elif part.not_data is not None:
                    listed.append(Found(part.text, where, Kind.NOT_DATA, not_data=part.not_data))
                elif any(character.isdigit() for character in part.text):
                    listed.append(Found(part.text, where, Kind.UNKNOWN))
    return listed


# --- one number ----------------------------------------------------------------------


def _of_number(number: str, found: list[Found], record: Record, path: Path) -> list[Found]:
    """The places of a number: where its digits stand, then where its value stands in other words."""
    wanted = _plain(number)
    pattern = re.compile(rf"(?<![\d.]){re.escape(wanted)}(?!\d|\.\d)" if wanted[:1].isdigit() else re.escape(wanted))
    amounts = _amounts(wanted, record) | _in_charts(pattern, record)
    listed = [
        entry
        for entry in found
        if (wanted and (pattern.search(_plain(entry.text)) or pattern.search(_plain(entry.recorded))))
        or entry.key in amounts
    ]
    if not listed:
        hint = f"'ipreport trace {path.as_posix()}' lists every number of it"
        raise refused(f"'{number}' does not stand in the file", path.as_posix(), hint)
    return listed


def _plain(words: str) -> str:
    """Full-width signs as ASCII, without spaces and without the commas inside numbers."""
    return re.sub(r"(?<=\d),(?=\d)|\s", "", unicodedata.normalize("NFKC", words))


def _amounts(wanted: str, record: Record) -> set[str]:
    """The keys of the values that are `wanted`, as their source states them or in base units."""
    with suppress(InvalidOperation):
        amount = Decimal(wanted)
        return {
            value.key
            for value in record.values
            if any(stated and Decimal(stated) == amount for stated in (value.value, value.amount))
        }
    return set()


def _in_charts(pattern: re.Pattern[str], record: Record) -> set[str]:
    """The keys of the values that Word prints so in a chart, whose data it holds in full."""
    labels = {chart.label for chart in record.charts}
    drawn = (stretch for stretch in record.printed if stretch.picture in labels)
    return {part.key for each in drawn for part in each.parts if part.key and pattern.search(_plain(part.text))}


def _values(record: Record, found: Iterable[Found]) -> dict[str, RecordedValue]:
    """The records of what was found, and of what those rest on, in the order of the record."""
    keys = {entry.key for entry in found}
    bases = {base for value in record.values if value.key in keys for base in value.rests_on}
    return {value.key: value for value in record.values if value.key in keys | bases}
