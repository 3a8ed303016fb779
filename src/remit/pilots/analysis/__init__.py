"""What a pilot found: estimators on plain arrays, who was counted, and what departs from the protocol."""
