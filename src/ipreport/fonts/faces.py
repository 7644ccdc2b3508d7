"""Faces: what a character looks like and how wide it is, from the cache where possible."""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ipreport.cache import Cache
from ipreport.fonts.clusters import clusters
from ipreport.fonts.glyphs import FORMAT_VERSION, Glyph, GlyphSet, Particulars, pack, unpack
from ipreport.fonts.locate import FontFile, font_files, symbol_file
from ipreport.language import ZH, Language
from ipreport.problems import Problem, ReportError, block
from ipreport.style import BASE_ROLES, BESIDE_LATIN, STAND_IN, FontRole

if TYPE_CHECKING:
    from ipreport.fonts.opened import OpenedFont

_TWO_FORMS = frozenset("“”‘’—…")
"""Punctuation that fills an em in Chinese and is proportional in Latin text (CLREQ 3.1.6)."""

_SOFT_HYPHEN = "\u00ad"

_WIDEST_LATIN = 0.75
"""A Latin form of a quotation mark wider than this, in em, is a full-width glyph in disguise."""


class Face:
    """A face at one weight. All measures are in em.

    A character may have another form in Latin text than in Chinese: pass the
    language of the text. It may be one with combining marks behind it (`clusters`).
    Glyphs come from the cache; the file is opened only for those the cache lacks. `key`
    tells faces apart by contents, index and, where the file varies in it, weight.
    """

    __slots__ = ("_changed", "_file", "_known", "_opened", "key")

    def __init__(self, file: FontFile, cache: Cache) -> None:
        """Raises OSError or another exception when `file` is not a usable font."""
        self._file = file
        identity, varies = _identity(file.path)
        self.key = f"face {FORMAT_VERSION} {identity} {file.index} {file.weight if varies else 0}"
        self._opened: OpenedFont | None = None
        self._changed = False
        stored = cache.get(self.key)
        known = None if stored is None else unpack(stored)
        if known is None:
            font = self._open()
            known = GlyphSet(font.metrics(), {}, font.kerns(), font.particulars())
            self._changed = True
        self._known = known

    @property
    def name(self) -> str:
        """The PostScript name, unique among faces."""
        return self._known.metrics.name

    @property
    def path(self) -> Path:
        """The font file."""
        return self._file.path

    @property
    def substitute(self) -> bool:
        """Whether it is an open face in the place of the one that its role is known by."""
        return self._file.substitute

    @property
    def index(self) -> int:
        """Which face of a collection."""
        return self._file.index

    @property
    def weight(self) -> int:
        """The weight taken when the font varies in weight."""
        return self._file.weight

    @property
    def units_per_em(self) -> int:
        """Font units to the em, the unit of `Glyph.advance`."""
        return self._known.metrics.units_per_em

    @property
    def ascent(self) -> float:
        """Top of the em box above the baseline."""
        return self._known.metrics.ascent / self.units_per_em

    @property
    def descent(self) -> float:
        """Bottom of the em box, negative below the baseline."""
        return self._known.metrics.descent / self.units_per_em

    @property
    def cap_height(self) -> float:
        """Height of Latin capitals and digits."""
        return self._known.metrics.cap_height / self.units_per_em

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The box around all glyphs: left, bottom, right, top."""
        left, bottom, right, top = (value / self.units_per_em for value in self._known.metrics.bounds)
        return left, bottom, right, top

    @property
    def particulars(self) -> Particulars:
        """What else the file says of itself: names, measures of a line, what may be done with it."""
        return self._known.particulars

    def has(self, character: str, language: Language = ZH) -> bool:
        """Whether the face can show `character` in text of `language`."""
        return self._glyph(character, language) is not None

    def glyph(self, character: str, language: Language = ZH) -> Glyph:
        """The glyph of `character`; KeyError when there is none (ask `has` first)."""
        glyph = self._glyph(character, language)
        if glyph is None:
            raise KeyError(f"{self.name} has no glyph for U+{ord(character):04X}")
        return glyph

    def forms(self, keys: Iterable[str]) -> dict[str, Glyph | None]:
        """Glyphs by their keys (see `GlyphSet`), kept for the next run."""
        return {key: self._keyed(key) for key in keys}

    def read(self, keys: Iterable[str]) -> dict[str, Glyph | None]:
        """Many glyphs by their keys (see `GlyphSet`), from the file each time; they are not kept."""
        return {key: self._from_file(key) for key in keys}

    def advance(self, character: str, language: Language = ZH) -> float:
        """How far the pen moves on; KeyError as for `glyph`."""
        return self.glyph(character, language).advance / self.units_per_em

    def kern(self, first: str, second: str) -> float:
        """The change of distance between two Latin characters; 0 for all others."""
        return self._known.kerns.get(first + second, 0) / self.units_per_em

    def ink(self, character: str, language: Language = ZH) -> tuple[float, float]:
        """Left and right end of what is visible, measured from the pen."""
        left, _, right, _ = self.glyph(character, language).bounds
        return left / self.units_per_em, right / self.units_per_em

    def share(self, other: Face) -> None:
        """Know the glyphs that `other` knows, the same face in another role, and keep them together with it."""
        self._known, self._changed = other._known, False

    def save(self, cache: Cache) -> None:
        """Keep what has been read from the file for the next run, and let go of the file."""
        if self._changed:
            cache.put(self.key, pack(self._known))
            self._changed = False
        self._opened = None  # an opened font takes some 40 MB

    def _glyph(self, character: str, language: Language) -> Glyph | None:
        if len(character) > 1:
            composed = unicodedata.normalize("NFC", character)
            glyph = self._glyph(composed, language) if len(composed) == 1 else None
            return self._keyed(character) if glyph is None else glyph
        if character == _SOFT_HYPHEN:
            character = "-"  # it is only shown where it ends a line, and then looks so
        latin_form = language is not ZH and character in _TWO_FORMS
        return self._keyed(character + "*" if latin_form else character)

    def _keyed(self, key: str) -> Glyph | None:
        glyphs = self._known.glyphs
        if key not in glyphs:
            glyph = self._from_file(key)
            if key[1:] == "*" and glyph is not None and self._disguised(key[0], glyph):
                glyph = None
            glyphs[key] = glyph
            self._changed = True
        return glyphs[key]

    def _from_file(self, key: str) -> Glyph | None:
        """ReportError where the glyph is damaged, which shows no sooner than it is read."""
        try:
            return self._open().glyph(key)
        except Exception as error:
            code = f"U+{ord(key[0]):04X}"
            message = (
                f"the font file is damaged: {self.path}: the glyph of '{key[0]}' ({code}) cannot be read: "
                f"{type(error).__name__}: {error}"
            )
            raise ReportError([block(message, None, "install it again, or name another file in its place")]) from error

    def _disguised(self, character: str, glyph: Glyph) -> bool:
        return character not in "—…" and glyph.advance > _WIDEST_LATIN * self.units_per_em

    def _open(self) -> OpenedFont:
        if self._opened is None:
            from ipreport.fonts.opened import OpenedFont  # noqa: PLC0415 - a warm run does without fontTools

            self._opened = OpenedFont(self._file)
        return self._opened


def is_western(character: str, language: Language) -> bool:
    """Whether `character` is set in a Western face in text of `language`.

    Marks that Chinese and Western faces share, such as “ and …, belong to the language;
    letters such as é and ü, whose width is called ambiguous as well, do not.
    """
    width = unicodedata.east_asian_width(character[0])
    if width == "A":
        return language is not ZH or unicodedata.name(character[0], "").startswith("LATIN ")
    return width in {"Na", "N", "H"}


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """The faces of a document by role, and one that lends symbols. No two of these are equal.

    A role without a face of its own has that of the role which stands in for it.
    """

    roles: Mapping[FontRole, Face]
    symbols: Face | None

    def face(self, role: FontRole) -> Face:
        """The face of `role`."""
        while role not in self.roles:
            role = STAND_IN[role]
        return self.roles[role]

    def for_character(self, role: FontRole, character: str, language: Language = ZH) -> Face | None:
        """The face that shows `character` in text of `role`; None where no face does.

        That is the role's own, beside some Chinese faces another one for Western letters;
        then that of the role that stands in for it, since faces of offices often hold no
        more than GB 2312; then the symbol face.
        """
        if role in BESIDE_LATIN and FontRole.LATIN in self.roles and is_western(character, language):
            latin = self.roles[FontRole.LATIN]
            if latin.has(character, language):
                return latin
        own: FontRole | None = role
        while own is not None:
            face = self.roles.get(own)
            if face is not None and face.has(character, language):
                return face
            own = STAND_IN.get(own)
        if self.symbols is not None and self.symbols.has(character, language):
            return self.symbols
        return None

    def signs(self, role: FontRole, text: str, language: Language = ZH) -> Sequence[str]:
        """What a text of `role` has a glyph for, one after the other: its characters, each with its combining marks.

        A mark that no face has together with what it stands on is a sign of its own.
        """
        found = clusters(text)
        if len(found) == len(text):
            return found
        parts = (each if self.for_character(role, each, language) else tuple(each) for each in found)
        return [sign for part in parts for sign in ((part,) if isinstance(part, str) else part)]

    def save(self, cache: Cache) -> None:
        """Keep what was read from font files in `cache`, so that the next run is faster."""
        for face in (*self.roles.values(), *(() if self.symbols is None else (self.symbols,))):
            face.save(cache)


def find_faces(
    overrides: Mapping[FontRole, Path] | None = None,
    cache: Cache | None = None,
    roles: Iterable[FontRole] = BASE_ROLES,
) -> Faces:
    """The faces of `roles`: from `overrides`, the environment, font packages or the system.

    Raises ReportError with one Problem for every role whose font is missing or unreadable.
    """
    cache = Cache(None) if cache is None else cache
    problems: list[Problem] = []
    found: dict[FontRole, Face] = {}
    for role, file in font_files(overrides or {}, roles).items():
        face = _load(role, file, cache)
        if isinstance(face, Problem):
            problems.append(face)
        else:
            found[role] = face
    _share(found.values())
    symbols = symbol_file()
    lender = None if symbols is None else _load(None, symbols, cache)
    if isinstance(lender, Problem):
        problems.append(lender)
        lender = None
    if problems:
        raise ReportError(problems)
    return Faces(found, lender)


def _share(faces: Iterable[Face]) -> None:
    """Let roles that an office gives the same face, such as 黑体 for all that is bold, know the same glyphs."""
    first: dict[str, Face] = {}
    for face in faces:
        known = first.setdefault(face.key, face)
        if known is not face:
            face.share(known)


def _load(role: FontRole | None, file: FontFile, cache: Cache) -> Face | Problem:
    try:
        return Face(file, cache)
    except Exception as error:  # noqa: BLE001 - a damaged font makes fontTools raise anything
        use = "symbols" if role is None else f"the role '{role}'"
        return block(
            f"the font file for {use} cannot be read: {file.path} (from {file.reason}): "
            f"{type(error).__name__}: {error}",
            None,
            "expected an undamaged OpenType or TrueType file (.otf, .ttf, .ttc) with a Unicode character map",
        )


def _identity(path: Path) -> tuple[str, bool]:
    """A name for the contents of a font file without reading all of it, and whether the face varies.

    The table directory holds a checksum of every table, so its hash changes with
    the font; together with the size it does not depend on the file's date.
    """
    with path.open("rb") as stream:
        head = stream.read(12)
        tag, count = struct.unpack_from(">4sH", head)
        if tag == b"ttcf":
            (faces,) = struct.unpack_from(">I", head, 8)
            head += stream.read(4 * min(faces, 256))
            (offset,) = struct.unpack_from(">I", head, 12)
            stream.seek(offset)
            directory = stream.read(12)
            (count,) = struct.unpack_from(">H", directory, 4)
        directory = stream.read(16 * min(count, 256))
    size = path.stat().st_size
    varies = any(directory.startswith(b"fvar", start) for start in range(0, len(directory), 16))
    return hashlib.sha256(head + directory + str(size).encode("ascii")).hexdigest(), varies
