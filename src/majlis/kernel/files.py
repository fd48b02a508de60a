"""Files that rows name, and files that none names any more.

A file is written before its row is committed. Where the commit fails, or the process is killed
between the two, the file stays and nobody would ever ask for it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from functools import partial

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models, transaction
from django.db.models.fields.files import FieldFile

UNDER_WAY_SECONDS = 3600  # a row may still be on its way to the file


def delete_files(files: Iterable[FieldFile]) -> None:
    """Delete files once their rows are gone for good."""
    for file in files:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))


def remove_folder(name: str, storage: Storage = default_storage) -> None:
    """Delete a folder of files and all in it, as far as it is there."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        folders, files = storage.listdir(name)
        for folder in folders:
            remove_folder(f"{name}/{folder}", storage)
        for file in files:
            storage.delete(f"{name}/{file}")
        storage.delete(name)


def remove_orphans(storage: Storage = default_storage) -> int:
    """Delete the files that no row names, in the folders that rows name files in; return how many.

    Runs at start, before anybody uses the server.
    """
    fields = [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]
    named = {
        name
        for model, field in fields
        for name in model._base_manager.exclude(**{field.name: ""}).values_list(
            field.name, flat=True
        )
    }
    roots = {str(field.upload_to).strip("/") for _, field in fields}
    return sum(_remove_unnamed(root, named, storage) for root in roots if root)


def _remove_unnamed(folder: str, named: set[str], storage: Storage) -> int:
    try:
        folders, files = storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    removed = sum(_remove_unnamed(f"{folder}/{one}", named, storage) for one in folders)
    for file in files:
        name = f"{folder}/{file}"
        old = time.time() - storage.get_modified_time(name).timestamp() > UNDER_WAY_SECONDS
        if name not in named and old:
            storage.delete(name)
            removed += 1
    if folders or files:
        with contextlib.suppress(OSError):  # it has files still
            storage.delete(folder)
    return removed
