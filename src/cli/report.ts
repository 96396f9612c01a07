import { spawn } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { basename, dirname, extname, join, relative, resolve } from "node:path"
import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import type { Installation, Study } from "../engine/study.ts"
import { count, size } from "../engine/wording.ts"
import type { StudyFacts } from "../report/facts.ts"
import type { RunRecord } from "../store/runs.ts"
import { toTypeAbout } from "../workspace/command-to-type.ts"
import { type CliFailure, refused, usage } from "../workspace/failure.ts"
import { runsOf } from "../workspace/history.ts"
import { findRun } from "../workspace/run-reference.ts"
import { known, openWorkspace, sharedFlags, storeOf } from "../workspace/workspace.ts"
import { printDocument } from "./document.ts"
import { writeOutput } from "./output-file.ts"

const FORMATS = [".html", ".md"]

/** Where a study's report is written where nobody says where. */
const placeOf = ({ folder }: Study): string => join("results", folder, "report.html")

/** The pictures that the report which is there refers to: those that the new one does not make go with it. */
const picturesOf = (path: string, folder: string): ReadonlyArray<string> => {
  if (!existsSync(path)) return []
  return [...readFileSync(path, "utf8").matchAll(/!\[[^\n]*\]\(<([^<>\n]+\.svg)>\)/g)].map(([, image]) => image!).filter((image) => dirname(image) === folder)
}

/** Writes one report, each file whole or not at all, and the page last; gives the files. */
const write = (facts: StudyFacts, file: string): Effect.Effect<ReadonlyArray<{ readonly path: string; readonly bytes: number }>, CliFailure> =>
  Effect.gen(function* () {
    const { compose } = yield* Effect.promise(() => import("../report/compose.ts"))
    const document = compose(facts)
    if (extname(file).toLowerCase() === ".html") {
      const { writeHtml } = yield* Effect.promise(() => import("../report/html/write-html.ts"))
      const html = writeHtml(document)
      yield* writeOutput(file, html)
      return [{ path: file, bytes: Buffer.byteLength(html) }]
    }
    const { writeMarkdown } = yield* Effect.promise(() => import("../report/write-markdown.ts"))
    const folder = `${basename(file, extname(file))}_files`
    const { pictures, text } = writeMarkdown(document, folder)
    const before = picturesOf(file, folder)
    for (const [picture, svg] of pictures) yield* writeOutput(join(dirname(file), picture), svg)
    yield* writeOutput(file, text)
    for (const gone of before) if (!pictures.has(gone)) rmSync(join(dirname(file), gone), { force: true })
    return [
      { path: file, bytes: Buffer.byteLength(text) },
      ...[...pictures].map(([picture, svg]) => ({ path: join(dirname(file), picture), bytes: Buffer.byteLength(svg) }))
    ]
  })

/** Shows a file with what the system opens such files with. */
const show = (file: string): Effect.Effect<void> =>
  Effect.callback((resume) => {
    const [program, ...args] = process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"]
    const child = spawn(program!, [...args, resolve(file)], { stdio: "ignore", detached: true })
    child.once("error", (error) => {
      process.stderr.write(`sediment: cannot open ${file}: ${error.message}; open it in a browser yourself\n`)
      resume(Effect.void)
    })
    child.once("spawn", () => {
      child.unref()
      resume(Effect.void)
    })
  })

const countsOf = ({ nodes }: StudyFacts) => {
  const standings = ["fresh", "stale", "unknown", "missing", "failed", "blocked"] as const
  const types = nodes.flatMap(({ outputs }) => Object.values(outputs))
  const of = (type: string) => types.filter((one) => one === type).length
  return {
    nodes: nodes.length,
    ...Object.fromEntries(standings.map((standing) => [standing, nodes.filter((node) => node.standing === standing).length])),
    tables: of("PrintedTable"),
    figures: of("Figure"),
    warnings: nodes.reduce((sum, { warnings }) => sum + warnings.length, 0)
  }
}

