"""Tables that leave as a file for a spreadsheet, and tables that come in as people have them."""

from majlis.ui.tables.reading import BadTable, TableRead, read_paste, read_table
from majlis.ui.tables.sending import Column, named, safe_cell, table_file

__all__ = [
    "BadTable",
    "Column",
    "TableRead",
    "named",
    "read_paste",
    "read_table",
    "safe_cell",
    "table_file",
]
