import pytest

from onrecord.reading.language import foreign_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said on Monday that the talks would resume in the capital before the end of the week.", None),
        ("Der Minister sagte am Montag, dass die Gespräche in der Hauptstadt noch vor Ende der Woche fortgesetzt würden.", "de"),
        ("Le ministre a déclaré lundi que les négociations reprendraient dans la capitale avant la fin de la semaine.", "fr"),
        ("Міністр оборони заявив у понеділок, що війська залишать область до кінця року.", "uk"),
        ("Ferry sinks, 14 dead", None),
        ("1,204 3.5 77", None),
        ("OK", None),
    ],
)
def test_what_is_not_english_is_told(text: str, language: str | None) -> None:
    assert foreign_language(text) == language
