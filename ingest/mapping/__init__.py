"""Proposing how a file is mapped."""

from ingest.mapping.block import add_block, roles_of
from ingest.mapping.run import propose_mapping

__all__ = ["add_block", "propose_mapping", "roles_of"]
