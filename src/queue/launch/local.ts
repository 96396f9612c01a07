/** Workers of this machine in the background. */
import { type ChildProcess, spawn } from "node:child_process"
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Effect } from "effect"
import type { Redis } from "ioredis"
import { CliFailure } from "../../workspace/failure.ts"
import { type Presence, whoListens } from "../presence.ts"
import { type WorkerSettings, workerArguments } from "./worker-call.ts"

export interface LocalSettings extends WorkerSettings {
  readonly program: ReadonlyArray<string>
  readonly workers: number
  readonly slots: number
  readonly wall: ReadonlyArray<string>
}

const LOOK_MS = 100

interface Begun {
  readonly child: ChildProcess
  readonly log: string
}

const begin = ({ cache, program, slots, wall, ...settings }: LocalSettings, number: number, environment: Readonly<Record<string, string>>): Begun => {
  const folder = join(cache, "workers")
  mkdirSync(folder, { recursive: true })
  const log = join(folder, `${hostname()}-${new Date().toISOString().replaceAll(":", "-").slice(0, 19)}-${process.pid}-${number}.log`)
  const file = openSync(log, "a")
  const [node, ...first] = program
  const child = spawn(node!, [...first, ...workerArguments({ cache, ...settings }), "--slots", String(slots), ...wall], {
    detached: true,
    stdio: ["ignore", file, file],
    env: { ...process.env, ...environment }
  })
  closeSync(file)
  child.unref()
  return { child, log }
}

const hasEnded = ({ child }: Begun): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined

/** Starts workers, and waits until they listen; where one does not come to that, it fails with what that one said, and those that do go on. */
export const startHere = (
  settings: LocalSettings,
  environment: Readonly<Record<string, string>>,
  redis: Redis
): Effect.Effect<ReadonlyArray<{ readonly presence: Presence; readonly log: string }>, CliFailure> =>
  Effect.gen(function* () {
    const all = Array.from({ length: settings.workers }, (_, i) => begin(settings, i + 1, environment))
    for (;;) {
      const listening = yield* Effect.promise(() => whoListens(redis))
      const found = all.flatMap(({ child, log }) => {
        const presence = listening.find(({ host, pid }) => host === hostname() && pid === child.pid)
        return presence === undefined ? [] : [{ presence, log }]
      })
      const ended = all.filter((one) => hasEnded(one) && !found.some(({ log }) => log === one.log))
      if (found.length + ended.length === all.length) {
        if (ended.length === 0) return found
        const errors = ended.map(({ log }) => ({
          code: "not-started",
          message: `a worker ended before it listened: ${readFileSync(log, "utf8").trim().split("\n").at(-1)} (${log})`
        }))
        return yield* new CliFailure({ exitCode: 1, errors })
      }
      yield* Effect.promise(() => sleep(LOOK_MS))
    }
  })
