# Datasets of Stata as pandas writes them: versions 114, 117, 118 and 119, of both byte orders, with long texts (little-endian ones), value labels, missing codes and all kinds of dates.
# Writes test/tabular/stata/files/pandas-*.dta; stata-files.R, to be run after it, tells what is in them.
# python3 test/oracle/stata-files.py
import datetime, pathlib
import numpy as np, pandas as pd

folder = pathlib.Path(__file__).parent.parent / "tabular" / "stata" / "files"
dates = pd.to_datetime(["1959-12-31", "2000-02-29", None, "2021-12-31"])
frame = pd.DataFrame({
    "entity": ["Hebei", "Qinghai", "", "Xizang"],
    "small": np.array([-127, 0, 100, 7], dtype="int8"),
    "medium": np.array([-32767, 32740, 1978, 2021], dtype="int16"),
    "large": np.array([-2147483647, 2147483620, 0, 1], dtype="int32"),
    "single": np.array([0.1, -1.5, np.nan, 1e38], dtype="float32"),
    "number": [0.1, np.nan, 1.5e300, -2.25],
    "day": dates, "moment": dates + pd.Timedelta(hours=13, minutes=5, seconds=7, milliseconds=250),
    "month": dates, "quarter": dates, "half": dates, "year": dates,
    "group": pd.Categorical(["east", "west", None, "east"]),
})
texts = frame.assign(text=["x" * 3000, "short", "", "short"])
chinese = texts.assign(entity=["河北", "青海", "", "西藏"], text=["长" * 1500, "短", "", "短"])
formats = {"day": "td", "moment": "tc", "month": "tm", "quarter": "tq", "half": "th", "year": "ty"}
labels = {"number": "a number, as double", "day": "a day"}
stamp = datetime.datetime(2026, 11, 28, 12, 0)
for version, data in [(114, frame.assign(entity=["São Paulo", "Paraná", "", "Ceará"])), (117, texts), (118, chinese), (119, chinese)]:
    for order in ["<", ">"]:
        end = "little" if order == "<" else "big"
        # This pandas writes the numbers before a long text in little-endian order whatever the file's is.
        data = data.drop(columns="text", errors="ignore") if end == "big" else data
        data.to_stata(folder / f"pandas-{version}-{end}.dta", version=version, byteorder=order, convert_dates=formats, write_index=False, time_stamp=stamp,
                      data_label="by pandas", variable_labels=labels, convert_strl=["text"] if "text" in data else None)
print("pandas", pd.__version__)
