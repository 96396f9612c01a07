import type { CommandFacts } from "../../dag/command.ts"
import type { NodeRecord } from "../../store/runs.ts"
import { count, moment } from "../wording.ts"
import { CAPSULE, type CapsuleInput } from "./capsule.ts"
import type { Gathered } from "./gather.ts"

/** What a capsule's reader is told besides what is in it. */
export interface Told {
  /** The file that the stage is declared in. */
  readonly declaredIn: string
  /** The node's last record, if it failed. */
  readonly failure: NodeRecord | undefined
  /** The command that the stage is, if it is one. */
  readonly command: CommandFacts | undefined
}

const described = (name: string, input: CapsuleInput, { summaries }: Gathered): string => {
  if (input.kind === "file") return `- \`${name}\`: the file ${input.path}${input.note === undefined ? "" : ` (${input.note})`}, in \`${input.file}\``
  const { columns, rows } = summaries.get(input.file)!
  const origin = input.output === "output" ? input.node : `${input.node}.${input.output}`
  return `- \`${name}\`: ${origin}, in \`${input.file}\`; ${count(rows, "row")}; ${columns.map((column) => column.name).join(", ")}`
}

const failureOf = ({ at, faults = [], run }: NodeRecord): ReadonlyArray<string> => [
  "## The failure",
  "",
  `As it was recorded on ${moment(at)}, in run ${run}:`,
  "",
  "```",
  ...faults.map(({ code, message, where }) => `${code}: ${message}${where === undefined ? "" : `\n  ${JSON.stringify(where)}`}`),
  "```",
  ""
]

const ofCommand = ({ environment, program }: CommandFacts): ReadonlyArray<string> => [
  "## The command",
  "",
  `The stage is a command, which \`run.mjs\` starts in the folder \`${CAPSULE.command}\`, with its inputs beside it. The folder stays, with what the command wrote (\`stdout.txt\`, \`stderr.txt\`):`,
  `go there and start \`${program}\` by hand, or under its own debugger. To look at the command in Node's debugger is of no use.`,
  ...(environment.length === 0 ? [] : ["", `It sees of the environment, beside PATH and HOME: ${environment.map((one) => `\`${one}\``).join(", ")}.`]),
  ""
]

/** The README of a capsule: what it is, how it is run, what may be private in it. */
export const readme = (gathered: Gathered, { command, declaredIn, failure }: Told): string => {
  const { code, inputs, node, params, seed, stage, study } = gathered.capsule
  const state = failure === undefined ? { fresh: "was up to date", stale: "was not up to date", unknown: "was not up to date" }[gathered.state] : "had failed"
  return [
    `# ${node}, alone`,
    "",
    `Node \`${node}\` of the study \`${study}\`, with all that it runs on. It ${state} when this folder was made by \`sediment debug\`.`,
    "",
    `- stage: \`${stage}\`, declared in ${declaredIn}`,
    `- fingerprint of its code: \`${code}\``,
    `- seed of its random numbers: ${seed}`,
    "",
    "## Run it",
    "",
    command === undefined ? "With Node 22.19 or newer and nothing else:" : `With Node 22.19 or newer, and \`${command.program}\` on the PATH:`,
    "",
    "```",
    "node run.mjs                 # prints the faults, or writes the outputs here as .arrow",
    'node --inspect-brk run.mjs   # waits for a debugger: chrome://inspect, or an editor\'s "attach"',
    "```",
    "",
    "The stage runs in this one thread, so a debugger sees it. Under one, `run.mjs` stops at a `debugger` statement when all is loaded: set a breakpoint in",
    `${declaredIn} then (the source map shows the TypeScript sources as they were), or in \`stages.mjs\`, which is the same code in JavaScript and may be edited.`,
    "`capsule.json` holds the parameters and the seed: they too may be edited. The exit code is 1 if the node fails.",
    "",
    ...(command === undefined ? [] : ofCommand(command)),
    ...(failure === undefined ? [] : failureOf(failure)),
    "## Inputs",
    "",
    ...(Object.keys(inputs).length === 0 ? ["None."] : []),
    ...Object.entries(inputs).flatMap(([name, input]) =>
      Array.isArray(input)
        ? input.length === 0
          ? [`- \`${name}\`: an empty list`]
          : input.map((one, i) => described(`${name}[${i}]`, one, gathered))
        : [described(name, input as CapsuleInput, gathered)]
    ),
    "",
    "## Parameters",
    "",
    "```json",
    JSON.stringify(params, null, 2),
    "```",
    "",
    "## Before you pass it on",
    "",
    "`inputs/` holds the study's data as they are, `stages.mjs` and its map the source code of the whole study, `capsule.json` and this page the parameters, and the",
    "faults may quote cells. Look at them before you send this folder to anybody.",
    ""
  ].join("\n")
}
