"""`python -m ipreport` is the command `ipreport`."""

from ipreport.cli import main

main()
