/** The README's section on what is needed to run the study. */
import { readFileSync } from "node:fs"
import { duration, size } from "../../engine/wording.ts"
import type { Facts, ProgramFact } from "../facts.ts"
import type { LockedPackage } from "../lockfile.ts"
import type { Measured } from "../measured.ts"
import { box } from "./statements.ts"
import { stepNames } from "./step-names.ts"

/** What the package has beside the study. */
export interface Software {
  /** Sediment's version, and its archive in the package. */
  readonly sediment: string
  readonly archive: string
  readonly packages: ReadonlyArray<LockedPackage>
  readonly hasReport: boolean
}

const NODE_BINARY = /^node-(linux|win|darwin)-/

/** A program that a command is run by. */
const programLine = ({ isOptional, program, steps, version }: ProgramFact): string =>
  `- \`${program}\`, which ${stepNames(steps)} ${steps.length === 1 ? "is" : "are"} run by. The results were made with: ${version}.${
    isOptional
      ? ` Where it is not there, ${steps.length === 1 ? "this step" : "these steps"} and what rests on ${steps.length === 1 ? "it" : "them"} are skipped, which the run tells; nothing else needs it.`
      : ""
  }`

const software = ({ archive, packages, sediment }: Software, { files, programs }: Facts): ReadonlyArray<string> => {
  const [binary] = packages.filter(({ name }) => NODE_BINARY.test(name))
  const used = files.imports
    .map((name) => packages.find((one) => one.name === name))
    .flatMap((one) => (one === undefined ? [] : [`\`${one.name}\` ${one.version}`]))
  return [
    "### Software Requirements",
    [
      `- Node.js ${process.versions.node} (the results were packed with it). ${
        binary === undefined
          ? "Node.js 22.19 or newer is needed."
          : `On Linux and Windows \`npm start\` installs Node.js ${binary.version} for itself, in \`node_modules/\`: any Node.js from 20 on, with its npm, is enough to begin. On macOS install Node.js 22.19 or newer, best ${binary.version}.`
      }`,
      `- Sediment ${sediment}, in this package as \`${archive}\`. \`npm start\` installs it.`,
      `- ${packages.length} packages from the npm registry, each in the version and with the checksum that \`package-lock.json\` has. \`npm start\` installs them.${
        used.length === 0 ? "" : ` The study's own code uses ${used.join(", ")}.`
      }`,
      ...programs.map(programLine),
      `- Nothing else: no compiler, no browser, no ${programs.length === 0 ? "" : "other "}statistical package. The network is used once, for the npm registry.`
    ].join("\n")
  ]
}

/** Where the study is made, with its seed or without. */
const seedLine = ({ files }: Facts): number => {
  const lines = readFileSync(files.code.get(files.entry)!, "utf8").split("\n")
  return lines.findIndex((line) => /\bDag\.make\(/.test(line)) + 1
}

const randomness = (facts: Facts): ReadonlyArray<string> => {
  const { files, nodes, study } = facts
  const drawing = nodes.filter(({ seed }) => seed !== undefined)
  const stages = Map.groupBy(drawing, ({ node }) => node.stage)
  return [
    "### Controlled Randomness",
    drawing.length === 0
      ? box(false, "Random seed is set: no step draws random numbers.")
      : [
          box(
            true,
            `Random seed is set at line ${seedLine(facts)} of program \`${files.entry}\`: ${study.graph.seed}, the seed of the study (1 where \`Dag.make\` is given none).`
          ),
          "",
          "Each step's seed is made of that seed, the name of its stage and its `stream` parameter, so that neither order nor number of processors changes what is drawn. Sediment's own stages draw from a counter-based generator (Philox4x32-10). Steps that draw:",
          "",
          ...[...stages].map(
            ([stage, all]) =>
              `- \`${stage}\` (\`${all[0]!.stageFile}\`): seed ${[...new Set(all.map(({ seed }) => seed))].join(", ")}, in ${stepNames(all.map(({ node }) => node.name))}`
          )
        ].join("\n")
  ]
}

const HOUR = 3_600_000
const DURATIONS: ReadonlyArray<readonly [label: string, below: number]> = [
  ["<10 minutes", HOUR / 6],
  ["10-60 minutes", HOUR],
  ["1-2 hours", 2 * HOUR],
  ["2-8 hours", 8 * HOUR],
  ["8-24 hours", 24 * HOUR],
  ["1-3 days", 72 * HOUR],
  ["3-14 days", 336 * HOUR],
  ["> 14 days", Number.POSITIVE_INFINITY]
]

const costs = ({ artifacts, longest, machine, whole, work }: Measured, { nodes }: Facts, data: number): ReadonlyArray<string> => {
  const time = whole?.ms ?? work
  const at = DURATIONS.findIndex(([, below]) => time < below)
  return [
    "### Memory, Runtime, Storage Requirements",
    "#### Summary time to reproduce",
    `Approximate time needed to reproduce the analyses on a standard desktop machine, the installation of packages not counted:`,
    DURATIONS.map(([label], i) => box(i === at, label)).join("\n"),
    "#### Summary of required storage space",
    `This package has ${size(data)} of data and expected outputs. A run writes ${size(artifacts)} of intermediate results to \`cache/\`. The installed packages take some hundred MB, most of it Node.js.`,
    "#### Computational Details",
    [
      `- ${nodes.length} steps took ${duration(work)} of work together, as measured when they last ran${whole === undefined ? "" : `; a run of all of them took ${duration(whole.ms)}`}. The longest: ${longest
        .map(({ ms, node }) => `\`${node}\` ${duration(ms)}`)
        .join(", ")}.`,
      whole?.memory === undefined
        ? "- Peak memory was not measured: no run made all steps of this study, and of no other, anew."
        : `- Peak memory of that run: ${size(whole.memory)}.`,
      `- This package was made on ${process.platform} ${process.arch}, ${machine.processors} processors (${machine.processor}), ${size(machine.memory)} of memory. Steps that do not rest on each other run at the same time, as many as there are processors.`,
      "- Another kind of processor, or another version of Node.js, may give numbers that differ in their last bits. `npm start` tells such differences apart from those that show in print."
    ].join("\n")
  ]
}

/** The section "Computational requirements". `data` is the size of the package without Sediment's archive, in bytes. */
export const computingSections = (facts: Facts, measured: Measured, parts: Software, data: number): ReadonlyArray<string> => [
  "## Computational requirements",
  ...software(parts, facts),
  ...randomness(facts),
  ...costs(measured, facts, data)
]
