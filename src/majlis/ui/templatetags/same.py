"""`{% same "name" edition=edition session=session %}…{% endsame %}`: drawn once for the same rows.

What it names is read anew for each page; only the drawing is kept, under the values of all that
is named and the language. So there is nothing to make invalid: another value is another piece.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime, time
from hashlib import blake2b
from threading import Lock

from django import template
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.template.base import token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from majlis.kernel.texts import Text

MOST_PIECES = 1_000
PLAIN = frozenset({str, int, bool, float, datetime, date, time, type(None)})

register = template.Library()
_drawn: OrderedDict[bytes, SafeString] = OrderedDict()  # the one used last comes last
_lock = Lock()


class Same(template.Node):
    """Sees only what it names, so that nothing of the reader enters."""

    def __init__(
        self, name: str, facts: dict[str, template.base.FilterExpression], nodes: template.NodeList
    ) -> None:
        self.name, self.facts, self.nodelist = name, facts, nodes

    def render(self, context: template.Context) -> SafeString:
        facts = {name: said.resolve(context) for name, said in self.facts.items()}
        said = repr((self.name, get_language(), *map(value_of, facts.values())))
        key = blake2b(said.encode(), digest_size=16).digest()
        with _lock:
            if key in _drawn:
                _drawn.move_to_end(key)
                return _drawn[key]
        made = self.nodelist.render(context.new(facts))
        with _lock:
            _drawn[key] = made
            if len(_drawn) > MOST_PIECES:
                _drawn.popitem(last=False)
        return made


@register.tag("same")
def piece(parser: template.base.Parser, token: template.base.Token) -> Same:
    _, name, *words = token.split_contents()
    facts = token_kwargs(words, parser)
    nodes = parser.parse(("endsame",))
    parser.delete_first_token()
    return Same(name, facts, nodes)


def value_of(thing: object) -> object:
    """All that a thing holds, for `repr`: two that differ anywhere are not the same.

    Of a row its columns, and what a query has put beside them. Not the rows that it leads to: a
    piece that draws one names it as well.
    """
    if type(thing) in PLAIN or isinstance(thing, str | int | date | FieldFile):
        return thing
    if isinstance(thing, Text):
        return thing.value
    if isinstance(thing, Model):
        held = ((name, one) for name, one in vars(thing).items() if name[0] != "_")
        told = [(name, one if type(one) in PLAIN else value_of(one)) for name, one in held]
        return type(thing).__name__, told
    if isinstance(thing, Mapping):
        return [(name, value_of(one)) for name, one in thing.items()]
    if isinstance(thing, Sequence | QuerySet):
        return [value_of(one) for one in thing]
    if is_dataclass(thing):
        return [value_of(getattr(thing, name)) for name in thing.__dataclass_fields__]
    raise TypeError(f"{{% same %}} cannot tell one {type(thing).__name__} from another")
