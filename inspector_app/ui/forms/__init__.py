"""Form fields: a label, an editor, and below it the hint or what is wrong, in words."""
