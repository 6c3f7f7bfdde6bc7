"""A validator for the part of JSON Schema (draft 2020-12) that our schemas use.

Debian's Python comes without one, and a keyword that this one does not know is an error, so that
no schema can seem to say what nobody checks.
"""
import re

ANNOTATIONS = {"$schema", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def errors(value, schema, root=None, place="$"):
    """A line for each place where `value` does not fit `schema`; `root` resolves references."""
    root = schema if root is None else root
    found = []
    for keyword, wanted in schema.items():
        if keyword not in ANNOTATIONS:
            found += KEYWORDS[keyword](value, wanted, schema, root, place)
    return found


def check_ref(value, wanted, _schema, root, place):
    target = root
    for part in wanted.removeprefix("#/").split("/"):
        target = target[part]
    return errors(value, target, root, place)


def check_any_of(value, wanted, _schema, root, place):
    if any(not errors(value, each, root, place) for each in wanted):
        return []
    return [f"{place} fits none of the alternatives"]


def check_properties(value, wanted, _schema, root, place):
    if not isinstance(value, dict):
        return []
    return [error for name, each in wanted.items() if name in value
            for error in errors(value[name], each, root, f"{place}.{name}")]


def check_additional(value, wanted, schema, root, place):
    if not isinstance(value, dict):
        return []
    more = [name for name in value if name not in schema.get("properties", {})]
    if wanted is False:
        return [f"{place} has the unknown member {name}" for name in more]
    return [error for name in more for error in errors(value[name], wanted, root,
                                                       f"{place}.{name}")]


def check_items(value, wanted, _schema, root, place):
    if not isinstance(value, list):
        return []
    return [error for i, each in enumerate(value)
            for error in errors(each, wanted, root, f"{place}[{i}]")]


def rule(fits):
    """A keyword that only looks at the value itself."""
    def check(value, wanted, _schema, _root, place):
        return [] if fits(value, wanted) else [f"{place} is {value!r:.60}, not {wanted!r:.60}"]
    return check


def number(value):
    return is_type(value, "integer")


KEYWORDS = {
    "$ref": check_ref, "anyOf": check_any_of, "properties": check_properties,
    "additionalProperties": check_additional, "items": check_items,
    "type": rule(is_type), "const": rule(lambda value, wanted: value == wanted),
    "enum": rule(lambda value, wanted: value in wanted),
    "required": rule(lambda value, names: not isinstance(value, dict) or
                     all(name in value for name in names)),
    "minItems": rule(lambda value, least: not isinstance(value, list) or len(value) >= least),
    "minimum": rule(lambda value, least: not number(value) or value >= least),
    "maximum": rule(lambda value, most: not number(value) or value <= most),
    "pattern": rule(lambda value, wanted: not isinstance(value, str) or
                    re.search(wanted, value) is not None),
}
