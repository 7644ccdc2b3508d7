"""The shipped Word files before two judges that know more than LibreOffice does."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_helpers import sdk_findings
from ooxml_lint import lint
from shipped import NAMES, Shipped


@pytest.mark.parametrize("name", NAMES)
def test_lint_finds_nothing(shipped: dict[str, Shipped], name: str) -> None:
    assert lint(shipped[name].word) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_open_xml_sdk_finds_nothing(shipped: dict[str, Shipped], name: str, tmp_path: Path) -> None:
    assert sdk_findings(shipped[name].word, tmp_path) == []
