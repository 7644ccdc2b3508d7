"""What the cache of glyphs spares: the second build is to spend at most a fifth of the first one's time on fonts.

Three builds, each in a process of its own, read the glyphs of every character of the shipped briefings in each role,
as far as its face has them, and what else is asked of a face: the first with an empty cache, the second with what
that one has left, the third with the same files cut short, which are to do no harm. All are to have the same glyphs.
Times are of the processor; the import of fontTools, which only builds without a cache need, counts. Prints medians of
several rounds and ratios.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
MOST = 0.2
BUILDS = ("first", "second", "damaged")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of three builds (default 5)")
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.cache is not None:
        print(json.dumps(read(given.cache)))
        return
    taken = [builds() for _ in range(given.rounds)]
    if len({build["glyphs"] for each in taken for build in each.values()}) != 1:
        raise SystemExit("the builds had different glyphs")
    first = statistics.median(each["first"]["seconds"] for each in taken)
    for name in BUILDS:
        seconds = statistics.median(each[name]["seconds"] for each in taken)
        aim = f" (aim ≤ {MOST})" if name == "second" else ""
        print(f"{name:<8} {seconds:6.3f} s  {seconds / first:5.3f} × the first{aim}")


def builds() -> dict[str, Any]:
    """What the three builds measured."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in BUILDS:
            if name == "damaged":
                for file in (file for file in Path(folder).rglob("*") if file.is_file()):
                    file.write_bytes(file.read_bytes()[:-1])
            command = [sys.executable, __file__, "--cache", folder]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
            found[name] = json.loads(done.stdout)
    return found


def read(folder: Path) -> dict[str, Any]:
    """Processor seconds of reading all glyphs, and a sum of these."""
    from ipreport.cache import Cache
    from ipreport.fonts import find_faces
    from ipreport.language import LANGUAGES
    from ipreport.style import BASE_ROLES

    files = sorted((ROOT / "report").glob("*/briefing.yaml"))
    characters = sorted({each for file in files for each in file.read_text(encoding="utf-8") if each.isprintable()})
    cache, sum_of_all = Cache(folder), hashlib.sha256()
    start = time.process_time()
    faces = find_faces(cache=cache)
    for role in BASE_ROLES:
        for language in LANGUAGES:
            for character in characters:
                face = faces.for_character(role, character, language)
                if face is not None:
                    glyph = face.glyph(character, language)
                    sum_of_all.update(f"{glyph.advance}".encode("ascii") + glyph.contours)
    faces.save(cache)
    return {"seconds": time.process_time() - start, "glyphs": sum_of_all.hexdigest()}


if __name__ == "__main__":
    main()