/** `sediment report`: the whole study as one page. */
export const report = (installation: Installation) =>
  Command.make(
    "report",
    {
      ...sharedFlags,
      output: Flag.String("output").pipe(
        Flag.withAlias("o"),
        Flag.withMetavar("FILE"),
        Flag.withDescription("where to write it, .html or .md (default: results/STUDY/report.html)"),
        Flag.withDefault("")
      ),
      run: Flag.String("run").pipe(
        Flag.withMetavar("RUN"),
        Flag.withDescription("the study as it was in a run: its name, a part of it, its tag, latest, latest~1"),
        Flag.withDefault("")
      ),
      open: Flag.Boolean("open").pipe(Flag.withDescription("open it when it is written"), Flag.withDefault(false))
    },
    Effect.fn(function* (flags) {
      if (flags.output !== "" && !FORMATS.includes(extname(flags.output).toLowerCase()))
        return yield* usage("format", `cannot write ${flags.output}: a report's name must end in ${FORMATS.join(" or ")}`)
      const workspace = yield* openWorkspace(flags, installation)
      if (flags.output !== "" && workspace.studies.length > 1)
        return yield* usage("study", "a report is of one study: give one --study with -o, or leave -o out, and each goes to its own folder of results")
      const at = Date.now()
      const written = yield* Effect.gen(function* () {
        const store = yield* known
        const { gather } = yield* Effect.promise(() => import("../report/gather.ts"))
        const names = new Set(workspace.studies.map(({ graph }) => graph.study))
        const asked =
          flags.run === ""
            ? undefined
            : yield* findRun(
                flags.run,
                runsOf(store.history, (study) => names.has(study))
              )
        return yield* Effect.forEach(aboutRun(workspace.studies, asked), (study) =>
          Effect.gen(function* () {
            const facts = yield* gather(study, store, { run: asked, at, command: (name, ...args) => toTypeAbout(study.file, name, ...args) }).pipe(
              Effect.mapError(refused)
            )
            const files = yield* write(facts, flags.output === "" ? placeOf(study) : flags.output)
            return { facts, files }
          })
        )
      }).pipe(Effect.provide(storeOf(workspace)))
      workspace.remember()
      if (flags.json)
        printDocument({
          reports: written.map(({ facts, files }) => ({
            study: facts.study,
            run: facts.run?.run ?? null,
            file: relative(process.cwd(), resolve(files[0]!.path)),
            files: files.map(({ bytes, path }) => ({ path: relative(process.cwd(), resolve(path)), bytes })),
            ...countsOf(facts)
          }))
        })
      else for (const { facts, files } of written) process.stdout.write(sentences(facts, files))
      if (flags.open) for (const { files } of written) yield* show(files[0]!.path)
    })
  ).pipe(Command.withDescription("write the whole study as one page: data, DAG, weights, tables, figures, warnings, what changed, provenance; nothing runs"))

/** Those of the studies that a run was about. */
const aboutRun = (studies: ReadonlyArray<Study>, run: RunRecord | undefined): ReadonlyArray<Study> =>
  run === undefined ? studies : studies.filter(({ graph }) => run.studies.some(({ study }) => study === graph.study))

const sentences = (facts: StudyFacts, files: ReadonlyArray<{ readonly path: string; readonly bytes: number }>): string => {
  const counts = countsOf(facts)
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0)
  const more = files.length > 1 ? ` and ${count(files.length - 1, "picture")} beside it` : ""
  const due = facts.nodes.filter(({ standing }) => standing !== "fresh").length
  const state =
    due === 0 || facts.past
      ? ""
      : `${due} of ${count(facts.nodes.length, "node")} are not up to date, and the report says so; to bring them up to date: ${facts.command("run")}\n`
  return `${relative(process.cwd(), resolve(files[0]!.path))}${more}: ${count(counts.tables, "table")}, ${count(counts.figures, "figure")}, ${count(counts.warnings, "warning")}, ${size(bytes)}\n${state}`
}
