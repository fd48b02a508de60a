"""Words by which an action, or a pointer to somewhere else, is recognised in each language.

They are hints for writers: a good sentence may use none of them.
"""

import re

VERBS_EN = frozenset(
    {
        "adopt", "align", "allocate", "allow", "amend", "appoint", "assess", "assign",
        "authorise", "authorize", "build", "carry", "clarify", "co-finance", "cofinance",
        "commission", "connect", "consult", "coordinate", "create", "dedicate", "define",
        "delegate", "deliver", "design", "develop", "draft", "earmark", "enable", "encourage",
        "endow", "enforce", "ensure", "entrust", "establish", "evaluate", "exempt", "expand",
        "extend", "facilitate", "finance", "fund", "give", "grant", "guarantee", "harmonise",
        "harmonize", "host", "implement", "include", "increase", "integrate", "introduce",
        "invest", "issue", "join", "keep", "launch", "lead", "limit", "link", "list", "lower",
        "maintain", "make", "mandate", "map", "measure", "merge", "monitor", "name",
        "negotiate", "offer", "open", "organise", "organize", "pass", "pay", "permit",
        "pilot", "place", "prepare", "prioritise", "prioritize", "promote", "propose",
        "protect", "provide", "publish", "put", "raise", "recognise", "recognize", "reduce",
        "reform", "register", "remove", "renew", "replace", "require", "reserve", "review",
        "revise", "run", "secure", "select", "set", "share", "sign", "simplify", "start",
        "streamline", "strengthen", "subsidise", "subsidize", "support", "task", "test",
        "train", "transfer", "update", "upgrade", "use", "write",
    }
)  # fmt: skip
"""Imperatives with which a recommendation in English often begins."""

VERB_FR = re.compile(r"^[a-zà-ÿ-]{2,}(er|ir|oir|re)$")
"""A French infinitive, by its ending."""

NOT_VERBS_FR = frozenset(
    {
        "autre", "dernier", "entre", "leur", "notre", "pour", "premier", "votre",
    }
)  # fmt: skip

ACTS_AR = frozenset(
    {
        "إبرام", "إحداث", "إدراج", "إدماج", "إرساء", "إرفاق", "إسناد", "إصدار", "إطلاق",
        "إعداد", "إعفاء", "إقرار", "إلغاء", "إنشاء", "استثمار", "استحداث", "استعمال",
        "اعتماد", "بعث", "بناء", "تأسيس", "تبسيط", "تجربة", "تجميع", "تحديد", "تحيين",
        "تخصيص", "تخفيض", "تدريب", "تركيز", "تسجيل", "تسهيل", "تشبيك", "تشجيع", "تطوير",
        "تعديل", "تعزيز", "تعيين", "تفعيل", "تقديم", "تقنين", "تقييم", "تكليف", "تكوين",
        "تمكين", "تمويل", "تنسيق", "تنظيم", "توسيع", "توفير", "توقيع", "تيسير", "جعل", "حذف",
        "حماية", "خفض", "دعم", "ربط", "رفع", "سن", "صياغة", "ضمان", "فتح", "قياس", "مراجعة",
        "مرافقة", "مساندة", "ملاءمة", "منح", "مواءمة", "نشر", "نقل", "وضع",
    }
)  # fmt: skip
"""Verbal nouns with which a recommendation in Arabic often begins."""

ACT_FORMS_AR = re.compile(r"^(ت\w{2}ي\w|إ\w{1,3}ا\w|ا\w{1,2}ت\w?ا\w|است\w{2}ا\w)$")
"""The commonest shapes of verbal nouns: تفعيل, إفعال, افتعال, استفعال."""

POINTS_ELSEWHERE = {
    "en": re.compile(
        r"\b(this report|the report|above|below|aforementioned|the said|as mentioned"
        r"|see (section|annex|page)|the former|the latter)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(ci-dessus|ci-dessous|ci-après|susmentionné|le présent rapport|ce rapport|ladite|ledit"
        r"|précité|voir (section|annexe|page))",
        re.IGNORECASE,
    ),
    "ar": re.compile(r"(أعلاه|أدناه|المذكور|هذا التقرير|التقرير الحالي|آنفا|سالف الذكر|انظر)"),
}
"""Words that send the reader somewhere else."""

NO_UNIT = frozenset(
    {
        "authorities", "autorités", "etat", "everyone", "gouvernement", "government",
        "l'état", "le gouvernement", "le ministère", "les autorités", "les pouvoirs publics",
        "l’état", "ministries", "ministry", "ministère", "policymakers", "pouvoirs publics",
        "public authorities", "state", "the authorities", "the government", "the ministry",
        "the state", "état", "الجهات المعنية", "الحكومة", "الدولة", "السلط العمومية",
        "السلطات", "السلطات العمومية", "الوزارة",
    }
)  # fmt: skip
"""Names that name nobody who could answer."""
