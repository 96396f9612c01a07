# What pyarrow and polars read in the golden artifacts, after full validation. Run from the repository's root:
#   python3 test/oracle/artifacts-pyarrow.py   (pip install pyarrow polars)
import glob, json, os, platform
import polars, pyarrow, pyarrow.ipc


def metadata(of):
    return {k.decode(): v.decode() for k, v in (of or {}).items()}


def number(x):
    return None if x is None else "NaN" if x != x else ("Infinity" if x > 0 else "-Infinity") if isinstance(x, float) and abs(x) == float("inf") else x


files = {}
for path in sorted(glob.glob("test/artifact/golden/*.arrow")):
    with pyarrow.ipc.open_file(path) as reader:
        table = reader.read_all()
    table.validate(full=True)
    frame = polars.read_ipc(path, memory_map=False)
    files[os.path.basename(path)] = {
        "rows": table.num_rows,
        "metadata": metadata(table.schema.metadata),
        "columns": [
            {
                "name": field.name,
                "type": str(field.type),
                "metadata": metadata(field.metadata),
                "nulls": table.column(i).null_count,
                "values": [number(x) for x in table.column(i).to_pylist()],
                "polars": str(frame.dtypes[i]),
                "polars_nulls": int(frame.to_series(i).null_count()),
            }
            for i, field in enumerate(table.schema)
        ],
    }
versions = {"python": platform.python_version(), "pyarrow": pyarrow.__version__, "polars": polars.__version__}
with open("test/oracle/artifacts-pyarrow.json", "w") as out:
    json.dump({"versions": versions, "files": files}, out, indent=1, ensure_ascii=False)
    out.write("\n")
