"""Saving a PDF so that the length of every stream can be told from its end (ISO 19005-3, 6.1.7.1).

Validators of PDF/A take a carriage return at the end of a stream for a part of the line end
before `endstream`; and qpdf gives the stream with the hints of a linearised file no line end
where its last byte is one.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf

_BAD_END = b"\r\nendstream"
_GOOD_END = b"\nendstream"
_STREAM = re.compile(rb"/Length (\d+)[^>\n]*>>\s*stream\n")
_ATTEMPTS, _MORE = 5, 10
"""How often objects are put into streams anew before a long file does without such streams, and how often then."""


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the file, compressed, with objects in streams; the same contents give the same bytes.

    It is linearised (ISO 32000-1, annex F): a browser shows the first page before it has the others.
    """
    if "/ID" in pdf.trailer:
        del pdf.trailer.ID  # the new one is to depend on nothing but the contents
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            _end_well(each)
    data = _bytes(pdf, pikepdf.ObjectStreamMode.generate)
    # Without streams of objects only the hints can end badly, once in a hundred attempts or so.
    modes = [pikepdf.ObjectStreamMode.generate] * _ATTEMPTS + [pikepdf.ObjectStreamMode.disable] * _MORE
    for mode in modes:
        if ends_well(data):
            break
        data = _once_more(data, mode)
    return data


def _once_more(data: bytes, mode: pikepdf.ObjectStreamMode) -> bytes:
    """The same file with an object by itself that stood inside another; what was linearised is to be opened anew.

    Streams of objects come into being on saving. With one object more all others get new
    numbers, and so all of these streams new contents: one attempt in a few dozen fails, of a
    file with hundreds of such streams nearly every one.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.trailer.ID
        holder, key = next(_inside(pdf), (pdf.Root, ""))
        if key:
            holder[key] = pdf.make_indirect(holder[key])
        else:
            mode = pikepdf.ObjectStreamMode.disable
        return _bytes(pdf, mode)


def encrypted(pdf: pikepdf.Pdf, password: str) -> bytes:
    """The bytes of the file, to be opened with `password` only: AES-256 (ISO 32000-2, 7.6, revision 6).

    Whoever has it may do everything; programs that read aloud may in any case. No two files
    are the same, since each has a key of its own.
    """
    target = io.BytesIO()
    pdf.save(
        target,
        min_version=("1.7", 8),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        linearize=True,
        encryption=pikepdf.Encryption(owner=password, user=password, R=6),
    )
    return target.getvalue()


def ends_well(data: bytes) -> bool:
    """Whether every stream of a file ends as it should."""
    ends = (found.end() + int(found[1]) for found in _STREAM.finditer(data))
    return _BAD_END not in data and all(data.startswith(_GOOD_END, end) for end in ends)


def _inside(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str]]:
    """Where objects stand inside others that may as well be objects of their own."""
    for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
        for key in sorted(holder.keys()):
            value = holder[key]
            if isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect:
                yield holder, key


def _end_well(stream: pikepdf.Stream) -> None:
    """Add a byte that means nothing while the last byte of the Adler-32 sum, which ends a Flate stream, is a CR."""
    data = stream.read_bytes()
    if zlib.adler32(data) & 0xFF != ord("\r"):
        return
    stream.write(data + b"\n")
    if "/Length1" in stream:  # a font program, whose tables know their own ends
        stream.Length1 = len(data) + 1
    if "/Params" in stream:  # an attached file
        stream.Params.Size = len(data) + 1


def _bytes(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=mode,
        compress_streams=True,
        linearize=True,
    )
    return target.getvalue()
