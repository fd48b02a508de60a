"""The page of room mode."""

from __future__ import annotations

from html import escape

import numpy as np

from opinionspace.columns import Columns, html_table, number
from opinionspace.errors import TooLittle
from opinionspace.findings._base import as_html_table
from opinionspace.findings.room import RoomFindings
from opinionspace.page._parts import cards, figure, method, page, scrolled, section
from opinionspace.room.counts import Division

CARDS = 6
LINES = 8


def room_page(found: RoomFindings) -> str:
    """Return what room mode found as one page: sentences first, then numbers, then method."""
    words, result = found.words, found.result
    read = result.counts
    parts = [
        section(words("page.found"), _sentences(found)),
        section(words("page.shared"), _cards(found, found.sure("agree"))),
        section(words("page.rejected"), _cards(found, found.sure("disagree"))),
        section(words("page.divides"), _divides(found)),
        section(words("page.map"), _map(found)),
    ]
    if read.groups is not None:
        parts.append(section(words("page.groups"), _groups(found, read.groups)))
    parts += [
        section(words("page.parts", attribute=name), _parts(found, division))
        for name, division in read.declared.items()
    ]
    columns = ("id", "text", "agree", "disagree", "pass", "seen")
    told = as_html_table(found.statements, (*columns, "agreement", "divides"), words, "")
    parts.append(section(words("page.all"), scrolled(told, words("page.all"))))
    parts.append(section(words("page.method"), _method(found)))
    facts = {
        "people": result.grouping.n_people,
        "statements": len(found.statement_ids),
        "answers": int(read.whole.seen.sum()),
    }
    eyebrow = words("page.room")
    return page(words, title=found.topic, eyebrow=eyebrow, facts=facts, body="".join(parts))


def _sentences(found: RoomFindings) -> str:
    lines = []
    for one in found.result.sentences:
        text = found.text(one.numbers.get("statement"))
        quoted = f'<q dir="auto">{escape(text)}</q>' if text else ""
        lines.append(f"<li>{escape(found.say(one))}{quoted}</li>\n")
    return f'<ul class="found">\n{"".join(lines)}</ul>\n'


def _cards(found: RoomFindings, columns: list[int]) -> str:
    return cards([found.bar(j) for j in columns[:CARDS]], found.words)


def _divides(found: RoomFindings) -> str:
    order = found.order("divides")
    if not order:
        return f"<p>{escape(found.words('page.none'))}</p>\n"
    return _cards(found, order[: CARDS // 2]) + figure(found.beeswarm())


def _map(found: RoomFindings) -> str:
    try:
        return figure(found.map())
    except TooLittle as error:
        return f"<p>{escape(str(error))}</p>\n"


def _groups(found: RoomFindings, division: Division) -> str:
    words = found.words
    names = [words("page.group", name=one) for one in division.cells.labels]
    told = "".join(
        f"<h3>{escape(name)} · {escape(words('page.size', n=int(n)))}</h3>\n"
        + _apart(found, division, g, name)
        for g, (name, n) in enumerate(zip(names, division.cells.sizes, strict=True))
    )
    return told + _ranges(found, division, names)


def _parts(found: RoomFindings, division: Division) -> str:
    names = list(division.cells.labels)
    told = "".join(_apart(found, division, g, name) for g, name in enumerate(names))
    return told + _ranges(found, division, names)


def _apart(found: RoomFindings, division: Division, part: int, name: str) -> str:
    """Say which statements set a part apart, in either direction."""
    told = ""
    for direction, key in ((1, "page.apart"), (-1, "page.apart_against")):
        texts = [
            found.text(id) or f"#{id}"
            for one in division.standing
            if (one.cell, one.direction) == (part, direction)
            for id in [found.statement_ids[one.statement].item()]
        ]
        if texts:
            items = "".join(f'<li dir="auto">{escape(one)}</li>\n' for one in texts[:LINES])
            told += f"<p>{escape(found.words(key, part=name))}</p>\n<ul>\n{items}</ul>\n"
    return told


def _ranges(found: RoomFindings, division: Division, names: list[str]) -> str:
    """Return the range of agreement of each part, on the statements that divide them most."""
    words, share = found.words, division.cells.agreement
    spread = np.nan_to_num(division.spread, nan=-1.0)
    order = [int(j) for j in np.argsort(-spread, kind="stable")[:LINES] if spread[j] >= 0]
    if not order:
        return f"<p>{escape(words('page.few'))}</p>\n"
    table = Columns({words("column.text"): _texts(found, order)})
    for g, name in enumerate(names):
        table[f"{name} ({words('page.size', n=int(division.cells.sizes[g]))})"] = [
            words("page.interval", low=f"{share.lower[g, j]:.0%}", high=f"{share.upper[g, j]:.0%}")
            if share.claimed[g, j]
            else words("page.few")
            for j in order
        ]
    is_attribute = division.cells.name in found.result.counts.declared
    label = words("page.parts", attribute=division.cells.name)
    return scrolled(
        html_table(table, caption=words("column.agreement")),
        label if is_attribute else words("page.groups"),
    )


def _texts(found: RoomFindings, columns: list[int]) -> list[str]:
    ids = [found.statement_ids[j].item() for j in columns]
    return [found.text(one) or f"#{one}" for one in ids]


def _method(found: RoomFindings) -> str:
    words, result = found.words, found.result
    checks = result.grouping.gate.checks
    told = ""
    if checks:
        table = {
            words("column.check"): [_check(found, one.name) for one in checks],
            words("column.value"): [
                words("gate.unasked") if np.isnan(one.value) else number(one.value)
                for one in checks
            ],
            words("column.needed"): [number(one.needed) for one in checks],
            words("column.met"): [words("gate.yes" if one.passed else "gate.no") for one in checks],
        }
        told = scrolled(html_table(table, caption=words("gate.title")), words("gate.title"))
    lines = [words("page.shares")] + [words("page.weighted")] * bool(found.weigh)
    made = {"version": result.version, "seed": result.seed, "digest": result.digest()}
    return told + method([*lines, words("page.version", **made)])


def _check(found: RoomFindings, name: str) -> str:
    return found.words(f"check.{name}")
