"""Numbers of papers on lease: taken in stock, used, given back, told anew after a restore."""
