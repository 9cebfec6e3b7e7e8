"""Whether the door's answers, or their timing, tell a known user name from an unknown one."""

import math
import random
import statistics

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from raw import *

TRIES_OF_A_CONNECTION = 5


def tries(port, user, times, malformed):
    """A few tries on one connection; the messages that came, and how long each took."""
    client, messages = connected(port).service(), []
    try:
        for _ in range(TRIES_OF_A_CONNECTION):
            blob = public_blob(Ed25519PrivateKey.generate())
            began = time.perf_counter()
            client.offer(user, blob[:-5] if malformed else blob)
            messages.append(client.read()[0])
            times.append((time.perf_counter() - began) * 1000)
    except Closed:
        messages.append(("closed", client.reason, client.text))
    client.close()
    return messages


def rank_test(ones, others):
    """Mann-Whitney U, two-sided, with the normal approximation."""
    ranked = sorted([(value, 0) for value in ones] + [(value, 1) for value in others])
    rank_sum = sum(rank for rank, (_, side) in enumerate(ranked, 1) if side == 0)
    n, m = len(ones), len(others)
    u = rank_sum - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


def known_or_not(port, _key, user):
    names = [user, "x" * len(user)]
    times, messages = {name: [] for name in names}, {name: set() for name in names}
    tries(port, user, [], False)  # warms up
    for malformed in (False, True):
        order = names * (200 // TRIES_OF_A_CONNECTION // 2)
        random.shuffle(order)
        for name in order:
            messages[name].add((malformed, str(tries(port, name, times[name], malformed))))
    known, unknown = times[names[0]], times[names[1]]
    return {
        "same messages": messages[names[0]] == messages[names[1]],
        "median difference": abs(statistics.median(known) - statistics.median(unknown)),
        "p": rank_test(known, unknown),
        "tries": len(known) + len(unknown),
    }


if __name__ == "__main__":
    main({"known-or-not": known_or_not})
