import { execFileSync } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { CommandStudy, errorOf, noCommands, states } from "./command-study.ts"

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A zombie whose new parent has not looked yet is none any more.
    return !/^Z/m.test(execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }))
  } catch {
    return false
  }
}
const untilDead = async (pids: ReadonlyArray<number>): Promise<ReadonlyArray<number>> => {
  for (let tries = 0; tries < 50 && pids.some(isAlive); tries++) await sleep(20)
  return pids.filter(isAlive)
}

describe.skipIf(noCommands)(`how a command runs${noCommands ? ` (${noCommands})` : ""}`, () => {
  let study: CommandStudy
  beforeAll(() => {
    study = new CommandStudy()
  })
  afterAll(() => study.remove())
  const output = 'require("node:fs").writeFileSync("output.csv", "row,value\\n0,1\\n")\n'
  const script = (text: string) => study.write("scale.cjs", text)
  const pidsIn = (file: string) => readFileSync(join(study.path, file), "utf8").trim().split("\n").map(Number)
  /** A process that has started another one, both of which write down who they are; `deaf` ones do not listen to SIGTERM. */
  const family = (deaf: boolean) => `const { spawn } = require("node:child_process")
const { appendFileSync } = require("node:fs")
const deaf = ${deaf} ? 'process.on("SIGTERM", () => {});' : ""
if (${deaf}) process.on("SIGTERM", () => {})
appendFileSync(${JSON.stringify(join(study.path, "pids"))}, process.pid + "\\n")
const child = spawn(process.execPath, ["-e", deaf + 'require("node:fs").appendFileSync(${JSON.stringify(join(study.path, "pids"))}, process.pid + "\\\\n"); setInterval(() => {}, 1000)'], { stdio: "inherit" })
setInterval(() => {}, 1000)
`

  it("in a folder with its inputs, types, parameters and nothing else; without stdin, without a shell, with a small environment", () => {
    study.variables["SECRET"] = "not to be seen"
    script(`const { readdirSync, readFileSync } = require("node:fs")
console.log(readdirSync(".").join(" "))
console.log(readFileSync("table.columns.csv", "utf8"))
console.log(readFileSync("table.csv", "utf8"))
console.log(readFileSync("params.json", "utf8") + readFileSync("params.csv", "utf8"))
console.log("stdin: " + readFileSync(0).length)
console.log(process.argv.slice(2).join(" "))
console.log(Object.keys(process.env).filter((name) => name !== "PWD" && name !== "SHLVL" && name !== "_" && name !== "OLDPWD").sort().join(" "), process.env.LANG, process.env.TZ)
${output}`)
    study.edit("stages.ts", '"{table}"]', '"{table}", "$HOME; echo x"]')
    expect(errorOf(study.run(), "scaled")).toBe("")
    expect(study.data("scaled.log")["text"]).toEqual([
      "params.csv params.json scale.cjs table.columns.csv table.csv tmp".replace("scale.cjs", "script.cjs"),
      "name,kind,unit,description",
      "row,integer,,",
      "gov,number,km,",
      "gov__filled,flag,,1 where gov was filled in",
      "",
      "row,gov,gov__filled",
      "0,1,true",
      "1,2,false",
      "2,3,false",
      "",
      '{"factor":2}',
      "parameter,value",
      "factor,2",
      "",
      "stdin: 0",
      "table.csv $HOME; echo x",
      "HOME LANG PATH TMPDIR TZ C.UTF-8 UTC"
    ])
  })

  it("is given the seed of its node where it asks for it, and runs again for another seed of the study then only", () => {
    script(`console.log(process.env.SEDIMENT_SEED ?? "none")\n${output}`)
    study.run()
    expect(study.data("scaled.log")["text"]).toEqual(["none"])
    study.edit("dag.ts", /\}\)\n$/, "}, { seed: 5 })\n")
    expect(study.ran()).toEqual([])
    study.edit("stages.ts", 'environment: ["THREADS"],', 'environment: ["THREADS"],\n  seed: true,')
    study.run()
    expect(study.data("scaled.log")["text"]).toEqual([expect.stringMatching(/^\d+$/)])
    study.edit("dag.ts", "seed: 5", "seed: 6")
    expect(study.ran()).toEqual(["scaled"])
    expect(study.sediment("explain", "scaled").out).toContain("the seed changed from")
  })

  it("and its failure tells the exit code and the end of what it wrote; its folder is removed, or kept and named where asked", () => {
    script('for (let i = 1; i <= 40; i++) console.error("line " + i)\nprocess.exit(3)\n')
    const failed = errorOf(study.run(), "scaled")
    expect(failed).toMatch(/^stage scale: lang \{script\} \{table\} .* ended with exit code 3; the end of what it wrote:\n {6}line 29\n[\s\S]*line 40$/)
    expect(study.leftBehind).toEqual([])
    const kept = errorOf(study.run("--keep-folders"), "scaled")
    const folder = /its folder is kept: (.*)$/.exec(kept)?.[1]
    expect(study.leftBehind.map((name) => join(study.path, "scratch", name))).toEqual([folder])
    expect(readFileSync(join(folder!, "stderr.txt"), "utf8")).toContain("line 1\n")
    execFileSync("rm", ["-rf", folder!])
  })

  it("writes more than a gigabyte and comes to its end: the beginning and the end of them are kept, with the numbers of the lines", () => {
    script(`const { writeSync } = require("node:fs")
const chunk = Buffer.from(("x".repeat(99) + "\\n").repeat(10_000))
console.log("first")
for (let left = 1200 * chunk.length; left > 0; ) {
  try { left -= writeSync(1, chunk, (chunk.length - (left % chunk.length)) % chunk.length) } catch (error) { if (error.code !== "EAGAIN") throw error }
}
console.log("last")
${output}`)
    const document = study.run()
    expect(errorOf(document, "scaled")).toBe("")
    const { line, text } = study.data("scaled.log") as { line: ReadonlyArray<number>; text: ReadonlyArray<string> }
    expect([text[0], text.at(-1)]).toEqual(["first", "last"])
    expect(line.at(-1)).toBe(1200 * 10_000 + 2)
    expect(text.some((one) => /^… 1,1\d\d,\d{3},\d{3} bytes are passed over …$/.test(one))).toBe(true)
    expect(text.length).toBeLessThan(2000)
    const { path } = study.json("path", "scaled.log") as { path: string }
    expect(statSync(join(study.path, path)).size).toBeLessThan(400_000)
  })

  it("is ended when its time is over, by force where it does not listen, with all that it has started, and told", async () => {
    study.edit("stages.ts", "  output: Scaled\n})\nexport const total", '  timeout: "500 millis",\n  output: Scaled\n})\nexport const total')
    script(family(true))
    expect(errorOf(study.run(), "scaled")).toContain(
      'was stopped when it had taken 500ms, the longest that it may; give it less to do, or raise timeout in Stage.command("scale", …); it wrote nothing'
    )
    expect(await untilDead(pidsIn("pids"))).toEqual([])
    expect(pidsIn("pids")).toHaveLength(2)
    expect(study.leftBehind).toEqual([])
  })

  it("leaves nothing running that it has started, however it ends, and is not waited for by it", async () => {
    study.edit("stages.ts", '  timeout: "500 millis",\n', "")
    study.write("pids", "")
    script(`${family(false).replace(/setInterval\(\(\) => \{\}, 1000\)\n$/, "")}
child.unref()
const wait = setInterval(() => { if (require("node:fs").readFileSync(${JSON.stringify(join(study.path, "pids"))}, "utf8").trim().split("\\n").length > 1) process.exit(0) }, 10)
${output}`)
    expect(errorOf(study.run(), "scaled")).toBe("")
    expect(pidsIn("pids").filter((pid) => pid > 0)).toHaveLength(2)
    expect(await untilDead(pidsIn("pids").filter((pid) => pid > 0))).toEqual([])
  })

  it("is ended by Ctrl-C, with all that it has started, and the run says that it was interrupted", async () => {
    study.write("pids", "")
    script(family(false))
    const child = study.start("run")
    while (!existsSync(join(study.path, "pids")) || pidsIn("pids").length < 2) await sleep(20)
    child.kill("SIGINT")
    const [code] = await once(child, "close")
    expect(code).toBe(130)
    expect(await untilDead(pidsIn("pids"))).toEqual([])
    expect(study.leftBehind).toEqual([])
  })

  it("runs in two runs at once, each in a folder of its own", async () => {
    script(`const { existsSync, writeFileSync, readdirSync } = require("node:fs")
writeFileSync(process.env.TMPDIR + "/mine", "")
setTimeout(() => { ${output} }, 300)
`)
    const both = [study.start("run"), study.start("run")].map(async (child) => (await once(child, "close"))[0])
    expect(await Promise.all(both)).toEqual([0, 0])
    expect(states(study.run())).toEqual({ numbers: "fresh", scaled: "fresh", total: "fresh" })
    expect(study.leftBehind).toEqual([])
  })

  it("runs no more at a time than it may", () => {
    const marks = join(study.path, "marks")
    study.edit("stages.ts", "  output: Scaled\n})\nexport const total", "  concurrency: 1,\n  output: Scaled\n})\nexport const total")
    study.edit(
      "dag.ts",
      "return { scaled,",
      'const others = [5, 6, 7].map((factor) => dag.node("scaled-" + factor, scale, { script: dag.source("scale.cjs"), table: numbers }, { factor }))\n  return { others, scaled,'
    )
    script(`const { appendFileSync } = require("node:fs")
appendFileSync(${JSON.stringify(marks)}, "+")
setTimeout(() => { appendFileSync(${JSON.stringify(marks)}, "-"); ${output} }, 60)
`)
    expect(study.run("--jobs", "4").ok).toBe(true)
    expect(study.read("marks")).toBe("+-".repeat(4))
  })

  it("is tried again as often as its stage says", () => {
    const tries = join(study.path, "tries")
    study.edit("stages.ts", "  concurrency: 1,\n", "  retry: Schedule.recurs(2),\n")
    study.edit("stages.ts", "import { Effect, Schema }", "import { Effect, Schedule, Schema }")
    script(`const { appendFileSync, readFileSync } = require("node:fs")
appendFileSync(${JSON.stringify(tries)}, "x")
if (readFileSync(${JSON.stringify(tries)}, "utf8").length % 3 !== 0) process.exit(1)
${output}`)
    const document = study.run("scaled")
    expect(states(document)["scaled"]).toBe("ran")
    expect(study.read("tries")).toHaveLength(3)
  })
})
