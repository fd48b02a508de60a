"""Reading and writing packs: folders of YAML, CSV and text that people edit by hand.

An app says in its `pack.py` which tables it reads (`PackTable`, a list of columns) and what
model stands behind each (`Binding`). Everything else is here and knows no app:

faults    one sentence per fault, with file, row and column
decoding  bytes to text: UTF-8, and the older encodings where they are certain
sheets    text to the rows of a table, as spreadsheets save it
files     a folder of files: which belong to the pack, their size, their YAML
cells     columns: how a cell is read, what was expected, how it is written back
plain     kinds of columns of one cell
tables    a table as a whole: header, rows, identifiers, references; and writing it
merging   pack, database and the last load compared row by row
"""

from majlis.kernel.pack.cells import Column, Plain, Translated
from majlis.kernel.pack.faults import Faults
from majlis.kernel.pack.files import PackFolder
from majlis.kernel.pack.merging import Binding, Fate, Merge, RowChange
from majlis.kernel.pack.plain import (
    address,
    code,
    country,
    day,
    hour,
    languages,
    line,
    reference,
    several,
    shares,
    slug,
    truth,
    whole,
    words,
    zone,
)
from majlis.kernel.pack.tables import PackRow, PackTable

__all__ = [
    "Binding",
    "Column",
    "Fate",
    "Faults",
    "Merge",
    "PackFolder",
    "PackRow",
    "PackTable",
    "Plain",
    "RowChange",
    "Translated",
    "address",
    "code",
    "country",
    "day",
    "hour",
    "languages",
    "line",
    "reference",
    "several",
    "shares",
    "slug",
    "truth",
    "whole",
    "words",
    "zone",
]
