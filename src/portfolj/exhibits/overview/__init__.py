"""Many federations beside each other, from what their reports have published: tables, a figure, sentences."""
