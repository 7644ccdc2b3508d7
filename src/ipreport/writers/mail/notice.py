"""What the approver is told of an issue: what was built, in which state it is, and what to do; or what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ipreport.language import Localized
from ipreport.writers.mail.content import Attached
from ipreport.writers.mail.words import AUTOMATIC, size_words

_LONGEST_SAID = 60
"""Lines of what a program said that are told, the last ones: what went wrong stands at the end."""
_LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """The files of an edition, and who has approved exactly these; nothing where nobody has."""

    name: str
    files: tuple[Attached, ...]
    approved: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedFinding:
    """A finding of the rules that somebody has acknowledged, and with what reason and when."""

    rule: str
    title: Localized
    reason: Localized
    by: Localized
    day: Localized


@dataclass(frozen=True, slots=True)
class Place:
    """Where commands are run: the name of the computer, the folder, and what the program is called there."""

    machine: str
    folder: str
    program: str


@dataclass(frozen=True, slots=True)
class BuiltIssue:
    """An issue that was built: what it is called, by people and in commands; the `folder` of its files.

    `place` is where commands are run, `remarks` are notes and warnings as the build told them.
    """

    title: Localized
    briefing: str
    folder: str
    place: Place
    editions: tuple[BuiltEdition, ...]
    findings: tuple[AcceptedFinding, ...]
    remarks: tuple[str, ...]

    @property
    def approved(self) -> bool:
        """Whether every edition is."""
        return all(edition.approved for edition in self.editions)


@dataclass(frozen=True, slots=True)
class Failure:
    """That something about a briefing went wrong: `said` is what the program that failed has said."""

    briefing: str
    place: Place
    said: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it, each in one line or more: commands, or words of a program, if `verbatim`."""

    heading: Localized
    items: tuple[tuple[Localized, ...], ...]
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of the program to whoever answers for the briefing."""

    subject: str
    title: Localized
    lead: Localized
    parts: tuple[Part, ...]
    end: Localized


_WAITS = Localized("已生成，等待审批。", "It is built and waits for approval.")
_DONE = Localized("已生成，以下文件均已审批。", "It is built, and these files are approved already.")
_FILES = Localized("文件", "Files")
_APPROVAL = Localized("审批", "Approval")
_NOT_YET = Localized("这些文件尚未审批", "nobody has approved these files")
_FINDINGS = Localized("已确认的核验结果", "Acknowledged findings")
_REMARKS = Localized("提示", "Notes and warnings")
_NONE = Localized("没有。", "None.")
_LOOK = Localized("先打开上列文件看过，再运行", "Look at the files above, then run")
_END = Localized(
    "审批只能由人来做，程序不会自行审批。", "Approving is for people: the program never approves by itself."
)
_WRONG = Localized("自动运行出错，需要有人处理。", "An automatic run failed, and somebody has to see to it.")
_SAID = Localized("程序的报告", "What the program said")
_STAND = Localized("看现在的情况，运行", "To see how things stand, run")


def built(issue: BuiltIssue) -> Notice:
    """That an issue is built: the files, who has approved them, what is in doubt, and the commands for it."""
    zh, en = ("已审批", "Approved") if issue.approved else ("待审批", "For approval")
    name = issue.briefing
    commands = (f"check {name}", f'approve {name} --by "role/name"', f"send {name} --dry-run look", f"send {name}")
    return Notice(
        subject=f"【{zh}】{issue.title.zh}／{en}: {issue.title.en}",
        title=issue.title,
        lead=_DONE if issue.approved else _WAITS,
        parts=(
            Part(_with(_FILES, _same(issue.folder)), tuple(_files(issue.editions))),
            Part(_APPROVAL, tuple((_approval(each),) for each in issue.editions)),
            Part(_FINDINGS, tuple((_finding(each),) for each in issue.findings) or ((_NONE,),)),
            Part(_REMARKS, tuple(map(_remark, issue.remarks)) or ((_NONE,),)),
            _commands(_LOOK, issue.place, commands),
        ),
        end=_closing(),
    )


def failed(failure: Failure) -> Notice:
    """That an automatic run failed, with the last of what it said."""
    name = failure.briefing
    said = [line for line in map(printable, failure.said.splitlines()) if line.strip()]
    commands = (f"check {name}", f"deliveries {name}")
    return Notice(
        subject=f"【出错】{name}／Failed: {name}",
        title=_same(name),
        lead=_WRONG,
        parts=(
            Part(_SAID, tuple((_same(line),) for line in said[-_LONGEST_SAID:]) or ((_NONE,),), verbatim=True),
            _commands(_STAND, failure.place, commands),
        ),
        end=_closing(),
    )


def printable(line: str) -> str:
    """A line without what may not stand in a mail, such as the colours of a terminal."""
    return "".join(each if each.isprintable() else " " for each in line)[:_LONGEST_LINE].rstrip()


def _files(editions: Iterable[BuiltEdition]) -> Iterator[tuple[Localized, ...]]:
    for edition in editions:
        for file in edition.files:
            yield _same(f"{file.name} ({size_words(file.size)})"), _same(f"SHA-256 {file.digest}")


def _remark(remark: str) -> tuple[Localized, ...]:
    return tuple(_same(printable(line).strip()) for line in remark.splitlines())


def _approval(edition: BuiltEdition) -> Localized:
    by = Localized(f"已由 {edition.approved} 审批", f"approved by {edition.approved}")
    return _with(_same(edition.name), by if edition.approved else _NOT_YET)


def _finding(finding: AcceptedFinding) -> Localized:
    return Localized(
        f"{finding.rule} {finding.title.zh}：{finding.reason.zh}（{finding.by.zh}，{finding.day.zh}）",
        f"{finding.rule} {finding.title.en}: {finding.reason.en} ({finding.by.en}, {finding.day.en})",
    )


def _commands(what: Localized, place: Place, commands: tuple[str, ...]) -> Part:
    where = Localized(
        f"{what.zh}（计算机 {place.machine}，文件夹 {place.folder}）",
        f"{what.en} (on the computer {place.machine}, in the folder {place.folder})",
    )
    return Part(where, tuple((_same(f"{place.program} {each}"),) for each in commands), verbatim=True)


def _closing() -> Localized:
    return Localized(f"{AUTOMATIC.zh}{_END.zh}", f"{AUTOMATIC.en} {_END.en}")


def _with(words: Localized, more: Localized) -> Localized:
    """Words, a colon, and more."""
    return Localized(f"{words.zh}：{more.zh}", f"{words.en}: {more.en}")


def _same(words: str) -> Localized:
    """What reads the same in every language, such as the name of a file."""
    return Localized(words, words)
