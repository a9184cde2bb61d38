"""The same paper as an editable document for WPS and Word, and its text read back."""
