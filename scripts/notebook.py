"""Run a notebook without a kernel: cell after cell, in the folder it stands in.

What a cell prints, and the value of its last line, are its outputs, as Jupyter would keep them.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "packages" / "opinionspace" / "docs" / "tutorial.ipynb"
Cell = dict[str, Any]  # plain JSON
SHOWN = (("image/svg+xml", "_repr_svg_"), ("text/html", "_repr_html_"))


def executed(path: Path = NOTEBOOK) -> dict[str, Any]:
    """Return the notebook with the outputs of a run from top to bottom."""
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    names: dict[str, Any] = {"__name__": "__main__"}
    number = 0
    with contextlib.chdir(path.parent):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                number += 1
                cell["execution_count"] = number
                cell["outputs"] = _run("".join(cell["source"]), names, number)
    return notebook


def written(notebook: dict[str, Any]) -> str:
    """Return a notebook as a file holds it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def texts_of(notebook: dict[str, Any]) -> list[list[str]]:
    """Return what the cells say in plain text: what two runs must agree in."""
    return [
        ["".join(one.get("text") or one["data"]["text/plain"]) for one in cell["outputs"]]
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def _run(source: str, names: dict[str, Any], number: int) -> list[Cell]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"cell {number}", "exec"), names)
        if isinstance(last, ast.Expr):
            code = compile(ast.Expression(last.value), f"cell {number}", "eval")
            value = eval(code, names)
    outputs: list[Cell] = []
    if printed.getvalue():
        text = printed.getvalue().splitlines(keepends=True)
        outputs.append({"name": "stdout", "output_type": "stream", "text": text})
    if value is not None:
        outputs.append(_shown(value, number))
    return outputs


def _shown(value: object, number: int) -> Cell:
    data: dict[str, Any] = {
        kind: getattr(value, method)().splitlines(keepends=True)
        for kind, method in SHOWN
        if type(value).__module__.startswith("opinionspace") and hasattr(value, method)
    }
    data["text/plain"] = repr(value).splitlines(keepends=True)
    return {
        "data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"
    }  # fmt: skip


def main() -> None:
    """Run the tutorial and keep its outputs."""
    NOTEBOOK.write_text(written(executed()), encoding="utf-8")


if __name__ == "__main__":
    main()
