"""Logging in, locking, and what asks for a password."""
