"""Moran's I by year, its expectation, its variance under randomisation and its z (Cliff and Ord 1981): Python's standard library alone."""

import csv
import json
import sys
from collections import defaultdict
from math import fsum, sqrt


def read(name):
    with open(name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


with open("params.json", encoding="utf-8") as file:
    variables = json.load(file)["variables"]
panel = read("panel.csv")
links = [(link["from"], link["to"], float(link["weight"])) for link in read("weights.csv")]

out_of, into, pairs = defaultdict(list), defaultdict(list), defaultdict(float)
for i, j, w in links:
    out_of[i].append(w)
    into[j].append(w)
    pairs[(min(i, j), max(i, j))] += w
states = sorted({row["entity"] for row in panel})
n = len(states)
s0 = fsum(w for _, _, w in links)
s1 = fsum(w * w for w in pairs.values())
s2 = fsum((fsum(out_of[i]) + fsum(into[i])) ** 2 for i in states)


def moran(values):
    mean = fsum(values.values()) / n
    z = {state: value - mean for state, value in values.items()}
    m2 = fsum(d**2 for d in z.values()) / n
    m4 = fsum(d**4 for d in z.values()) / n
    statistic = fsum(w * z[i] * z[j] for i, j, w in links) / (s0 * m2)
    expected = -1 / (n - 1)
    kurtosis = m4 / m2**2
    square = (
        n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
        - kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)
    ) / ((n - 1) * (n - 2) * (n - 3) * s0**2)
    variance = square - expected**2
    return statistic, expected, variance, (statistic - expected) / sqrt(variance)


with open("output.csv", "w", newline="", encoding="utf-8") as file:
    out = csv.writer(file)
    out.writerow(["variable", "year", "statistic", "expected", "variance_randomisation", "z_randomisation"])
    for variable in variables:
        for year in sorted({int(row["year"]) for row in panel}):
            values = {row["entity"]: float(row[variable]) for row in panel if int(row["year"]) == year}
            # repr gives as many digits as tell a number from every other.
            out.writerow([variable, year, *map(repr, moran(values))])
print("Python", sys.version.split()[0], "-", n, "states,", len(links), "links")
