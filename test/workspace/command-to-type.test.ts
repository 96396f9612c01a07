import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { toMakeAgain, toType } from "../../src/workspace/command-to-type.ts"

describe("a command to type", () => {
  const { argv } = process
  const npm = process.env["npm_command"]
  const call = (...args: ReadonlyArray<string>) => {
    process.argv = ["node", "cli.mjs", ...args]
  }
  beforeEach(() => {
    delete process.env["npm_command"]
  })
  afterEach(() => {
    process.argv = argv
    if (npm === undefined) delete process.env["npm_command"]
    else process.env["npm_command"] = npm
  })

  it("is about the studies, the data files and the cache of this call, and has no other of its flags", () => {
    call("run", "--study", "my study/dag.ts", "--json", "--cache=/tmp/c", "-j", "2", "--indicators", "i.yaml", "--with", "a=b", "node", "--", "--cache", "no")
    expect(toType("debug", "east's[1]")).toBe("sediment debug --study 'my study/dag.ts' --cache /tmp/c --indicators i.yaml --with a=b 'east'\\''s[1]'")
  })

  it("has only the flags that its command takes", () => {
    call("status", "--study", "dag.ts", "--with", "a=b", "--cache", "c")
    expect(toType("diff", "latest~1")).toBe("sediment diff --study dag.ts --cache c latest~1")
    expect(toType("gc", "--delete")).toBe("sediment gc --cache c --delete")
  })

  it("begins as this one was called: a clone has no sediment on the path", () => {
    call("status")
    expect(toType("run")).toBe("sediment run")
    process.env["npm_command"] = "exec"
    expect(toType("run")).toBe("npx sediment run")
  })

  it("that makes a node again is about what its run was about, in the cache of this call", () => {
    call("verify", "--cache", "here")
    expect(toMakeAgain(["sediment", "run", "--cache", "there", "--study", "a.ts", "--indicators", "i.yaml"], "a", "x")).toBe(
      "sediment run --study a.ts --indicators i.yaml --cache here x"
    )
    expect(toMakeAgain(["sediment", "run", "--study", "a.ts", "--study=b.ts"], "b", "x")).toBe("sediment run --study a.ts --study b.ts --cache here b:x")
  })
})
