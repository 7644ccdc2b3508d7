"""Values of headers on either side of the place where a line is full."""

from __future__ import annotations

import pytest

from ipreport.delivery import headers
from ipreport.delivery.mail import Mailbox


def lines(name: str, value: str) -> list[int]:
    """The lengths in octets of the lines of a header."""
    return [len(line.encode()) for line in f"{name}:{value}".split("\r\n")]


def address(length: int) -> str:
    return f"{'a' * (length - 4)}@b.c"


@pytest.mark.parametrize(
    ("name", "length", "found"),
    [
        ("名" * 13, 5, [76]),  # one encoded word
        ("名" * 13, 6, [68, 9]),
        ("名" * 26, 8, [68, 76]),  # two
        ("名" * 26, 9, [68, 65, 12]),
        ("n" * 50, 19, [78]),  # a quoted string
        ("n" * 50, 20, [56, 23]),
        ("n" * 72, 5, [78, 8]),
        ("n" * 73, 5, [68, 69]),  # longer than a line: encoded words, of 39 octets and of 34
    ],
)
def test_an_address_stands_behind_its_name_where_there_is_room(name: str, length: int, found: list[int]) -> None:
    value = headers.mailbox("To", Mailbox(address(length), name))

    assert lines("To", value)[: len(found)] == found
    assert value.endswith(f"<{address(length)}>")


def test_room_for_an_address_is_counted_in_octets() -> None:
    assert lines("To", headers.mailbox("To", Mailbox("张@b.c", "名" * 13))) == [68, 10]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a" * 73, [77]),  # a semicolon fits behind it
        ("a" * 74, [3, 75]),
        ("张" * 24 + "a", [77]),
        ("张" * 24 + "aa", [3, 75]),
    ],
)
def test_a_value_begins_a_line_where_it_does_not_fit_behind_its_name(value: str, found: list[int]) -> None:
    assert lines("To", headers.plain("To", value)) == found


@pytest.mark.parametrize(("length", "found"), [(75, [78]), (76, [67, 65])])
def test_a_text_stays_as_it_is_as_long_as_it_fits(length: int, found: list[int]) -> None:
    assert lines("X", headers.unstructured("X", "a" * length)) == found


def test_a_name_of_a_file_in_ascii_stays_as_it_is_as_long_as_it_fits() -> None:
    short, long = "a" * 57, "a" * 58

    assert headers.file_name_in_type(short) == f'name="{short}"'
    assert headers.file_name_parameters(short) == (f'filename="{short}"',)
    assert headers.file_name_in_type(long).startswith('name="=?UTF-8?B?')
    assert headers.file_name_parameters(long)[0].startswith("filename*0*=UTF-8''")


def test_a_short_name_of_a_file_is_one_piece() -> None:
    assert headers.file_name_parameters("名.pdf") == ("filename*=UTF-8''%E5%90%8D.pdf",)


def test_pieces_are_full_and_no_character_is_cut() -> None:
    found = headers.file_name_parameters("名" * 60)

    assert [len(each.partition("=")[2]) for each in found[:3]] == [52, 54, 54]
    assert max(map(len, found)) <= 57 + len("filename*10*=")
    assert found[10].startswith("filename*10*=%E5%90%8D")


def test_a_word_is_full_and_no_character_is_cut() -> None:
    assert [len(each) for each in headers.encoded_words("名" * 14)] == [64, 16]
    assert [len(each) for each in headers.encoded_words("a" * 38 + "名")] == [64, 16]
    assert headers.encoded_words("名" * 13 + "a" * 39)[1] == headers.encoded_words("a" * 39)[0]
