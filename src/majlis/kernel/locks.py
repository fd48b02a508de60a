"""Locks that Django has no word for: many may hold a row, or one alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar
from zlib import crc32

from django.db import connection, models

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
    return model._default_manager.in_bulk(list(pks))


def hold_alone(row: models.Model) -> None:
    """Wait for all who hold the row, and let nobody else hold it until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key(type(row), row.pk)])


def _key(model: type[models.Model], pk: int) -> int:
    """A number of 63 bits for a row: PostgreSQL knows advisory locks by numbers only."""
    return (crc32(model._meta.db_table.encode()) >> 1) << 32 | (pk & 0xFFFFFFFF)
