from gremlin_python.driver import serializer as serializer
