"""Country codes of BACI: its own numbers, which are not those of ISO.

From the dictionary of BACI V202201 (CEPII, Etalab Open Licence 2.0). An ISO join loses a fifth of
world exports: France is 251, Italy 381, Norway 579, India 699, Switzerland 757, the United States
842. Several codes may be one country over time (56 and 58 are BEL, 276 and 280 DEU, 729 and 736
SDN, 710 and 711 ZAF, and Italy is 380 in later releases): they are added up, never taken by the
first.

490 (“Other Asia, nes”, a proxy of Taiwan) and 697 are areas without an ISO code and keep the
signs of later releases, S19 and R20. Western Sahara (732) has no code here: its trade stands
under Morocco (504) or nowhere, as the source has it.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def baci_countries() -> dict[str, str]:
    """Return ISO 3166 alpha-3 codes by the numbers of BACI, as text without zeros before.

    Examples
    --------
    >>> codes = baci_countries()
    >>> [codes[number] for number in ("251", "842", "56", "58", "788", "490")]
    ['FRA', 'USA', 'BEL', 'BEL', 'TUN', 'S19']
    """
    text = files("tradestats").joinpath("codes/baci.csv").read_text(encoding="utf-8")
    return {row["code"]: row["iso3"] for row in csv.DictReader(text.splitlines())}
