"""Words that an organiser wrote for a letter: its places for names and links, and their faults.

A place is a name in braces, `{name}`, and is filled for each reader. A paragraph with a place
that has nothing to say for this reader is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from majlis.kernel.punctuation import joined
from majlis.kernel.texts import Text
from majlis.mail.render import BUTTON
from majlis.ui.templatetags.majlis import marked

Said = object  # words, read in the language of the moment

PLACE = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Standard:
    """A letter that an edition may word otherwise.

    `sent` says when it goes out, `places` what each place is filled with, `needs` those without
    which the letter would be of no use.
    """

    template: str
    name: Said
    sent: Said
    places: Mapping[str, Said]
    needs: Set[str] = field(default_factory=frozenset)

    @property
    def code(self) -> str:
        """What addresses call it."""
        return self.template.rpartition("/")[2].removesuffix(".txt").replace("_", "-")

    @property
    def as_places(self) -> dict[str, str]:
        """Facts that print the standard words with their places."""
        return {name: f"{{{name}}}" for name in self.places}


def faults_in(words: str, places: Set[str], needs: Set[str] = frozenset()) -> list[str]:
    """What is wrong with words that were written, a sentence each, with the line."""
    found = []
    for number, line in enumerate(words.split("\n"), start=1):
        at = {"line": number}
        for place in PLACE.findall(line):
            if place.strip() not in places:
                known = joined(f"{{{one}}}" for one in sorted(places))
                shown = at | {"place": f"{{{place}}}", "known": known}
                found.append(
                    _("Line %(line)s: “%(place)s” is not a placeholder here. Use %(known)s.")
                    % shown
                )
        if re.search("[{}]", PLACE.sub("", line)):
            found.append(
                _("Line %(line)s: a brace has no partner. Placeholders look like {name}.") % at
            )
        if (button := BUTTON.fullmatch(line.strip())) and not re.match(r"https?://|\{", button[2]):
            found.append(
                _("Line %(line)s: a button leads to a placeholder or to an address with https://.")
                % at
            )
    missing = sorted(needs - {one.strip() for one in PLACE.findall(words)})
    said = _("%(place)s is missing. Without it, the email is of no use to its reader.")
    found += [said % {"place": f"{{{place}}}"} for place in missing]
    return found


def filled(words: str, facts: Mapping[str, object]) -> str:
    """The words with their places filled, in the language of the moment."""
    said = {name: _shown(value) for name, value in facts.items()}
    paragraphs = re.split(r"\n[ \t]*\n", words.strip("\n"))
    return "\n\n".join(
        PLACE.sub(lambda place: said.get(place[1].strip(), place[0]), one)
        for one in paragraphs
        if all(said.get(place.strip(), "-") for place in PLACE.findall(one))
    )


def _shown(value: object) -> str:
    return marked(value) if isinstance(value, Text) else str(value)
