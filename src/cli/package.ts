import { Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import type { Installation } from "../engine/study.ts"
import { usage } from "../workspace/failure.ts"
import { sharedFlags } from "../workspace/workspace.ts"

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
      report: Flag.Boolean("report").pipe(
        Flag.withDescription("put the study's report in, as expected/report.html: it tells the newest change too; not where a source is restricted"),
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
      // What makes packages and what reads YAML is loaded by this command alone.
      if (Option.isSome(check)) {
        const { as, force, indicators, output, report, set, strict, study, with: replaced } = flags
        const idle = Object.entries({ study, with: replaced, indicators, set, as, output, force, strict, report }).filter(
          ([, value]) => value === true || (value !== false && value.length > 0)
        )
        if (idle.length > 0)
          return yield* usage("flag", `a package says itself which study it is of: leave out ${idle.map(([name]) => `--${name}`).join(", ")} beside --check`)
        const { checkPackage } = yield* Effect.promise(() => import("./package-check.ts"))
        return yield* checkPackage({ ...flags, folder: check.value, data }, installation)
      }
      if (data) return yield* usage("flag", "--data is of --check FOLDER")
      const { makeStudyPackage } = yield* Effect.promise(() => import("./package-make.ts"))
      yield* makeStudyPackage(flags, installation)
    })
  ).pipe(Command.withDescription("write a replication package: README, data, code, lockfile, expected results, provenance (RO-Crate)"))
