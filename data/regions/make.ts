/** Writes the columns iso, variants, from and to of ../provinces.csv: node data/regions/make.ts */
import { readFileSync, writeFileSync } from "node:fs"
import { parse } from "csv-parse/sync"
import { withVariants } from "./variants.ts"

const file = new URL("../provinces.csv", import.meta.url)
writeFileSync(file, withVariants(parse(readFileSync(file), { columns: true })))
