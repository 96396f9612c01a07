import { basename, join, relative, resolve } from "node:path"
import { Effect } from "effect"
import { neededFor, planStudy, skippedNodes } from "../engine/plan.ts"
import { inBrief } from "../engine/sentences.ts"
import type { Installation, Study } from "../engine/study.ts"
import { count, size } from "../engine/wording.ts"
import { dataSources, type Facts, gatherFacts, restricted } from "../replication/facts.ts"
import { measure } from "../replication/measured.ts"
import { makePackage } from "../replication/package.ts"
import { DECLARED_FILE, readDeclared, unstated } from "../replication/read-declared.ts"
import { studyFiles } from "../replication/study-files.ts"
import { type Written, writePackage } from "../replication/write.ts"
import { RunHistory } from "../store/runs.ts"
import { isBranch } from "../workspace/branches.ts"
import { quoted, toType } from "../workspace/command-to-type.ts"
import { CliFailure, refused, usage } from "../workspace/failure.ts"
import { styleFor } from "../workspace/style.ts"
import { known, openWorkspace, type SharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"

interface Flags extends SharedFlags {
  readonly output: string
  readonly force: boolean
  readonly strict: boolean
  readonly report: boolean
}

/** Where a package goes: `-o FILE.zip` writes that alone, `-o FOLDER` that alone. */
const placesOf = (output: string, study: Study): { readonly folder: string | undefined; readonly zip: string | undefined } => {
  if (/\.zip$/i.test(output)) return { folder: undefined, zip: resolve(output) }
  if (output !== "") return { folder: resolve(output), zip: undefined }
  const folder = resolve(join("results", `${study.folder}-replication`))
  return { folder, zip: `${folder}.zip` }
}

const shown = (path: string): string => relative(process.cwd(), path) || "."

const failed = (error: { readonly message: string; readonly reasons?: ReadonlyArray<string> }): CliFailure =>
  new CliFailure({ exitCode: 2, errors: (error.reasons ?? [error.message]).map((message) => ({ code: "package", message })) })

/** The study's report as it stands in a package: of the time of the last node, with commands as they are typed there. */
const reportOf = (study: Study, { files, sources }: Facts, at: number) =>
  Effect.gen(function* () {
    const closed = sources.filter(({ isProvided }) => !isProvided).map(({ path }) => path)
    if (closed.length > 0)
      return yield* usage("report", `a report tells ranges and single cells of all data, and ${closed.join(", ")} may not be given away: leave out --report`)
    const { gather } = yield* Effect.promise(() => import("../report/gather.ts"))
    const { compose } = yield* Effect.promise(() => import("../report/compose.ts"))
    const { writeHtml } = yield* Effect.promise(() => import("../report/html/write-html.ts"))
    const about = files.entry === "dag.ts" ? [] : ["--study", files.entry]
    const command = (name: string, ...args: ReadonlyArray<string>) => ["npx", "sediment", name, ...about, ...args].map(quoted).join(" ")
    return writeHtml(compose(yield* gather(study, yield* known, { run: undefined, at, command }).pipe(Effect.mapError(refused))))
  })

/** The facts of a study, and the files of its package; a failure where a node is not up to date, or replication.yaml is wrong. */
const gather = (study: Study, withReport: boolean) =>
  Effect.gen(function* () {
    const read = readDeclared(
      study.directory,
      study.graph.sources.map(({ path }) => path),
      study.graph.folders.map(({ path }) => path)
    )
    if ("faults" in read) return yield* new CliFailure({ exitCode: 2, errors: read.faults })
    const needed = neededFor(study, study.graph.targets)
    const plans = planStudy(study, needed, yield* known)
    const skipped = skippedNodes(needed, plans)
    const stale = needed.flatMap(({ name }) => {
      const plan = plans.get(name)!
      return plan.state === "fresh" || skipped.has(name) ? [] : [`${name}: ${inBrief(plan.why)}`]
    })
    if (stale.length > 0)
      return yield* usage(
        "not-up-to-date",
        `a package is of results that are up to date, and ${count(stale.length, "node is", "nodes are")} not (${stale[0]}): ${toType("run")} first`
      )
    const files = yield* studyFiles(study).pipe(
      Effect.mapError((error) => (error._tag === "BundleFailure" ? new CliFailure({ exitCode: 2, errors: error.faults }) : failed(error)))
    )
    const facts = yield* gatherFacts(study, files, read.declared, new Map([...plans].filter(([name]) => !skipped.has(name)))).pipe(
      Effect.mapError((error) => (error._tag === "StoreFailure" ? refused(error) : failed(error)))
    )
    const measured = yield* measure(facts, yield* RunHistory)
    const report = withReport ? yield* reportOf(study, facts, measured.last) : undefined
    const made = yield* Effect.try({ try: () => makePackage(facts, measured, report), catch: (error) => failed(error as Error) })
    return { facts, made, isDeclared: read.isThere, skipped }
  })

/** What nobody has stated, and what rests on somebody's word. */
const warningsOf = ({ declared, nodes, sources }: Facts, isDeclared: boolean, skipped: ReadonlyMap<string, ReadonlyArray<string>>): ReadonlyArray<string> => {
  const accepted = nodes.filter(({ isAccepted }) => isAccepted).map(({ node }) => node.name)
  const word = `${accepted.join(", ")}: the results rest on somebody's word that other code made the same (sediment accept); ${toType("verify", "--rerun", ...accepted)} proves it`
  const silent = unstated(
    declared,
    isDeclared,
    dataSources({ sources }).map(({ path }) => path)
  )
  const missing = `left out, since there is no program ${[...new Set([...skipped.values()].flat())].join(", ")} here: ${[...skipped.keys()].join(", ")}`
  return [...silent, ...(accepted.length === 0 ? [] : [word]), ...(skipped.size === 0 ? [] : [missing])]
}

/** What was written, for people. */
const tell = (facts: Facts, made: ReadonlyMap<string, Uint8Array>, { folder, zip }: Written) => {
  const { nodes, printed, study } = facts
  const sources = dataSources(facts)
  const left = sources.filter(({ isProvided }) => !isProvided)
  const kinds = (["table", "figure"] as const).map((kind) => count(printed.filter((one) => one.kind === kind).length, kind))
  const lines = [
    `replication package of ${study.graph.study}: ${[...kinds, count(nodes.length, "step"), count(sources.length - left.length, "data file")].join(", ")}`
  ]
  if (left.length > 0) lines.push(`  left out, and described: ${left.map(({ file }) => file).join(", ")}`)
  const exposed = exposedIn(facts)
  if (exposed.length > 0)
    lines.push(`  rest on it, and are in expected/ with the numbers behind them, so look whether these may be given away: ${exposed.join(", ")}`)
  if (folder !== undefined) {
    const bytes = [...made.values()].reduce((sum, one) => sum + one.length, 0)
    lines.push(`  ${shown(folder)}   ${count(made.size, "file")}, ${size(bytes)}`)
  }
  if (zip !== undefined) lines.push(`  ${shown(zip.path)}   ${size(zip.bytes)}`)
  if (folder !== undefined)
    lines.push(`to try it as a data editor does, copy it to an empty folder, and there: npm start (here: cd ${quoted(shown(folder))} && npm start)`)
  process.stdout.write(`${lines.join("\n")}\n`)
}

/** Tables and figures that rest on what is left out. */
const exposedIn = (facts: Facts): ReadonlyArray<string> => {
  const closed = restricted(facts)
  return facts.printed.filter(({ node }) => closed.has(node)).map(({ node }) => node)
}

/** Makes the package of a study whose every node is up to date. */
export const makeStudyPackage = (flags: Flags, installation: Installation) =>
  Effect.gen(function* () {
    const workspace = yield* openWorkspace(flags, installation)
    const [study] = workspace.studies
    if (study === undefined || workspace.studies.length > 1)
      return yield* usage("study", `a replication package is of one study: give one --study, not ${workspace.studies.length}`)
    if (isBranch(study.graph.study)) return yield* usage("branch", "a replication package is of the study as its dag.ts has it: leave out --set and --as")
    const { facts, isDeclared, made, skipped } = yield* gather(study, flags.report).pipe(Effect.provide(storeOf(workspace)))
    workspace.remember()
    const warnings = warningsOf(facts, isDeclared, skipped)
    const ok = !flags.strict || warnings.length === 0
    const places = placesOf(flags.output, study)
    const name = basename(places.folder ?? places.zip!.replace(/\.zip$/i, ""))
    const written = ok
      ? yield* writePackage(made, { ...places, name, force: flags.force }).pipe(Effect.mapError((error) => usage("output", error.message)))
      : undefined
    if (flags.json)
      printDocument({
        ok,
        study: study.graph.study,
        folder: written?.folder === undefined ? null : shown(written.folder),
        zip: written?.zip === undefined ? null : { path: shown(written.zip.path), bytes: written.zip.bytes },
        files: [...made].map(([path, content]) => ({ path, bytes: content.length })),
        printed: facts.printed.map(({ kind, node, output, title }) => ({ node, output, kind, title })),
        leftOut: facts.sources.filter(({ isProvided }) => !isProvided).map(({ file }) => file),
        restOnLeftOut: exposedIn(facts),
        warnings
      })
    else {
      const style = styleFor(process.stderr)
      for (const warning of warnings) process.stderr.write(`${style("yellow", "!")} ${warning}\n`)
      if (written === undefined) process.stderr.write(`nothing was written, since --strict asks that ${DECLARED_FILE} states everything\n`)
      else tell(facts, made, written)
    }
    if (!ok) return yield* new CliFailure({ exitCode: 1, errors: [] })
  })
