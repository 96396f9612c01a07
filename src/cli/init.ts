import { lstatSync, mkdirSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import packageFile from "../../package.json" with { type: "json" }
import type { Installation } from "../engine/study.ts"
import { program, quoted } from "../workspace/command-to-type.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { printDocument } from "./document.ts"
import { firstStudy } from "./first-study.ts"

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** Writes a file that must not be there: whoever put one there meanwhile keeps it. */
const create = (path: string, text: string) =>
  Effect.try({
    try: () => {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text, { flag: "wx" })
    },
    catch: (error) => usage("output", `cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`)
  })

/** `sediment init [FOLDER]`: a first study that runs, in an empty folder. */
export const init = (installation: Installation) =>
  Command.make(
    "init",
    {
      folder: Argument.String("folder").pipe(Argument.withDescription("where (default: here); it is made where there is none"), Argument.withDefault(".")),
      json: Flag.Boolean("json").pipe(Flag.withDescription("one JSON document on stdout, and nothing else there"), Flag.withDefault(false))
    },
    Effect.fn(function* ({ folder, json }) {
      const target = resolve(folder)
      const installed = fileURLToPath(new URL("..", installation.cli))
      if (isThere(target) && !statSync(target, { throwIfNoEntry: false })?.isDirectory())
        return yield* usage("not-a-folder", `${folder} is not a folder: name one that is empty, or that is not there yet`)
      const { around, study, toInstall } = firstStudy(target, installed, packageFile.devDependencies)
      const inTheWay = [...study.keys()].filter((file) => isThere(join(target, file)))
      if (inTheWay.length > 0)
        return yield* new CliFailure({
          exitCode: 2,
          errors: inTheWay.map((file) => ({
            code: "file-exists",
            message: `there is ${join(folder, file)} already, and init writes over nothing: move it away, or name an empty folder, ${program()} init FOLDER`,
            where: { file: join(folder, file) }
          }))
        })
      const kept = [...around.keys()].filter((file) => isThere(join(target, file)))
      const written = [...around, ...study].filter(([file]) => !kept.includes(file))
      yield* Effect.forEach(written, ([file, text]) => create(join(target, file), text))
      const goThere = relative(process.cwd(), target)
      const next = [...(goThere === "" ? [] : [`cd ${quoted(goThere)}`]), ...(toInstall ? ["npm install"] : []), "npx sediment run"]
      if (json) return printDocument({ ok: true, folder: target, written: written.map(([file]) => file), kept, next })
      const files = written.map(([file]) => `  ${file}\n`).join("")
      process.stdout.write(`a first study, on made-up numbers:\n${files}`)
      if (kept.length > 0) process.stdout.write(`left as they are: ${kept.join(", ")}\n`)
      process.stdout.write(`next:\n${next.map((line) => `  ${line}\n`).join("")}`)
    })
  ).pipe(Command.withDescription("begin a study: a small one that runs, in an empty folder, to put your own data into; asks nothing and writes over nothing"))
