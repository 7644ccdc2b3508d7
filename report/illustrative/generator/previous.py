"""The manifest of the issue before: what the briefing of the second quarter published, before the correction.

The issue itself is not kept; its values are, so that this issue is compared with them. They
are read, checked and recorded by the program itself, from the workbook as it then stood.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from sheets import REVISED, sheets
from xlsx import workbook

from ipreport.pipeline.checked import checked
from ipreport.pipeline.manifest import account, manifest

FOLDER = Path(__file__).parent.parent

_THEN = (
    ("current: 2025年9月末", "current: 2025年6月末"),
    ("current: 2025年1—9月", "current: 2025年1—6月"),
    # That issue printed no more than a year and a quarter; the sheets begin in 2022.
    ("first_period: D, year_row", "first_period: J, year_row"),
)
"""What metrics.yaml said otherwise in the issue before."""

_BRIEFING = """
masthead:
  remark: {zh: 2025年第二季度, en: Q2 2025}
  name: {zh: 知识产权工作简报, en: IP Work Briefing}
  issue: {zh: 2025年第2期, en: "Issue 2, 2025"}
  issuer: {zh: 示例省知识产权局, en: IP Office of Sample Province}
  subject: {zh: 示例省知识产权工作情况, en: Intellectual property work in Sample Province}
number: 2
date: 2025-07-15
period: 2025Q2
illustrative: true
sections:
  - id: sources
    title: {zh: 数据来源, en: Sources}
    blocks:
      - sources: {}
"""


def previous_manifest() -> bytes:
    """The manifest, without the hashes of files that are not kept."""
    record = (FOLDER / "metrics.yaml").read_text(encoding="utf-8").partition("\nremarks:")[0] + "\n"
    for now, then in _THEN:
        if now not in record:
            raise ValueError(f"metrics.yaml holds no '{now}'")
        record = record.replace(now, then)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "report" / FOLDER.name
        folder.mkdir(parents=True)
        (folder / "metrics.yaml").write_text(record, encoding="utf-8")
        (folder / "briefing.yaml").write_text(_BRIEFING, encoding="utf-8")
        (folder / "data.xlsx").write_bytes(workbook(sheets(REVISED[2], before_revision=True)))
        ready = checked(folder, None, accept_warnings=False)
        ready.stop_if_blocked()
        return manifest(account(ready.content, {}), (), {"documents": {}, "figures": {}}, ())
