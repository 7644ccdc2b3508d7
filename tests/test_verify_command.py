"""`ipreport verify`: what it prints for people and for programs, and how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ipreport
from certificates import PASSPHRASE, authority, office, other_authority
from helpers import Copy
from ipreport.cli import app
from ipreport.signatures import entrance
from ipreport.signatures.passphrase import PASSPHRASE as KEPT
from signing import kept, problems_of, signed_briefing, signed_showcase, signer, unsigned, words


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["verify", *arguments], catch_exceptions=False, env={"NO_COLOR": "1"})


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    return kept(signed_showcase(), tmp_path)


def test_a_signature_that_holds_is_told_in_full(signed: Path, tmp_path: Path) -> None:
    root = kept(authority().pem, tmp_path, "root.pem")
    result = run(str(signed), "--trust", str(root))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{signed.as_posix()}: signed, and the signature holds",
        "海西州知识产权局",
        "  signed      2026-11-22 00:00:00 UTC, as the signer says",
        "  reason      正式发布 / For publication",
        "  place       德令哈市 / Delingha",
        "  intact      yes",
        "  covers      every byte of the file",
        "  since then  nothing was changed",
        "  certificate of 示例根证书 Sample Root, valid from 2020-01-01 00:00:00 UTC to 2040-01-01 00:00:00 UTC",
        f"              SHA-256 {signer().fingerprint}",
        "  trusted     yes, by an authority that was named; revocation was not looked up",
    ]
    assert "  trusted     not checked against an authority (--trust)\n" in run(str(signed)).stdout


def test_programs_get_the_same(signed: Path) -> None:
    result = run(str(signed), "--json")
    told = json.loads(result.stdout)
    (found,) = told.pop("signatures")
    assert (result.exit_code, told) == (0, {"file": signed.as_posix(), "sound": True, "authorities": 0})
    assert found == {
        "field": "Signature",
        "signer": "海西州知识产权局",
        "issuer": "示例根证书 Sample Root",
        "fingerprint": signer().fingerprint,
        "moment": "2026-11-22T00:00:00+00:00",
        "valid_from": "2020-01-01T00:00:00+00:00",
        "valid_until": "2040-01-01T00:00:00+00:00",
        "reason": "正式发布 / For publication",
        "location": "德令哈市 / Delingha",
        "profile": "ETSI.CAdES.detached",
        "sound": True,
        "intact": True,
        "covers_whole_file": True,
        "change": "nothing was changed",
        "trusted": None,
        "problem": "",
    }


def test_what_does_not_hold_ends_with_exit_code_3(signed: Path, tmp_path: Path) -> None:
    data = signed.read_bytes()
    place = data.index(b"stream\n", len(data) // 2) + 60
    broken = run(str(kept(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], tmp_path, "broken.pdf")))
    assert (broken.exit_code, broken.stderr) == (3, "  what was signed is not what stands in the file\n")
    assert "broken.pdf: signed, but not to be relied on\n" in broken.stdout
    assert "  since then  the document was changed\n" in broken.stdout

    added = run(str(kept(data + b"x", tmp_path, "added.pdf")))
    assert (added.exit_code, added.stderr) == (3, "no signature covers the whole file\n")
    assert "  covers      not all of the file\n  since then  bytes were added behind it\n" in added.stdout

    strange = run(str(signed), "--trust", str(kept(other_authority().pem, tmp_path, "other.pem")))
    assert strange.exit_code == 3
    assert strange.stderr.startswith("  the certificate does not lead to an authority that was named")
    assert "  trusted     no\n" in strange.stdout

    start, end = ((found := re.search(rb"/Contents ?(<[0-9a-f]{1000,}>)", data)) and found.span(1)) or (0, 0)
    none = data[: start + 1] + b"3" * (end - start - 2) + data[end - 1 :]
    unread = run(str(kept(none, tmp_path, "unread.pdf")))
    assert unread.exit_code == 3
    assert unread.stdout.splitlines()[1:] == ["Signature"]
    assert "the signature cannot be read: it is damaged" in unread.stderr


def test_a_file_without_a_signature_ends_with_exit_code_3(tmp_path: Path) -> None:
    path = kept(unsigned(), tmp_path, "plain.pdf")
    result = run(str(path))
    assert (result.exit_code, result.stdout) == (3, f"{path.as_posix()}: not signed\n")
    assert result.stderr == "the file has no signature\n"
    told = run(str(path), "--json")
    assert (told.exit_code, json.loads(told.stdout)["signatures"]) == (3, [])


def test_everything_that_cannot_be_read_is_told_together(tmp_path: Path) -> None:
    word, none = kept(b"PK\x03\x04", tmp_path, "some.docx"), kept(b"no certificate", tmp_path, "none.pem")
    result = run(str(word), "--trust", str(none), "--trust", str(tmp_path / "gone.pem"))
    assert result.exit_code == 2
    assert "expected a PDF file, found something else" in result.stderr
    assert f"{none.as_posix()}: block: expected a certificate in PEM or DER, found something else" in result.stderr
    assert (
        "gone.pem: block: the certificate of the authority cannot be read: no such file or directory" in result.stderr
    )
    assert "there is no such file" in run(str(tmp_path / "gone.pdf")).stderr
    assert run(str(tmp_path)).exit_code == 2
    damaged = run(str(kept(signed_showcase()[:5000], tmp_path)), "--json")
    assert damaged.exit_code == 2
    (problem,) = json.loads(damaged.stdout)["problems"]
    assert problem["message"] == "the PDF file is damaged, or not written by the rules"


def test_without_pyhanko_it_says_what_to_install(signed: Path, small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrance, "find_spec", lambda _: None)
    monkeypatch.setenv(KEPT.variable, PASSPHRASE)
    result = run(str(signed))
    assert result.exit_code == 2
    assert "electronic signatures need pyHanko, which is not installed" in result.stderr
    assert "python -m pip install 'ipreport[sign]'" in result.stderr
    signed_briefing(small, office().pkcs12())
    (problem,) = problems_of(small)
    assert "briefing.yaml:1:19: block: electronic signatures need pyHanko" in words((problem,))
    assert small.build(draft=True, editions=["zh"]).documents


def test_nothing_of_it_is_loaded_where_nothing_is_signed() -> None:
    program = """
import sys, ipreport.cli, ipreport.pipeline, ipreport.signatures, ipreport.writers.pdf
heavy = {"pyhanko", "pyhanko_certvalidator", "cryptography", "asn1crypto", "aiohttp"}
print(sorted(name for name in sys.modules if name.split(".")[0] in heavy))
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_it_works_inside_a_loop_of_a_notebook(signed: Path) -> None:
    import asyncio  # noqa: PLC0415 - as a notebook has it

    async def cell() -> bool:
        return ipreport.verify(signed).sound

    assert asyncio.run(cell())
