"""Claims to be first, the only one or the largest: each with a source and a scope (DOMAIN §2.3, rule R29).

“First in the province” ages quickly, so a reader must be able to see who says so and
first among whom. A claim has its source when its paragraph cites one or prints a
recorded value, and its scope when its sentence says where: 全省, in the province.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipreport.compose.content import Content
from ipreport.language import LANGUAGES, ZH, Language, Localized
from ipreport.outline import Template
from ipreport.problems import Origin, Problem, warn

# --- what claims ---------------------------------------------------------------------

_ORDINAL = (  # 第一 that counts off and claims nothing
    r"季|产业|段|组|期|部分|章|节|篇|条|款|项|阶段|责任|书记|线|手|时间|步|轮|届|版|批|类|种|方面|点|方阵|梯队"
    r"|完成|发明人|作者|申请人|单位|人民|中学|小学|医院|中级|师|机床|汽车"
)
_NO_CLAIM = (  # what “first” counts off in English
    r"-| (?:and foremost|of all|come|(?:\S+ )?(?:quarters?|half|months?|weeks?|days?|years?)|instance|step|issue|aid"
    r"|name|page|author|inventor|applicant|paragraph|group|section|part|edition|draft|column|row|batch|phase|stage"
    r"|round|industry|secretary)\b"
)
_SINCE = (  # and where it says since when
    r" (?:registered|recorded|published|filed|stated|reported|introduced|used|issued|granted|established|opened)\b"
)
_CLAIMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "zh": re.compile(
            r"首[家笔个次例单件条支座款](?!季)|首创(?!精神)|(?<!放在)(?<!摆在)(?<!置于)首位"
            rf"|(?<=[^\s，。；：！？、])第一(?!{_ORDINAL})"
            r"|唯一(?!标识|识别|编码|代码|性)"
            r"|最[大早](?!限度|程度|化|值|公约数|努力|诚意)|最[高多](?:的|(?=[，。；、）]|\Z))"
        ),
        "en": re.compile(
            rf"(?:\b(?:the|its|their|our)|[’']s) first\b(?!{_NO_CLAIM})"
            rf"|(?<!\bat )\bfirst\b(?!{_NO_CLAIM}|{_SINCE})"
            r"|\b(?:the|its|their|our) (?:very )?only\b|\bonly one of its kind\b|\bthe sole\b"
            r"|\b(?:largest|biggest|highest)\b(?! (?:possible|people.s court))",
            re.IGNORECASE,
        ),
    }
)
_COUNTING: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"zh": re.compile(r"\A\s*第一[，、]"), "en": re.compile(r"\A\s*First(?:ly)?,")}
)
"""How a sentence begins that counts off what follows."""

# --- what gives a scope --------------------------------------------------------------

_SCOPES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "zh": re.compile(
            r"全[国省州市县区球]|世界(?!知识产权)|国内|我[国省州市县区]|本[省州市县区地]|[省州市县区]内|在中国|中国(?=首|第一|唯一|最)"
            r"|[东西中]部|[东西][南北]|[华东西]北|同类|业内"
            r"|[\u4e00-\u9fff](?:省|州|市|县|区|盟|旗)(?:的|范围内)?(?=首|第一|唯一|最)"
        ),
        "en": re.compile(
            r"\b(?:provinces?|prefectures?|count(?:y|ies|ry|ries)|cit(?:y|ies)|municipality|nation|region|district)\b"
            r"|\bworld\b(?! intellectual)|\b(?:nation|province|world)-?wide\b|\bnationally\b|\bglobally\b"
            r"|\bof its kind\b|\bin China\b|\bChina[’']s\b|\b(?:the|in|across) (?:whole )?north-?west\b",
            re.IGNORECASE,
        ),
    }
)

# --- what is no claim of the text's own ------------------------------------------------

_QUOTED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"zh": re.compile(r"《[^》]*》|“[^”]*”"), "en": re.compile(r"“[^”]*”")}
)
_SENTENCE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"zh": re.compile(r"[。；！？]"), "en": re.compile(r"(?<=[.!?;])\s+")}
)
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_TAG = re.compile(r"\{%.*?%\}|\*\*")
_NAMED = re.compile(r"\s*([a-z][a-z0-9_]*)")
_STAND_IN = "\ufffc"
"""What a placeholder becomes, so that a sentence goes on where a value stands."""


def check(template: Template, content: Content, *, sourced: bool = False) -> Iterator[Problem]:
    """A warning for each claim of a text that lacks a source or a scope, at the place of its language.

    `sourced` says that the text belongs to something that shows its source, such as a
    card or a table.
    """
    for language in LANGUAGES:
        written = template.text[language]
        has_source = sourced or any(_cites(inside, content) for inside in _PLACEHOLDER.findall(written))
        for claim, scoped in _claims(written, language, content):
            lacking = [word for word, there in (("source", has_source), ("scope", scoped)) if not there]
            if lacking:
                yield _unsupported(claim, lacking, template.origin(language))


def check_names(content: Content) -> Iterator[Problem]:
    """A warning for each name given to a value in metrics.yaml that claims something without a scope.

    The value brings its source; the name stands alone in tables and charts.
    """
    for metric in content.metrics:
        if metric.name == metric.definition.name:
            continue
        for language in LANGUAGES:
            for claim, scoped in _claims(metric.name[language], language, content):
                if not scoped:
                    yield _unsupported(claim, ["scope"], metric.origin)


def _cites(inside: str, content: Content) -> bool:
    named = _NAMED.match(inside)
    return named is not None and (named[1] == "cite" or named[1] in content.shown)


def _claims(written: str, language: Language, content: Content) -> Iterator[tuple[str, bool]]:
    """Every claim of a text, and whether its sentence says among whom."""
    text = _QUOTED[language.code].sub("", _PLACEHOLDER.sub(_STAND_IN, _TAG.sub("", written)))
    for sentence in _SENTENCE[language.code].split(text):
        found = _CLAIMS[language.code].findall(_COUNTING[language.code].sub("", sentence))
        scoped = bool(found) and _has_scope(sentence, language, content)
        yield from ((claim, scoped) for claim in dict.fromkeys(found))


def _has_scope(sentence: str, language: Language, content: Content) -> bool:
    regions = [content.metrics.region, *(region.name for region in content.metrics.regions)]
    named = any(_short(region[language], language) in sentence for region in regions)
    return named or _SCOPES[language.code].search(sentence) is not None


def _short(name: str, language: Language) -> str:
    """A region as texts call it: 海西 for 海西州, Haixi for Haixi Prefecture."""
    if language is ZH:
        return name[:-1] if len(name) > 2 else name
    return name.removeprefix("The ").split(maxsplit=1)[0]


def _unsupported(claim: str, lacking: list[str], origin: Origin) -> Problem:
    wanted = {
        "source": "cite its source with {{ cite('…') }}, or print the recorded value it is about",
        "scope": f"say among whom: {_EXAMPLES.zh} / {_EXAMPLES.en}",
    }
    hints = [wanted[word] for word in lacking]
    message = f"the claim '{claim}' has no {' and no '.join(lacking)}"
    return warn(message, origin, *hints, rule="R29", title=_UNSUPPORTED)


_UNSUPPORTED = Localized("“首家”“第一”之类的说法缺少来源或范围", "Claim without source or scope")
_EXAMPLES = Localized("全国、全省、全州", "in the country, the province, the prefecture")
