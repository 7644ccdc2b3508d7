"""Briefings made at random from those that are shipped: their blocks in any order and section, with any options."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from helpers import BRIEFING, HAIXI, SAMPLE

_YAML = YAML()
_YAML.width = 4096
RECIPIENTS = "recipients.yaml"
_WIDTHS = ("full", "two-thirds", "half", "landscape")


def any_briefing(seed: int, folder: Path) -> Path:
    """A briefing in `folder`, the one number `seed`."""
    random = Random(seed)  # noqa: S311 - alike on every run, not secret
    source = HAIXI.parent / random.choice(["haixi", "illustrative"])
    target = folder / source.name
    shutil.copytree(source, target)
    briefing: dict[str, Any] = _YAML.load((target / BRIEFING).read_text(encoding="utf-8"))
    _mix(briefing["sections"], random)
    briefing["theme"] = random.choice(["modern", "official"])
    briefing["arrangement"] = random.choice(["interleaved", "columns"])
    briefing["footnotes"] = random.random() < 0.6
    briefing["editable"] = random.choice([[], ["zh"], ["bilingual", "zh", "en"]])
    if random.random() < 0.3:
        briefing.pop("imprint", None)
    if random.random() < 0.5:
        shutil.copy(SAMPLE / RECIPIENTS, target / RECIPIENTS)
    with (target / BRIEFING).open("w", encoding="utf-8") as file:
        _YAML.dump(briefing, file)
    return target


def _mix(sections: list[dict[str, Any]], random: Random) -> None:
    """Every block somewhere, every section with one at least."""
    blocks = [block for section in sections for block in section["blocks"]]
    blocks += random.sample(
        [{"contents": {}}, {"contents": {"of": "figures"}}, {"contents": {"of": "tables"}}], random.randint(0, 3)
    )
    random.shuffle(blocks)
    random.shuffle(sections)
    del sections[random.randint(3, len(sections)) :]
    for section in sections:
        section["level"] = random.choice([1, 1, 1, 2, 3])
        section["page_break"] = random.random() < 0.2
        section["numbered"] = random.random() < 0.8
        section["blocks"] = [blocks.pop()]
    for block in blocks:
        random.choice(sections)["blocks"].append(block)
    for section in sections:
        for block in section["blocks"]:
            _change(block, random)


def _change(block: dict[str, Any], random: Random) -> None:
    match block:
        case {"figure": figure}:
            figure["width"] = random.choice(_WIDTHS)
            figure["with_table"] = random.random() < 0.2
        case {"table": table}:
            if random.random() < 0.3:
                table["width"] = "landscape"
            if columns := table.get("columns"):
                table["columns"] = [columns[0], *random.sample(columns[1:], random.randint(1, len(columns) - 1))]
        case {"cards": cards}:
            cards["per_row"] = random.randint(1, 4)
        case {"list": listed}:
            listed["ordered"] = random.random() < 0.5
        case _:
            pass
