"""What HarfBuzz makes of characters: forms by language, and kerning at the weight that a face has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from ipreport.cache import Cache
from ipreport.fonts import Face, find_faces
from ipreport.fonts.locate import FontFile
from ipreport.fonts.opened import OpenedFont
from ipreport.language import EN
from ipreport.style import FontRole

COLLECTION = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
JAPANESE, CHINESE = 0, 2


@cache
def member(index: int) -> OpenedFont:
    if not COLLECTION.exists():
        pytest.skip("no collection of faces for several languages is installed")
    return OpenedFont(FontFile(COLLECTION, index, 400, "test"))


@pytest.mark.parametrize("character", "直骨角过与复，。")
def test_a_japanese_face_shows_chinese_characters_as_they_are_written_in_china(character: str) -> None:
    assert member(JAPANESE).glyph(character) == member(CHINESE).glyph(character)


def test_the_chinese_form_is_another_than_the_japanese_one() -> None:
    with TTFont(COLLECTION, fontNumber=JAPANESE, lazy=True) as font:
        default = font.getBestCmap()[ord("直")]
    assert member(JAPANESE)._form("直", "") != default
    assert member(CHINESE)._form("直", "") != default


@cache
def bold() -> tuple[Face, TTFont]:
    """The bold face, and an instance of its letters that fontTools made."""
    face = find_faces(cache=Cache(None)).face(FontRole.SANS_BOLD)
    with TTFont(face.path, fontNumber=face.index) as source:
        subsetter = Subsetter(Options(layout_features=["kern", "pwid"], drop_tables=["MATH"]))
        subsetter.populate(text="AVToYP.")
        subsetter.subset(source)
        return face, instantiateVariableFont(source, {"wght": face.weight})


@pytest.mark.parametrize("pair", ["AV", "To", "Yo", "P."])
def test_kerning_is_that_of_the_weight(pair: str) -> None:
    face, instance = bold()
    expected = 0
    for lookup in instance["GPOS"].table.LookupList.Lookup:
        for table in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            if table.LookupType == 2 and not expected:
                expected = of_pair(table, *(proportional(instance, character) for character in pair))
    assert expected
    assert face.kern(*pair) * face.units_per_em == expected


def proportional(font: TTFont, character: str) -> str:
    """The glyph of a character in Latin text (pwid)."""
    name = font.getBestCmap()[ord(character)]
    layout = font["GSUB"].table
    indices = {i for r in layout.FeatureList.FeatureRecord if r.FeatureTag == "pwid" for i in r.Feature.LookupListIndex}
    for index in sorted(indices):
        for table in layout.LookupList.Lookup[index].SubTable:
            name = getattr(table, "ExtSubTable", table).mapping.get(name, name)
    return str(name)


def of_pair(table: object, first: str, second: str) -> int:
    """The change of the first advance in a table of pairs."""
    if first not in table.Coverage.glyphs:
        return 0
    if table.Format == 1:
        records = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
        record = next((each for each in records if each.SecondGlyph == second), None)
    else:
        row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
        record = row.Class2Record[table.ClassDef2.classDefs.get(second, 0)]
    return 0 if record is None or record.Value1 is None else getattr(record.Value1, "XAdvance", 0)


def test_words_are_kerned_and_never_joined_into_ligatures() -> None:
    face = find_faces(cache=Cache(None)).face(FontRole.SERIF)
    assert face.kern("A", "V") < 0
    assert [face.glyph(each, EN) for each in "ffi"] == [face.glyph("f", EN)] * 2 + [face.glyph("i", EN)]
    assert face.kern("中", "A") == 0
