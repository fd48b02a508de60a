"""What differs between the brief as it was issued and as it would be issued now.

What was built is compared, not what it was built from: whatever is printed counts, and nothing
else. Documents of every version are read, since the first one stored them in the same form.
"""

from __future__ import annotations

from majlis.briefs import render
from majlis.briefs.document import BriefChange, Documents, Occasion, issued
from majlis.briefs.models import Publication
from majlis.briefs.words import Json
from majlis.kernel.canonical import digest_of

AROUND = (
    "title", "series", "subtitle", "authors", "emblems", "funding", "notices", "labels", "method",
    "participants", "prose",
)  # fmt: skip


def content_of(documents: Documents, occasion: Occasion) -> Json:
    """What a publication keeps: the documents of its issue, and what they were set with."""
    return {
        "documents": {lang: issued(one, occasion) for lang, one in documents.items()},
        "template": render.template_digest(),
    }


def is_unchanged(documents: Documents, last: Publication) -> bool:
    """Whether a new issue would say, letter for letter, what the last one says."""
    day = last.issued_at.astimezone(last.edition.zone).date()
    again = Occasion(day, last.number, [BriefChange(**change) for change in last.changes])
    return digest_of(content_of(documents, again)) == last.content_digest


def changes_between(before: Documents, after: Documents) -> list[BriefChange]:
    """What came, went, was reworded or changed otherwise, in order of identifier.

    A last entry stands for all that is no recommendation: texts, names, addresses, layout.
    """
    old, new = _recommendations(before), _recommendations(after)
    found = []
    for rec_id in sorted({*old, *new}):
        if rec_id not in old:
            found.append(BriefChange("added", rec_id))
        elif rec_id not in new:
            found.append(BriefChange("removed", rec_id))
        elif old[rec_id] != new[rec_id]:
            same_words = old[rec_id]["words"] == new[rec_id]["words"]
            found.append(BriefChange("changed" if same_words else "reworded", rec_id))
    if not found or _around(before) != _around(after):
        found.append(BriefChange("around"))
    return found


def _recommendations(documents: Documents) -> dict[str, Json]:
    """What each recommendation says in all languages, whatever its numbers and addresses."""
    found: dict[str, Json] = {}
    for lang in sorted(documents):
        document = documents[lang]
        notes = {note["n"]: [note["text"], note["detail"]] for note in document["footnotes"]}
        for rec in document["recommendations"]:
            one = found.setdefault(rec["rec_id"], {"words": [], "rest": []})
            one["words"] += [rec["title"], rec["text"]]
            one["rest"] += [
                [[fact["value"], fact.get("more", [])] for fact in rec["facts"]],
                [[s["statement"], s["sentence"], s["cells"]] for s in rec["support"]],
                [notes[note["n"]] for note in rec["footnotes"]],
            ]
    return found


def _around(documents: Documents) -> Json:
    """What stands around the recommendations, but for the line that names the issue."""
    return {
        lang: [
            [document.get(part, []) for part in AROUND],
            [line for line in document["colophon"] if line != document.get("running_footer")],
        ]
        for lang, document in documents.items()
    }
