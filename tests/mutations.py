"""The error set: mistakes of every class, each with the check that must catch it."""

from __future__ import annotations

from helpers import METRICS
from ipreport.document import BulletList, Cards, Figure, Paragraph, Table
from ipreport.language import EN, ZH
from mutating import (
    Error,
    Mutation,
    drawn,
    in_file,
    spans,
    titled,
    value,
    without,
    written,
)

H = "haixi"

PATENTS, HIGH, PER_10K, HIGH_PER_10K = (
    "patent_invention_in_force",
    "patent_invention_hv",
    "patent_invention_per10k",
    "patent_hv_per10k",
)
LOAN, RECEIVED, CONTRACTS, REGISTERED = (
    "pledge_single_loan",
    "pledge_loan_received",
    "pledge_contract_amount",
    "pledge_reg_amount_cum",
)
USERS_BEFORE = "{{ gi_users_2022 }}增至"


def both(words: str, other: str) -> dict[str, tuple[str, str]]:
    """The same change in both languages."""
    return {"zh": (words, other), "en": (words, other)}


SEEDED_IN_HAIXI: tuple[Mutation, ...] = (
    # --- wrong scale -------------------------------------------------------------------
    Mutation("high-value patents ten times", Error.SCALE, H, "R04", value(HIGH, "1010")),
    Mutation("patents in force a tenth", Error.SCALE, H, "R04", value(PATENTS, "36")),
    Mutation("patents in force a hundred times", Error.SCALE, H, "R01", value(PATENTS, "35600")),
    Mutation("ratio ten times", Error.SCALE, H, "R01", value(PER_10K, "75.2")),
    Mutation("ratio a hundredth", Error.SCALE, H, "R02", value(HIGH_PER_10K, "0.0214")),
    Mutation("population in 万", Error.SCALE, H, "R01", value("population_resident", "473100", 10_000)),
    Mutation("registrations a hundredth: 亿 read as million", Error.SCALE, H, "R05", value(REGISTERED, "2000000")),
    Mutation("received in 万 twice", Error.SCALE, H, "R04", value(RECEIVED, "2000000", 10_000)),
    Mutation("亿 for 万 in Chinese, by hand", Error.SCALE, H, "R15",
             written(zh=("{{ penalty_amount }}", "36.97亿元"), en=("{{ penalty_amount }}", "369,700 yuan"))),
    Mutation("million for billion in English, by hand", Error.SCALE, H, "R15",
             written(zh=("{{ gi_brand_value }}", "超过196亿元"),
                     en=("{{ gi_brand_value }}", "over 19.6 million yuan"))),
    Mutation("亿 for 万 in a paragraph", Error.SCALE, H, "R26", None, spans(Paragraph, "36.97万元", text="36.97亿元")),
    Mutation("million for billion in a chart", Error.SCALE, H, "R26", None,
             drawn("over 19.6 billion yuan", "over 19.6 million yuan")),
    Mutation("a count ten times in a cell", Error.SCALE, H, "R26", None, spans(Table, "356件", text="3560件")),
    Mutation("万 behind a bare number, million in English", Error.SCALE, H, "R26",
             written(zh=("地理标志保护产品；", "地理标志保护产品；{{ gi_users.number }}万家；"),
                     en=("agricultural geographical", "({{ gi_users.number }} million) agricultural geographical"))),
    Mutation("a digit before a value in both languages", Error.SCALE, H, "R26",
             written(zh=("查办行政处罚案件{{", "查办行政处罚案件1{{"), en=("handled {{", "handled 1{{"))),
    # --- swapped digits ----------------------------------------------------------------
    Mutation("365 for 356 in English, by hand", Error.DIGITS, H, "R15",
             written(en=("{{ patent_invention_in_force.number }}", "365"))),
    Mutation("365 for 356 in Chinese, by hand, 356 in English", Error.DIGITS, H, "R15",
             written(zh=("{{ patent_invention_in_force }}", "365件"),
                     en=("{{ patent_invention_in_force.number }}", "356"))),
    Mutation("365 for 356 in both languages, by hand", Error.DIGITS, H, "typed by hand",
             written(zh=("{{ patent_invention_in_force }}", "365件"),
                     en=("{{ patent_invention_in_force.number }}", "365"))),
    Mutation("digits of the ratio", Error.DIGITS, H, "R01", value(PER_10K, "7.25")),
    Mutation("digits of the ratio of high-value patents", Error.DIGITS, H, "R01", value(HIGH_PER_10K, "2.41")),
    Mutation("digits of the success rate", Error.DIGITS, H, "R03", value("mediation_success_rate", "99.0")),
    Mutation("digits in a cell", Error.DIGITS, H, "R24", None, spans(Table, "356件", text="365件")),
    Mutation("digits in a cell of money", Error.DIGITS, H, "R26",
             None, spans(Table, "369,700 yuan", text="396,700 yuan")),
    Mutation("digits on a card", Error.DIGITS, H, "R24", None, spans(Cards, "101 patents", text="110 patents")),
    Mutation("digits in a chart label", Error.DIGITS, H, "R24", None, drawn("占比28.4%", "占比24.8%")),
    Mutation("digits in a chart label, read back", Error.DIGITS, H, "R26", None, drawn("占比28.4%", "占比24.8%")),
    Mutation("digits in the description of a chart", Error.DIGITS, H, "R26",
             None, spans(Figure, "356件", text="365件")),
    Mutation("digits of the issue in one language", Error.DIGITS, H, "R15",
             titled("masthead.issue.en", "Issue 1", "Issue 2")),
    Mutation("digits of a standard in one language", Error.DIGITS, H, "R15",
             written(zh=("{{ rounding }}", "按GB/T 8170取舍"), en=("{{ rounding }}", "by the rule of GB/T 8710"))),
    Mutation("another number in words", Error.DIGITS, H, "R15", written(en=("in four places", "in three places"))),
    Mutation("two counts exchanged in English", Error.DIGITS, H, "R15",
             written(en=("resolved {{ dispute_closed.number }} IP disputes and handled {{ penalty_cases.number }}",
                         "resolved {{ penalty_cases.number }} IP disputes and handled {{ dispute_closed.number }}"))),
    # --- missing in one language -------------------------------------------------------
    Mutation("a sentence missing in English", Error.MISSING, H, "R15",
             written(en=("It ranks {{ rank_in_province }} in the province in patents per 10,000 population. ", ""))),
    Mutation("a metric missing in English", Error.MISSING, H, "R15",
             written(en=(" and handled {{ penalty_cases.number }} administrative penalty cases", ""))),
    Mutation("a metric missing in Chinese", Error.MISSING, H, "R15", written(zh=("，罚没款{{ penalty_amount }}", ""))),
    Mutation("a share missing in English", Error.MISSING, H, "R15",
             written(en=(", or {{ patent_invention_hv.share_of(patent_invention_in_force) }},", ""))),
    Mutation("another metric in English", Error.MISSING, H, "R15",
             written(en=("{{ dispute_closed.number }}", "{{ joint_conference_members.number }}"))),
    Mutation("a date missing in English", Error.MISSING, H, "R15", written(en=(" in August 2022", ""))),
    Mutation("an English paragraph missing in the document", Error.MISSING, H, "R15", None,
             without(Paragraph, EN, "IP protection centre")),
    Mutation("a Chinese paragraph missing in the document", Error.MISSING, H, "R15", None,
             without(Paragraph, ZH, "联席会议")),
    Mutation("the English of a list missing in the document", Error.MISSING, H, "R15", None, without(BulletList, EN)),
    Mutation("the English of a table missing in the document", Error.MISSING, H, "R15", None, without(Table, EN)),
    Mutation("the Chinese of the cards missing in the document", Error.MISSING, H, "R15", None, without(Cards, ZH)),
    # --- wrong direction ---------------------------------------------------------------
    Mutation("降至 for 增至 in Chinese", Error.DIRECTION, H, "R15", written(zh=("增至{{", "降至{{"))),
    Mutation("fallen for risen in English", Error.DIRECTION, H, "R15", written(en=("has risen to", "has fallen to"))),
    Mutation("fallen in both languages, between two recorded values", Error.DIRECTION, H, "R15",
             written(zh=("{{ gi_users_2022 }}增至", "{{ gi_users_2022 }}降至"), en=("risen from", "fallen from"))),
    Mutation("a decline of what grew, in both languages", Error.DIRECTION, H, "R15",
             written(zh=("年增长幅度{{", "年下降幅度{{"), en=("annual growth of {{", "an annual decline of {{"))),
    Mutation("a fall drawn for a rise", Error.DIRECTION, H, "R26", None, drawn("+7", "−7")),
    # --- per cent and points -----------------------------------------------------------
    Mutation("points for per cent in English, by hand", Error.POINTS, H, "R15",
             written(zh=("{{ mediation_success_rate }}", "90.9%"),
                     en=("{{ mediation_success_rate }}", "90.9 percentage points"))),
    Mutation("points for per cent in the document", Error.POINTS, H, "R26", None,
             spans(Paragraph, "90.9%", text="90.9个百分点")),
    Mutation("per cent for a count in the document", Error.POINTS, H, "R26", None, spans(Paragraph, "24", text="24%")),
    # --- periods -----------------------------------------------------------------------
    Mutation("another month in English", Error.PERIOD, H, "R15", written(en=("in August 2022", "in April 2022"))),
    Mutation("another year in Chinese", Error.PERIOD, H, "R15", written(zh=("2022年8月", "2023年8月"))),
    Mutation("another year in both languages", Error.PERIOD, H, "R17",
             written(zh=("2022年8月", "2023年8月"), en=("in August 2022", "in August 2023"))),
    # --- part and whole ----------------------------------------------------------------
    Mutation("more high-value patents than patents", Error.WHOLE, H, "R04", value(HIGH, "357")),
    Mutation("a loan above all that was registered", Error.WHOLE, H, "R05", value(LOAN, "200000001")),
    Mutation("funds above all that was registered", Error.WHOLE, H, "R04", value(RECEIVED, "250000000")),
    # --- ratios ------------------------------------------------------------------------
    Mutation("a ratio of another population", Error.RATIO, H, "R01", value("population_resident", "437100")),
    Mutation("ratios of two populations", Error.RATIO, H, "R02", value(PER_10K, "7.62")),
    Mutation("a success rate no number of cases gives", Error.RATIO, H, "R03", value("mediation_success_rate", "93.3")),
    # --- qualifiers --------------------------------------------------------------------
    Mutation("nearly left out in English", Error.QUALIFIER, H, "R15",
             written(en=("{{ pledge_loan_received }}", "{{ pledge_loan_received.number }}"))),
    Mutation("a qualifier added in Chinese", Error.QUALIFIER, H, "R15",
             written(zh=("办结知识产权纠纷{{", "办结知识产权纠纷超过{{"))),
    Mutation("about for over in the document", Error.QUALIFIER, H, "R26", None,
             spans(Paragraph, "超过196亿元", text="约196亿元")),
    Mutation("over left out in a cell", Error.QUALIFIER, H, "R15", None,
             spans(Table, "over 19.6 billion yuan", text="19.6 billion yuan")),
    # --- terms -------------------------------------------------------------------------
    Mutation("a wrong character in the name of the prefecture", Error.WORDING, H, "R25",
             titled("blocks[1].figure.title.zh", "海西州", "海西洲")),
    Mutation("a banned term in English", Error.WORDING, H, "R25",
             titled("labels.patent_invention_in_force.en", "Invention patents in force", "Effective patents")),
    # --- sources -----------------------------------------------------------------------
    Mutation("a source that is not listed", Error.SOURCE, H, "unknown source",
             files=in_file(METRICS, "source: account-2", "source: account-9")),
    Mutation("a source that was removed", Error.SOURCE, H, "unknown source",
             files=in_file(METRICS, "  - id: account-3\n", "  - id: account-4\n")),
    Mutation("a citation of no source", Error.SOURCE, H, "unknown cite",
             written(zh=("{{ cite('account-2') }}", "{{ cite('account-5') }}"))),
    # --- what was accepted -------------------------------------------------------------
    Mutation("a loan changed after it was accepted", Error.ACCEPTED, H, "R05", value(LOAN, "20000000")),
    Mutation("a ratio changed after it was accepted", Error.ACCEPTED, H, "R02", value(HIGH_PER_10K, "2.15")),
    Mutation("an acceptance of what is no longer blocked", Error.ACCEPTED, H, "nothing to acknowledge",
             value("mediation_success_rate", "91.7")),
    Mutation("a blocked value changed after it was accepted", Error.ACCEPTED, H, "is blocked and nobody",
             value(CONTRACTS, "25000000")),
    # --- mangled documents -------------------------------------------------------------
    Mutation("a span with another key", Error.MANGLED, H, "R24", None,
             spans(Paragraph, "36.97万元", value_key="trade_fair_intent_amount")),
    Mutation("a span with a key of nothing", Error.MANGLED, H, "R24", None,
             spans(Paragraph, "36.97万元", value_key="no_such_metric")),
    Mutation("a span that lost its key, in one language", Error.MANGLED, H, "R15", None,
             spans(Paragraph, "36.97万元", value_key=None)),
    Mutation("words that nothing reads", Error.MANGLED, H, "R26", None, spans(Cards, "356件", text="三百五十六件")),
    Mutation("a value said to be missing", Error.MANGLED, H, "R26", None, spans(Table, "356件", text="—")),
)  # fmt: skip
