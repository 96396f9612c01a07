import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { InstalledPackages, packageName, unitePackages } from "../../../src/engine/code/package-closure.ts"
import { type Files, TemporaryFolder } from "../../temporary-folder.ts"

const folders: Array<TemporaryFolder> = []
afterAll(() => {
  for (const folder of folders) folder.remove()
})
const closure = (files: Files, specifier: string, importer = "stages/x.ts") => {
  const folder = new TemporaryFolder(files)
  folders.push(folder)
  const read = new Set<string>()
  const installed = new InstalledPackages((path) => read.add(path))
  const found = unitePackages([installed.closure(specifier, join(folder.path, importer))])
  return {
    found: found.map(({ name, version, integrity }) => `${name} ${version} ${integrity}`.trim()),
    read: [...read].map((path) => path.slice(folder.path.length + 1))
  }
}
const locked = (packages: object): Files => ({ "package-lock.json": JSON.stringify({ lockfileVersion: 3, packages }) })
const at = (version: string, more: object = {}) => ({ version, integrity: `sha-${version}`, ...more })

describe("the lockfile's closure of a package", () => {
  it("takes a nested version before the one above, and from there on the same", () => {
    const files = locked({
      "node_modules/a": at("1.0.0", { dependencies: { b: "*", c: "*" } }),
      "node_modules/a/node_modules/b": at("2.0.0", { dependencies: { c: "*" } }),
      "node_modules/b": at("1.0.0"),
      "node_modules/c": at("3.0.0", { dependencies: { b: "*" } })
    })
    expect(closure(files, "a/sub").found).toEqual(["a 1.0.0 sha-1.0.0", "b 1.0.0 sha-1.0.0", "b 2.0.0 sha-2.0.0", "c 3.0.0 sha-3.0.0"])
  })
  it("ends where packages need each other", () => {
    expect(
      closure(locked({ "node_modules/a": at("1.0.0", { dependencies: { b: "*" } }), "node_modules/b": at("1.0.0", { dependencies: { a: "*" } }) }), "a").found
    ).toHaveLength(2)
  })
  it("counts optional and peer dependencies that are there, and no development ones", () => {
    const files = locked({
      "node_modules/@s/a": at("1.0.0", {
        optionalDependencies: { here: "*", missing: "*" },
        peerDependencies: { peer: "*", absent: "*" },
        peerDependenciesMeta: { absent: { optional: true } },
        devDependencies: { dev: "*" }
      }),
      "node_modules/here": at("1.0.0"),
      "node_modules/peer": at("1.0.0"),
      "node_modules/dev": at("1.0.0")
    })
    expect(closure(files, "@s/a/deep/file.js").found.map((line) => line.split(" ")[0])).toEqual(["@s/a", "here", "peer"])
  })
  it("leaves out effect and the framework, with all that they need", () => {
    const files = locked({
      "node_modules/a": at("1.0.0", { peerDependencies: { effect: "*", "@sediment/sediment": "*" } }),
      "node_modules/effect": at("4.1.0", { dependencies: { b: "*" } }),
      "node_modules/@sediment/sediment": at("0.1.0"),
      "node_modules/b": at("1.0.0")
    })
    expect(closure(files, "a").found).toEqual(["a 1.0.0 sha-1.0.0"])
    expect(closure(files, "effect").found).toEqual([])
  })
  it("looks from a workspace's own node_modules upwards, and follows links", () => {
    const files = locked({
      "packages/w": { version: "0.0.0" },
      "node_modules/mine": { link: true, resolved: "packages/mine" },
      "packages/mine": { version: "0.2.0", dependencies: { a: "*" } },
      "packages/mine/node_modules/a": at("5.0.0"),
      "packages/w/node_modules/a": at("2.0.0"),
      "node_modules/a": at("1.0.0")
    })
    expect(closure(files, "a", "packages/w/stages/x.ts").found).toEqual(["a 2.0.0 sha-2.0.0"])
    expect(closure(files, "a", "stages/x.ts").found).toEqual(["a 1.0.0 sha-1.0.0"])
    expect(closure(files, "mine").found).toEqual(["a 5.0.0 sha-5.0.0", "mine 0.2.0"])
  })
  it("gives an alias its package's own name", () => {
    expect(closure(locked({ "node_modules/short": at("1.0.0", { name: "long-name" }) }), "short").found).toEqual(["long-name 1.0.0 sha-1.0.0"])
  })
})

describe("where a lockfile has no integrity of a package", () => {
  it("what it was resolved to counts, such as a commit", () => {
    const resolved = "git+ssh://git@example.org/a.git#0c0ffee"
    expect(closure(locked({ "node_modules/a": { version: "1.0.0", resolved } }), "a").found).toEqual([`a 1.0.0 ${resolved}`])
  })
})

describe("without a lockfile that knows a package", () => {
  const withoutContent = (line: string) => line.replace(/ [0-9a-f]{64}$/, "")
  const modules: Files = {
    "node_modules/a/package.json": '{ "name": "a", "version": "1.2.3", "dependencies": { "b": "*" } }',
    "node_modules/a/node_modules/b/package.json": '{ "name": "b", "version": "2.0.0" }',
    "node_modules/b/package.json": '{ "name": "b", "version": "1.0.0" }'
  }
  it("versions are those in node_modules", () => {
    const { found, read } = closure(modules, "a")
    expect(found.map(withoutContent)).toEqual(["a 1.2.3", "b 2.0.0"])
    expect(read).toEqual(["node_modules/a/package.json", "node_modules/a/node_modules/b/package.json"])
  })
  it("also where the lockfile is out of date", () => {
    expect(closure({ ...modules, ...locked({}) }, "a").found.map(withoutContent)).toEqual(["a 1.2.3", "b 2.0.0"])
  })
  it("the content of their files counts too, of each package its own, and of all that is looked at each file is told", () => {
    const files: Files = { ...modules, "node_modules/a/lib/one.js": "1", "node_modules/b/index.js": "1" }
    const contentOf = (more: Files) => closure({ ...files, ...more }, "a").found
    const [a, b] = contentOf({})
    expect(closure(files, "a").read).toContain("node_modules/a/lib/one.js")
    expect(contentOf({})).toEqual([a, b])
    expect(contentOf({ "node_modules/a/lib/one.js": "2" })).toEqual([expect.not.stringMatching(a!), b])
    expect(contentOf({ "node_modules/a/lib/one.js": undefined, "node_modules/a/lib/two.js": "1" })).toEqual([expect.not.stringMatching(a!), b])
    expect(contentOf({ "node_modules/a/node_modules/b/index.js": "2" })).toEqual([a, expect.not.stringMatching(b!)])
    // No package that a needs.
    expect(contentOf({ "node_modules/b/index.js": "2" })).toEqual([a, b])
  })
})

it("a specifier's package is its first segment, or two of a scope", () => {
  expect(["a", "a/b", "@s/a", "@s/a/b/c"].map(packageName)).toEqual(["a", "a", "@s/a", "@s/a"])
})
