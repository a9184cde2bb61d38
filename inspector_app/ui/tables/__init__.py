"""Lists of rows: what a column shows, the model, the painter and the table view."""
