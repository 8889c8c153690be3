"""What a landed CRM holds, and the policy that would fit it."""
