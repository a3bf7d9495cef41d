"""What those concerned say: coded statements and answers to surveys.

As people see it: each takes a ``StakeholdersView`` and gives HTML for notebook and page.
"""
