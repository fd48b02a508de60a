"""What people do after adoption, each as one verb."""

from majlis.followup.actions.answers import answer, ask_again
from majlis.followup.actions.endorsing import ask_endorsement, end_endorsement, endorse
from majlis.followup.actions.links import end_link, hand_over, link_opened, send, send_again
from majlis.followup.actions.progress import drop_action, finish_action, note_progress, plan_action
from majlis.followup.actions.reminders import remind_owners

__all__ = [
    "answer",
    "ask_again",
    "ask_endorsement",
    "drop_action",
    "end_endorsement",
    "end_link",
    "endorse",
    "finish_action",
    "hand_over",
    "link_opened",
    "note_progress",
    "plan_action",
    "remind_owners",
    "send",
    "send_again",
]
