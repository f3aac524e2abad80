"""`python -m api.cli` is `c360`."""

from api.cli.main import main

main()
