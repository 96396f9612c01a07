import { once } from "node:events"
import { cpSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import type { Executor } from "../../src/engine/executor.ts"
import type { Installation } from "../../src/engine/study.ts"
import { buildOf } from "../../src/queue/names.ts"
import { ofOneInstallation, watchInstalled } from "../../src/queue/worker/installed.ts"
import { cli, StudyFolder } from "../cli/study-folder.ts"
import { TemporaryFolder } from "../temporary-folder.ts"
import { mappedStudy } from "./mapped-study.ts"
import { RedisServer, redisProgram } from "./redis-server.ts"
import { SubmittedRun } from "./submitted-run.ts"
import { WorkerProcess } from "./worker-process.ts"

const FILES = ["cli", "effect", "framework", "worker"] as const

describe("an installation", () => {
  const folder = new TemporaryFolder({})
  afterAll(() => folder.remove())
  const install = (): Installation => {
    for (const file of FILES) folder.write(file, `// ${file}`)
    return Object.fromEntries(FILES.map((file) => [file, pathToFileURL(folder.at(file))])) as Record<(typeof FILES)[number], URL>
  }

  it.each(FILES)("is another build where %s is another", (file) => {
    const installation = install()
    const { name } = buildOf(installation)
    expect(buildOf(installation).name).toBe(name)
    folder.write(file, "// another one")
    expect(buildOf(installation).name).not.toBe(name)
  })

  it.each(FILES)("is what it was after %s was written once more, and is not where it is another or gone", (file) => {
    const installation = install()
    const isInstalled = watchInstalled(installation, buildOf(installation))
    expect(isInstalled()).toBe(true)
    folder.write(file, `// ${file}`)
    expect(isInstalled()).toBe(true)
    folder.write(file, "// another one")
    expect(isInstalled()).toBe(false)
    folder.writeAll({ [file]: undefined })
    expect(isInstalled()).toBe(false)
  })

  it("that was replaced meanwhile has no outcomes", async () => {
    const installation = install()
    const outcome = { reads: [], warnings: [], ms: 1, outputs: {}, faults: [], transient: false }
    let replaces = () => {}
    const executor = ofOneInstallation(
      {
        jobs: 1,
        execute: () =>
          Effect.sync(() => {
            replaces()
            return outcome
          })
      } satisfies Executor["Service"],
      watchInstalled(installation, buildOf(installation))
    )
    const executed = () => Effect.runPromise(executor.execute(undefined as never, undefined as never, () => true))
    expect(await executed()).toBe(outcome)
    replaces = () => folder.write("framework", "// another one")
    await expect(executed()).rejects.toThrow("was replaced or taken away")
  })
})

describe.skipIf(redisProgram === undefined)("a worker whose installation is upgraded in place", { timeout: 60_000 }, () => {
  it("gives back what it has begun, and ends as one that is to be started anew", async () => {
    const redis = await RedisServer.start()
    const folder = new StudyFolder(mappedStudy(8, 60))
    const installed = new TemporaryFolder({})
    cpSync(dirname(cli), installed.at("dist"), { recursive: true, filter: (path) => path !== join(dirname(cli), "studio") })
    symlinkSync(join(dirname(cli), "../node_modules"), installed.at("node_modules"))
    const args = ["--queue", redis.address, "--cache", "cache", "--slots", "1"]
    const first = await WorkerProcess.startOf(installed.at("dist/cli.mjs"), folder, ...args)
    const ended = once(first.process, "close")
    const run = SubmittedRun.start(folder, redis.address, "--cache", "cache")
    await first.until(() => first.executed.length >= 2)
    installed.write("dist/worker.mjs", "throw new Error('another build')")
    await ended
    expect(first.process.exitCode).toBe(1)
    const message = "the installation of this worker was replaced or taken away: start it anew"
    expect(first.told.slice(-2)).toMatchObject([{ event: "ending", why: "replaced" }, { errors: [{ code: "replaced", message }] }])
    const second = await WorkerProcess.start(folder, ...args)
    const artifactsOf = ({ nodes }: { readonly nodes: ReadonlyArray<{ readonly artifacts: unknown }> }) => nodes.map(({ artifacts }) => artifacts)
    expect(artifactsOf(await run.document())).toEqual(artifactsOf(folder.run("--cache", "here")))
    await second.end()
    await redis.kill()
    folder.remove()
    installed.remove()
  })
})
