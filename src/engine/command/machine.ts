import { type CommandFacts, variableOf } from "../../dag/command.ts"
import type { Fault } from "../../dag/stage.ts"
import { PROGRAM, variableIn } from "../reads.ts"
import { variableToday } from "./environment.ts"
import { Programs, type Version } from "./programs.ts"

/** Where programs that studies often start are to be had. */
const TO_INSTALL: Readonly<Record<string, string>> = {
  Rscript: "install R (https://www.r-project.org)",
  R: "install R (https://www.r-project.org)",
  python: "install Python (https://www.python.org)",
  python3: "install Python 3 (https://www.python.org)",
  julia: "install Julia (https://julialang.org)",
  stata: "install Stata (it needs a licence)",
  "stata-mp": "install Stata/MP (it needs a licence)",
  "stata-se": "install Stata/SE (it needs a licence)",
  octave: "install GNU Octave (https://octave.org)"
}

/** What to do about a program that is not there. */
const toInstall = (program: string): string => `${TO_INSTALL[program] ?? `install ${program}`}, or put the folder that it is in on the PATH`

/** Why a stage that is a command cannot be started on this machine. */
export interface Lack {
  /** The program that is not there; undefined where it is, and its version cannot be told. */
  readonly missing: string | undefined
  readonly fault: Fault
}

/** What the stages of a study that are commands read of the machine that it is on. */
export class Machine {
  readonly #commands: Readonly<Record<string, CommandFacts>>
  readonly #programs: Programs

  /** `remembered`: the file in which versions of programs are remembered. */
  constructor(commands: Readonly<Record<string, CommandFacts>>, remembered: string) {
    this.#commands = commands
    this.#programs = new Programs(remembered)
  }

  /** What a read of a stage gives today; undefined where that cannot be told. */
  read(stage: string, read: string): string | undefined {
    const facts = this.#commands[stage]
    if (facts === undefined) return undefined
    const variable = variableIn(read)
    if (variable !== undefined) return variableToday(variable)
    if (read !== PROGRAM) return undefined
    const found = this.#programs.version(facts.program, facts.version)
    return "version" in found ? found.version : undefined
  }

  /** All that its commands read of the machine, as one text: while it is the same, none of them is stale for it. */
  state(): string {
    const reads = Object.entries(this.#commands).map(([stage, { environment }]) => {
      const variables = environment.map(variableOf).flatMap(({ name, value }) => (value === undefined ? [variableToday(name)] : []))
      return [stage, this.read(stage, PROGRAM) ?? null, ...variables]
    })
    return JSON.stringify(reads)
  }

  /** Whether its nodes are skipped where its program is not there. */
  isOptional(stage: string): boolean {
    return this.#commands[stage]?.optional === true
  }

  /** What keeps a stage from being started, as far as it is remembered. */
  lacks(stage: string): Lack | undefined {
    const facts = this.#commands[stage]
    return facts && lackOf(stage, facts, this.#programs.version(facts.program, facts.version))
  }

  /** The same before it is started: its program's version is asked for once in a run. */
  lacksNow(stage: string): Lack | undefined {
    const facts = this.#commands[stage]
    return facts && lackOf(stage, facts, this.#programs.versionNow(facts.program, facts.version))
  }
}

const lackOf = (stage: string, { version: command }: CommandFacts, found: Version): Lack | undefined => {
  if ("version" in found) return undefined
  if ("missing" in found)
    return {
      missing: found.missing,
      fault: {
        code: "missing-program",
        message: `stage ${stage} is a command, and there is no program ${found.missing} here: ${toInstall(found.missing)}`,
        where: { value: found.missing }
      }
    }
  return {
    missing: undefined,
    fault: {
      code: "unknown-version",
      message: `stage ${stage} is a command, and the version of its program is not known: "${command.join(" ")}" was asked, and ${found.unknown}; say in Stage.command(${JSON.stringify(stage)}, …) what tells it, as version: ["program", "--version"]`,
      where: { value: command.join(" ") }
    }
  }
}
