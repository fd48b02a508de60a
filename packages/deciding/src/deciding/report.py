"""Print a decision: the rule, the outcome of each option, all ratings, and what it hangs on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction

from deciding.appropriateness import Panel
from deciding.criteria import Scored
from deciding.decide import Decision, Outcome
from deciding.delphi import Progress, Round
from deciding.errors import printable
from deciding.majority import Gauge
from deciding.methods import Reason, Step
from deciding.quadrants import Placed
from deciding.ranking import Ranked, Shared
from deciding.rules import Rule
from deciding.sensitivity import Sensitivity
from deciding.words import GivenWords, Words

#: Facts of a reason or a rule that are shares, and are said in percent.
SHARES = frozenset({"in_favour", "against", "share", "opposed", "above", "below", "change"})
COUNTED = ("abstained", "partial", "empty")


def rule_text(rule: Rule, *, words: GivenWords = None) -> str:
    """Return the rule in sentences, with its digest.

    Examples
    --------
    >>> from deciding import NominalGroup, Rule
    >>> print(rule_text(Rule(method=NominalGroup(places=3), options=("R1", "R2"))))
    Ranking by a nominal group
    Each ballot ranks up to 3 options: 3 points for its first, one less for each next. Ties: ...
    Digest of the rule: ...
    """
    say = Words(words)
    return "\n".join([*_rule_lines(rule, say), say("digest", digest=rule.digest)])


def table(decision: Decision, *, words: GivenWords = None) -> str:
    """Return a decision as plain text: a table, sentences and all ratings."""
    say = Words(words)
    rule = decision.rule
    lines = [
        *_rule_lines(rule, say),
        say(
            "raters",
            raters=decision.raters,
            took_part=decision.took_part,
            least=rule.least,
        ),
        say("digest", digest=decision.rule_digest),
        "",
        *_grid(list(_rows(decision, say))),
        "",
    ]
    lines += [f"{one.option}: {sentence(one.reason, say)}" for one in decision.in_order]
    lines += _ties(decision, say)
    if isinstance(decision.overall, Progress):
        lines += ["", sentence(decision.overall.reason, say)]
    if isinstance(decision.overall, Sensitivity):
        lines += ["", *_weights(decision.overall, say)]
    lines += ["", say("distribution"), *_grid(list(_distributions(decision, say)))]
    return "\n".join(printable_line(line) for line in lines) + "\n"


def sentence(reason: Reason, words: Words) -> str:
    """Return a reason as a sentence, its numbers as they are read."""
    facts = {name: _fact(name, fact) for name, fact in reason.facts.items()}
    return words(f"reason.{reason.code}", **facts)


def number(value: object) -> str:
    """Return a number with at most two decimals, a dash for None.

    Examples
    --------
    >>> number(Fraction(20, 3)), number(Fraction(4)), number(None)
    ('6.67', '4', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, Fraction):
        return f"{float(round(value, 2)):.2f}".rstrip("0").rstrip(".")
    return str(value)


def percent(value: Fraction | None) -> str:
    """Return a share in percent with at most one decimal, a dash for None.

    Examples
    --------
    >>> percent(Fraction(2, 3)), percent(Fraction(7, 10))
    ('66.7%', '70%')
    """
    if value is None:
        return "–"
    return f"{float(round(100 * value, 1)):.1f}".removesuffix(".0") + "%"


def printable_line(line: str) -> str:
    """Return a line without signs that a terminal acts on, its blanks kept."""
    return " ".join(printable(part) for part in line.rstrip().split(" "))


def _rule_lines(rule: Rule, say: Words) -> list[str]:
    said = {field.name: getattr(rule.method, field.name) for field in fields(rule.method)}
    facts = {name: _choice(name, fact, say) for name, fact in said.items()}
    name = rule.method.name
    limits = [
        say(f"rule.{limit}", **{limit: facts[limit]})
        for limit in ("passes", "keep")
        if said.get(limit)
    ]
    who = [rule.who] if rule.who else []
    return [say(f"method.{name}"), say(f"rule.{name}", **facts), *limits, *who]


def _choice(name: str, fact: object, say: Words) -> str:
    if name in ("ties", "disagreement", "middle"):
        return say(f"choice.{fact}")
    if isinstance(fact, tuple):
        return ", ".join(map(str, fact))
    return _fact(name, fact)


