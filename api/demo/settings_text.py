"""The demo's c360.toml: what a person would write down about the seven systems."""

from typing import Final

DEMO_SETTINGS: Final = """\
# A made-up health-and-wellness company with seven systems. Change anything and run `c360 run` again.

[workspace]
name = "Demo Wellness"
currency = "USD"
default_region = "US"

# 1. CRM: contacts, typed in by hand.
[sources.crm]
type = "files"
path = "sources/crm/contacts.csv"
content = "people"
kind = "customer"
key = "contact_id"
observed_at = "updated_at"
[sources.crm.fields]
first_name = "given_name"
middle_name = "middle_name"
last_name = "family_name"
suffix = "suffix"
birth_date = "birth_date"
gender = "sex"
ssn = "identifier:ssn"
email = "email"
phone = "phone"
address = "address"
city = "city"
state = "region"
zip = "postcode"

# 2. Web shop: accounts, orders, pages seen (by browser, known or not), and messages (by e-mail).
[sources.web_shop]
type = "files"
path = "sources/web_shop/customers.jsonl"
content = "people"
kind = "customer"
key = "customer_id"
observed_at = "created_at"
[sources.web_shop.fields]
firstName = "given_name"
middleName = "middle_name"
lastName = "family_name"
birthday = "birth_date"
gender = "sex"
loyaltyCard = "identifier:loyalty"
email = "email"
mobile = "phone"
shippingAddress = "address"
shippingCity = "city"
shippingState = "region"
shippingZip = "postcode"
browser = "device"

[sources.web_orders]
type = "files"
path = "sources/web_shop/orders.jsonl"
content = "events"
key = "order_id"
who = { column = "customer_id", system = "web_shop" }
at = "ordered_at"
event_type = "order"
about = "product"
value = "quantity"
cost = "total"
channel = "web"

[sources.web_activity]
type = "files"
path = "sources/web_shop/activity.jsonl"
content = "events"
key = "view_id"
who = { column = "device_id", system = "device" }
at = "at"
event_type = "view"
about = "page"
value = "seconds"
channel = "web"

[sources.web_messages]
type = "files"
path = "sources/web_shop/messages.jsonl"
content = "events"
key = "message_id"
who = { column = "email", system = "email" }
at = "when"
type_column = "what"
channel = "email"

# 3. Loyalty programme: members and what they buy in stores.
[sources.loyalty]
type = "files"
path = "sources/loyalty/members.parquet"
content = "people"
kind = "customer"
key = "enrolment_id"
observed_at = "enrolled_on"
[sources.loyalty.fields]
card_number = "identifier:loyalty"
given = "given_name"
middle = "middle_name"
surname = "family_name"
suffix = "suffix"
dob = "birth_date"
sex = "sex"
email = "email"
phone = "phone"
street = "address"
town = "city"
state = "region"
postcode = "postcode"
wearable = "device"

[sources.loyalty_purchases]
type = "files"
path = "sources/loyalty/purchases.parquet"
content = "events"
key = "purchase_id"
who = { column = "loyalty_id", system = "loyalty" }
at = "purchased_at"
event_type = "purchase"
about = "product"
cost = "amount"
channel = "store"

# 4. Electronic health record: three hospitals in one database.
[sources.ehr]
type = "sql"
url = "sqlite:///sources/ehr.db"
table = "patients"
content = "people"
kind = "patient"
key = "patient_id"
observed_at = "registered_on"
[sources.ehr.fields]
given_name = "given_name"
middle_name = "middle_name"
family_name = "family_name"
suffix = "suffix"
birth_date = "birth_date"
sex = "sex"
ssn = "identifier:ssn"
mrn = "identifier:mrn"
email = "email"
phone = "phone"
address = "address"
city = "city"
state = "region"
zip = "postcode"

[sources.ehr_encounters]
type = "sql"
url = "sqlite:///sources/ehr.db"
table = "encounters"
content = "events"
key = "encounter_id"
who = { column = "patient_id", system = "ehr" }
at = "started_at"
event_type = "visit"
about = "reason"
cost = "cost"
channel = "clinic"

[sources.ehr_conditions]
type = "sql"
url = "sqlite:///sources/ehr.db"
table = "conditions"
content = "events"
key = "condition_id"
who = { column = "patient_id", system = "ehr" }
at = "onset"
event_type = "condition"
about = "description"
channel = "clinic"

[sources.ehr_medications]
type = "sql"
url = "sqlite:///sources/ehr.db"
table = "medications"
content = "events"
key = "medication_id"
who = { column = "patient_id", system = "ehr" }
at = "started_at"
event_type = "medication"
about = "medication"
cost = "cost"
channel = "clinic"

[sources.ehr_observations]
type = "sql"
url = "sqlite:///sources/ehr.db"
table = "observations"
content = "events"
key = "observation_id"
who = { column = "patient_id", system = "ehr" }
at = "taken_at"
event_type = "observation"
about = "measure"
value = "value"
channel = "clinic"

# 5. Insurance claims: members and claims.
[sources.claims]
type = "files"
path = "sources/claims/members.csv"
content = "people"
kind = "patient"
key = "member_id"
observed_at = "effective"
[sources.claims.fields]
member_first = "given_name"
member_mi = "middle_name"
member_last = "family_name"
member_suffix = "suffix"
member_dob = "birth_date"
member_sex = "sex"
member_ssn = "identifier:ssn"
rewards_card = "identifier:loyalty"
member_email = "email"
member_phone = "phone"
member_address = "address"
member_city = "city"
member_state = "region"
member_zip = "postcode"

[sources.claims_lines]
type = "files"
path = "sources/claims/claims.csv"
content = "events"
key = "claim_id"
who = { column = "member_id", system = "claims" }
at = "service_date"
event_type = "claim"
about = "service"
cost = "billed"
channel = "clinic"

# 6. Wearables: readings by device; whose it is, the loyalty programme knows, or nobody.
[sources.device_readings]
type = "files"
path = "sources/devices/readings.jsonl"
content = "events"
who = { column = "device_id", system = "device" }
at = "at"
event_type = "reading"
about = "measure"
value = "value"
channel = "device"

# 7. Outreach: people who were asked, and what they answered.
[sources.outreach]
type = "files"
path = "sources/outreach/contacts.csv"
content = "people"
kind = "customer"
key = "contact_id"
observed_at = "added"
[sources.outreach.fields]
name_first = "given_name"
name_middle = "middle_name"
name_last = "family_name"
born = "birth_date"
sex = "sex"
card = "identifier:loyalty"
email = "email"
phone = "phone"
address = "address"
city = "city"
state = "region"
zip = "postcode"

[sources.outreach_answers]
type = "files"
path = "sources/outreach/answers.csv"
content = "answers"
who = { column = "contact_id", system = "outreach" }
at = "asked_at"
question = "question"
response = "response"
channel = "outreach"
"""
