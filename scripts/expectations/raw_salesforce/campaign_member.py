"""What must hold for raw_salesforce.campaign_member."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "campaign_member")
