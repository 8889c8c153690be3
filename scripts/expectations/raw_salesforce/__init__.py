"""What must hold for Salesforce's raw tables."""
