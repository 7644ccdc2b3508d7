"""Output formats: each writer turns a `Document` into the bytes of a file."""
