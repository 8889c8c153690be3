"""DuckDB for Great Expectations.

SQLAlchemy begins and ends a transaction around every statement. On DuckDB that closes the
result before Great Expectations has fetched it, and every check fails silently. Reading needs
no transactions, so this dialect has none.
"""

from typing import Any, ClassVar

from duckdb_sqlalchemy import Dialect
from sqlalchemy.dialects import registry


class ReadingDialect(Dialect):
    """duckdb-sqlalchemy without transactions."""

    supports_statement_cache = False
    opened: ClassVar[list[Any]] = []

    def connect(self, *arguments: Any, **named: Any) -> Any:
        """Connect, and remember the connection for `close_all`."""
        connection = super().connect(*arguments, **named)
        self.opened.append(connection)
        return connection

    def get_pk_constraint(self, *arguments: Any, **named: Any) -> Any:
        """No table of ours has a primary key, and to look for one reads the whole catalog."""
        return {"constrained_columns": [], "name": None}

    def do_begin(self, dbapi_connection: Any) -> None:
        """Leave the connection as it is."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Leave the connection as it is."""

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Leave the connection as it is."""


def register() -> None:
    """Put the dialect in place; call it before any Great Expectations context exists."""
    for name in ("duckdb", "duckdb.duckdb_sqlalchemy"):
        registry.register(name, __name__, ReadingDialect.__name__)


def close_all() -> None:
    """Let go of the file: Great Expectations keeps its connections for as long as it lives."""
    while ReadingDialect.opened:
        ReadingDialect.opened.pop().close()
