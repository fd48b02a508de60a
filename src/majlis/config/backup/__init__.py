"""Backing up and restoring: one file that holds the database and the folder of files.

The file is a zip: `manifest.json`, one `rows/<table>.jsonl` for each table, and everything that
stands in `var` beside the database. Rows are written through the models as they were at the
migrations the database has, not as today's code knows them, so that an older database can be
backed up before it is migrated. The same file restores into SQLite and into PostgreSQL.

It holds people's data and the signing key, without which no personal link would open again:
it is written for its owner's eyes only.

tables     what of a database and of `var` a backup holds
writing    the file is written, whole or not at all
archive    a file that anybody may have made is read: what is wrong with it, in a sentence
staging    files wait beside their places, and are put there once the database has changed
restoring  database and files change together
"""

from majlis.config.backup.restoring import restore
from majlis.config.backup.staging import settle
from majlis.config.backup.tables import is_lived_in
from majlis.config.backup.writing import write

__all__ = ["is_lived_in", "restore", "settle", "write"]