def _fact(name: str, fact: object) -> str:
    if name in SHARES and isinstance(fact, Fraction):
        return percent(fact)
    return number(fact)


def _rows(decision: Decision, say: Words) -> Iterator[list[str]]:
    """Yield the head of the table and a row for each option; columns of zeros are left out."""
    counted = [name for name in COUNTED if any(getattr(o, name) for o in decision.outcomes)]
    found = [_details(one.details, say) for one in decision.in_order]
    columns = next((list(one) for one in found if one), [])
    placed = any(one.place for one in decision.outcomes)
    head = ["place"] * placed + ["option", "n", *counted, *columns, "verdict"]
    yield [say(f"column.{name}") for name in head]
    for one, details in zip(decision.in_order, found, strict=True):
        yield [
            *[number(one.place)] * placed,
            one.option,
            str(one.n),
            *(str(getattr(one, name)) for name in counted),
            *(details.get(name, "–") for name in columns),
            say(f"verdict.{one.verdict.value}"),
        ]


def _details(found: object, say: Words) -> dict[str, str]:
    """Return what a method found, by column."""
    match found:
        case Gauge():
            grade = f"{found.grade}{found.sign}"
            return {
                "grade": grade,
                "above": percent(found.above),
                "below": percent(found.below),
            }
        case Panel():
            return {
                "category": say(f"class.{found.category}"),
                "median": number(found.median),
                "disagreement": say("yes" if found.disagreement else "no"),
                "index": number(found.index),
            }
        case Round():
            return {
                "median": number(found.spread.median),
                "iqr": number(found.spread.iqr),
                "in_favour": percent(found.in_favour),
                "against": percent(found.against),
                "change": percent(found.change),
            }
        case Ranked():
            return {
                "points": number(found.points),
                "support": str(found.support),
                "firsts": str(found.firsts),
            }
        case Shared():
            return {
                "points": str(found.points),
                "mean": number(found.mean),
                "support": str(found.support),
            }
        case Placed():
            return {
                "impact": number(found.impact.median),
                "feasibility": number(found.feasibility.median),
            }
        case Scored():
            own = f"{number(found.own.least)} – {number(found.own.most)}"
            return {"score": number(found.score), "own": own, "firsts": str(found.firsts)}
    return {}


def _ties(decision: Decision, say: Words) -> list[str]:
    groups = {
        frozenset({one.option, *one.level_with}) for one in decision.outcomes if one.level_with
    }
    order = [one.option for one in decision.in_order]
    named = sorted(
        (sorted(group, key=order.index) for group in groups), key=lambda g: order.index(g[0])
    )
    return [say("tie", options=", ".join(group)) for group in named]


def _distributions(decision: Decision, say: Words) -> Iterator[list[str]]:
    for one in decision.outcomes:
        for asked, counts in one.distribution.items():
            label = one.option if len(one.distribution) == 1 else f"{one.option}, {asked}"
            yield [label, *_counts(one, counts, say)]


def _counts(outcome: Outcome, counts: Mapping[Step, int], say: Words) -> list[str]:
    ranked = isinstance(outcome.details, Ranked)
    return [
        f"{say('not_placed') if ranked and step == 0 else number(step)}: {n}"
        for step, n in counts.items()
    ]


def _weights(found: Sensitivity, say: Words) -> Iterator[str]:
    yield say("weights")
    for one in found.criteria:
        stretches = [
            say(
                "leads",
                options=" = ".join(each.options),
                low=percent(each.low),
                high=percent(each.high),
            )
            for each in one.leading
        ]
        name = say("weight", criterion=one.criterion, weight=percent(one.weight))
        yield f"  {name} {'; '.join(stretches)}"
    if found.leader is None:
        yield say("leader_firm")
        return
    flip = found.leader
    yield say(
        "leader_flip",
        criterion=flip.criterion,
        weight=percent(flip.at - flip.change),
        at=percent(flip.at),
        ahead=flip.ahead,
        behind=flip.behind,
    )


def _grid(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns."""
    width = [
        max((_width(row[at]) for row in rows if at < len(row)), default=0)
        for at in range(max(map(len, rows), default=0))
    ]
    return [
        "  ".join(cell + " " * (width[at] - _width(cell)) for at, cell in enumerate(row)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Return how many places of a terminal a text takes up."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )
