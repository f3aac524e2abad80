"""The types of the GraphQL schema; each is filled from rows that policy has passed."""
