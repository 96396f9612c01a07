/** A replication package in memory: every file by its path. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { type SourceContent, SourceReading } from "../engine/source-content.ts"
import { CHECKSUMS_FILE, checksums } from "./checksums.ts"
import { codebook } from "./codebook.ts"
import { crate } from "./crate/crate.ts"
import { EXPECTED_FILE, expectedOf, expectedPaths } from "./expected.ts"
import type { Facts } from "./facts.ts"
import { licenceFile } from "./licence-file.ts"
import { lock } from "./lockfile.ts"
import type { Measured } from "./measured.ts"
import { DECLARED_FILE } from "./read-declared.ts"
import { readme } from "./readme/readme.ts"
import { packSediment } from "./sediment-package.ts"
import { startScript } from "./start-script.ts"
import { NotPortable } from "./study-files.ts"

/** A file, or the files below a folder, without what starts with a dot. */
const filesAt = (folder: string, path: string): ReadonlyArray<string> =>
  statSync(join(folder, path)).isDirectory()
    ? readdirSync(join(folder, path), { withFileTypes: true })
        .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
        .flatMap((entry) => (entry.isDirectory() || entry.isFile() ? filesAt(folder, `${path.replace(/\/+$/, "")}/${entry.name}`) : []))
    : [path]

const sourceBytes = (path: string, content: SourceContent): Uint8Array => {
  const reading = new SourceReading(path, content)
  try {
    return reading.bytes
  } catch (error) {
    const failure = reading.failure()
    throw failure === undefined ? error : new NotPortable({ reasons: failure.faults.map(({ message }) => message) })
  }
}

/** Makes the files of a package. `report`: the study's report as HTML, where it goes in. Throws NotPortable and NotLocked. */
export const makePackage = (facts: Facts, measured: Measured, report: string | undefined): ReadonlyMap<string, Uint8Array> => {
  const { declared, files, printed, sources, study } = facts
  const made = new Map<string, Uint8Array>()
  const text = (path: string, content: string) => made.set(path, Buffer.from(content))
  for (const [path, absolute] of [...files.code, ...files.data]) made.set(path, readFileSync(absolute))
  const restricted = new Set(sources.filter(({ isProvided }) => !isProvided).map(({ file }) => file))
  const leaked = [...made.keys()].filter((path) => restricted.has(path))
  if (leaked.length > 0) throw new NotPortable({ reasons: leaked.map((path) => `${path} is a restricted source, and the study's code reads it as well`) })
  for (const { content, file, isProvided, path } of sources) if (isProvided) made.set(file, sourceBytes(path, content))
  if (existsSync(join(study.directory, DECLARED_FILE))) made.set(files.inPackage(DECLARED_FILE), readFileSync(join(study.directory, DECLARED_FILE)))
  for (const path of declared.files.flatMap((one) => filesAt(study.directory, one)))
    if (!restricted.has(files.inPackage(path))) made.set(files.inPackage(path), readFileSync(join(study.directory, path)))

  const sediment = packSediment(files.framework)
  const own = [
    "package.json",
    "package-lock.json",
    "replicate.mjs",
    "README.md",
    "LICENSE.txt",
    "codebook.csv",
    EXPECTED_FILE,
    "ro-crate-metadata.json",
    CHECKSUMS_FILE,
    sediment.file
  ]
  const taken = own.filter((path) => made.has(path))
  if (taken.length > 0)
    throw new NotPortable({
      reasons: taken.map((path) => `${path} of the study would stand where the package has a file of its own: leave it out of "files", or give it another name`)
    })
  made.set(sediment.file, sediment.bytes)
  const expected = expectedOf(facts, sediment.manifest.version)
  const locked = lock(files.framework, {
    name: `${study.graph.study.toLowerCase()}-replication`,
    description: declared.title ?? `Replication package of the study ${study.graph.study}`,
    licence: declared.licence?.code,
    sediment,
    imports: files.imports
  })
  text("package.json", locked.manifest)
  text("package-lock.json", locked.lockfile)
  text("replicate.mjs", startScript(expected))
  text("codebook.csv", codebook(facts))
  text("LICENSE.txt", licenceFile(facts, sediment.manifest.license))
  text(EXPECTED_FILE, `${JSON.stringify(expected, null, 1)}\n`)
  for (const print of printed) {
    const { data, file } = expectedPaths(print)
    made.set(data, print.bytes)
    text(file, print.rendered.text)
  }
  if (report !== undefined) text("expected/report.html", report)
  const bytes = [...made].reduce((sum, [path, content]) => sum + (path === sediment.file ? 0 : content.length), 0)
  const { version } = sediment.manifest
  text("README.md", readme(facts, measured, { sediment: version, archive: sediment.file, packages: locked.packages, hasReport: report !== undefined }, bytes))
  const inOrder = () => new Map([...made].sort(([a], [b]) => (a < b ? -1 : 1)))
  text("ro-crate-metadata.json", crate(facts, measured, inOrder(), version))
  text(CHECKSUMS_FILE, checksums(inOrder()))
  return inOrder()
}
