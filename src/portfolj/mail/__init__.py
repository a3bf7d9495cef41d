"""Letters on how a run went, over SMTP, to those who asked for them."""
