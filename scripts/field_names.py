"""Names of columns and fields, compared whatever their spelling.

Connectors spell one name in many ways: `Lifecycle_Stage__c` (Salesforce's API), `lifecycle_stage_c`
(Fivetran), `lifecycle_stage__c` (dlt), `lifecyclestagec` (Singer), `Lifecycle Stage` (a report).
"""

import re

_CAMEL = (re.compile(r"([a-z0-9])([A-Z])"), re.compile(r"([A-Z]+)([A-Z][a-z])"))
_BETWEEN = re.compile(r"[^0-9a-z]+")


def field_key(name: str) -> str:
    """A CRM field's name in key form: `Lifecycle_Stage__c` becomes `lifecycle_stage_c`."""
    for pattern in _CAMEL:
        name = pattern.sub(r"\1_\2", name)
    return _BETWEEN.sub("_", name.lower()).strip("_")


def squashed(name: str) -> str:
    """A name without case and separators, the form in which headers are compared."""
    leading = "_" if name.startswith("_") else ""
    return leading + _BETWEEN.sub("", name.lower())
