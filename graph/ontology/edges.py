"""The edge types that every workspace has."""

from typing import Final

from graph.ontology.types import EdgeType, double, long, string

EDGES: Final = (
    EdgeType(label="HAS_RECORD", says="The record is of the person.", ends=(("Person", "Record"),)),
    EdgeType(label="KNOWN_BY", says="Bears the identifier.", ends=(("Record", "Identifier"), ("Person", "Identifier"))),
    EdgeType(label="OBSERVED_ON", says="Came from the device.", ends=(("Event", "Identifier"),)),
    EdgeType(
        label="MATCHED_WITH",
        says="Evidence that two records are of one person.",
        ends=(("Record", "Record"),),
        properties=(
            double("probability", "That both are one person, 0 to 1."),
            double("weight_bits", "Log-odds of the same, in bits."),
            string("rule", "The blocking rule that first proposed the pair."),
            string("origin", "model, rule or steward."),
            string("why", "What each field says, as a JSON list of field, level and bits."),
        ),
    ),
    EdgeType(label="NOT_SAME_AS", says="A steward says: different people.", ends=(("Record", "Record"),)),
    EdgeType(label="MUST_LINK", says="A steward says: one person.", ends=(("Record", "Record"),)),
    EdgeType(
        label="MERGED_INTO",
        says="Where an id that was merged away leads now, however many merges lie between.",
        ends=(("FormerPerson", "Person"),),
        properties=(long("merged_ts", "When the engine learnt of the last merge on the way."),),
    ),
    EdgeType(
        label="LIVES_AT",
        says="An address of the person, or of everyone in the household.",
        ends=(("Person", "Address"), ("Household", "Address")),
    ),
    EdgeType(label="MEMBER_OF", says="Belongs to the household.", ends=(("Person", "Household"),)),
    EdgeType(
        label="DID",
        says="Took part in the event.",
        ends=(("Person", "Event"),),
        properties=(long("at_ts", "When, as on the event."), string("type", "What, as on the event.")),
    ),
    EdgeType(
        label="NEXT",
        says="The same person's next event; equal times follow in the order of ids.",
        ends=(("Event", "Event"),),
        properties=(long("gap_ms", "Time between the two."),),
    ),
    EdgeType(label="ABOUT", says="What the event concerns.", ends=(("Event", "Product"), ("Event", "Concept"))),
    EdgeType(
        label="HAS_CONDITION",
        says="Some condition or diagnosis event says so.",
        ends=(("Person", "Concept"),),
        properties=(long("since_ts", "The first such event."),),
    ),
    EdgeType(label="PERFORMED_BY", says="Who did it.", ends=(("Event", "Provider"),)),
    EdgeType(label="PART_OF", says="The campaign that it belongs to.", ends=(("Event", "Campaign"),)),
    EdgeType(label="CARES_FOR", says="Performed some event of the person.", ends=(("Provider", "Person"),)),
    EdgeType(
        label="IN_SEGMENT",
        says="Is in the segment now.",
        ends=(("Person", "Segment"),),
        properties=(long("entered_ts", "The run that first found the person in."),),
    ),
    EdgeType(
        label="HAS_PERSONA",
        says="Is of this kind.",
        ends=(("Person", "Persona"),),
        properties=(double("distance", "To the persona's centre, in standard deviations."),),
    ),
    EdgeType(label="HAS_GAP", says="The person's care gap.", ends=(("Person", "CareGap"),)),
    EdgeType(label="EVIDENCED_BY", says="The event that shows the gap.", ends=(("CareGap", "Event"),)),
    EdgeType(
        label="PRODUCED_BY",
        says="The run that computed it.",
        ends=(("Segment", "Run"), ("Persona", "Run")),
    ),
)
