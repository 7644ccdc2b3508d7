"""An office's own catalogue adds metrics and changes those that ship."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

import ipreport
from helpers import METRICS, Copy
from ipreport.metrics import Comparison, Kind
from ipreport.readers import read
from ipreport.readers.catalogue import catalogue, office_catalogue

OWN = """\
station_count:
  name: {zh: 知识产权工作站数, en: IP work stations}
  unit: centre
  kind: stock
  direction: up
  periods: as_of
  terms: {zh: 工作站}
"""


def add(folder: Path, text: str) -> Path:
    path = folder / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# --- adding and changing ----------------------------------------------------------------


def test_an_office_adds_a_metric_and_uses_it(small: Copy) -> None:
    add(small.folder, OWN)
    small.change(METRICS, "metrics:\n", STATIONS)

    assert small.check() == []
    assert read(small.folder).metrics["station_count"].definition.kind is Kind.STOCK


STATIONS = """\
metrics:
  - metric: station_count
    value: "3"
    unit: centre
    period: "2025-09-30"
    source: bulletin
"""


def test_an_override_states_only_what_differs(small: Copy) -> None:
    add(small.folder, "penalty_amount:\n  name: {en: Fines}\n  comparisons: []\n  bounds: {greatest: '9'}\n")

    entry = office_catalogue(small.folder)[0]["penalty_amount"]
    assert (entry.name.zh, entry.name.en) == ("罚没款金额", "Fines")
    assert entry.comparisons == ()
    assert (entry.bounds.least, entry.bounds.greatest) == (None, Decimal(9))
    assert entry.usual_unit.key == "10k_yuan"


def test_a_briefing_has_the_last_word_over_the_office(small: Copy) -> None:
    add(small.folder.parent, OWN + "penalty_cases:\n  name: {zh: 处罚案件, en: Penalties}\n  comparisons: qoq\n")
    add(small.folder, "penalty_cases:\n  name: {en: Penalty cases}\nstation_count:\n  direction: neutral\n")

    known = office_catalogue(small.folder)[0]
    entry = known["penalty_cases"]
    assert (entry.name.zh, entry.name.en, entry.comparisons) == ("处罚案件", "Penalty cases", (Comparison.QOQ,))
    assert known["station_count"].direction == "neutral"


def test_the_shipped_catalogue_stays_as_it_is(small: Copy) -> None:
    add(small.folder, "penalty_cases:\n  name: {zh: 处罚案件, en: Penalties}\n")

    assert office_catalogue(small.folder)[0]["penalty_cases"].name.en == "Penalties"
    assert catalogue()["penalty_cases"].name.en == "Administrative penalty cases"


@pytest.mark.usefixtures("plain_only")
def test_the_files_are_inputs_of_the_manifest(small: Copy) -> None:
    add(small.folder.parent, OWN)
    add(small.folder, "penalty_cases:\n  caliber: '2'\n")

    built = small.build()

    inputs = json.loads(built.manifest.read_text(encoding="utf-8"))["inputs"]
    assert {"../catalogue.yaml", "catalogue.yaml"} <= set(inputs)


# --- problems ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "catalogue.yaml:1: block: the file is empty"),
        ("- a\n", "catalogue.yaml:1:1: block: expected metric ids with their definitions"),
        (
            "Station:\n  unit: centre\n",
            "catalogue.yaml:1:1: block: expected a metric id of small letters, digits and '_', found 'Station'",
        ),
        ("x: 1\n", "catalogue.yaml:1:1: block: expected a mapping of keys for 'x' (x)"),
        ("x:\n", "catalogue.yaml:1:1: block: expected a mapping of keys for 'x' (x)"),
        (
            "penalty_cases:\n  colour: red\n",
            "catalogue.yaml:2:3: block: unknown key 'colour' (penalty_cases.colour)",
        ),
        (
            OWN.replace("centre", "center"),
            "catalogue.yaml:3:3: block: unknown unit 'center' (station_count.unit)\n    hint: did you mean 'centre'",
        ),
        (
            "penalty_amount:\n  usual_unit: 件/万人\n",
            "catalogue.yaml:2:3: block: expected a unit like 'yuan', found '件/万人' (penalty_amount.usual_unit)",
        ),
        (
            "penalty_cases:\n  caliber: '2'\n  part_of: [dispute_close]\n",
            (
                "catalogue.yaml:3:3: block: unknown metric 'dispute_close' (penalty_cases.part_of)\n"
                "    hint: did you mean 'dispute_closed'"
            ),
        ),
        (
            "penalty_cases:\n  bounds: {least: none}\n",
            "catalogue.yaml:2:12: block: expected a number, found 'none' (penalty_cases.bounds.least)",
        ),
        (
            "penalty_cases:\n  breaks:\n    - since: 2025\n      note: {zh: 改, en: changed}\n",
            (
                "catalogue.yaml:3:7: block: expected a date such as 2025-10-15, found '2025' "
                "(penalty_cases.breaks[0].since)"
            ),
        ),
    ],
)
def test_a_problem_names_its_place(small: Copy, text: str, problem: str) -> None:
    add(small.folder, text)

    (found,) = small.check()
    assert found.startswith(problem)


def test_what_a_new_metric_lacks_is_said_at_its_line(small: Copy) -> None:
    add(small.folder, OWN + "stations_open:\n  name: {zh: 开放工作站数}\n  unit: centre\n")

    assert small.check() == [
        (
            "catalogue.yaml:9:3: block: the English text is missing (stations_open.name.en)\n"
            "    hint: add 'en:' beside the other language"
        ),
        "catalogue.yaml:8:1: block: the key 'kind' is missing (stations_open.kind)",
        "catalogue.yaml:8:1: block: the key 'direction' is missing (stations_open.direction)",
        "catalogue.yaml:8:1: block: the key 'periods' is missing (stations_open.periods)",
    ]


def test_the_shared_file_is_named_without_a_detour(small: Copy) -> None:
    path = add(small.folder.parent, "penalty_cases:\n  colour: red\n")

    (problem,) = ipreport.check(small.folder)
    assert str(problem).startswith(f"{path.as_posix()}:2:3: ")


@pytest.mark.usefixtures("plain_only")
def test_a_warning_about_the_shared_file_reads_the_same_in_the_manifest_wherever_it_stands(small: Copy) -> None:
    add(small.folder.parent, "penalty_amount:\n  name: {zh: 罚没, en: Fines of Chaidamu}\n")

    (warning,) = json.loads(small.build().manifest.read_text(encoding="utf-8"))["warnings"]
    assert warning.startswith("../catalogue.yaml:2:18: warn [R25]: 'Chaidamu'")


def test_every_unit_of_the_catalogue_has_words(small: Copy) -> None:
    scored = STATIONS.replace("station_count", "satisfaction").replace("centre", "score")
    small.change(METRICS, "metrics:\n", scored)

    assert small.check() == []
