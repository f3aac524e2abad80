"""What the company sells, asks, measures and treats."""

from typing import Final

PRODUCTS: Final = (
    ("Daily Multivitamin", 19.9), ("Vitamin D3 Drops", 14.5), ("Omega 3 Capsules", 27.0), ("Magnesium Citrate", 18.0),
    ("Probiotic Complex", 32.0), ("Whey Protein Vanilla", 44.0), ("Plant Protein Cocoa", 46.0),
    ("Electrolyte Mix", 22.0), ("Collagen Powder", 38.0), ("Melatonin Gummies", 16.0), ("Herbal Sleep Tea", 9.5),
    ("Green Tea Matcha", 24.0),
    ("Yoga Mat Classic", 39.0), ("Yoga Mat Travel", 49.0), ("Foam Roller", 29.0), ("Resistance Bands", 25.0),
    ("Kettlebell 12 kg", 58.0), ("Running Socks 3-Pack", 21.0), ("Compression Sleeve", 27.5),
    ("Massage Ball Set", 17.0),
    ("Fitness Tracker Band", 129.0), ("Smart Scale", 79.0), ("Blood Pressure Monitor", 64.0),
    ("Glucose Test Strips", 35.0), ("Pulse Oximeter", 31.0), ("Pill Organiser", 12.0), ("Heating Pad", 34.0),
    ("Orthopaedic Insoles", 42.0),
    ("Meditation Course", 59.0), ("Yoga Class Pass", 95.0), ("Pilates Class Pass", 110.0),
    ("Nutrition Consultation", 85.0),
    ("Sleep Coaching Programme", 149.0), ("Stop Smoking Programme", 120.0), ("Meal Plan Monthly", 29.0),
    ("Sunscreen SPF 50", 18.5), ("Hand Cream", 8.9), ("Aromatherapy Diffuser", 45.0), ("Eucalyptus Oil", 11.0),
    ("Water Bottle Steel", 26.0),
)  # fmt: skip

CONDITIONS: Final = (
    ("Hypertension", "I10"), ("Type 2 diabetes", "E11.9"), ("Asthma", "J45.909"), ("High cholesterol", "E78.5"),
    ("Osteoarthritis", "M19.90"), ("Depression", "F32.9"), ("Hypothyroidism", "E03.9"), ("Sleep apnea", "G47.33"),
    ("Obesity", "E66.9"), ("Migraine", "G43.909"), ("Acid reflux", "K21.9"), ("Low back pain", "M54.50"),
)  # fmt: skip
HYPERTENSION: Final = 0
DIABETES: Final = 1
MEDICATIONS: Final = (
    "Lisinopril 10 mg", "Metformin 500 mg", "Albuterol inhaler", "Atorvastatin 20 mg", "Naproxen 500 mg",
    "Sertraline 50 mg", "Levothyroxine 75 mcg", "CPAP supplies", "Semaglutide 0.5 mg", "Sumatriptan 50 mg",
    "Omeprazole 20 mg", "Ibuprofen 600 mg",
)  # fmt: skip
MEASURES: Final = (
    ("Systolic blood pressure", "mmHg", 122.0, 9.0), ("Hemoglobin A1c", "%", 5.5, 0.3),
    ("Body weight", "kg", 79.0, 13.0),
    ("LDL cholesterol", "mg/dL", 112.0, 24.0),
)  # fmt: skip
VITALS: Final = (("steps", "steps"), ("sleep", "hours"), ("pulse", "bpm"))
VISITS: Final = ("Annual wellness visit", "Follow-up visit", "Urgent visit", "Telehealth visit", "Coaching session")
SYMPTOMS: Final = (
    "Tired",
    "Headache",
    "Short of breath",
    "Chest tightness",
    "Back pain",
    "Poor sleep",
    "Thirsty",
    "Dizzy",
)
TOWNS: Final = ("Northside", "Riverside", "Lakeview", "Midtown", "Oakland Park")
PRACTICES: Final = ("Family Practice", "Heart Clinic", "Wellness Centre", "Community Hospital")
PROVIDERS: Final = tuple(f"{town} {practice}" for town in TOWNS for practice in PRACTICES)
CAMPAIGNS: Final = (
    "New Year Reset", "Spring Into Motion", "Summer Sale", "Back to Routine", "Heart Month", "Sleep Week",
    "We Miss You",
    "Black Friday Wellness",
)  # fmt: skip
BARGAIN_CAMPAIGNS: Final = (2, 7)
PAGES: Final = ("Home", "Offers", "Sleep guide", "Heart health guide", "Recipes", "Class timetable", "Find a clinic",
                "Symptom checker")  # fmt: skip
QUESTIONS: Final = (
    ("consent_marketing", ("yes", "no")),
    ("consent_research", ("yes", "no")),
    ("Do you smoke?", ("never", "used to", "sometimes", "daily")),
    ("How many hours do you sleep?", ("less than 5", "5 to 6", "7 to 8", "more than 8")),
    ("How often do you exercise?", ("never", "once a week", "2 or 3 times a week", "most days")),
    ("What is your main goal?", ("lose weight", "sleep better", "more energy", "manage a condition", "save money")),
    ("Any symptoms today?", ("none", *SYMPTOMS)),
)  # fmt: skip
