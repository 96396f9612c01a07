import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { cli, StudyFolder } from "../cli/study-folder.ts"
import { type Block, root, titleOf } from "./blocks.ts"

/** What stands in for npm: `npm install …tgz` gives the folder this repository's package, which test/package.test.ts packs and installs in earnest. */
const npm = `#!/bin/sh
[ "$1" = install ] || { echo "npm $*: nothing stands in for that" >&2; exit 1; }
mkdir -p node_modules/@sediment node_modules/.bin && ln -sfn "$(command -v sediment)" node_modules/.bin/sediment && ln -sfn '${root}' node_modules/@sediment/sediment && ln -sfn '${join(root, "node_modules", "effect")}' node_modules/effect
[ -e package.json ] || echo '{ "dependencies": { "@sediment/sediment": "file:sediment.tgz" } }' > package.json
`
const sediment = `#!/bin/sh
npm_command=exec exec '${process.execPath}' '${cli}' "$@"
`
const npx = `#!/bin/sh
[ "$1" = sediment ] || { echo "npx $*: a page calls no other program by npx" >&2; exit 1; }
shift
npm_command=exec exec '${process.execPath}' '${cli}' "$@"
`

/** What a machine may lack: what its programs then say. */
const LACKING = /No module named '(pyarrow|pandas|polars|duckdb)|there is no package called \W(arrow|duckdb)|(Rscript|python3?|duckdb): command not found/

/** How the blocks of a language are typed into a shell. */
const TYPED: Readonly<Record<string, (text: string) => string>> = {
  sh: (text) => text,
  python: (text) => `python3 - <<'END'\n${text}END\n`,
  r: (text) => `cat > .block.R <<'END'\n${text}END\nRscript --vanilla .block.R\n`
}

/** The number of times that `part` is in `text`. */
const times = (text: string, part: string): number => text.split(part).length - 1

/** Somebody who reads a page and does what it says: types the commands, puts into files what is to stand there, and looks whether what is told comes. */
export class Walk {
  readonly folder: StudyFolder
  private at: string
  private told = ""
  private leftOut: string | undefined

  constructor(files: Readonly<Record<string, string>>, below = "") {
    this.folder = new StudyFolder(files)
    this.at = this.folder.at(below)
    mkdirSync(this.at, { recursive: true })
    mkdirSync(this.folder.at(".bin"))
    for (const [name, text] of Object.entries({ npm, npx, sediment })) {
      this.folder.write(`.bin/${name}`, text)
      spawnSync("chmod", ["+x", this.folder.at(`.bin/${name}`)])
    }
  }

  private path(name: string): string {
    return join(this.at, name)
  }

  /** A folder with a study that was begun by `sediment init`. */
  static begun(): Walk {
    const walk = new Walk({}, "my-study")
    walk.type("npm install sediment.tgz && npx sediment init")
    return walk
  }

  /** Ends what a page left running, whose number it keeps in a file, and removes the folder. */
  end(): void {
    spawnSync("bash", ["-c", "kill $(cat *.pid) 2>/dev/null"], { cwd: this.at })
    this.folder.remove()
  }

  /** Types lines into a shell; the folder in which they end is that of the next ones. */
  type(lines: string, exitCode = 0): string {
    const ends = this.folder.at(".bin/at")
    const script = `set -e\ntrap 'pwd > ${ends}' EXIT\n${lines}`
    const { environment } = this.folder
    const done = spawnSync("bash", ["-c", `exec 2>&1\n${script}`], {
      cwd: this.at,
      encoding: "utf8",
      timeout: 300_000,
      env: { ...environment, PATH: `${this.folder.at(".bin")}:${environment["PATH"]}`, PYTHONDONTWRITEBYTECODE: "1" }
    })
    if (existsSync(ends)) this.at = readFileSync(ends, "utf8").trim()
    this.told = done.stdout
    const lacking = LACKING.exec(done.stdout)
    if (lacking === null && done.status !== exitCode) throw new Error(`exit code ${done.status}, not ${exitCode}, of\n${lines}\n${done.stdout.slice(-3000)}`)
    return done.stdout
  }

