"""Trade statistics: from files of flows to indicators of countries, products and regions.

Pure functions on NumPy: no clock, no random numbers, no network, inputs are never changed. Begin
with `read_flows`. What is undefined is nan, where it is undefined and nowhere else.
"""

from tradestats.advantage import rca, region_rca, specialised, symmetric_rca
from tradestats.concentration import (
    Agglomeration,
    ellison_glaeser,
    herfindahl,
    location_quotient,
    theil,
)
from tradestats.errors import BadFile, BadTable, TradeError
from tradestats.flows import Flows, Tally
from tradestats.partners import (
    RegionalTrade,
    complementarity,
    finger_kreinin,
    grubel_lloyd,
    intensity,
    regional_trade,
)
from tradestats.potential import (
    Link,
    Stages,
    chain_profile,
    export_potential,
    regional_links,
)
from tradestats.reading import BACI, Layout, read_flows
from tradestats.relatedness import (
    Complexity,
    complexity,
    density,
    fitness,
    outlook,
    outlook_gain,
    proximity,
)
from tradestats.valueadded import ExportContent, InterCountry

__version__ = "0.1.0"

__all__ = [
    "BACI",
    "Agglomeration",
    "BadFile",
    "BadTable",
    "Complexity",
    "ExportContent",
    "Flows",
    "InterCountry",
    "Layout",
    "Link",
    "RegionalTrade",
    "Stages",
    "Tally",
    "TradeError",
    "chain_profile",
    "complementarity",
    "complexity",
    "density",
    "ellison_glaeser",
    "export_potential",
    "finger_kreinin",
    "fitness",
    "grubel_lloyd",
    "herfindahl",
    "intensity",
    "location_quotient",
    "outlook",
    "outlook_gain",
    "proximity",
    "rca",
    "read_flows",
    "region_rca",
    "regional_links",
    "regional_trade",
    "specialised",
    "symmetric_rca",
    "theil",
]
