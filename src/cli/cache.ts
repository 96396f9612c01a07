import * as Command from "effect/cli/Command"
import type { Installation } from "../engine/study.ts"
import { cachePush } from "./cache-push.ts"
import { cacheServe } from "./cache-serve.ts"
import { cacheStatus } from "./cache-status.ts"

/** `sediment cache serve | push | status`: what several machines share. */
export const cache = (installation: Installation) =>
  Command.make("cache").pipe(
    Command.withDescription("the shared store behind the cache of several machines"),
    Command.withSubcommands([cacheServe(), cachePush(installation), cacheStatus()])
  )
