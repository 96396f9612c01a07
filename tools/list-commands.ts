/** Writes docs/reference/cli.md, every command with its arguments and flags, from their declarations: node tools/list-commands.ts */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { NodeServices } from "@effect/platform-node"
import { Effect, Option } from "effect"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import type { ArgDoc, FlagDoc, HelpDoc } from "effect/cli/HelpDoc"
import { app } from "../src/cli/main.ts"

const nowhere = new URL("file:///nowhere/")
const commands = app({ cli: nowhere, effect: nowhere, framework: nowhere, worker: nowhere })

/** What `sediment … --help` tells, before it is laid out for a terminal. */
const helpOf = async (...path: ReadonlyArray<string>): Promise<HelpDoc> => {
  let told: HelpDoc | undefined
  const listening: CliOutput.Presenter = {
    present: (output) =>
      Effect.sync(() => {
        if (output._tag === "Help") told = output.helpDoc
      })
  }
  await Effect.runPromise(
    Command.runWith(commands, { version: "" })([...path, "--help"]).pipe(
      Effect.provideService(CliOutput.Presenter, listening),
      Effect.provide(NodeServices.layer)
    )
  )
  if (told === undefined) throw new Error(`sediment ${path.join(" ")} --help tells nothing`)
  return told
}

/** The commands below a path, each with its whole path, in the order of the declaration. */
const commandsBelow = async (path: ReadonlyArray<string>): Promise<ReadonlyArray<readonly [path: ReadonlyArray<string>, help: HelpDoc]>> => {
  const help = await helpOf(...path)
  const below = (help.subcommands ?? []).flatMap(({ commands }) => commands.map(({ name }) => [...path, name]))
  const found = await Promise.all(below.map(commandsBelow))
  const own = below.length === 0 || help.flags.length > 0
  return [...(own ? [[path, help] as const] : []), ...found.flat()]
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;")
const told = ({ description }: FlagDoc | ArgDoc): string => cell(Option.getOrElse(description, () => ""))
const flagName = ({ aliases, name, type }: FlagDoc): string =>
  [`--${name}`, ...aliases].map((one) => `\`${one}${type === "boolean" ? "" : ` ${type}`}\``).join(", ")
const flagRow = (flag: FlagDoc): string => `| ${flagName(flag)} | ${told(flag)} |`
/** A flag as it is declared: two commands share one where this is the same. */
const identity = (flag: FlagDoc): string => flagRow(flag)

const HEAD = "| | |\n|---|---|"
/** A flag of so many commands is told once. */
const SHARED_BY = 10

/** The page as a whole. */
export const commandsPage = async (): Promise<string> => {
  const all = await commandsBelow([])
  const uses = Map.groupBy(
    all.flatMap(([, { flags }]) => flags),
    identity
  )
  const isShared = (flag: FlagDoc) => uses.get(identity(flag))!.length >= SHARED_BY
  const shared = [...uses.values()].map(([first]) => first!).filter(isShared)
  const sections = all.map(([path, { args, description, flags, usage }]) => {
    const own = flags.filter((flag) => !isShared(flag))
    const taken = flags.filter(isShared).map(({ name }) => `\`--${name}\``)
    const rows = [...(args ?? []).map((one) => `| \`${one.name}${one.variadic ? "…" : ""}\` | ${told(one)} |`), ...own.map(flagRow)]
    return [
      `## ${path.join(" ")}`,
      "",
      `\`${usage}\``,
      "",
      `${cell(description)}.`,
      "",
      ...(rows.length === 0 ? [] : [HEAD, ...rows, ""]),
      ...(taken.length === 0 ? [] : [`And ${taken.join(", ")}.`, ""])
    ].join("\n")
  })
  return [
    "# The command line",
    "",
    "Every command, from its declaration (`node tools/list-commands.ts` writes this page); `--help` tells the same. What nodes and runs are called, exit codes, and what `watch` and `debug` do in full: [README](../../README.md#the-command-line).",
    "",
    all.map(([path]) => `[${path.join(" ")}](#${path.join("-")})`).join(" · "),
    "",
    "## Flags that most commands take",
    "",
    HEAD,
    ...shared.map(flagRow),
    "",
    "`--help`, `--version` and `--completions bash` (zsh, fish, powershell), which prints a script for the shell's completion, go with every command.",
    "",
    ...sections
  ].join("\n")
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const page = fileURLToPath(new URL("../docs/reference/cli.md", import.meta.url))
  mkdirSync(dirname(page), { recursive: true })
  writeFileSync(page, await commandsPage())
}
