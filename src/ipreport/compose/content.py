"""Everything a briefing can say, worked out once for all editions: words, marks, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipreport.document import CAPTION_WORDS, CaptionKind, Citation
from ipreport.language import Language, Localized
from ipreport.metrics import MetricSet, Restatement, Status, recorded_keys
from ipreport.outline import ChecksBlock, Outline
from ipreport.problems import Level
from ipreport.rules import Finding
from ipreport.wording import STATES, Rounding, Shown, show

ILLUSTRATIVE = Localized("示例数据", "Illustrative data")

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with its number in the annex."""

    number: int
    finding: Finding

    @property
    def mark(self) -> str:
        """The raised mark behind every value in doubt: ①."""
        return CIRCLED[self.number - 1] if self.number <= len(CIRCLED) else f"({self.number})"

    @property
    def label(self) -> str:
        """The anchor of its entry in the annex."""
        return f"check-{self.number}"


@dataclass(frozen=True, slots=True)
class Content:
    """What templates and blocks draw on. The same for every edition.

    `findings` need an answer and are printed; `notes` are only worth knowing.
    """

    outline: Outline
    metrics: MetricSet
    findings: tuple[NumberedFinding, ...]
    notes: tuple[NumberedFinding, ...]
    shown: Mapping[str, Shown]
    numbers: Mapping[str, int]
    rounding: Rounding
    restatement: Restatement | None = None

    def state_of(self, key: str) -> Status | None:
        """The state that a recorded value is marked with: revised, provisional or estimated."""
        status = self.metrics[key].status if key in self.metrics else None
        return status if status in STATES else None

    def raised_marks(self, key: str, language: Language) -> tuple[Citation, ...]:
        """The marks behind a value: of its state, then of the findings that put it in doubt."""
        state, doubts = self.state_of(key), self.doubt_marks(key, language)
        if state is None:
            return doubts
        changed = self.restatement is not None and key in self.restatement.changes
        target = change_label(key) if changed else state_label(state)
        return (Citation(target, STATES[state].mark[language], language), *doubts)

    def doubt_marks(self, key: str, language: Language) -> tuple[Citation, ...]:
        """The marks of the findings that put a value in doubt."""
        return tuple(Citation(entry.label, entry.mark, language) for entry in self.marks_of(key))

    def marks_of(self, key: str) -> tuple[NumberedFinding, ...]:
        """The findings that put the value of `key` in doubt."""
        recorded = set(recorded_keys(key))
        marked = (entry for entry in self.findings if entry.finding.marked)
        return tuple(entry for entry in marked if recorded & set(entry.finding.subjects))

    @property
    def marks(self) -> Mapping[str, str]:
        """The raised marks by metric key, for charts."""
        doubted = {key for entry in self.findings if entry.finding.marked for key in entry.finding.subjects}
        found = (metric.key for metric in self.metrics if metric.key in doubted)
        return MappingProxyType({key: "".join(e.mark for e in self.marks_of(key)) for key in found})

    @property
    def notice(self) -> Localized | None:
        """What every page and every picture says of made-up data; None where the data are real."""
        return ILLUSTRATIVE if self.outline.illustrative else None

    @property
    def has_checks(self) -> bool:
        """Whether the briefing prints the findings somewhere."""
        return any(isinstance(b, ChecksBlock) for s in self.outline.sections for b in s.blocks)

    def caption_text(self, kind: CaptionKind, block_id: str, language: Language) -> str:
        """How running text refers to a figure or table: 图1, Figure 1."""
        return f"{CAPTION_WORDS[kind][language]}{self.numbers[block_label(block_id, kind)]}"


def content_of(
    outline: Outline,
    metrics: MetricSet,
    findings: tuple[Finding, ...],
    restatement: Restatement | None = None,
) -> Content:
    """Words for every value, numbers for every finding, figure and table."""
    asking = (finding for finding in findings if finding.level is not Level.NOTE)
    return Content(
        outline=outline,
        metrics=metrics,
        findings=tuple(NumberedFinding(number, finding) for number, finding in enumerate(asking, start=1)),
        notes=tuple(NumberedFinding(0, finding) for finding in findings if finding.level is Level.NOTE),
        shown=MappingProxyType({metric.key: show(metric, outline.rounding) for metric in (*metrics.targets, *metrics)}),
        rounding=outline.rounding,
        numbers=MappingProxyType(_numbers(outline)),
        restatement=restatement,
    )


def _numbers(outline: Outline) -> dict[str, int]:
    """The number of every figure and table by its anchor; each kind counts on its own."""
    figures = {block_label(spec.id, CaptionKind.FIGURE): n for n, spec in enumerate(outline.figures(), start=1)}
    tables = {block_label(spec.id, CaptionKind.TABLE): n for n, spec in enumerate(outline.tables(), start=1)}
    return figures | tables


def change_label(key: str) -> str:
    """The anchor of a revised figure's row in the list of changes."""
    return f"change-{key}"


def state_label(state: Status) -> str:
    """The anchor of a state's entry in the list of marks."""
    return f"state-{state}"


def section_label(section_id: str) -> str:
    """The anchor of a section's heading."""
    return f"section-{section_id}"


def block_label(block_id: str, kind: CaptionKind) -> str:
    """The anchor of a figure or table."""
    return f"{kind}-{block_id}"
