"""A file's content against its shape, with every mismatch as a problem that names its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

from pydantic import AliasChoices, BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ipreport.language import BY_CODE
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean
from ipreport.readers.yaml_file import QUOTE_BRACES, Path_, Tree, Value

ShapeT = TypeVar("ShapeT", bound=BaseModel)
Place = Callable[[Path_], Origin]
"""Where the value under these keys stands."""


def validate(shape: type[ShapeT], tree: Tree, path: Path_ = (), data: Value = None) -> ShapeT:
    """All of `tree`, or the `data` that stands at `path` in it, as an instance of `shape`.

    Raises ReportError naming every mismatch.
    """
    content = data if path else tree.data
    if not isinstance(content, dict):
        raise ReportError([block(f"expected a mapping of keys, found {_found(content)}", tree.origin(path))])
    return validated(shape, content, lambda location: tree.origin((*path, *location)))


def validated(shape: type[ShapeT], content: Mapping[str, Value], place: Place) -> ShapeT:
    """`content` as an instance of `shape`; raises ReportError naming every mismatch where `place` puts it."""
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        details = [dict(detail) for detail in error.errors(include_url=False)]
        problems = [_problem(detail, shape, place) for detail in details if not _follows(detail, details)]
        raise ReportError(problems) from error


def _follows(detail: dict[str, Any], details: list[dict[str, Any]]) -> bool:
    """Whether a list is too short only because entries of it were refused."""
    place = detail["loc"]
    inside = (other["loc"] for other in details if len(other["loc"]) > len(place))
    return detail["type"] == "too_short" and any(location[: len(place)] == place for location in inside)


def _problem(detail: dict[str, Any], shape: type[BaseModel], place: Place) -> Problem:
    describe = _DESCRIPTIONS.get(detail["type"], _mismatch)
    message, hint = describe(detail, _model_at(shape, detail["loc"]))
    return block(message, place(detail["loc"]), hint)


_Words = tuple[str, str]


def _unknown_key(detail: dict[str, Any], model: type[BaseModel] | None) -> _Words:
    key = str(detail["loc"][-1])
    spellings = [_spellings(name, field) for name, field in (model.model_fields if model is not None else {}).items()]
    twice = next((names for names in spellings if key in names), None)
    if twice is not None:
        return f"the key '{key}' stands twice", f"it may be written {' or '.join(twice)}; keep one of them"
    known = {names[-1] for names in spellings}
    if known == set(BY_CODE) and detail["input"] is None:
        return f"unknown key '{key}'", 'put quotes around a text with a comma: {zh: …, en: "…, …"}'
    return f"unknown key '{key}'", did_you_mean(key, known)


def _spellings(name: str, field: FieldInfo) -> tuple[str, ...]:
    """How a key may be written, the way that is documented last."""
    alias = field.validation_alias
    return tuple(map(str, alias.choices)) if isinstance(alias, AliasChoices) else (name,)


def _missing(detail: dict[str, Any], _: type[BaseModel] | None) -> _Words:
    key = str(detail["loc"][-1])
    if key in BY_CODE:
        return f"the {BY_CODE[key].name} text is missing", f"add '{key}:' beside the other language"
    return f"the key '{key}' is missing", _HINTS_FOR_MISSING.get(key, "")


_HINTS_FOR_MISSING = {
    "source": "every value names the id of its source in 'sources:'",
    "period": "write the period, or 'unknown' when the source does not give one",
    "unit": "write the unit, such as yuan, patent or percent",
}


def _choice(detail: dict[str, Any], _: type[BaseModel] | None) -> _Words:
    return f"expected {detail['ctx']['expected']}, found {_found(detail['input'])}", ""


def _pattern(detail: dict[str, Any], _: type[BaseModel] | None) -> _Words:
    expected = _FORMS.get(str(detail["loc"][-1]) if detail["loc"] else "", "a name of letters, digits, '-' and '_'")
    return f"expected {expected}, found {_found(detail['input'])}", ""


_FORMS = {
    "link": "an http or https address",
    **dict.fromkeys(("address", "reply_to", "reply-to"), "an e-mail address such as office@example.org"),
    "host": "the name of a server such as smtp.example.org",
}
"""What keys hold whose values have a form of their own."""


def _mismatch(detail: dict[str, Any], _: type[BaseModel] | None) -> _Words:
    expectation = _EXPECTATIONS.get(detail["type"])
    if expectation is None:
        expectation = str(detail["msg"]).removeprefix("Input should be ").removeprefix("a valid ")
    found = _found(detail["input"])
    hint = QUOTE_BRACES if detail["type"] == "string_type" and isinstance(detail["input"], dict) else ""
    return f"expected {expectation.format(**detail.get('ctx', {}))}, found {found}", hint


_EXPECTATIONS = {
    "string_type": "text",
    "string_too_short": "text",
    "string_too_long": "at most {max_length} characters",
    "tuple_type": "a list",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
    "dict_type": "a mapping of keys",
    "model_type": "a mapping of keys",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "decimal_parsing": "a number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "written_date": "a date such as 2025-10-15",
    "written_column": "the letters of a column such as B",
}


def _placeholder(detail: dict[str, Any], _: type[BaseModel] | None) -> _Words:
    found = f"expected plain text, found a placeholder in {_found(detail['input'])}"
    return found, "titles, names and labels hold no {{ … }}; use it in the text of a block"


_DESCRIPTIONS: dict[str, Callable[[dict[str, Any], type[BaseModel] | None], _Words]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "enum": _choice,
    "string_pattern_mismatch": _pattern,
    "placeholder": _placeholder,
}


def _found(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping of keys"
        case list():
            return "a list"
        case _:
            text = str(value)
            return f"'{text if len(text) <= 60 else text[:57] + '…'}'"


def _model_at(shape: type[BaseModel], location: Path_) -> type[BaseModel] | None:
    """The model that the last key of `location` should have belonged to."""
    model: type[BaseModel] | None = shape
    for part in location[:-1]:
        if isinstance(part, int) or model is None:
            continue
        field = model.model_fields.get(part)
        model = _model_in(field.annotation) if field is not None else None
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner)) is not None), None)
