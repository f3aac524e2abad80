class Enum:
    name: str
    value: object
