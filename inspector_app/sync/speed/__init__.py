"""How fast the exchange is: measurements against a floor of the same run, and many PCs at once."""
