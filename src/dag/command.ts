import { integer, text } from "../artifact/column.ts"
import { type AnyTable, table } from "../artifact/table-type.ts"

/** How tables are handed to a command: the ending of their files. */
export type HandOver = "csv" | "arrow" | "parquet" | "dta"
const HAND_OVERS: ReadonlyArray<string> = ["csv", "arrow", "parquet", "dta"] satisfies ReadonlyArray<HandOver>

/** A stage that is a command of the system: what the engine starts, and with what. */
export interface Command {
  /** The program, by its name on the PATH or its absolute path, and what it is given; no shell sees it. `{name}` in an argument is the path of that input in the command's folder. */
  readonly command: readonly [program: string, ...given: ReadonlyArray<string>]
  /** The command whose output tells the program's version. */
  readonly version: readonly [program: string, ...given: ReadonlyArray<string>]
  /** Variables of the environment that the command sees as they are (`OMP_NUM_THREADS`), or with a value of their own (`PYTHONHASHSEED=0`). */
  readonly environment: ReadonlyArray<string>
  readonly handOver: HandOver
  /** Which columns of its inputs are handed over; all of those that it does not name. */
  readonly columns: (params: never) => Readonly<Record<string, ReadonlyArray<string> | undefined>>
  /** Whether it is given a seed. */
  readonly seed: boolean
  /** Where its program is not there, the node is skipped, and the run does not fail of it. */
  readonly optional: boolean
}

/** What a command wrote, line by line: an output of each, called `log`. Standard output comes first, so that the same texts are the same artifact. */
export const CommandLog = table("CommandLog", {
  line: integer("", "line of its stream, from 1; where lines are passed over, so are their numbers"),
  stream: text("", "stdout or stderr"),
  text: text("", "what the line says")
})

/** What planning needs to know of a command: what is asked of the machine. */
export type CommandFacts = Pick<Command, "version" | "environment" | "optional"> & { readonly program: string }

export const factsOf = ({ command, environment, optional, version }: Command): CommandFacts => ({ program: command[0], version, environment, optional })

/** The name and, where it is given one, the value of a declared variable of the environment. */
export const variableOf = (declared: string): { readonly name: string; readonly value: string | undefined } => {
  const at = declared.indexOf("=")
  return at < 0 ? { name: declared, value: undefined } : { name: declared.slice(0, at), value: declared.slice(at + 1) }
}

/** What lies in a command's folder beside its inputs. */
const OWN_FILES: ReadonlySet<string> = new Set(["params", "tmp", "stdout", "stderr"])

const isPath = (program: string): boolean => /[\\/]/.test(program)
const isAbsolute = (program: string): boolean => /^(\/|[A-Za-z]:[\\/])/.test(program)

/** What is wrong with how a stage's command is declared. */
export const commandFaults = (
  name: string,
  { command, environment, handOver, version }: Command,
  inputs: ReadonlyArray<string>,
  outputs: Readonly<Record<string, AnyTable>>
): ReadonlyArray<string> => {
  const wrong: Array<string> = []
  const told = (what: string) => wrong.push(`stage ${name}: ${what}`)
  for (const [called, program] of [
    ["command", command[0]],
    ["version", version[0]]
  ] as const)
    if (program === undefined || program === "") told(`its ${called} is empty; expected a program and what it is given, such as ["Rscript", "{script}"]`)
    else if (program.includes("{")) told(`its ${called} begins with ${program}; expected a program, to which an input is given: ["sh", "${program}"]`)
    else if (isPath(program) && !isAbsolute(program))
      told(`its ${called} begins with ${program}, a path from nowhere; expected a name that is found on the PATH, or an absolute path`)
  for (const given of command.slice(1))
    for (const [placeholder, input] of given.matchAll(/\{([A-Za-z][\w-]*)\}/g))
      if (placeholder === given && !inputs.includes(input!))
        told(`its command has ${placeholder}, and there is no input "${input}"; there are: ${inputs.join(", ") || "none"}`)
  for (const declared of environment)
    if (!/^[A-Za-z_]\w*$/.test(variableOf(declared).name))
      told(`"${declared}" is no variable of the environment; expected a name such as OMP_NUM_THREADS, or NAME=value`)
  if (!HAND_OVERS.includes(handOver)) told(`its handOver is "${handOver}"; expected one of ${HAND_OVERS.join(", ")}`)
  for (const input of inputs) {
    if (OWN_FILES.has(input)) told(`an input of a command cannot be called "${input}", as a file of its folder is: give it another name`)
    if (input in outputs) told(`"${input}" is an input and an output, whose files would have one name: give one another name`)
  }
  if (outputs["log"]?.name !== CommandLog.name) told(`an output of a command cannot be called "log", which is what it wrote: give it another name`)
  return wrong
}
