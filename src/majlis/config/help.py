"""What the help beside each page of the workspace says: what it is for, and what comes next."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELP: dict[str, str | Promise] = {
    "front:desk": _(
        "What is waiting for you comes first, with the button that does it. The day shows "
        "what is done and what comes next."
    ),
    "front:checks": _(
        "Steps from twelve weeks before to six months after. Majlis ticks what it can "
        "tell. Organisers tick the rest."
    ),
    "front:questions": _(
        "Answer in your own words. Come back to change an answer whenever things become clearer."
    ),
    "front:activity": _(
        "Use it to find out who changed something, and when. Nothing can be deleted here."
    ),
    "front:search": _(
        "Type the beginning of a word or a number. Accents and word endings do not matter."
    ),
    "registration:desk-registrations": _(
        "Approve or refuse those who are waiting. Whoever is approved receives a personal link."
    ),
    "registration:desk-census": _(
        "Who takes part, by group and country. Small groups are hidden so that nobody is "
        "identified."
    ),
    "registration:desk-colleagues": _(
        "Give each person only the roles they need. A role can be removed at any time."
    ),
    "circulars:messages": _("Every email with its state, and what the mail server answered."),
    "circulars:circulars": _(
        "Choose who receives it, write it in each language, send yourself a test, then send it."
    ),
    "circulars:wordings": _(
        "Placeholders such as {name} are filled for each reader. A wrong one is refused."
    ),
    "welcome:arrivals": _(
        "Search and check in go on without a network. A badge’s code opens the person’s page."
    ),
    "dialogue:moderation": _(
        "Use a contribution as it is, reword it, split it, or merge it with one that says "
        "the same. You never see who wrote it."
    ),
    "dialogue:card": _(
        "Type what is on a paper card, word for word. It then waits in the queue like others."
    ),
    "dialogue:statements": _(
        "Each statement is one idea in one sentence. The lineage leads back to the words "
        "it comes from."
    ),
    "dialogue:desk-rounds": _(
        "Prepare a round, open it, close it, show the results. Until then everybody sees "
        "turnout only."
    ),
    "stage:desk": _("Choose what the projector shows. It changes within two seconds."),
    "recommendations:desk-list": _(
        "Draft, review, final list, decision, publication: the page of each says what is missing."
    ),
    "briefs:desk": _(
        "A published brief never changes. Look at the preview in each language first."
    ),
    "planning:plan": _(
        "Fill in the parts, look at the page as it will be, then announce the edition."
    ),
    "planning:programme": _("Plan freely: the public sees the programme only once you publish it."),
    "planning:pack": _(
        "Download the files before a big change: loading them again takes you back."
    ),
}
