"""Row locks that Django has no word for."""

from __future__ import annotations

from typing import TypeVar

from django.db import connections, models, router

M = TypeVar("M", bound=models.Model)


def held_for_share(row: M) -> M:
    """A fresh copy of `row`, held until the transaction ends: many may hold it, none may change it.

    Who changes the row takes `select_for_update`, waits for all who hold it, and makes those who
    come later wait for its commit and then read what it wrote. PostgreSQL does it by `FOR SHARE`;
    on SQLite the transaction has been the only writer since its first statement, so that reading
    is enough. Must be called inside `transaction.atomic`.
    """
    model = type(row)
    connection = connections[router.db_for_write(model)]
    manager = model._default_manager
    if connection.vendor != "postgresql":
        return manager.get(pk=row.pk)
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    query = f"SELECT * FROM {table} WHERE {key} = %s FOR SHARE"  # noqa: S608 (our own names)
    return manager.raw(query, [row.pk])[0]
