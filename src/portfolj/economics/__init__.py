"""Did it pay: income per actor, payback, break-even, and how sure that is."""
