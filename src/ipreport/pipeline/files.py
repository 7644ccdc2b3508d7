"""Writing a set of files: every one whole, or none at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ipreport.problems import Origin, Problem, ReportError, block, warn

_HINTS = {
    errno.ENOSPC: "free some space; the files of the last build are untouched",
    errno.EACCES: "close the file in Word or the PDF reader, or choose another folder",
    errno.EPERM: "close the file in Word or the PDF reader, or choose another folder",
    errno.EROFS: "choose another folder",
    errno.EEXIST: "a file stands where a folder is needed; rename it or choose another folder",
    errno.ENOTDIR: "a file stands where a folder is needed; rename it or choose another folder",
}


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write every file, or leave everything as it was.

    All contents go to temporary files beside their targets first, forced to disk;
    only when every one is there are they renamed, in the order of `files`, so that
    the last one (the manifest) vouches for the rest. Raises ReportError when the
    system refuses; then no target has changed and no folder is left behind.
    """
    temporary: dict[Path, Path] = {}
    absent: set[Path] = set()
    try:
        for target, content in files.items():
            with _naming(target):
                absent |= {folder for folder in target.parents if not folder.exists()}
                temporary[target] = _beside(target, content)
        for target in files:
            with _naming(target):
                _require_replaceable(target)
        _replace_all(temporary)
        _sync_folders({target.parent for target in files})
    except BaseException:
        for written in temporary.values():
            with suppress(OSError):
                written.unlink(missing_ok=True)
        for folder in sorted(absent, key=lambda folder: len(folder.parts), reverse=True):
            with suppress(OSError):
                folder.rmdir()
        raise


def _replace_all(temporary: Mapping[Path, Path]) -> None:
    """Rename every temporary file to its target; if one cannot be, put back what stood there before."""
    former: dict[Path, Path] = {}
    replaced: list[Path] = []
    try:
        for target, written in temporary.items():
            with _naming(target):
                if target.exists():
                    former[target] = _second_name(target, written.with_suffix(".old"))
                written.replace(target)
                replaced.append(target)
    except BaseException:
        for target in replaced:
            with suppress(OSError):
                if target in former:
                    former[target].replace(target)
                else:
                    target.unlink()
        raise
    finally:
        for name in former.values():
            with suppress(OSError):
                name.unlink(missing_ok=True)


def _second_name(file: Path, name: Path) -> Path:
    """The same file under another name; a copy where the disk knows no links."""
    try:
        name.hardlink_to(file)
    except OSError:
        shutil.copy2(file, name)
    return name


def remove_all(files: Iterable[Path]) -> list[Problem]:
    """Remove files that are no longer wanted; a warning for every one that the system keeps."""
    problems = []
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            message = f"a file of an earlier build cannot be removed: {_reason(error)}"
            problems.append(warn(message, Origin(file.as_posix()), "delete it; this build does not make it"))
    return problems


class _naming:  # noqa: N801 - reads as a clause: with _naming(target)
    """Turns a refusal of the system into a problem that names the wanted file, not the temporary one."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, OSError):
            raise ReportError([_problem(error, self.target)]) from error


def _problem(error: OSError, target: Path) -> Problem:
    hint = _HINTS.get(error.errno or 0, "")
    return block(f"the file cannot be written: {_reason(error)}", Origin(target.as_posix()), hint)


def _reason(error: OSError) -> str:
    return (os.strerror(error.errno) if error.errno is not None else str(error)).lower()


def _beside(target: Path, content: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def _require_replaceable(target: Path) -> None:
    """Fail now, before anything is renamed, if a target is a folder or locked by another program."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    with suppress(FileNotFoundError), target.open("r+b"):
        pass


def _sync_folders(folders: set[Path]) -> None:
    """Force the renames to disk where folders can be opened, which Windows does not allow."""
    if os.name == "nt":
        return
    for folder in sorted(folders):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
