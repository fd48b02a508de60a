"""Read and write conversations in the file layout of Polis."""

from opinionspace.export.files import export_texts, read_export, write_export
from opinionspace.export.tables import Comment, Export, Participant, VoteLog, export_of

__all__ = [
    "Comment",
    "Export",
    "Participant",
    "VoteLog",
    "export_of",
    "export_texts",
    "read_export",
    "write_export",
]
