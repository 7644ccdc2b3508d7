"""Issues on their way: messages as they go over the wire."""
