import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, symlinkSync, utimesSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterEach, describe, expect, it } from "vitest"
import { TemporaryFolder } from "../temporary-folder.ts"

const setup = readFileSync(fileURLToPath(new URL("../../tools/setup.mjs", import.meta.url)), "utf8")
let folder: TemporaryFolder
afterEach(() => folder.remove())

/** Sets a clone up with an npm that only notes how it was called. */
const setUp = () => {
  const npm = folder.at("npm.cjs")
  const env = { ...process.env, npm_execpath: npm }
  const call = `import(${JSON.stringify(folder.at("clone/tools/setup.mjs"))}).then(({ setup }) => setup())`
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", call], { encoding: "utf8", env })
  return { status, stderr, called: existsSync(folder.at("called")) ? readFileSync(folder.at("called"), "utf8") : undefined }
}
const clone = () => {
  folder = new TemporaryFolder({
    "other/node_modules/.package-lock.json": "{}",
    "clone/package.json": "{}",
    "clone/package-lock.json": "{}",
    "clone/src/one.ts": "",
    "clone/tools/setup.mjs": setup,
    "clone/tools/build.mjs": `import { mkdirSync } from "node:fs"\nmkdirSync(new URL("../dist", import.meta.url))\n`
  })
  folder.write("npm.cjs", `require("node:fs").writeFileSync(${JSON.stringify(folder.at("called"))}, process.argv.slice(2).join(" "))`)
}

describe("setting a clone up", () => {
  it("installs what the lockfile says", () => {
    clone()
    expect(setUp()).toMatchObject({ status: 0, called: expect.stringMatching(/^ci /) })
  })

  it("does not let npm ci empty the folder that a symbolic link node_modules leads to", () => {
    clone()
    symlinkSync(folder.at("other/node_modules"), folder.at("clone/node_modules"))
    const past = new Date(Date.now() - 1e6)
    utimesSync(folder.at("other/node_modules/.package-lock.json"), past, past)
    const { called, status, stderr } = setUp()
    expect({ called, status }).toEqual({ called: undefined, status: 2 })
    expect(stderr).toMatch(/clone\/node_modules is a symbolic link to .*other\/node_modules.*older than package-lock\.json.*delete the link/)
    expect(stderr).not.toMatch(/^ {4}at /m)
  })

  it("takes a link to packages that are up to date", () => {
    clone()
    symlinkSync(folder.at("other/node_modules"), folder.at("clone/node_modules"))
    const later = new Date(Date.now() + 1e6)
    utimesSync(folder.at("other/node_modules/.package-lock.json"), later, later)
    expect(setUp()).toMatchObject({ status: 0, called: undefined })
  })
})
