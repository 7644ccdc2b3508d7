"""How a mail looks, without one: faces, grounds and the style sheet."""

from __future__ import annotations

import pytest

from ipreport.language import EN, ZH, Language
from ipreport.style import MODERN
from ipreport.writers.mail.looks import DARK, Looks, faces


@pytest.mark.parametrize(("language", "first"), [(ZH, "'Microsoft YaHei'"), (EN, "'Segoe UI'")])
def test_each_language_has_its_own_faces_first(language: Language, first: str) -> None:
    listed = faces(language).removeprefix("font-family:").split(",")
    assert listed[0] == first
    assert {"'PingFang SC'", "'Helvetica Neue'"} < {*listed}


@pytest.mark.parametrize("name", DARK)
def test_text_ground_and_edge_turn_dark(name: str) -> None:
    sheet = Looks.sheet()
    for selector, what in (
        (f".{name}", "color"),
        (f".on-{name}", "background-color"),
        (f".edge-{name}", "border-color"),
    ):
        assert (
            f"{selector}{{{what}:{DARK[name]} !important}}" in sheet.partition("@media (prefers-color-scheme:dark)")[2]
        )


def test_a_ground_is_told_to_outlook_as_well_and_an_edge_has_its_class() -> None:
    looks = Looks(MODERN.colours)
    cell = looks.ruled("rule", "border-top:1px", "panel", "padding:1px;")

    assert cell == {
        "class": "on-panel edge-rule",
        "bgcolor": MODERN.colours.panel,
        "style": f"background-color:{MODERN.colours.panel};border-top:1px solid {MODERN.colours.rule};padding:1px;",
    }
