"""Borrowing Strength."""
