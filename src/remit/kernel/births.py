"""Births of latent need: who needs help, where and when, untouched by any design.

Requests arrive as a Poisson process whose rate follows the hour of the week and,
where the brief says so, a random good or bad day. They are born at the brief's
ceiling; designs thin them later by the person's own draw.
"""

import numpy as np
from numba import float64, int64, uint64

from remit.kernel.compiling import compiled
from remit.kernel.elementary import exp, log, lognormal_sigma, normal_quantile
from remit.kernel.layout import PLAN_TYPE, TICKS_PER_MINUTE, UNTOLD, WORKSPACE_TYPE, Hour
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_BIRTH = U(1)
STREAM_DAY = U(6)
BIRTHS = int(Hour.BIRTHS_PER_MINUTE)
BLOCK = 256


@compiled(int64(PLAN_TYPE, WORKSPACE_TYPE, uint64, uint64, float64))
def bear(plan, work, seed, luck, end_minutes):
    """Fill ``work.requests`` with the births up to ``end_minutes``; return how many, or -1 if too many."""
    requests, draws = work.requests, work.draws
    rate_of = plan.hours[BIRTHS]
    n_cells = plan.cell_keep.shape[0]
    n_kinds = plan.kinds.shape[1]
    room = requests.shape[0]
    sigma = lognormal_sigma(plan.day_cv[0])
    day_factor = 1.0
    minute = 0.0
    hour = 0  # hours since the start
    hour_end = 60.0
    rate = rate_of[0]
    if sigma > 0.0:
        u0, _, _, _ = uniforms(seed, luck, STREAM_DAY, U(0), U(0))
        day_factor = exp(sigma * normal_quantile(u0) - 0.5 * sigma * sigma)
    rate = rate_of[0] * day_factor
    n = 0
    block_start = -BLOCK
    while True:
        if n - block_start >= BLOCK:
            block_start = n
            for j in range(BLOCK):
                a, b, c, d = uniforms(seed, luck, STREAM_BIRTH, U(n + j), U(0))
                draws[0, j] = a
                draws[1, j] = b
                draws[2, j] = c
                draws[3, j] = d
        at = U(n - block_start)
        need = -log(draws[0, at])
        while need > rate * (hour_end - minute):
            need -= rate * (hour_end - minute)
            minute = hour_end
            if minute >= end_minutes:
                return n
            hour += 1
            hour_end += 60.0
            if sigma > 0.0 and hour % 24 == 0:
                u0, _, _, _ = uniforms(seed, luck, STREAM_DAY, U(hour // 24), U(0))
                day_factor = exp(sigma * normal_quantile(u0) - 0.5 * sigma * sigma)
            rate = rate_of[hour % 168] * day_factor
        minute += need / rate
        if minute >= end_minutes:
            return n
        if n >= room:
            return -1
        x = draws[1, at] * n_cells
        cell = int64(x)
        if x - cell >= plan.cell_keep[cell]:
            cell = plan.cell_alias[cell]
        request = requests[n]
        request.birth = int64(minute * TICKS_PER_MINUTE)
        request.zone = cell // n_kinds
        request.kind = cell % n_kinds
        request.u_scene = draws[3, at]
        request.state = 0
        request.visit = 0
        request.prev = -1
        request.next = -1
        request.help = -1
        request.shock = -1
        request.assigned = -1
        request.scene = -1
        request.crew = 0
        request.group = UNTOLD
        # the draw that thins need waits in a field that is not otherwise used before birth
        request.ready = int64(draws[2, at] * 4294967296.0)
        n += 1
