"""Parts of a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from opinionspace.figures import Bar, Figure, mini
from opinionspace.figures._svg import hatched
from opinionspace.words import Words

STYLE = """
:root{--surface:#f9f3e8;--paper:#fffdf9;--line:#e3d5bc;--ink:#13242f;--muted:#4d5c65;
--head:#072c42;--on-head:#fff;--call:#f2cf8a;--accent:#97391f;--soft:#f8e5da}
@media(prefers-color-scheme:dark){:root{--surface:#0b1922;--paper:#11242f;--line:#27414f;
--ink:#f1eadd;--muted:#adbcc4;--head:#061a27;--accent:#f0a183;--soft:#40261b}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface);color:var(--ink);
font:1rem/1.55 Figtree,system-ui,sans-serif}
:lang(ar) body{line-height:1.8}
header{background:var(--head);color:var(--on-head);padding:2.5rem 0 2rem;position:relative}
header::before{content:"";position:absolute;inset-block-start:0;inset-inline:0;block-size:6px;
background:repeating-linear-gradient(90deg,#1c7aa6 0 22px,#dfa640 22px 30px,#1f857f 30px 52px,
#c9603c 52px 60px)}
header>*,main{max-inline-size:62rem;margin-inline:auto;padding-inline:1.25rem}
.eyebrow{margin-block:0;color:var(--call);font-weight:600}
h1,h2,h3,.said{font-family:"Source Serif 4",Georgia,"Times New Roman",serif;text-wrap:balance}
h1{font-size:clamp(1.7rem,4.5vw,2.7rem);line-height:1.15;margin-block:.25rem 1.25rem}
.tiles{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;
margin-block:0;padding-block:0;list-style:none}
.tiles b{font-size:1.7rem;line-height:1.2;color:var(--call);margin-inline-end:.35rem}
main{padding-block-end:3rem}
section{margin-block-start:2.75rem}
h2{font-size:1.55rem;margin:0 0 .9rem;padding-block-end:.35rem;
border-block-end:2px solid var(--line)}
h3{font-size:1.15rem;margin:1.5rem 0 .6rem}
.found{margin:0;padding:0;list-style:none;display:grid;gap:.7rem}
.found li{background:var(--paper);border:1px solid var(--line);
border-radius:10px;padding:.8rem 1rem}
.found li:first-child{font-size:1.15rem}
.found q{display:block;margin-block-start:.35rem;color:var(--muted);font-family:Georgia,serif}
.note{border-inline-start:.3rem solid var(--accent);background:var(--soft);padding:.7rem 1rem;
border-radius:0 8px 8px 0;margin:1.5rem 0 0}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));
margin:0;padding:0;list-style:none}
.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1rem;
display:flex;flex-direction:column;gap:.6rem;break-inside:avoid}
.said{margin:0;text-wrap:pretty;font-size:1.05rem;line-height:1.4;flex:1}
.card svg{inline-size:100%;block-size:auto}
.counts,figcaption,.method{color:var(--muted);font-size:.9rem;margin:0}
figure{margin:1rem 0 0;break-inside:avoid}
figure svg{inline-size:min(100%,46rem);block-size:auto;
border:1px solid var(--line);border-radius:10px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;inline-size:100%;font-size:.92rem;background:var(--paper)}
caption{text-align:start;color:var(--muted);padding-block-end:.35rem}
th,td{text-align:start;vertical-align:top;padding:.4rem .6rem;
border-block-end:1px solid var(--line)}
.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
.method,h1,.said{overflow-wrap:anywhere}
a:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
@media print{:root{--surface:#fff;--paper:#fff;--ink:#000;--muted:#333;--line:#999;--head:#fff;
--on-head:#000;--call:#000;--soft:#fff}body{font-size:10pt}header>*,main{padding-inline:0;max-inline-size:none}header{padding-block-start:0}
header::before{display:none}section{margin-block-start:1.5rem}h2,h3{break-after:avoid}
tr{break-inside:avoid}.scroll{overflow:visible}@page{margin:18mm}}
"""


def page(words: Words, *, title: str, eyebrow: str, facts: dict[str, int], body: str) -> str:
    """Return the whole page."""
    tiles = "".join(
        f"<li><b>{n:,}</b>{escape(words('page.' + name))}</li>" for name, n in facts.items()
    )
    lang, way = escape(words("page.lang")), escape(words("page.dir"))
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{way}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
        f"{hatched('no')}</defs></svg>\n"
        f'<header>\n<p class="eyebrow">{escape(eyebrow)}</p>\n'
        f'<h1 dir="auto">{escape(title)}</h1>\n<ul class="tiles">{tiles}</ul>\n</header>\n'
        f"<main>\n{body}</main>\n</body>\n</html>\n"
    )


def section(title: str, inner: str) -> str:
    """Return a part of the page under its title."""
    return f"<section>\n<h2>{escape(title)}</h2>\n{inner}</section>\n"


def cards(given: Sequence[Bar], words: Words, heads: Sequence[str] = ()) -> str:
    """Return statements with their bars; `heads` say something first, one for each."""
    if not given:
        return f"<p>{escape(words('page.none'))}</p>\n"
    made = []
    for at, bar in enumerate(given):
        drawn = mini(bar, words).svg.replace('role="img"', 'aria-hidden="true"')
        head = f'<p class="counts"><b>{escape(heads[at])}</b></p>' if heads else ""
        made.append(
            f'<li class="card">{head}<p class="said" dir="auto">{_said(bar.id, bar.text)}</p>'
            f'{drawn}<p class="counts">{escape(bar.says(words))}</p></li>\n'
        )
    return f'<ul class="cards">\n{"".join(made)}</ul>\n'


def _said(id: object, text: str) -> str:
    return escape(text or f"#{id}")


def figure(drawn: Figure) -> str:
    """Return a picture with what is read beneath it."""
    return f"<figure>{drawn.svg}<figcaption>{escape(drawn.note)}</figcaption></figure>\n"


def scrolled(table: str, label: str) -> str:
    """Return a wide table that scrolls by itself, also by the keyboard."""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"{table}</div>\n"
    )


def method(lines: Sequence[str]) -> str:
    """Return how the page was made."""
    return "".join(f'<p class="method">{escape(one)}</p>\n' for one in lines)
