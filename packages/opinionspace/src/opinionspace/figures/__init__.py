"""Small figures as SVG, each with its text alternative; notebooks show them as they are."""

from opinionspace.figures._svg import Figure
from opinionspace.figures.bars import Bar, bars, mini
from opinionspace.figures.beeswarm import beeswarm
from opinionspace.figures.maps import Mark, line, plane

__all__ = ["Bar", "Figure", "Mark", "bars", "beeswarm", "line", "mini", "plane"]
