"""Who pays and who gives: one view of the money for each payer."""
