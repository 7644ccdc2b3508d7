"""How checked signatures are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from ipreport.cli.output import print_json

if TYPE_CHECKING:
    from ipreport.signatures import FoundSignature, Verified


def verified(result: Verified, *, as_json: bool) -> None:
    """The signatures of a file, each in a few lines; what is wrong in red."""
    if as_json:
        print_json(_record(result))
        return
    typer.echo(f"{result.file}: {_summary(result)}")
    for found in result.signatures:
        typer.echo(found.signer or found.field)
        for label, words in _facts(found):
            typer.echo(f"  {label:<12}{words}")
        for words in _faults(found):
            typer.secho(f"  {words}", err=True, fg=typer.colors.RED)
    if result.signatures and not any(found.whole for found in result.signatures):
        typer.secho("no signature covers the whole file", err=True, fg=typer.colors.RED)
    if not result.signatures:
        typer.secho("the file has no signature", err=True, fg=typer.colors.RED)


def _summary(result: Verified) -> str:
    if not result.signatures:
        return "not signed"
    if not result.sound:
        return "signed, but not to be relied on"
    count = len(result.signatures)
    return "signed, and the signature holds" if count == 1 else f"signed, and all {count} signatures hold"


def _facts(found: FoundSignature) -> Iterator[tuple[str, str]]:
    """What is known of a signature; of one that cannot be read, nothing."""
    if not found.signer:
        return
    yield "signed", f"{_when(found.moment)}, as the signer says"
    if found.reason:
        yield "reason", found.reason
    if found.location:
        yield "place", found.location
    yield "intact", "yes" if found.intact else "no"
    yield "covers", "every byte of the file" if found.whole else "not all of the file"
    yield "since then", found.change.value
    yield "certificate", f"of {found.issuer}, valid from {_when(found.valid_from)} to {_when(found.valid_until)}"
    yield "", f"SHA-256 {found.fingerprint}"
    yield "trusted", _trust(found)


def _trust(found: FoundSignature) -> str:
    match found.trusted:
        case None:
            return "not checked against an authority (--trust)"
        case True:
            return "yes, by an authority that was named; revocation was not looked up"
        case _:
            return "no"


def _faults(found: FoundSignature) -> Iterator[str]:
    if not found.intact and not found.problem:
        yield "what was signed is not what stands in the file"
    if found.problem:
        yield found.problem


def _when(moment: datetime | None) -> str:
    return "at a time not told" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S} {moment:%Z}".rstrip()


def _record(result: Verified) -> dict[str, Any]:
    return {
        "file": result.file,
        "sound": result.sound,
        "authorities": result.checked_against,
        "signatures": [_signature(found) for found in result.signatures],
    }


def _signature(found: FoundSignature) -> dict[str, Any]:
    moments = {"moment": found.moment, "valid_from": found.valid_from, "valid_until": found.valid_until}
    told = {key: None if moment is None else moment.isoformat() for key, moment in moments.items()}
    return {
        "field": found.field,
        "signer": found.signer,
        "issuer": found.issuer,
        "fingerprint": found.fingerprint,
        **told,
        "reason": found.reason,
        "location": found.location,
        "profile": found.profile,
        "sound": found.sound,
        "intact": found.intact,
        "covers_whole_file": found.whole,
        "change": found.change.value,
        "trusted": found.trusted,
        "problem": found.problem,
    }
