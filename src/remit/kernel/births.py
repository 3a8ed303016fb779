"""Births of latent need: who needs help, where and when, untouched by any design.

Requests arrive as a Poisson process whose rate follows the hour of the week and,
where the brief says so, a random good or bad day. They are born at the brief's
ceiling; designs thin them later by the person's own draw.
"""

import numpy as np
from numba import float64, int64, uint64

from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import exp, log, lognormal_sigma, normal_quantile
from remit.kernel.layout import PLAN_TYPE, TICKS_PER_MINUTE, UNTOLD, WORKSPACE_TYPE, Hour
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_BIRTH = U(1)
STREAM_DAY = U(6)
BIRTHS = int(Hour.BIRTHS_PER_MINUTE)
BLOCK = 256
TWO_TO_32 = 4294967296.0


@inlined
def day_factor(seed, luck, day, sigma):
    """Return how good or bad a day is for births: lognormal, mean 1."""
    factor = 1.0
    if sigma > 0.0:
        u, _, _, _ = uniforms(seed, luck, STREAM_DAY, U(day), U(0))
        factor = exp(sigma * normal_quantile(u) - 0.5 * sigma * sigma)
    return factor


@inlined
def fill_block(draws, seed, luck, first):
    """Fill the next block of birth draws: one straight loop, which compiles to vector code."""
    for j in range(BLOCK):
        a, b, c, d = uniforms(seed, luck, STREAM_BIRTH, U(first + j), U(0))
        draws[0, j] = a
        draws[1, j] = b
        draws[2, j] = c
        draws[3, j] = d


@inlined
def write_birth(plan, request, minute, u_cell, u_need, u_scene):
    """Write a newborn request: zone and kind by alias, everything else blank."""
    x = u_cell * plan.cell_keep.shape[0]
    cell = int64(x)
    if x - cell >= plan.cell_keep[cell]:
        cell = plan.cell_alias[cell]
    n_kinds = plan.kinds.shape[1]
    request.birth = int64(minute * TICKS_PER_MINUTE)
    request.zone = cell // n_kinds
    request.kind = cell % n_kinds
    request.u_scene = u_scene
    # the draw that thins need waits in a field that is not otherwise used before birth
    request.ready = int64(u_need * TWO_TO_32)
    request.scene = -1
    request.prev = -1
    request.next = -1
    request.help = -1
    request.shock = -1
    request.group = UNTOLD
    request.state = 0
    request.visit = 0


@compiled(int64(PLAN_TYPE, WORKSPACE_TYPE, uint64, uint64, float64))
def bear(plan, work, seed, luck, end_minutes):
    """Fill ``work.requests`` with the births up to ``end_minutes``; return how many, or -1 if too many."""
    requests, draws = work.requests, work.draws
    rate_of = plan.hours[BIRTHS]
    sigma = lognormal_sigma(plan.day_cv[0])
    minute = 0.0
    hour = 0  # hours since the start
    hour_end = 60.0
    factor = day_factor(seed, luck, 0, sigma)
    rate = rate_of[0] * factor
    n = 0
    block_start = -BLOCK
    while True:
        if n - block_start >= BLOCK:
            block_start = n
            fill_block(draws, seed, luck, n)
        at = U(n - block_start)
        need = -log(draws[0, at])  # of intensity, until the next birth
        while need > rate * (hour_end - minute):
            need -= rate * (hour_end - minute)
            minute = hour_end
            if minute >= end_minutes:
                return n
            hour += 1
            hour_end += 60.0
            if hour % 24 == 0:
                factor = day_factor(seed, luck, hour // 24, sigma)
            rate = rate_of[hour % 168] * factor
        minute += need / rate
        if minute >= end_minutes:
            return n
        if n >= requests.shape[0]:
            return -1
        write_birth(plan, requests[n], minute, draws[1, at], draws[2, at], draws[3, at])
        n += 1
