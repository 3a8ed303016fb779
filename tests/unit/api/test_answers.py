from remit.api.answers import Told
from remit.report.charts import Table

TABLE = Table(("Design", "a<b"), (("<script>", "1 & 2"),))


def test_words_come_first_and_everything_is_escaped():
    told = Told("When <b> wins", 3, ["x < y"], (("T&C", TABLE),))
    assert str(told) == "When <b> wins\n\nx < y"
    shown = told._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<caption>T&amp;C</caption>" in shown


def test_a_notebook_gets_both_words_and_html():
    bundle = Told("t", None, ["l"])._repr_mimebundle_(include=None)
    assert set(bundle) == {"text/plain", "text/html"}
