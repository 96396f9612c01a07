import { basename, join, relative, resolve } from "node:path"
import { Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { neededFor, planStudy } from "../engine/plan.ts"
import { inBrief } from "../engine/sentences.ts"
import type { Installation, Study } from "../engine/study.ts"
import { count, size } from "../engine/wording.ts"
import { RunHistory } from "../store/runs.ts"
import { quoted, toType } from "./command-to-type.ts"
import { printDocument } from "./document.ts"
import { CliFailure, refused, usage } from "./failure.ts"
import { styleFor } from "./style.ts"
import { known, openWorkspace, type SharedFlags, sharedFlags, storeOf } from "./workspace.ts"

/** Where a package goes: `-o FILE.zip` writes that alone, `-o FOLDER` that alone. */
const placesOf = (output: string, study: Study): { readonly folder: string | undefined; readonly zip: string | undefined } => {
  if (/\.zip$/i.test(output)) return { folder: undefined, zip: resolve(output) }
  if (output !== "") return { folder: resolve(output), zip: undefined }
  const variant = study.variant === "" ? "" : `+${study.variant}`
  const folder = resolve(join("results", `${study.graph.study}${variant}-replication`))
  return { folder, zip: `${folder}.zip` }
}

const shown = (path: string): string => relative(process.cwd(), path) || "."

interface Flags extends SharedFlags {
  readonly output: string
  readonly force: boolean
  readonly strict: boolean
}

/** Makes a package of a study whose every node is up to date. */
const make = (flags: Flags, installation: Installation) =>
  Effect.gen(function* () {
    const [{ DECLARED_FILE, readDeclared, unstated }, { studyFiles }, { gatherFacts, restricted }, { measure }, { makePackage }, { writePackage }] =
      yield* Effect.promise(() =>
        Promise.all([
          import("../replication/read-declared.ts"),
          import("../replication/study-files.ts"),
          import("../replication/facts.ts"),
          import("../replication/measured.ts"),
          import("../replication/package.ts"),
          import("../replication/write.ts")
        ])
      )
    const workspace = yield* openWorkspace(flags, installation)
    const [study] = workspace.studies
    if (study === undefined || workspace.studies.length > 1)
      return yield* usage("study", `a replication package is of one study: give one --study, not ${workspace.studies.length}`)
    const needed = neededFor(study, study.graph.targets)
    const read = readDeclared(
      study.directory,
      study.graph.sources.map(({ path }) => path)
    )
    if ("faults" in read) return yield* new CliFailure({ exitCode: 2, errors: read.faults })
    const { declared, isThere } = read
    const store = yield* Effect.gen(function* () {
      const knows = yield* known
      const plans = planStudy(study, needed, knows)
      const stale = needed.flatMap(({ name }) => {
        const plan = plans.get(name)!
        return plan.state === "fresh" ? [] : [`${name}: ${inBrief(plan.why)}`]
      })
      if (stale.length > 0) {
        const [first] = stale
        return yield* usage(
          "not-up-to-date",
          `a package is of results that are up to date, and ${count(stale.length, "node is", "nodes are")} not (${first}): ${toType("run")} first`
        )
      }
      const bad = (error: { readonly message: string; readonly reasons?: ReadonlyArray<string> }) =>
        new CliFailure({ exitCode: 2, errors: (error.reasons ?? [error.message]).map((message) => ({ code: "package", message })) })
      const files = yield* studyFiles(study).pipe(
        Effect.mapError((error) => (error._tag === "BundleFailure" ? new CliFailure({ exitCode: 2, errors: error.faults }) : bad(error)))
      )
      const facts = yield* gatherFacts(study, files, declared, plans).pipe(
        Effect.mapError((error) => (error._tag === "StoreFailure" ? refused(error) : bad(error)))
      )
      const measured = yield* measure(facts, yield* RunHistory)
      const made = yield* Effect.try({ try: () => makePackage(facts, measured), catch: (error) => bad(error as Error) })
      return { facts, made }
    }).pipe(Effect.provide(storeOf(workspace)))
    workspace.remember()
    const { facts, made } = store
    const accepted = facts.nodes.filter(({ isAccepted }) => isAccepted).map(({ node }) => node.name)
    const warnings = [
      ...unstated(
        declared,
        isThere,
        facts.sources.map(({ path }) => path)
      ),
      ...(accepted.length === 0
        ? []
        : [
            `${accepted.join(", ")}: the results rest on somebody's word that other code made the same (sediment accept); ${toType("verify", "--rerun", ...accepted)} proves it`
          ])
    ]
    const strict = flags.strict && warnings.length > 0
    const places = placesOf(flags.output, study)
    const written = strict
      ? undefined
      : yield* writePackage(made, { ...places, name: basename(places.folder ?? places.zip!.replace(/\.zip$/i, "")), force: flags.force }).pipe(
          Effect.mapError((error) => usage("output", error.message))
        )
    const bytes = [...made.values()].reduce((sum, one) => sum + one.length, 0)
    const left = facts.sources.filter(({ isProvided }) => !isProvided)
    const closed = restricted(facts)
    const exposed = facts.printed.filter(({ node }) => closed.has(node)).map(({ node }) => node)
    const kinds = (["table", "figure"] as const).map((kind) => facts.printed.filter((one) => one.kind === kind).length)
    if (flags.json)
      printDocument({
        ok: !strict,
        study: study.graph.study,
        folder: written?.folder === undefined ? null : shown(written.folder),
        zip: written?.zip === undefined ? null : { path: shown(written.zip.path), bytes: written.zip.bytes },
        files: [...made].map(([path, content]) => ({ path, bytes: content.length })),
        tables: kinds[0],
        figures: kinds[1],
        leftOut: left.map(({ file }) => file),
        restOnLeftOut: exposed,
        warnings
      })
    else {
      const style = styleFor(process.stderr)
      for (const warning of warnings) process.stderr.write(`${style("yellow", "!")} ${warning}\n`)
      if (written === undefined) process.stderr.write(`nothing was written, since --strict asks that ${DECLARED_FILE} states everything\n`)
      else {
        const of = `${count(kinds[0]!, "table")}, ${count(kinds[1]!, "figure")}, ${count(facts.nodes.length, "step")}, ${count(facts.sources.length - left.length, "data file")}`
        process.stdout.write(`replication package of ${study.graph.study}: ${of}\n`)
        if (left.length > 0) process.stdout.write(`  left out, and described: ${left.map(({ file }) => file).join(", ")}\n`)
        if (exposed.length > 0)
          process.stdout.write(
            `  rest on it, and are in expected/ with the numbers behind them, so look whether these may be given away: ${exposed.join(", ")}\n`
          )
        if (written.folder !== undefined) process.stdout.write(`  ${shown(written.folder)}   ${count(made.size, "file")}, ${size(bytes)}\n`)
        if (written.zip !== undefined) process.stdout.write(`  ${shown(written.zip.path)}   ${size(written.zip.bytes)}\n`)
        if (written.folder !== undefined)
          process.stdout.write(
            `to try it as a data editor does: copy it to an empty folder, and there: npm start (here: cd ${quoted(shown(written.folder))} && npm start)\n`
          )
      }
    }
    if (strict) return yield* new CliFailure({ exitCode: 1, errors: [] })
  })

/** `sediment package`: data, code and expected results of a study, as a journal's data editor takes them; `--check` holds a run of one against them. */
export const packageStudy = (installation: Installation) =>
  Command.make(
    "package",
    {
      ...sharedFlags,
      output: Flag.String("output").pipe(
        Flag.withAlias("o"),
        Flag.withMetavar("FOLDER|FILE.zip"),
        Flag.withDescription("where to write it (default: results/<study>-replication, and the same as .zip)"),
        Flag.withDefault("")
      ),
      force: Flag.Boolean("force").pipe(
        Flag.withDescription("put it in the place of an earlier package; other files in that folder stay"),
        Flag.withDefault(false)
      ),
      strict: Flag.Boolean("strict").pipe(
        Flag.withDescription("exit code 1, and write nothing, where something is not stated in replication.yaml"),
        Flag.withDefault(false)
      ),
      check: Flag.String("check").pipe(
        Flag.withMetavar("FOLDER"),
        Flag.withDescription("make none, but hold what a run of the package in FOLDER came to against what it expects"),
        Flag.optional
      ),
      data: Flag.Boolean("data").pipe(Flag.withDescription("of --check: its data files only, before a run"), Flag.withDefault(false))
    },
    Effect.fn(function* ({ check, data, ...flags }) {
      if (Option.isSome(check)) {
        const { checkPackage } = yield* Effect.promise(() => import("./package-check.ts"))
        return yield* checkPackage({ ...flags, folder: check.value, data }, installation)
      }
      if (data) return yield* usage("flag", "--data is of --check FOLDER")
      yield* make(flags, installation)
    })
  ).pipe(Command.withDescription("write a replication package: README, data, code, lockfile, expected results, provenance (RO-Crate)"))
