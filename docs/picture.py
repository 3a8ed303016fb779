"""Draw README's picture from a comparison: python docs/picture.py cardiac-arrest."""

import json
import subprocess
import sys
from pathlib import Path

from remit.report.charts import IntervalRow, Meaning, intervals

MEANING = Meaning("average over futures", "nine futures in ten", "", "fewer survive", "more survive")


def draw(brief: str) -> str:
    """Return the headline picture of a brief as SVG."""
    run = subprocess.run(["remit", "compare", brief, "--json"], capture_output=True, text=True, check=True)
    answer = json.loads(run.stdout)
    rows = [
        IntervalRow(
            label=answer["designs"][r["design"]]["title"],
            value=r["difference"],
            low=r["interval"][0],
            high=r["interval"][1],
            assumption=r["rests_on_assumption"],
        )
        for r in answer["compared"]
        if r["outcome"] == "survivors" and r["design"] != "today"
    ]
    title = f"Lives a year against today, {answer['place']}"
    return intervals(
        rows,
        title=title,
        x_label="Difference in survivors a year",
        unit="lives a year",
        meaning=MEANING,
        id_prefix="lives",
    )


if __name__ == "__main__":
    (Path(__file__).parent / "pictures" / "lives.svg").write_text(draw(sys.argv[1]))
