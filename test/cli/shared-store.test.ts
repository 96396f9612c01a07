import { spawn } from "node:child_process"
import { once } from "node:events"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import packageFile from "../../package.json" with { type: "json" }
import { freePort } from "../free-port.ts"
import { Studio } from "../studio/studio.ts"
import { comparedStudy } from "./compared-study.ts"
import { StudyFolder, smallStudy } from "./study-folder.ts"

/** A study whose calls are told of the shared store by the environment. */
class Sharing extends StudyFolder {
  remote: Readonly<Record<string, string>> = {}
  override get environment(): NodeJS.ProcessEnv {
    const { SEDIMENT_REMOTE: _, SEDIMENT_REMOTE_TOKEN: __, SEDIMENT_REMOTE_WRITE: ___, ...rest } = super.environment
    return { ...rest, ...this.remote }
  }
}

let study: Sharing
beforeEach(() => {
  study = new Sharing({ ...smallStudy, "read-token": "token-to-read\n", "write-token": "token-to-write\n" })
})
const stops: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  study.remove()
})

/** Starts `sediment cache serve`, and waits for its address; `stop` is Ctrl-C unless another signal is named, and gives what it has told. */
const serve = async (...args: ReadonlyArray<string>) => {
  const port = await freePort()
  const child = study.start("cache", "serve", "--port", String(port), ...args)
  let out = ""
  let err = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text))
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text))
  const ended = once(child, "close")
  while (!out.includes("\n") && child.exitCode === null) await Promise.race([once(child.stdout, "data"), ended])
  const stop = async (signal: NodeJS.Signals = "SIGINT") => {
    child.kill(signal)
    await ended
    return { code: child.exitCode, out, err }
  }
  stops.push(() => stop())
  return { address: `http://127.0.0.1:${port}`, stop }
}

