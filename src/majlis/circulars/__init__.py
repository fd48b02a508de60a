"""Emails of an edition: to many people at once, their standard words, the mail server."""
