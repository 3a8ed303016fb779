import pytest
from pydantic import ValidationError

from remit.pilots.schema import ArmIn, PilotIn, schema


def test_the_json_schema_names_every_part():
    found = schema()
    assert set(found["required"]) == {
        "pilot", "id", "title", "question", "design", "outcome", "unit", "arms"
    }  # fmt: skip
    assert set(PilotIn.model_fields) == set(found["properties"])


def test_a_cell_is_a_word_or_a_number_and_a_share_lies_inside():
    with pytest.raises(ValidationError):
        ArmIn(id="a", title="A", share=1.0)
    with pytest.raises(ValidationError):
        ArmIn(id="A b", title="A")
