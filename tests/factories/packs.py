"""A small edition pack on disk: the smallest one in which every kind of file appears."""

from pathlib import Path

STATUS = "en original; fr draft; ar draft"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def _yaml(name: str, en: str, fr: str, ar: str) -> str:
    return f"{name}:\n  en: {en}\n  fr: {fr}\n  ar: {ar}\n  status: {STATUS}\n"


def _page(title: str, status: str, body: str) -> str:
    return f"title: {title}\nstatus: {status}\n\n{body}\n"


FILES: dict[str, str] = {
    "pack.yaml": "format: 1\n",
    "series.yaml": "slug: seminar\n" + _yaml("title", "Seminar", "Séminaire", "ندوة"),
    "edition.yaml": "slug: tunis\n"
    + _yaml("title", "Maghreb Edition", "Édition Maghreb", "الدورة المغاربية")
    + _yaml("place", "Tunis", "Tunis", "تونس")
    + "country: TN\nstarts_on: 2026-03-25\nends_on: 2026-03-25\ntime_zone: Africa/Tunis\n"
    "languages: en fr ar\nauthoritative_language: en\nsmallest_cell_room: 5\n"
    "smallest_cell_public: 10\nis_demo: yes\n",
    "objectives.csv": "id,position,title_en,title_fr,title_ar,title_status\n"
    f"o1,1,Talk,Parler,حوار,{STATUS}\n",
    "themes.csv": "id,position,title_en,title_fr,title_ar,title_status\n"
    f"T1,1,Industry,Industrie,الصناعة,{STATUS}\nT2,2,Finance,Finance,التمويل,{STATUS}\n",
    "challenges.csv": "id,position,title_en,title_fr,title_ar,title_status\n"
    f"C1,1,Recognition,Reconnaissance,الاعتراف,{STATUS}\n",
    "programme.csv": "id,on_date,starts,ends,kind,theme,parallel_group,"
    "title_en,title_fr,title_ar,title_status,attribution_rule\n"
    f"A1,2026-03-25,09:00,09:30,opening,,,Opening,Ouverture,الافتتاح,{STATUS},public\n"
    f"A2,2026-03-25,09:30,11:00,theme_table,T1,P1,Table 1,Table 1,الطاولة 1,{STATUS},"
    "chatham_house\n"
    f"A3,2026-03-25,09:30,11:00,theme_table,T2,P1,Table 2,Table 2,الطاولة 2,{STATUS},"
    "chatham_house\n",
    "partners.csv": "id,position,role,name_en,name_fr,name_ar,name_status,"
    "website,emblem,is_confirmed\n"
    f"femise,1,organiser,FEMISE,FEMISE,FEMISE,{STATUS},https://www.femise.org,,yes\n",
    "links.csv": "id,position,direction,title_en,title_fr,title_ar,title_status\n"
    f"before,1,fed_by,Meeting,Rencontre,لقاء,{STATUS}\n",
    "texts.csv": "id,position,kind,is_confirmed\nabout,1,about,yes\n",
    "texts/about.en.txt": _page("About", "original", "A working day."),
    "texts/about.fr.txt": _page("À propos", "draft", "Une journée de travail."),
    "texts/about.ar.txt": _page("عن الندوة", "draft", "يوم عمل."),
    "statements.csv": "id,theme,challenge,kind,wording_en,wording_fr,wording_ar,wording_status,"
    "origin,grounding,source_note,source_url\n"
    f"S1,T1,C1,proposal,Open a register.,Ouvrir un registre.,إنشاء سجل.,{STATUS},"
    "demo,sourced,A page.,https://example.org\n",
    "glossary.csv": "id,position,category,term_en,term_fr,term_ar,term_status\n"
    f"G1,1,event,seminar,séminaire,ندوة,{STATUS}\n",
}


class SmallPack:
    """A pack in a folder that a test may change file by file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, content in FILES.items():
            self.write(name, content)

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def swap(self, name: str, old: str, new: str) -> None:
        """Replace a part that stands in the file exactly once."""
        content = (self.root / name).read_text()
        assert content.count(old) == 1, (name, old)
        self.write(name, content.replace(old, new))

    def add(self, name: str, line: str) -> None:
        """Append one line."""
        self.write(name, (self.root / name).read_text() + line + "\n")
