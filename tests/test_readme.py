"""What the README shows works as it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ipreport
from certificates import PASSPHRASE, office
from helpers import BRIEFING, METRICS, Copy
from ipreport.cli import app
from ipreport.compose.grammar import ASKED, ATTRIBUTES, REFERENCES
from ipreport.outline import CHART_KINDS, TableColumn
from ipreport.readers import RECIPIENTS_FILE
from ipreport.readers.schema_briefing import BlockShape
from ipreport.signatures import passphrase
from signing import kept, signed_showcase

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_library_example_prints_what_it_says(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "report", tmp_path / "report")

    run = subprocess.run(
        [sys.executable, "-c", block("python")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert run.stdout == block("text")


def test_every_command_is_listed() -> None:
    names = {
        command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands
    }

    assert names == {match[1] for match in re.finditer(r"^\| `ipreport (\w+)", README, re.MULTILINE)}


ROWS = re.findall(r"^\| `ipreport ([^`]+)`", README, re.MULTILINE)
WITH_MORE = ("approve", "notify", "send")
"""Commands that need a built issue and a mail server: `test_first_mail.py` runs them."""


@pytest.mark.parametrize("row", [row for row in ROWS if not row.startswith(WITH_MORE)])
def test_every_command_of_the_table_runs(
    row: str, small: Copy, haixi: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {
        "NAME": "a-briefing", "BRIEFING": str(small.folder), "[ID…]": "share", "KEY": "penalty_amount",
        "FILE": str(haixi["zh.docx"]), "[NUMBER]": "90.9%", "[WORDS]": "发明",
        "[FILE]": "office.dotx", "FILE.pdf": str(kept(signed_showcase(), tmp_path)),
    }  # fmt: skip
    monkeypatch.chdir(tmp_path)
    command, *operands = row.split()

    result = CliRunner().invoke(app, [command, *(given[operand] for operand in operands)], catch_exceptions=False)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout


def test_the_explanation_of_a_chart_reads_as_it_says(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPREPORT_CACHE", str(small.root / "cache"))  # where no other test has drawn the same
    (shown,) = re.findall(r"`(drawn: .*?)`", README)
    figure = "      - figure: {id: fines, kind: bar, title: {zh: 罚没款, en: Fines}, values: [penalty_amount]}\n"
    small.change(BRIEFING, "      - table:\n", f"{figure}      - table:\n")
    command = ["figures", str(small.folder), "--edition", "zh", "--explain", "--figures", str(small.root)]
    CliRunner().invoke(app, command)
    small.change(METRICS, '"369700"', '"372000"')

    assert f"  fines.zh  {shown}\n" in CliRunner().invoke(app, command).stdout


def test_the_trace_example_prints_what_it_says(haixi: dict[str, Path]) -> None:
    command, *lines = block("console").splitlines()
    _, program, name, file, number = command.split()
    path = haixi[Path(file).name.partition(".")[2]]

    result = CliRunner().invoke(app, [name, str(path), number])

    printed = iter(result.stdout.replace(path.as_posix(), file).splitlines())
    assert (program, result.exit_code) == ("ipreport", 0)
    # Each line is there, in this order; … stands for lines that are left out.
    assert all(line in printed for line in lines if line.strip() != "…")


def test_the_imprint_example_prints_what_it_says(small: Copy) -> None:
    part = README[README.index("\n## Recipients and imprint") : README.index("\n## The office's own template")]
    recipients, imprint = re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)
    small.overwrite(RECIPIENTS_FILE, recipients.encode())
    small.change(BRIEFING, "number: 1\n", f"number: 1\n{imprint}")

    (word,) = (path for path in small.build(editions=["bilingual"]).documents if path.suffix == ".docx")

    with zipfile.ZipFile(word) as files:
        printed = re.sub("<[^>]+>", "", files.read("word/document.xml").decode("utf-8"))
    shown = re.findall(r"It prints (\S+) / \*(.*?)\*", part)[0]
    remarks = [
        remark.partition(";")[0].split(" / ")
        for remark in re.findall(r"^  (?:date|copies): .*# (.*)$", part, re.MULTILINE)
    ]
    labels_and_names = (each for line in shown for each in re.split("(?<=：)|(?<=:) ", line))
    for words in (*labels_and_names, *(each for pair in remarks for each in pair)):
        assert words in printed
    assert "档案室" not in printed


def test_the_signature_example_signs(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    part = README[README.index("\n## Signatures") : README.index("\n## What a Word file holds")]
    (setting,) = re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)
    small.change(BRIEFING, "number: 1\n", f"number: 1\n{setting}")
    (small.root / "keys").mkdir()
    kept(office().pkcs12(), small.root / "keys", "office.p12")
    variable, other = re.findall(r"`(IPREPORT_SIGNATURE_\w+)`", part)
    monkeypatch.setenv(variable, PASSPHRASE)
    assert (variable, other) == (passphrase.PASSPHRASE.variable, passphrase.PASSPHRASE.variable_of_file)

    (file,) = (path for path in small.build(editions=["bilingual"]).documents if path.suffix == ".pdf")

    (found,) = ipreport.verify(file).signatures
    assert (found.reason, found.location) == ("正式发布 / For publication", "青海省德令哈市 / Delingha, Qinghai")


@pytest.mark.parametrize("target", ["report", "sample", "test", "benchmark"])
def test_the_make_targets_exist(target: str) -> None:
    assert f"`make {target}`" in README or f"make {target} " in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_blocks_charts_and_template_names_are_listed() -> None:
    for name in [*BlockShape.model_fields, *CHART_KINDS, *TableColumn]:
        assert f"`{name}`" in README
    for name in (*ATTRIBUTES, "share_of"):
        assert name in {"text", "name"} or f".{name}" in README
    for name in (asked for questions in ASKED.values() for asked in questions):
        assert f".{name}" in README
    for name in REFERENCES:
        assert f"{{{{ {name}('" in README


def test_pictures_exist_and_stay_small() -> None:
    pictures = re.findall(r'src="([^"]+)"', README)

    assert pictures
    for picture in pictures:
        assert 0 < (ROOT / picture).stat().st_size < 150_000
