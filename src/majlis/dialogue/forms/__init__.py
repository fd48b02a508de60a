"""What may be sent to the dialogue."""

from majlis.dialogue.forms.contributions import (
    CardForm,
    ContributionForm,
)
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
    "CardForm",
    "CarryForm",
    "ContributionForm",
    "DeclineForm",
    "MergeForm",
    "RewordForm",
    "SplitForm",
    "StepForm",
    "TranslationForm",
    "WithdrawForm",
]
