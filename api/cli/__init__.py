"""The command line `c360`."""
