"""Passwords and passphrases: from the environment, a file that nobody else may read, or the system's keyring.

They are never part of a briefing, which others read, and never printed. `Secret` says which is wanted, and gives it.
"""

from ipreport.secret.given import Secret

__all__ = ["Secret"]
