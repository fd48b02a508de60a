"""`{% kept "name" edition round %}…{% endkept %}`: a piece of a page that many people see."""

from __future__ import annotations

from collections.abc import Hashable

from django import template
from django.db.models import Model
from django.utils.safestring import SafeString

from majlis.ui.kept import kept

register = template.Library()


class Kept(template.Node):
    """Sees only the words it names, the edition first, so that nothing of the reader enters."""

    def __init__(self, name: str, words: list[str], nodes: template.NodeList) -> None:
        self.name, self.words, self.nodelist = name, words, nodes

    def render(self, context: template.Context) -> SafeString:
        facts = {word: context[word] for word in self.words}
        key = ("piece", self.name, *map(_named, facts.values()))
        request = context.get("request")

        def make() -> SafeString:
            return self.nodelist.render(context.new(facts))

        if request is None:
            return make()
        return kept(request, facts["edition"].slug, key, make, size=len)


@register.tag("kept")
def piece(parser: template.base.Parser, token: template.base.Token) -> Kept:
    _, name, *words = token.split_contents()
    if "edition" not in words:
        raise template.TemplateSyntaxError("{% kept %} names the edition, whose changes it follows")
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name.strip('"'), words, nodes)


def _named(value: object) -> Hashable:
    if isinstance(value, Model):
        return value._meta.label, value.pk
    if isinstance(value, str | int | None):
        return value
    raise TypeError(f"{{% kept %}} cannot tell one {type(value).__name__} from another")
