"""How the federation means that resources lead to effects: its logic models, checked and joined to outcomes."""
