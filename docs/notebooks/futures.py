# %% [markdown]
# # Should we add a crew? Asked of futures, from Python
#
# A small ensemble of the brief `cardiac-arrest`: today's ambulance service and one crew more, in the same futures.

# %%
import os

import numpy as np

import remit

N = int(os.environ.get("FUTURES", "200"))
futures = remit.explore("cardiac-arrest", scenarios=N, replicates=2, designs=["one_crew_more"])
print(futures)

# %% [markdown]
# Every run is a row. Scenario and replicate are the same people in each design, so differences are taken in pairs.

# %%
runs = futures.frame(["survivors", "response_mean", "cost_public"])
print(runs.groupby("design", observed=True)[["survivors", "response_mean", "cost_public"]].mean())

# %%
data = futures.dataset(["survivors"])
gain = data.survivors.sel(design="one_crew_more") - data.survivors.sel(design="today")
by_future = gain.mean("replicate")
print(
    f"lives a year: {float(by_future.mean()):+.3f}, {float((by_future > 0).mean()):.0%} of futures above nothing"
)
assert np.array_equal(data.survivors.sel(design="today") - data.survivors.sel(design="today"), 0.0 * gain)

# %% [markdown]
# When does it help, what does the answer hang on, and what would be worth knowing? Each answer has words, tables and a
# typed result (`.found`).

# %%
print(futures.conditions("one_crew_more"))

# %%
print(futures.drivers("response_mean"))

# %%
print(futures.worth())

# %%
print(futures.robust({"patients": {"survivors": 1}, "finance": {"cost_public": 1}}, {"response_mean": "<=8"}))

# %% [markdown]
# What was drawn stands beside what came out, for any analysis of your own.

# %%
inputs = futures.unknowns()
crews = inputs["crews.number"].to_numpy()[: len(by_future)]
print(f"correlation with how many crews there are: {np.corrcoef(crews, by_future.to_numpy())[0, 1]:+.2f}")
