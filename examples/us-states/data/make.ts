/** Writes the column variants of states.csv: node examples/us-states/data/make.ts */
import { readFileSync, writeFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import { withVariants } from "./variants.ts"

const file = new URL("states.csv", import.meta.url)
writeFileSync(file, withVariants(parse(readFileSync(file), { columns: true })))
