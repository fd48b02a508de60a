"""Trade statistics: from files of flows to indicators of countries, products and regions.

Pure functions on NumPy: no clock, no random numbers, no network, inputs are never changed. Begin
with `read_flows`. What is undefined is nan, where it is undefined and nowhere else.
"""

from tradestats.adjusted import demand_growth, distance_term, supply_growth, tariff_advantage
from tradestats.advantage import rca, region_rca, specialised, symmetric_rca
from tradestats.clusters import Clusters, clusters
from tradestats.concentration import (
    Agglomeration,
    ellison_glaeser,
    herfindahl,
    location_quotient,
    theil,
)
from tradestats.concordance import Carried, carried
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
from tradestats.valueadded import ExportContent, InterCountry, NineTerms

__version__ = "0.1.0"

__all__ = [
    "BACI",
    "Agglomeration",
    "BadFile",
    "BadTable",
    "Carried",
    "Clusters",
    "Complexity",
    "ExportContent",
    "Flows",
    "InterCountry",
    "Layout",
    "Link",
    "NineTerms",
    "RegionalTrade",
    "Stages",
    "Tally",
    "TradeError",
    "carried",
    "chain_profile",
    "clusters",
    "complementarity",
    "complexity",
    "demand_growth",
    "density",
    "distance_term",
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
    "supply_growth",
    "symmetric_rca",
    "tariff_advantage",
    "theil",
]
