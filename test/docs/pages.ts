import { readdirSync } from "node:fs"
import { root } from "./blocks.ts"

/** Every page, by its path from the repository's root. */
export const pages: ReadonlyArray<string> = [
  "README.md",
  "CONTRIBUTING.md",
  "data/README.md",
  "examples/us-states/README.md",
  ...readdirSync(`${root}/docs`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file.replaceAll("\\", "/")}`)
    .sort()
]
