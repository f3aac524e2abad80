"""Every way in: GraphQL, the command line, and the composition of a run."""
