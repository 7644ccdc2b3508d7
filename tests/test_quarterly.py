"""The example files for the quarterly run: what systemd, cron and Windows read of them, and what they do."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import datetime
from email import message_from_bytes, policy
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpers import HERE, SMALL
from ipreport.readers import DELIVERY_FILE, RECIPIENTS_FILE
from mail_faults import PASSWORD, Fault, Faulty
from mailed import RECIPIENTS, TO, settings_of

EXAMPLES = HERE.parent / "docs" / "examples"
UNITS = sorted((EXAMPLES / "systemd").iterdir())
DIRECTOR = "director@office.example"
APPROVER = f"approver: {{name: {{zh: 张三, en: Zhang San}}, address: {DIRECTOR}}}\n"
QUARTERS, WINDOW = {1, 4, 7, 10}, set(range(11, 21))
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
needs_shell = pytest.mark.skipif(os.name == "nt", reason="systemd and cron run commands by a shell of Unix")


@pytest.fixture
def office(tmp_path: Path, faulty: Faulty) -> Path:
    """What stands in /srv/briefing: a program, a briefing with recipients, a server; and the keys beside it."""
    root = tmp_path / "srv" / "briefing"
    shutil.copytree(SMALL, root / "report" / "haixi")
    (root / "report" / "haixi" / RECIPIENTS_FILE).write_text(RECIPIENTS, encoding="utf-8")
    (root / "report" / "haixi" / DELIVERY_FILE).write_text(settings_of(faulty) + APPROVER, encoding="utf-8")
    program = root / ".venv" / "bin" / "ipreport"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m ipreport "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    keys = tmp_path / "srv" / "briefing-keys"
    keys.mkdir()
    (keys / "smtp-password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    (keys / "smtp-password").chmod(0o600)
    return root


def at_home(text: str, office: Path) -> str:
    """An example with the folder of this test for its own."""
    assert "/srv/briefing" in text
    return text.replace("/srv/briefing", office.as_posix())


def spoil(office: Path) -> None:
    path = office / "report" / "haixi" / "metrics.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"369700"', '"12万"'), encoding="utf-8")


def approve(office: Path) -> None:
    command = [office / ".venv/bin/ipreport", "approve", "haixi", "--by", "director/Zhang San"]
    subprocess.run(command, cwd=office, check=True, capture_output=True)


def told(faulty: Faulty) -> tuple[str, str]:
    """Subject and text of the last notice to the approver."""
    message = message_from_bytes(faulty.messages[DIRECTOR], policy=policy.default)
    body = message.get_body(("plain",))  # type: ignore[attr-defined]  # of the newer policy
    return str(message["Subject"]), str(body.get_content())


# --- systemd -----------------------------------------------------------------------------------


def settings(unit: str) -> dict[str, list[str]]:
    """The settings of a unit by name, in their order."""
    found: dict[str, list[str]] = {}
    for line in (EXAMPLES / "systemd" / unit).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith(("#", "[")):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def run_unit(unit: str, office: Path, instance: str = "", journal: str = "") -> tuple[int, str]:
    """Run a unit of type oneshot as systemd does: one command after another until one fails; exit code and output.

    The journal is a program of this test that prints `journal`, as no systemd runs here.
    """
    given = settings(unit)
    assert given["Type"] == ["oneshot"]
    tools = office / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "journal").write_text(journal, encoding="utf-8")
    asked = f'test "$1" = "--unit={instance}" || exit 1; cat {shlex.quote(str(tools / "journal"))}'
    (tools / "journalctl").write_text(f"#!/bin/sh\n{asked}\n", encoding="utf-8")
    (tools / "journalctl").chmod(0o755)
    named = dict(each.split("=", 1) for each in (at_home(entry, office) for entry in given["Environment"]))
    environment = {**os.environ, **named, "PATH": f"{tools}:{os.environ['PATH']}"}
    said = ""
    for command in given["ExecStart"]:
        words = shlex.split(at_home(command, office).replace("%i", instance))
        ran = subprocess.run(
            words, cwd=at_home(given["WorkingDirectory"][0], office), env=environment, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        said += ran.stdout
        if ran.returncode:
            return ran.returncode, said
    return 0, said


def run_failed(unit: str, office: Path, said: str) -> None:
    """What OnFailure= of a unit starts."""
    (started,) = settings(unit)["OnFailure"]
    template, instance = re.fullmatch(r"([\w-]+@)(.*)\.service", started.replace("%n", unit)).groups()  # type: ignore[union-attr]
    code, output = run_unit(f"{template}.service", office, instance, said)
    assert (code, instance) == (0, unit), output


@needs_systemd
def test_systemd_takes_the_units(office: Path, tmp_path: Path) -> None:
    units = tmp_path / "units"
    units.mkdir()
    for unit in UNITS:
        (units / unit.name).write_text(unit.read_text("utf-8").replace("/srv/briefing", str(office)), "utf-8")
    instance = units / "briefing-failed@briefing.service.service"

    def verified(*files: Path) -> tuple[int, str]:
        command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=yes", *files]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "TZ": "UTC"})
        return ran.returncode, ran.stderr

    given = [units / unit.name for unit in UNITS if "@" not in unit.name]
    assert verified(*given, instance) == (0, "")

    path = units / "briefing.service"
    path.write_text(path.read_text(encoding="utf-8").replace("ExecStart=", "ExecStart=/no", 1), encoding="utf-8")
    code, said = verified(path)
    assert code
    assert "is not executable" in said


def elapses(calendar: str, count: int) -> list[datetime]:
    """When a calendar of systemd comes round next."""
    command = ["systemd-analyze", "calendar", f"--iterations={count}", "--base-time=2026-01-01", calendar]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"}).stdout
    found = re.findall(r"(?:Next elapse|Iter\. #\d+|Iteration #\d+): \w+ (\S+ \S+)", said)
    return [datetime.fromisoformat(each) for each in found]


@needs_systemd
def test_timers_come_round_when_they_say() -> None:
    (calendar,) = settings("briefing.timer")["OnCalendar"]
    builds = elapses(calendar, 8)
    assert [(each.month, each.day, each.hour, each.minute) for each in builds] == [
        (month, 10, 8, 0) for month in sorted(QUARTERS)
    ] * 2
    assert "tenth of the month after each quarter, at eight" in settings("briefing.timer")["Description"][0]

    (calendar,) = settings("briefing-send.timer")["OnCalendar"]
    sends = elapses(calendar, 10 * 10 * 6 + 1)
    assert {each.day for each in sends[:-1]} == WINDOW
    assert {each.hour for each in sends} == set(range(8, 18))
    assert (sends[0] > builds[0], sends[-1].month) == (True, 4)
    assert {(later - earlier).seconds for earlier, later in pairwise(sends)} == {600, 50400 + 600}  # and over night


@needs_shell
def test_the_unit_builds_and_tells_and_does_nothing_else(office: Path, faulty: Faulty) -> None:
    code, said = run_unit("briefing.service", office)

    assert code == 0, said
    assert dict(faulty.taken) == {DIRECTOR: 1}
    assert told(faulty)[0].startswith("【待审批】")
    assert not (office / "delivery").exists()


@needs_shell
def test_a_build_that_fails_reaches_the_approver(office: Path, faulty: Faulty) -> None:
    spoil(office)

    code, said = run_unit("briefing.service", office)
    assert code == 2
    assert not faulty.taken
    run_failed("briefing.service", office, said)

    subject, text = told(faulty)
    assert subject == "【出错】haixi／Failed: haixi"
    assert "report/haixi/metrics.yaml:" in text
    assert "12万" in text


@needs_shell
def test_the_second_timer_sends_what_was_approved_and_only_that(office: Path, faulty: Faulty) -> None:
    run_unit("briefing.service", office)
    code, said = run_unit("briefing-send.service", office)
    assert code == 2
    assert set(faulty.taken) == {DIRECTOR}
    run_failed("briefing-send.service", office, said)
    assert "nobody has approved the edition 'bilingual'" in told(faulty)[1]

    approve(office)
    for _ in range(2):
        code, said = run_unit("briefing-send.service", office)
        assert code == 0, said
    assert {each: faulty.taken[each] for each in TO} == dict.fromkeys(TO, 1)


@needs_shell
def test_a_mail_that_is_put_off_is_told_and_tried_again(office: Path, faulty: Faulty) -> None:
    run_unit("briefing.service", office)
    approve(office)
    faulty.faults.append(Fault("RCPT", "451 4.7.1 come back", TO[0]))

    code, said = run_unit("briefing-send.service", office)
    assert code == 2
    run_failed("briefing-send.service", office, said)

    assert "451 4.7.1 come back" in told(faulty)[1]
    assert {each: faulty.taken[each] for each in TO} == {TO[0]: 0, TO[1]: 1, TO[2]: 1}


def test_failures_are_told_once_a_day_of_each_unit() -> None:
    given = settings("briefing-failed@.service")

    assert (given["StartLimitBurst"], given["StartLimitIntervalSec"]) == (["1"], ["20h"])


# --- cron --------------------------------------------------------------------------------------


def crontab() -> tuple[str, list[tuple[list[str], str]]]:
    """The lines of the example: its setting, and by entry the five fields and the command, those switched off too."""
    lines = (EXAMPLES / "cron" / "briefing.crontab").read_text(encoding="utf-8").splitlines()
    (setting,) = (line for line in lines if re.match(r"[A-Z_]+=", line))
    entries = [line.removeprefix("#") for line in lines if re.match(r"#?\d", line)]
    assert all("%" not in entry for entry in entries)  # which cron takes for the end of a line
    return setting, [(entry.split(None, 5)[:5], entry.split(None, 5)[5]) for entry in entries]


def field(words: str) -> set[int]:
    """The values of a field of a crontab."""
    ends = (each.partition("-")[::2] for each in words.split(","))
    return {number for first, last in ends for number in range(int(first), int(last or first) + 1)}


def test_cron_runs_on_the_days_of_the_timers() -> None:
    _, (build, send) = crontab()

    assert [field(each) for each in build[0][:4]] == [{0}, {8}, {10}, QUARTERS]
    assert [field(each) for each in send[0][:4]] == [{0}, {9}, WINDOW, QUARTERS]
    assert build[0][4] == send[0][4] == "*"
    text = (EXAMPLES / "cron" / "briefing.crontab").read_text(encoding="utf-8")
    assert len(re.findall(r"^\d.*haixi", text, re.MULTILINE)) == 1  # only the first is switched on


def run_entry(number: int, office: Path) -> int:
    """Run an entry as cron does: by /bin/sh, with little of an environment."""
    setting, entries = crontab()
    name, _, value = at_home(setting, office).partition("=")
    kept = {each: os.environ[each] for each in ("PYTHONPATH", "IPREPORT_CACHE") if each in os.environ}
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(office), "SHELL": "/bin/sh", **kept, name: value}
    command = ["/bin/sh", "-c", at_home(entries[number][1], office)]
    return subprocess.run(command, cwd=office.parent, env=environment, check=False, capture_output=True).returncode


@needs_shell
def test_cron_builds_tells_and_sends(office: Path, faulty: Faulty) -> None:
    assert run_entry(0, office) == 0
    assert dict(faulty.taken) == {DIRECTOR: 1}
    assert told(faulty)[0].startswith("【待审批】")
    assert not (office / "delivery").exists()

    assert run_entry(1, office) == 0  # that it failed was told
    assert "nobody has approved the edition 'bilingual'" in told(faulty)[1]
    approve(office)
    assert run_entry(1, office) == 0
    assert {each: faulty.taken[each] for each in TO} == dict.fromkeys(TO, 1)


@needs_shell
def test_a_build_that_fails_under_cron_reaches_the_approver(office: Path, faulty: Faulty) -> None:
    spoil(office)

    assert run_entry(0, office) == 0
    subject, text = told(faulty)
    assert subject.startswith("【出错】")
    assert "12万" in text
    assert dict(faulty.taken) == {DIRECTOR: 1}


# --- Windows -----------------------------------------------------------------------------------


def script(name: str) -> list[str]:
    """The lines of a batch file, which cmd reads in the code page of the machine and with its own line ends."""
    data = (EXAMPLES / "windows" / name).read_bytes()
    assert data.isascii()
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")
    return data.decode("ascii").splitlines()


def run_script(name: str, office: Path) -> int:
    """Run a batch file of this form: settings, one line of commands joined by &&, and what follows if one fails."""
    lines = [line for line in script(name) if not line.startswith(("@echo", "rem "))]
    assert lines[0] == "cd /d C:\\briefing || exit /b 1"
    named = dict(re.fullmatch(r'set "(\w+)=(.*)"', line).groups() for line in lines[1:3])  # type: ignore[union-attr, misc]
    assert named["IPREPORT_SMTP_PASSWORD_FILE"] == "%USERPROFILE%\\briefing-password.txt"  # noqa: S105 - the name of a file
    environment = {**os.environ, "IPREPORT_SMTP_PASSWORD_FILE": f"{office}-keys/smtp-password"}

    def done(command: str) -> bool:
        command = command.replace(".venv\\Scripts\\ipreport", ".venv/bin/ipreport").replace("%LOG%", f"{office}/log")
        return subprocess.run(["/bin/sh", "-c", command], cwd=office, env=environment, check=False).returncode == 0

    *commands, end = lines[3].split(" && ")
    assert end == "exit /b 0"
    if all(map(done, commands)):
        return 0
    assert done(lines[4])
    return int(lines[5].removeprefix("exit /b "))


@needs_shell
def test_the_batch_files_build_tell_and_send(office: Path, faulty: Faulty) -> None:
    assert run_script("briefing.cmd", office) == 0
    assert dict(faulty.taken) == {DIRECTOR: 1}
    assert told(faulty)[0].startswith("【待审批】")

    assert run_script("briefing-send.cmd", office) == 1
    assert "nobody has approved the edition 'bilingual'" in told(faulty)[1]
    approve(office)
    assert run_script("briefing-send.cmd", office) == 0
    assert {each: faulty.taken[each] for each in TO} == dict.fromkeys(TO, 1)

    spoil(office)
    assert run_script("briefing.cmd", office) == 1
    assert "12万" in told(faulty)[1]


@pytest.mark.parametrize(
    ("name", "days", "start"), [("briefing", {10}, "T08:00:00"), ("briefing-send", WINDOW, "T09:00:00")]
)
def test_tasks_of_windows_run_the_batch_files_on_the_same_days(name: str, days: set[int], start: str) -> None:
    file = EXAMPLES / "windows" / f"{name}.xml"
    task = ElementTree.parse(file).getroot()  # noqa: S314 - it is our own

    assert file.read_bytes().isascii()
    assert [each.tag for each in task] == [
        f"{TASK}{part}" for part in ("RegistrationInfo", "Triggers", "Settings", "Actions")
    ]
    (trigger,) = task.findall(f"{TASK}Triggers/{TASK}CalendarTrigger")
    assert trigger.findtext(f"{TASK}StartBoundary", "").endswith(start)
    schedule = f"{TASK}ScheduleByMonth"
    assert {int(each.text or "") for each in trigger.findall(f"{schedule}/{TASK}DaysOfMonth/{TASK}Day")} == days
    (months,) = trigger.findall(f"{schedule}/{TASK}Months")
    assert {datetime.strptime(each.tag.removeprefix(TASK), "%B").month for each in months} == QUARTERS  # noqa: DTZ007
    assert task.findtext(f"{TASK}Settings/{TASK}StartWhenAvailable") == "true"  # after a day when the machine was off
    command = task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Command", "")
    assert command == f"C:\\briefing\\docs\\examples\\windows\\{name}.cmd"
    assert (EXAMPLES / "windows" / f"{name}.cmd").is_file()
