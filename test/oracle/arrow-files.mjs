// Arrow files as polars writes them: texts in views, a categorical column, buffers packed by LZ4 and by Zstandard, or not; and one with a nested column.
// Writes test/tabular/arrow/files/*.arrow; what is in them follows from the row's number, and test/tabular/arrow/read-arrow-file.test.ts says it again.
// The package is no dependency: npm install --no-save nodejs-polars@0.26.1, in any folder.
// NODE_MODULES=FOLDER/node_modules node test/oracle/arrow-files.mjs
import { mkdirSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { fileURLToPath } from "node:url"

const here = path.dirname(fileURLToPath(import.meta.url))
const from = createRequire(path.join(path.resolve(process.env.NODE_MODULES ?? path.join(here, "..", "..", "node_modules")), "x.js"))
const polars = from("nodejs-polars").default
const folder = path.join(here, "..", "tabular", "arrow", "files")
mkdirSync(folder, { recursive: true })

const column = (cell) => Array.from({ length: 400 }, (_, i) => cell(i))
const frame = polars
  .DataFrame({
    entity: column((i) => ["河北", "内蒙古自治区", null, "", "a text of more than twelve bytes"][i % 5]),
    year: column((i) => BigInt(2000 + (i % 20))),
    value: column((i) => (i % 7 === 0 ? null : i / 8)),
    yes: column((i) => (i % 3 === 0 ? null : i % 2 === 0)),
    when: column((i) => new Date(i * 43_200_000))
  })
  .withColumn(polars.col("entity").cast(polars.Categorical).alias("level"))
for (const compression of ["uncompressed", "lz4", "zstd"]) writeFileSync(path.join(folder, `polars-${compression}.arrow`), frame.writeIPC({ compression }))
writeFileSync(path.join(folder, "polars-nested.arrow"), polars.DataFrame({ list: [[1, 2], [3]], one: [1, 2] }).writeIPC({ compression: "uncompressed" }))
