"""What the name of a person can be."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from majlis import kernel
from majlis.kernel.names import as_name


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace", "Jean-Luc O’Neil", "Ngô Thị Hương", "J. R. R. Tolkien", "Abi 'l-Hasan",
        "د. أحمد بن علي", "فاطمة الزهراء", "ⵜⴰⵏⵉⵏⵏⴰ", "María José Carreño (INAT)", "Σωκράτης",
        "King Hassan 2", "Habib & Salma", "Nnamdi Ọ́látúnjí", "Khan Jr.", "M’hamed", "می‌خواهم",
    ],
)  # fmt: skip
def test_name_stays_as_it_is(name):
    assert as_name(name) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Dr.Ali", "Dr. Ali"),
        ("Prof.Dr.Salma", "Prof. Dr. Salma"),
        ("evil.com", "evil. com"),
        ("www.Evil.Co.Uk", "www. Evil. Co. Uk"),
        ("د.أحمد", "د. أحمد"),
    ],
)
def test_dot_gets_its_space_so_that_no_mail_makes_it_a_link(written, name):
    assert as_name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        "https://evil.example", "evil.com/a", "ada@evil.example", "Ada <ada>", "call 71 000 000",
        "You won! ", "Pay 5000", "Ada\nLovelace", "Ada\tLovelace", "50 % off", "a" * 81, "a " * 11,
        "€ free", "💰 money", "Ada_Lovelace", "Ada=1", "Ada: read this", "Ada?", "Ada\u202eevil",
        "hxxp:evil", "[link](evil)", "*bold*", "Ada #1", "Ada ١٢٣٤٥",
    ],
)  # fmt: skip
def test_what_carries_a_message_is_no_name(written):
    with pytest.raises(ValidationError, match="only the name"):
        as_name(written)


@pytest.mark.parametrize("written", ["١٢٣", "--", "4"])
def test_name_has_letters(written):
    with pytest.raises(ValidationError, match="contains letters"):
        as_name(written)


def test_every_form_that_asks_for_a_persons_name_asks_with_the_field_of_names():
    forms = Path(kernel.__file__).parents[1].glob("*/forms*")
    text = "\n".join(p.read_text() for f in forms for p in (f.rglob("*.py") if f.is_dir() else [f]))

    asked = re.findall(r"^    name = (.+?)\(", text, re.MULTILINE)
    assert set(asked) == {"NameField"}
