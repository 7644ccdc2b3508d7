"""What kind of file a workbook really is, and whether it is safe to open."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from ipreport.problems import Origin, ReportError, block

MAX_BYTES = 100_000_000
MAX_UNPACKED = 400_000_000
MAX_RATIO = 150
MAX_PARTS = 5_000
_SMALL = 1_000_000
"""So little may be packed as tightly as it likes."""
_CHUNK = 1 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = (".xlsx", ".xlsm", ".ods", ".xls")


def require_sound(path: Path) -> None:
    """Raise ReportError unless the file is what its ending says, and can be opened safely."""
    if wrong := _mislabelled(path):
        message, hint = wrong
        raise ReportError([block(message, Origin(path.as_posix()), hint)])
    if path.suffix.lower() != ".xls" and (found := _unsound(path)):
        raise ReportError([block(found, Origin(path.as_posix()), "save it anew in Excel, WPS or LibreOffice")])


def _mislabelled(path: Path) -> tuple[str, str] | None:
    size = path.stat().st_size
    if size == 0:
        return "the file is empty", "save it again"
    if size > MAX_BYTES:
        return f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read", "save bulk data as CSV"
    content = path.read_bytes()
    expected = f"expected a workbook ({path.suffix})"
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return f"{expected}, found one protected by a password", "save it without a password"
        return None if _is_xls(path) else (f"{expected}, found an old .xls workbook", "save it as .xlsx")
    if content.startswith(_ZIP):
        return (f"{expected}, found an .xlsx or .ods file", "give it that ending") if _is_xls(path) else None
    if content[:1000].lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return f"{expected}, found a web page", "open it in Excel or WPS and save it as .xlsx"
    if b"\0" not in content:
        return f"{expected}, found a text file", "if it holds commas between values, give it the ending .csv"
    return f"{expected}, found something else", "open it in Excel or WPS and save it as .xlsx"


def _is_xls(path: Path) -> bool:
    return path.suffix.lower() == ".xls"


def _unsound(path: Path) -> str | None:
    """What is wrong with a packed workbook, told without unpacking more than is allowed."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or len({part.filename for part in parts}) < len(parts):
                return f"expected a workbook, found an archive of {len(parts):,} parts"
            if unpacked > MAX_UNPACKED:
                return f"the workbook unpacks to {unpacked:,} bytes; at most {MAX_UNPACKED:,} are read"
            for part in parts:
                if part.file_size > max(_SMALL, MAX_RATIO * part.compress_size):
                    return f"the part {part.filename} unpacks to more than {MAX_RATIO} times its size"
                if part.flag_bits & 1:
                    return "expected a workbook without a password"
                with archive.open(part) as stream:  # to the end, where the checksum is compared
                    while stream.read(_CHUNK):
                        pass
            return _locked(archive)
    # zipfile raises NotImplementedError for a method of compression that no office program uses.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        return "the workbook is damaged or cut short"


def _locked(archive: zipfile.ZipFile) -> str | None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        return "expected a workbook without a password"
    return None
