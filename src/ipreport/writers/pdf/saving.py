"""Saving a PDF so that the length of every stream can be told from its end (ISO 19005-3, 6.1.7.1).

Validators of PDF/A take a carriage return at the end of a stream for a part of the line end
before `endstream`; and qpdf gives the stream with the hints of a linearised file no line end
where its last byte is one. Streams of ours are seen to before the file is saved; what only
saving makes (objects in streams, cross-references, hints) is mended in its place, so that
nothing else in the file moves.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf

_GOOD_END = b"\nendstream"
_STREAM = re.compile(rb"<< ([^\n]*/Length )(\d+)([^\n]*) >>\nstream\n")
"""How qpdf begins a stream: the entries of its dictionary before its length, the length, those behind."""
_END_OF_OBJECT = re.compile(rb"\n?endstream\nendobj\n *")
_NEEDLESS = re.compile(rb" (?=/)|(?<=\]) ")
"""Spaces that a dictionary of names, numbers and arrays may do without."""
_REFERENCES = b"/Type /XRef "
_NO_FILTER = b"\0"
"""The filter of a row (PNG) that leaves it as it is, as that of the first one does in any case."""
_OUTLINE = "/XXOutline"
"""Where the first page refers to the outline: names in XX mean nothing to others (ISO 32000-1, annex E)."""
_MOST_BLANKS = 8
"""Fewer are tried behind contents that end badly; the first one nearly always does."""
_LEVEL = 9
"""How hard zlib tries: a hundredth less than by default, in time that does not count."""


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the file, compressed, with objects in streams; the same contents give the same bytes.

    It is linearised (ISO 32000-1, annex F): a browser shows the first page before it has the others.
    """
    if "/ID" in pdf.trailer:
        del pdf.trailer.ID  # the new one is to depend on nothing but the contents
    _make_lean(pdf)
    _begin_with_outline(pdf)
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            _end_well(each)
    return _without_padding(_mended(_bytes(pdf)))


def _make_lean(pdf: pikepdf.Pdf) -> None:
    """Leave out what ReportLab writes for every page without need, and share what all have in common.

    qpdf compresses no page itself, but what the pages refer to.
    """
    shared: dict[bytes, pikepdf.Object] = {}
    for page in pdf.pages:
        for key in ("/Trans", "/Rotate"):
            if key in page.obj:
                del page.obj[key]
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        if "/ProcSet" in resources:
            del resources["/ProcSet"]  # obsolete (ISO 32000-1, 14.2)
        contents = resources.unparse()
        if contents not in shared:
            shared[contents] = pdf.make_indirect(resources)
        page.obj.Resources = shared[contents]
        if "/Annots" in page.obj:
            page.obj.Annots = pdf.make_indirect(page.obj.Annots)


def _begin_with_outline(pdf: pikepdf.Pdf) -> None:
    """Let the first page refer to the outline, which is shown beside it and stands with what it needs.

    A part of the outline that qpdf puts into one stream with objects of pages it counts among those,
    but the rest not, so that in a long file its hints of where the outline is are wrong; like this
    all of it counts as the first page's, and there are no such hints. It leads to other pages by
    name, since a browser waits for all that the first page refers to.
    """
    if "/Outlines" not in pdf.Root:
        return
    pdf.pages[0].obj[_OUTLINE] = pdf.Root.Outlines
    trees = pdf.Root.get("/Names", pikepdf.Dictionary())
    named = list(trees.Dests.Names) if "/Dests" in trees else []
    known = {place.unparse(): name for name, place in zip(named[::2], named[1::2], strict=True)}
    for item in _items(pdf.Root.Outlines):
        item.Dest = known.get(item.Dest.unparse(), item.Dest)


def _items(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The lines of an outline below `parent`, from top to bottom."""
    item = parent.get("/First")
    while item is not None:
        yield item
        yield from _items(item)
        item = item.get("/Next")


def _mended(data: bytes) -> bytes:
    """The same file with other ends where streams end badly, each as long as before."""
    parts, place = list[bytes](), 0
    for found, end, after in _streams(data):
        if _is_good(data, found, end):
            continue
        parts += data[place : found.start()], _ended_otherwise(found, data[found.end() : end], data[end:after])
        place = after
    return b"".join((*parts, data[place:]))


def _streams(data: bytes) -> Iterator[tuple[re.Match[bytes], int, int]]:
    """Every stream of a file: its dictionary, where it ends, and where the next object may begin."""
    place = 0
    while found := _STREAM.search(data, place):
        end = found.end() + int(found[2])
        closed = _END_OF_OBJECT.match(data, end)
        place = end if closed is None else closed.end()
        yield found, end, place


def _is_good(data: bytes, found: re.Match[bytes], end: int) -> bool:
    return data.startswith(_GOOD_END, end) and not data.endswith(b"\r", found.end(), end)


def _ended_otherwise(found: re.Match[bytes], stored: bytes, closing: bytes) -> bytes:
    """The same object with another last byte, which is the lowest one of the sum of its contents (Adler-32).

    Objects and hints may be followed by blanks; a shorter dictionary makes room for them. What
    remains are line ends, one of which has to stand before the number of an object (6.1.9).
    """
    room = found.end() - found.start() + len(stored) + len(closing)
    before, after = (_NEEDLESS.sub(b"", part) for part in found.group(1, 3))
    for contents in _other_contents(zlib.decompress(stored), references=_REFERENCES in found[1]):
        flate = zlib.compress(contents)
        made = b"<<%b%d%b>>\nstream\n%b\nendstream\nendobj\n" % (before, len(flate), after, flate)
        if len(made) <= room and flate[-1:] not in {b"\r", b"\n"}:
            return made.ljust(room, b"\n")
    return found.group() + stored + closing


def _other_contents(contents: bytes, *, references: bool) -> Iterator[bytes]:
    """Contents that mean the same."""
    if references:
        yield _NO_FILTER + contents[1:]
        return
    for blanks in range(1, _MOST_BLANKS):
        yield contents + b" " * blanks


def _without_padding(data: bytes) -> bytes:
    """The file without what qpdf keeps free for cross-references that cannot be compressed."""
    end = data.rindex(b"\nstartxref\n")
    shorter = data[:end].rstrip(b" \n") + data[end:]
    before, after = b"/L %d " % len(data), b"/L %d " % len(shorter)
    return shorter.replace(before, after.ljust(len(before)), 1)


def encrypted(pdf: pikepdf.Pdf, password: str) -> bytes:
    """The bytes of the file, to be opened with `password` only: AES-256 (ISO 32000-2, 7.6, revision 6).

    Whoever has it may do everything; programs that read aloud may in any case. No two files
    are the same, since each has a key of its own.
    """
    _begin_with_outline(pdf)
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
    return all(_is_good(data, found, end) for found, end, _ in _streams(data))


def _end_well(stream: pikepdf.Stream) -> None:
    """Compress a stream, with a byte more that means nothing where the sum at its end (Adler-32) ended in a CR.

    qpdf would compress it twice, since it writes a linearised file twice. The packet of properties stays
    readable.
    """
    if stream.get("/Type") == "/Metadata":
        return
    data = stream.read_bytes()
    flate = zlib.compress(data, _LEVEL)
    if flate.endswith(b"\r"):
        data += b"\n"
        flate = zlib.compress(data, _LEVEL)
        if "/Length1" in stream:  # a font program, whose tables know their own ends
            stream.Length1 = len(data)
        if "/Params" in stream:  # an attached file
            stream.Params.Size = len(data)
    stream.write(flate, filter=pikepdf.Name.FlateDecode)


def _bytes(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        linearize=True,
    )
    return target.getvalue()
