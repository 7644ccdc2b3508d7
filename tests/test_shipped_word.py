"""The shipped Word files before judges that know more than LibreOffice does, and the pages in their contents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docx_helpers import W, audit_findings, lines_in, part, sdk_findings, style_of
from ipreport.document import Contents
from ooxml_lint import lint
from pdf_facts import named_pages
from shipped import NAMES, Shipped


@pytest.mark.parametrize("name", NAMES)
def test_lint_finds_nothing(shipped: dict[str, Shipped], name: str) -> None:
    assert lint(shipped[name].word) == []


@pytest.mark.parametrize("name", NAMES)
def test_contents_name_the_pages_of_our_layout(shipped: dict[str, Shipped], name: str) -> None:
    made = shipped[name]
    listed = [entry for block in made.document.blocks if isinstance(block, Contents) for entry in block.entries]
    pages = named_pages(made.portable)
    assert listed
    assert [(entry.target, entry.page) for entry in listed] == [(each.target, pages[each.target]) for each in listed]
    lines = [each for each in part(made.word).iter(W + "p") if re.match("Toc|TableOf", style_of(each))]
    assert [lines_in(each).rpartition("\t")[2] for each in lines] == [str(entry.page) for entry in listed]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_openxml_audit_finds_nothing(shipped: dict[str, Shipped], name: str, tmp_path: Path) -> None:
    assert audit_findings(shipped[name].word, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_open_xml_sdk_finds_nothing(shipped: dict[str, Shipped], name: str, tmp_path: Path) -> None:
    assert sdk_findings(shipped[name].word, tmp_path) == []
