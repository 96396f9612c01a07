import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { licenceAddress } from "./crate/agents.ts"
import { dataSources, type Facts } from "./facts.ts"

const NAMES = ["LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "LICENCE.txt", "LICENCE.md"]

/** The text of the licence that stands beside dag.ts, or in a folder above it, down from the one that has the study's package.json. */
const ownLicence = (directory: string): string | undefined => {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path))
    if (found !== undefined) return readFileSync(found, "utf8")
    if (existsSync(join(folder, "package.json")) || dirname(folder) === folder) return undefined
  }
}

/** LICENSE.txt: what is stated of code and data, source by source, and the licence's text where the study has one. `sediment` is the licence of Sediment itself. */
export const licenceFile = ({ declared: { licence = {} }, sources, study }: Facts, sediment: string): string => {
  const data = dataSources({ sources })
  const own = ownLicence(study.directory)
  const of = ({ isProvided, statement }: Facts["sources"][number]) =>
    isProvided
      ? (statement?.licence ?? (licenceAddress(licence.data) === undefined ? "none stated for this file" : licence.data))
      : "not in this package; its own terms hold"
  return [
    `Code: ${licence.code ?? "not stated"}`,
    `Data: ${licence.data ?? "not stated"}${data.length === 0 ? "" : "; by file:"}`,
    ...data.map((source) => `  ${source.file}: ${of(source)}`),
    `Sediment, which runs the study, and comes as an archive with it: ${sediment}. Packages that it installs have licences of their own.`,
    ...(own === undefined ? [] : ["", "-".repeat(72), "", own.trim()])
  ]
    .map((line) => `${line}\n`)
    .join("")
}
