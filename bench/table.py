"""Medians of the rounds, and how the door compares with sshd within each of them."""

import json
import statistics


def report(machine, words, names, rounds):
    document = {"machine": machine, "cipher": words.cipher, "rounds": words.rounds, "transfer_mib": words.size,
                "warm": not words.cold, "figures": rows(names, rounds)}
    if words.json:
        print(json.dumps(document))
        return
    print(f"{machine}\n{words.cipher}, {words.rounds} rounds, {words.size} MiB a transfer"
          f"{'' if words.cold else ', after a warm-up'}; medians; ratios are keyhole to sshd within a round\n")
    others = names[2:]
    print(f"{'':44}{names[0]:>10}{names[1]:>10}{'ratio min':>11}{'median':>9}{'max':>8}" + "".join(f"{name:>14}" for name in others))
    for row in document["figures"]:
        ratio = row["ratio"]
        if any(isinstance(row.get(name), str) for name in names):
            print(f"{row['metric']:44}" + ", ".join(f"{name}: {row[name]}" for name in names if name in row))
            continue
        print(f"{row['metric']:44}" + "".join(f"{shown(row.get(name)):>10}" for name in names[:2])
              + (f"{ratio['min']:11.2f}{ratio['median']:9.2f}{ratio['max']:8.2f}" if ratio else f"{'':28}" if others else "")
              + "".join(f"{shown(row.get(name)):>14}" for name in others))


def rows(names, rounds):
    metrics = dict.fromkeys(metric for one in rounds for name in names for metric in one[name])
    return [row(names, rounds, metric) for metric in metrics]


def row(names, rounds, metric):
    found = {"metric": metric, "ratio": None}
    for name in names:
        values = [one[name][metric] for one in rounds if metric in one[name]]
        if values:
            found[name] = values[-1] if isinstance(values[0], str) else statistics.median(values)
            found[f"{name}_rounds"] = values
    ratios = sorted(one[names[0]][metric] / one[names[1]][metric] for one in rounds
                    if all(metric in one[name] and not isinstance(one[name][metric], str) for name in names[:2])
                    and one[names[1]][metric])
    if ratios:
        found["ratio"] = {"min": ratios[0], "median": statistics.median(ratios), "max": ratios[-1]}
    return found


def shown(value):
    if value is None:
        return ""
    return f"{value:.1f}" if abs(value) >= 100 else f"{value:.2f}"
