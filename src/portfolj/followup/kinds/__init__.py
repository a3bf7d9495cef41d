"""One module per kind of follow-up file: which columns it needs and what its rows become."""
