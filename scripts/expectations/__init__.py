"""What must hold, table by table.

`<schema>/<table>.py` is a list named `EXPECTATIONS` and nothing else. A `raw_<kind>` folder is
checked on the schema of every source of that kind that has loaded anything.

What does not hold stops a build from being published. With severity `warning` it is only shown:
tolerances, lateness, and values that a CRM may hold without the data being bad.
"""
