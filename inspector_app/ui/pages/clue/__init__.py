"""Parts of the clue register: its form, its sheet and its two ways out."""
