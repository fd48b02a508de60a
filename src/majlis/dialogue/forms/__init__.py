"""What may be sent to the dialogue."""

from majlis.dialogue.forms.moderation import (
    AcceptForm,
    CarryForm,
    DeclineForm,
    MergeForm,
    RewordForm,
    SplitForm,
    StepForm,
    TranslationForm,
    WithdrawForm,
)

__all__ = [
    "AcceptForm",
    "CarryForm",
    "DeclineForm",
    "MergeForm",
    "RewordForm",
    "SplitForm",
    "StepForm",
    "TranslationForm",
    "WithdrawForm",
]
