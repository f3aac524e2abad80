"""The mutations: new segment definitions, and exports."""

import strawberry


@strawberry.type(description="What can be changed.")
class Mutation:
    """What can be changed."""

    @strawberry.mutation(description="Nothing yet.")
    def create_segment(self, name: str) -> str:
        """Nothing."""
        return name
