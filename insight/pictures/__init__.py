"""Pictures of segments, personas and journeys, as PNG or SVG files."""

from insight.journeys.layout import process_map
from insight.pictures.charts import draw_personas, draw_process, draw_segments

__all__ = ["draw_personas", "draw_process", "draw_segments", "process_map"]
