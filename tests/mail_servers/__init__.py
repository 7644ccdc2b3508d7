"""Postfix and Dovecot on loopback, with configurations, ports and folders of their own."""
