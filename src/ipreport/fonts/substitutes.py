"""What is told of a document that is set in other faces than those its theme is known by."""

from __future__ import annotations

from ipreport.fonts.faces import Faces
from ipreport.fonts.locate import ENVIRONMENT
from ipreport.problems import Problem, note
from ipreport.style import STAND_IN, FontRole, Style

_NAMES: dict[FontRole, str] = {
    FontRole.TITLE: "小标宋",
    FontRole.HEI: "黑体",
    FontRole.KAI: "楷体",
    FontRole.FANGSONG: "仿宋",
    FontRole.SONG: "宋体",
    FontRole.LATIN: "Times New Roman",
}
"""What an office calls the face of a role."""


def check_substitutes(style: Style, faces: Faces, *, embedded: bool = False) -> tuple[Problem, ...]:
    """A note that names the faces of `style` that open ones stand in for, with what they are set in; none if none.

    Where fonts are to be `embedded` it says that these are not.
    """
    replaced = [role for role in style.roles if is_substituted(faces, role)]
    if not replaced:
        return ()
    listed = ", ".join(f"{_NAMES[role]} by {faces.face(role).name}" for role in replaced)
    return (
        note(
            f"the theme '{style.name}' is set in substitutes, which look alike but are not the office's own: {listed}",
            None,
            f"name the office's font files in briefing.yaml (fonts: {replaced[0]}: …) or in "
            f"{ENVIRONMENT[replaced[0]]} and the like, or install them on this machine",
            *([_NOT_EMBEDDED] if embedded else []),
        ),
    )


_NOT_EMBEDDED = "Word files do not carry substitutes, since they name the office's own faces, which its readers have"


def is_substituted(faces: Faces, role: FontRole) -> bool:
    """Whether a role of an official document is set in another face than the one that it is known by."""
    return role in STAND_IN and (role not in faces.roles or faces.roles[role].substitute)