  /** Does what a diff says: its lines without + stand in the file, once, and are those without - afterwards. */
  edit(name: string, diff: string): void {
    const lines = diff.replace(/\n$/, "").split("\n")
    const side = (sign: string) =>
      lines
        .filter((line) => line[0] === " " || line[0] === sign)
        .map((line) => `${line.slice(1)}\n`)
        .join("")
    const before = readFileSync(this.path(name), "utf8")
    expect({ name, lines: side("-"), times: times(before, side("-")) }).toEqual({ name, lines: side("-"), times: 1 })
    this.folder.write(
      this.path(name).slice(this.folder.path.length + 1),
      before.replace(side("-"), () => side("+"))
    )
  }

  /** Each line of a block of output came, in this order; `…` stands for anything, and how wide columns are does not count. */
  came(block: string): void {
    const columns = (text: string) => text.trim().replace(/\s+/g, " ")
    const lines = this.told.split("\n").map(columns)
    let from = 0
    for (const line of block.split("\n").map(columns)) {
      if (line === "" || line === "…") continue
      const pattern = new RegExp(`^${line.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll("…", ".*")}$`)
      const found = lines.findIndex((one, i) => i >= from && pattern.test(one))
      expect(found, `"${line}" came after line ${from} of\n${this.told}`).toBeGreaterThanOrEqual(0)
      from = found + 1
    }
  }

  /** Does what one block says; gives why where that cannot be done here. */
  does(block: Block): string | undefined {
    const [, verb = "", rest = ""] = /^(\w+) ?(.*)$/.exec(block.test) ?? []
    // What a block that was left out tells, nobody was told.
    if (block.language === "text" && verb === "" && this.leftOut !== undefined) return this.leftOut
    this.leftOut = this.tries(block, verb, rest)
    return this.leftOut
  }

  private tries(block: Block, verb: string, rest: string): string | undefined {
    if (verb === "needs" && spawnSync("which", [rest]).status !== 0) return `this machine has no ${rest}`
    if (verb === "write") this.folder.write(this.path(rest).slice(this.folder.path.length + 1), block.text)
    else if (verb === "edit") this.edit(rest, block.text)
    else if (block.language === "text") this.came(block.text)
    else {
      const lines = TYPED[block.language]?.(block.text)
      if (lines === undefined) throw new Error("nothing says what to do with this block: CONTRIBUTING.md, Write a page, tells what can be said")
      // Where commands are to fail, each of them is.
      const told =
        verb === "exits"
          ? lines
              .trimEnd()
              .split("\n")
              .map((line) => this.type(line, Number(rest)))
              .join("")
          : this.type(lines)
      const lacking = LACKING.exec(told)
      if (lacking !== null) return `this machine has it not: ${lacking[0]}`
    }
    return undefined
  }
}

/**
 * A test for each block of pages that are walked, one after the other, in one folder. `before` has what a reader has done before a block, by how the block begins:
 * an edit that the page speaks of, a file of theirs.
 */
export const walks = (blocks: ReadonlyArray<Block>, start: () => Walk, before: Readonly<Record<string, string>> = {}): void => {
  let walk: Walk | undefined
  afterAll(() => walk?.end(), 120_000)
  // What a page says is done elsewhere, or is no output, is no test that was left out here.
  for (const block of blocks.filter(({ test }) => !/^(skip|shown)\b/.test(test)))
    it(titleOf(block), { timeout: 300_000 }, (context) => {
      walk ??= start()
      const first = Object.keys(before).find((line) => block.text.startsWith(line))
      if (first !== undefined) walk.type(before[first]!)
      const whyNot = walk.does(block)
      if (whyNot !== undefined) context.skip(whyNot)
    })
}
