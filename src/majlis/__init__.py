"""Majlis: a policy dialogue from its public page to recommendations followed up for years."""

import os

# openpyxl reads with lxml where that is installed, as it is for documents. Without it, it reads
# through defusedxml, which refuses entities instead of passing them over.
os.environ["OPENPYXL_LXML"] = "False"

__version__ = "0.1.0"
