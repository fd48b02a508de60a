"""The page of the recipe of Polis."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from opinionspace import __version__
from opinionspace.columns import html_table
from opinionspace.figures import Bar
from opinionspace.findings._base import as_html_table
from opinionspace.findings.polis import PolisFindings, group_name
from opinionspace.page._parts import cards, figure, method, page, scrolled, section
from opinionspace.polis.selection import Pick


def polis_page(found: PolisFindings) -> str:
    """Return what the recipe made as one page: caution, map, groups, lists, all numbers."""
    words, result = found.words, found.result
    parts = [f'<p class="note" role="note">{escape(words("caution"))}</p>\n']
    parts.append(section(words("page.map"), figure(found.map()) + _chosen(found)))
    parts += [section(_group(found, g), _picks(found, g)) for g in range(result.k)]
    for title, picks in (
        ("page.shared", result.consensus_agree),
        ("page.rejected", result.consensus_disagree),
    ):
        bars = [found.bar(pick.statement) for pick in picks]
        parts.append(section(words(title), cards(bars, words)))
    parts.append(section(words("polis.extremity"), figure(found.beeswarm())))
    parts.append(section(words("page.all"), _all(found)))
    lines = [words("page.weighted")] * bool(found.weigh)
    made = words("page.version_polis", version=__version__, digest=result.digest())
    parts.append(section(words("page.method"), method([*lines, made])))
    facts = {
        "people": len(result.voice_ids),
        "statements": len(result.statement_ids),
        "answers": int(result.total.seen.sum()),
    }
    eyebrow = words("page.polis")
    return page(words, title=found.topic, eyebrow=eyebrow, facts=facts, body="".join(parts))


def _chosen(found: PolisFindings) -> str:
    words, tried = found.words, found.result.groups.silhouettes
    told = f"<p>{escape(words('polis.chosen', k=found.result.k))}</p>\n"
    if not tried:
        return told
    table = {
        words("column.k"): np.array(list(tried)),
        words("column.silhouette"): np.array(list(tried.values())),
    }
    return told + html_table(table, caption=words("polis.tried"))


def _group(found: PolisFindings, group: int) -> str:
    n = int(np.count_nonzero(found.result.group_of_voice == group))
    name = found.words("page.group", name=group_name(group))
    return f"{name} · {found.words('page.size', n=n)}"


def _picks(found: PolisFindings, group: int) -> str:
    picks: Sequence[Pick] = found.result.representative[group]
    bars: list[Bar] = [found.bar_of(group, pick) for pick in picks]
    return cards(bars, found.words, [_stance(found, pick) for pick in picks])


def _stance(found: PolisFindings, pick: Pick) -> str:
    stance = found.words("polis.stance_agree" if pick.direction > 0 else "polis.stance_disagree")
    return f"{stance} · {found.words('page.counted', n=pick.n_success, of=pick.n_trials)}"


def _all(found: PolisFindings) -> str:
    table = found.statements
    result = found.result
    shown = np.flatnonzero(~result.moderated_out & (result.total.seen > 0))
    order = shown[np.argsort(-result.group_informed_consensus[shown], kind="stable")]
    part = type(table)(
        {
            name: [one[j] for j in order.tolist()] if isinstance(one, list) else one[order]
            for name, one in table.items()
        }
    )
    columns = ("id", "text", "agree", "disagree", "pass", "seen", "consensus")
    label = found.words("page.all")
    return scrolled(as_html_table(part, columns, found.words, ""), label)
