"""Stands in for dbt's `adapter` while sqlfluff renders a model without a database."""

from collections.abc import Callable


def dispatch(macro_name: str, package: str = "") -> Callable[..., str]:
    """Return a macro that renders as a plain call of its own name."""

    def render(*arguments: object, **named: object) -> str:
        values = [str(value) for value in (*arguments, *named.values())]
        return f"{macro_name}({', '.join(values)})"

    return render