describe("a shared store", () => {
  it("is served, written by who has the token, and read by another machine", async () => {
    const server = await serve("--read-token", "read-token", "--write-token", "write-token")
    study.remote = { SEDIMENT_REMOTE: server.address, SEDIMENT_REMOTE_TOKEN: "token-to-write", SEDIMENT_REMOTE_WRITE: "1" }
    const first = study.sediment("run")
    expect(first.err).toMatch(/\n6 nodes: 6 ran, 0 fresh, in .*\n/)
    expect(first.err).toContain(`kept in the shared store ${server.address}: 6 results\n`)

    study.remote = { SEDIMENT_REMOTE_TOKEN: "token-to-read" }
    const second = study.sediment("run", "--cache", "other", "--remote", server.address)
    expect(second.err).toContain("↓ joined  from the shared store  it has no result yet\n")
    expect(second.err).toMatch(/\n6 nodes: 0 ran, 6 from the shared store, 0 fresh, in .*\n/)
    expect(second.err).not.toContain("kept in the shared store")
    expect(study.sediment("run", "--cache", "other").err).toMatch(/\n?6 nodes: 0 ran, 6 fresh, in .*\n/)
    expect(study.sediment("runs", "--cache", "other").out).toMatch(/6 from the shared store {2}/)
    expect(study.json("runs", "--cache", "other").runs[1]).toMatchObject({ states: { fresh: 6 }, shared: 6 })
    expect(study.sediment("show", "joined", "--cache", "other").out).toEqual(study.sediment("show", "joined").out)
    expect(study.sediment("explain", "joined", "--cache", "other").out).toMatch(
      /\nWhat it is now was made on .* \(run \S+\), on another machine: it came from the shared store\n/
    )
    expect(study.sediment("verify", "--cache", "other").code).toBe(0)
    const studio = await Studio.start(study.path, ["--cache", "other"])
    expect((await studio.ask("graph-node", { study: "small", node: "joined" })).body).toMatchObject({ lastRan: { from: "shared store" } })
    const { body } = await studio.ask("strata", { study: "small", only: "all", from: 0, count: 10 })
    expect((body as { readonly runs: ReadonlyArray<{ readonly shared: number }> }).runs.map(({ shared }) => shared)).toEqual([0, 6])
    await studio.end()

    const third = study.json("run", "--cache", "third", "--remote", server.address)
    expect(third.nodes.every(({ from, state }: { readonly from: string; readonly state: string }) => state === "fresh" && from === "shared store")).toBe(true)
    expect(third.sharedStore).toEqual({ address: server.address, fetched: 6, messages: [] })

    const { code, err, out } = await server.stop()
    expect([code, out]).toEqual([130, `${server.address}\n`])
    expect(err).toContain("may read: who has a token; may write: who has the token; Ctrl-C ends it")
    expect(err).toMatch(/\n\d+ requests: \d+ sent, \d+ taken, 0 refused\n$/)
  })

  it("holds comparisons too: another machine fetches all of one, and it is the same", async () => {
    const compared = comparedStudy()
    stops.push(async () => compared.remove())
    compared.write("token", "token-to-write\n")
    const server = await serve("--write-token", compared.at("token"))
    const compare = (cache: string, ...args: ReadonlyArray<string>) => {
      process.env["SEDIMENT_REMOTE_TOKEN"] = "token-to-write"
      try {
        return compared.json("compare", "--cache", cache, "--remote", server.address, ...args)
      } finally {
        delete process.env["SEDIMENT_REMOTE_TOKEN"]
      }
    }
    const one = compare("one", "--remote-write")
    expect(one.sharedStore).toMatchObject({ kept: one.states.ran, fetched: 0 })
    const other = compare("other")
    expect(other.sharedStore).toMatchObject({ fetched: one.states.ran })
    expect([other.states.ran ?? 0, other.shared.ran]).toEqual([0, 0])
    expect(other.curve).toEqual(one.curve)
    expect(other.ranks).toEqual(one.ranks)
  })

  it("that cannot be reached, or refuses the token, is told, and the run goes on", async () => {
    const server = await serve("--read-token", "read-token", "--write-token", "write-token", "--json")
    study.remote = { SEDIMENT_REMOTE: server.address, SEDIMENT_REMOTE_TOKEN: "wrong" }
    const refused = study.json("run", "--remote-write")
    expect(refused).toMatchObject({ ok: true, sharedStore: { fetched: 0, kept: 0, left: 6 } })
    expect(refused.sharedStore.messages.join("\n")).toMatch(
      /status 401\); the run goes on without what others have made\n.*status 401\); what is made here is not kept there$/
    )
    const { code, out } = await server.stop("SIGTERM")
    expect(code).toBe(0)
    const [document, ...lines] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(document).toMatchObject({ version: 1, address: server.address, bytes: 0 })
    expect(lines[0]).toMatchObject({ status: 401, bytes: 0, from: "127.0.0.1", message: expect.stringContaining("a token is needed") })

    const alone = study.sediment("run", "--cache", "other")
    expect(alone.code).toBe(0)
    expect(alone.err).toMatch(/! the shared store http:\/\/127\.0\.0\.1:\d+: it cannot be reached \(.*\); the run goes on without it\n/)
    expect(alone.err).toMatch(/\n6 nodes: 6 ran, 0 fresh/)
    expect(study.json("run", "--cache", "third", "--remote", "none").sharedStore).toBeUndefined()
  })

  it("at the address of another server is told from one that Sediment writes to", async () => {
    const port = await freePort()
    const notFound = `require("http").createServer((_, response) => response.writeHead(404).end()).listen(${port}, "127.0.0.1", () => console.log())`
    const other = spawn(process.execPath, ["-e", notFound], { stdio: ["ignore", "pipe", "inherit"] })
    stops.push(async () => other.kill())
    await once(other.stdout, "data")
    study.remote = { SEDIMENT_REMOTE: `http://127.0.0.1:${port}` }
    expect(study.sediment("cache", "status").out).toMatch(
      /: it answers, in \d+ ms, and nothing of Sediment's is there: it is an empty store, or another server\n$/
    )
    expect(study.sediment("run").err).toContain(`nothing was found in the shared store http://127.0.0.1:${port}; whether it is one: sediment cache status\n`)

    const server = await serve()
    study.remote = { SEDIMENT_REMOTE: server.address }
    expect(study.json("cache", "status")).toMatchObject({ ok: true, served: packageFile.version, holdsResults: false })
    expect(study.sediment("run", "--remote-write").err).toContain(
      `nothing new for the shared store; what was made before, and not sent then: sediment cache push\n`
    )
    study.json("cache", "push")
    expect(study.json("cache", "status")).toMatchObject({ holdsResults: true })
  })

  it("gets what was made without it by push, and tells by status what it allows", async () => {
    study.run("gov-mean")
    study.run("outcomes")
    const server = await serve("--read-token", "read-token", "--write-token", "write-token")
    study.remote = { SEDIMENT_REMOTE: server.address, SEDIMENT_REMOTE_TOKEN: "token-to-write" }
    expect(study.json("cache", "push")).toMatchObject({ ok: true, address: server.address, kept: 3, left: 0, notFresh: 3, messages: [] })
    const other = study.json("run", "--cache", "other")
    expect(other.sharedStore).toMatchObject({ fetched: 3 })
    expect(study.sediment("cache", "push", "joined", "--cache", "other").err).toBe(`kept in the shared store ${server.address}: 4 results\n`)

    expect(study.sediment("cache", "status", "--remote-write").out).toMatch(
      /: can be read: yes, in \d+ ms, from sediment cache serve \S+\n.*: can be written to: yes, in \d+ ms\n$/
    )
    study.remote = { SEDIMENT_REMOTE: server.address, SEDIMENT_REMOTE_TOKEN: "token-to-read" }
    const reader = study.sediment("cache", "status", "--remote-write")
    expect([reader.code, reader.out]).toEqual([
      1,
      expect.stringMatching(/can be read: yes.*\n.*can be written to: no: it does not allow this client to write to it \(status 403\)\n$/)
    ])
    const refused = study.sediment("cache", "push")
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/: 0 results, 3 not; 3 nodes are not up to date, and not sent: sediment run first\n$/)
    ])
    study.remote = { SEDIMENT_REMOTE: server.address }
    expect(study.json("cache", "status")).toMatchObject({ ok: false, read: { ok: false, message: expect.stringContaining("401") } })
  })

  it("what is wrong with the flags is told, with what to do", () => {
    const told = (...args: ReadonlyArray<string>) => {
      const { code, err } = study.sediment(...args)
      expect([args, code]).toEqual([args, 2])
      return err
    }
    expect(told("run", "--remote", "cache.example.org")).toContain(
      '--remote is "cache.example.org", which is no address of a server: give one, such as http://'
    )
    expect(told("run", "--remote", "redis://x")).toContain("which is no address of a server")
    expect(told("run", "--remote", "http://x/?a=b")).toContain("--remote has a ? in it")
    expect(told("run", "--remote-write")).toContain("--remote-write is given, and no shared store: name it with --remote URL")
    expect(told("cache", "push")).toContain("push sends to a shared store: name it with --remote URL")
    study.write("short", "abc\n")
    expect(told("cache", "serve", "--write-token", "short")).toContain("short has no token: write one line of 8 printable ASCII characters or more into it")
    expect(told("cache", "serve", "--write-token", "nowhere")).toContain("--write-token names nowhere, which cannot be read")
    expect(told("cache", "serve", "--max-size", "many")).toContain("a number of bytes, or one with a unit, as 500MB or 20GB")
    expect(told("cache", "serve", "--host", "192.0.2.1")).toContain("this machine has no address 192.0.2.1: name one of its own with --host")
    study.remote = { SEDIMENT_REMOTE: "x" }
    expect(told("run")).toContain('SEDIMENT_REMOTE is "x"')
  })
})
