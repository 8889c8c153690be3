"""How the tables of other connectors are read: one data file per connector.

`scripts/connectors/<source>/<connector>.yml` says, for a CRM and a connector,
- `called`: its name for people; `marks`: columns, any of which gives it away; `spelled`: the same,
  in this spelling only; `not_read`: tables that are known and left out; `technical`: how the names
  of its own columns begin (no field of the CRM, and no reason for a new version);
- `tables`: what it lands, with `keys`, `needs` (columns that, with the keys, tell the table when
  the file's name does not; a list is any of several), `modified_at`, `kind`, `distinct_by` and
  other `names` and, where only the SQL of another mapping reads it, `read_by`; `same: true` takes
  all this from the contract table of that name and maps it;
- `also`: other names that a landed column goes by;
- `maps` (and `maps_also`, for what one connector lands in two ways): for each contract table the
  landed table it comes `from` and, per column, a landed column, a list of such (the first that is
  not empty), or SQL in which `{name}` is a landed column and `{table.name}` one of a table in
  `join`; with `where`, `each` (SQL of a list: one row an item, `{item}`) and `once` (one row a
  key). A contract column that is not mapped is read from the landed column of its own name,
  `prefix` taken off and `landed_prefix` put on;
- `ids`: SQL around every id, `{}`; `every`: columns of every contract table; `seen_by` and
  `synced_at`: when the connector brought a row, as a column and as SQL; `epoch`: times may be
  milliseconds since 1970.

The files lie beside the loader and not among the models, because dbt takes every YAML there for
its own. `scripts/connectors/reading.py` reads them.
"""
