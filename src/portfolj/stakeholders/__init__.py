"""What those concerned say: coded statements and answers to surveys."""
