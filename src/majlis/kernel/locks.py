"""Locks that Django has no word for: many may hold a row, or one alone."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TypeVar
from zlib import crc32

from django.db import connection, models

from majlis.kernel.prepared import Prepared

M = TypeVar("M", bound=models.Model)


def held_for_share(model: type[M], pks: Collection[int]) -> dict[int, M]:
    """Fresh copies of the rows, held until the transaction ends: many may hold them together.

    Whoever wants one by `hold_alone` waits for all who hold it; those who come later wait for its
    commit, and then read what it wrote. PostgreSQL does it by advisory locks, which queue fairly:
    with `FOR SHARE` a stream of holders would keep `FOR UPDATE` waiting for ever. On SQLite the
    transaction has been the only writer since its first statement, so that reading is enough.
    Must be called inside `transaction.atomic`.
    """
    if connection.vendor == "postgresql":
        keys = sorted(_key(model, pk) for pk in pks)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(k) FROM unnest(%s) k", [keys])
    fields, query = _rows_of(model)
    rows = [model.from_db(connection.alias, fields, row) for row in query.rows(pks)]
    return {row.pk: row for row in rows}


def hold_alone(row: models.Model) -> None:
    """Wait for all who hold the row, and let nobody else hold it until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key(type(row), row.pk)])


def _key(model: type[models.Model], pk: int) -> int:
    """A number of 63 bits for a row: PostgreSQL knows advisory locks by numbers only."""
    return (crc32(model._meta.db_table.encode()) >> 1) << 32 | (pk & 0xFFFFFFFF)


@cache
def _rows_of(model: type[models.Model]) -> tuple[list[str], Prepared]:
    """The names of a model's columns, and a query for them by primary keys."""
    fields = [field.attname for field in model._meta.concrete_fields]
    of_all = model._default_manager.order_by()
    return fields, Prepared(lambda pks: of_all.filter(pk__in=pks).values_list(*fields))
