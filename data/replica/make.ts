/** Writes the synthetic raw tables into this folder: node data/replica/make.ts */
import { writeFileSync } from "node:fs"
import { replica, SEED } from "./replica.ts"

for (const [name, text] of replica(SEED)) writeFileSync(new URL(name, import.meta.url), text)
