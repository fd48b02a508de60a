"""Writing messages, sending those that are due, forgetting them. Only actions write."""

from majlis.mail.actions.forgetting import (
    forget_messages,
    purge_messages,
    strike_ended,
    strike_used,
)
from majlis.mail.actions.sending import send_again, send_due, send_kept, try_server
from majlis.mail.actions.setting import (
    copy_wordings,
    remove_server,
    set_server,
    unword_letter,
    word_letter,
)
from majlis.mail.actions.writing import (
    Attachment,
    ForOne,
    stop_batch,
    write_batch,
    write_message,
)

__all__ = [
    "Attachment",
    "ForOne",
    "copy_wordings",
    "forget_messages",
    "purge_messages",
    "remove_server",
    "send_again",
    "send_due",
    "send_kept",
    "set_server",
    "stop_batch",
    "strike_ended",
    "strike_used",
    "try_server",
    "unword_letter",
    "word_letter",
    "write_batch",
    "write_message",
]
