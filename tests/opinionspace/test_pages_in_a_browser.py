"""Pages of findings in a real browser: nothing for axe to say, nothing wider than a phone."""

import pytest

from tests.conftest import AXE
from tests.opinionspace.test_findings import SIDES, VOTES, along_a_line


@pytest.mark.parametrize(("scheme", "way"), [("light", "ltr"), ("dark", "rtl")])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(chromium, tmp_path, scheme, way):
    words = {"page.dir": way}
    found = {
        "room": VOTES.analyse(attributes=SIDES, weigh=1, words=words),
        "line": along_a_line().analyse(words=words),
        "polis": VOTES.analyse("polis", words=words),
    }
    faults = []
    for name, one in found.items():
        one.save(tmp_path / f"{name}.html")
        tab = chromium.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
        tab.goto((tmp_path / f"{name}.html").as_uri())
        if (wide := tab.evaluate("document.documentElement.scrollWidth")) > 320:
            faults.append((name, "wide", wide))
        tab.add_script_tag(path=str(AXE))
        rules = tab.evaluate("axe.run().then(r => r.violations)")
        faults += [(name, rule["id"], rule["nodes"][0]["html"][:160]) for rule in rules]
        tab.close()

    assert faults == []
