"""The vertex types that every workspace has."""

from typing import Final

from graph.ontology.types import VertexType, boolean, double, long, string

KEYED: Final = "HMAC under the workspace key of "
CONTENT: Final = "SHA-256 of "

UID: Final = string("uid", "The vertex's id, once more, for stores that order by properties only.")

VERTICES: Final = (
    VertexType(
        label="Person",
        says="One person, as far as all sources together know.",
        ids="`entities.entity_id` (`e_…`), stable across runs",
        properties=(
            boolean("is_customer", "Some record says customer."),
            boolean("is_patient", "Some record says patient."),
            string("given_name", "Golden given name."),
            string("middle_name", "Golden middle name."),
            string("family_name", "Golden family name."),
            string("suffix", "Generational suffix."),
            string("birth_date", "As far as known: YYYY, YYYY-MM or YYYY-MM-DD."),
            long("birth_year", "Year of birth."),
            string("sex", "female, male or other."),
            string("email", "First golden e-mail address."),
            string("phone", "First golden telephone number."),
            string("city", "City of the first golden address."),
            string("region", "Region of the first golden address."),
            string("postcode", "Postcode of the first golden address."),
            string("country", "Country of the first golden address."),
            double("confidence", "That all records are of one person, 0 to 1."),
            long("records", "How many living records."),
            long("created_ts", "When the entity first appeared."),
        ),
    ),
    VertexType(
        label="FormerPerson",
        says="An id that a person bore before two were found to be one. It says no more than where it leads now.",
        ids="`identity_log.entity_id` (`e_…`)",
        properties=(),
    ),
    VertexType(
        label="Record",
        says="What one source says of one person.",
        ids="`records.uid` (`r_…`), keyed",
        properties=(
            string("source", "The source."),
            string("kind", "customer or patient."),
            long("observed_ts", "When the source last saw it."),
            long("ingested_ts", "When this content first came here."),
            string("given_name", "Given name, cleaned."),
            string("family_name", "Family name, cleaned."),
            string("birth_date", "Birth date as far as known."),
        ),
    ),
    VertexType(
        label="Identifier",
        says="One identifying value: an e-mail address, telephone number, device, or number given by a system. "
        "The value itself stays in the lake.",
        ids=KEYED + "system and value (`i_1_…`, 1 being the key's version)",
        properties=(
            string("system", "email, phone, device, or the system that issued it."),
            boolean("shared", "Known by more people than its system's limit: never walked back to people."),
            long("people", "How many people it is known of."),
        ),
    ),
    VertexType(
        label="Household",
        says="Two to twelve people with one address and one family name.",
        ids=KEYED + "address and family name (`h_…`)",
        properties=(
            long("size", "How many people."),
            string("city", "City of the address."),
            string("postcode", "Postcode of the address."),
        ),
    ),
    VertexType(
        label="Address",
        says="One postal address.",
        ids=KEYED + "its lines and postcode, or city where there is none (`a_…`)",
        properties=(
            string("line", "House number, street and unit."),
            string("city", "City."),
            string("region", "Region."),
            string("postcode", "Postcode."),
            string("country", "Country."),
        ),
    ),
    VertexType(
        label="Event",
        says="One thing that happened to one person: a touchpoint of the journey.",
        ids="`events.event_id` (`ev_…`), keyed",
        properties=(
            string("type", "order, visit, claim, reading, answer …"),
            long("at_ts", "When it happened."),
            string("channel", "web, store, clinic, device, email …"),
            double("value", "The measure, score or quantity."),
            double("cost", "Money, in the workspace's currency."),
            string("source", "The source."),
            string("question", "What was asked."),
            string("response", "What was answered."),
            string("unit", "Unit of `value`."),
        ),
    ),
    VertexType(
        label="Product",
        says="Something bought, used or looked at.",
        ids=CONTENT + "its name (`pr_…`)",
        properties=(string("name", "As events name it."),),
    ),
    VertexType(
        label="Concept",
        says="A condition, medication, measure, question or procedure.",
        ids=CONTENT + "kind and name (`c_…`)",
        properties=(
            string("kind", "condition, medication, measure, question or procedure."),
            string("name", "As events name it."),
            string("code", "Its code, the first in order where events differ."),
        ),
    ),
    VertexType(
        label="Campaign",
        says="A marketing campaign or outreach.",
        ids=CONTENT + "its name (`ca_…`)",
        properties=(string("name", "As events name it."),),
    ),
    VertexType(
        label="Provider",
        says="Someone who cares for patients.",
        ids=KEYED + "its name (`pv_…`)",
        properties=(string("name", "As events name it."),),
    ),
    VertexType(
        label="Segment",
        says="A group of people that meet a definition now.",
        ids="`segment_membership.segment_id` (`s_…`)",
        properties=(
            string("name", "Its name."),
            long("version", "Version of its definition."),
            long("size", "People in it now."),
        ),
    ),
    VertexType(
        label="Persona",
        says="One kind of person, found by clustering.",
        ids="`personas.persona_id` (`p_…`)",
        properties=(
            string("name", "Named by its strongest traits."),
            long("size", "People in it."),
            double("share", "Of all people clustered, 0 to 1."),
        ),
    ),
    VertexType(
        label="CareGap",
        says="Something a guideline asks for that has not been done.",
        ids="keyed HMAC of the person and the rule's name (`gap_…`)",
        properties=(string("name", "What is missing."), long("since_ts", "Since when.")),
    ),
    VertexType(
        label="Run",
        says="The run that made the snapshot.",
        ids="`runs.run_id` (`run_…`)",
        properties=(long("at_ts", "The run's clock."),),
    ),
    VertexType(
        label="Snapshot",
        says="The lake snapshot that the graph shows; written last, so a graph with it is complete.",
        ids="the snapshot's id (`snap_…`)",
        properties=(long("at_ts", "The clock of its run."),),
    ),
)
