import * as Command from "effect/cli/Command"
import { cacheServe } from "./cache-serve.ts"

/** `sediment cache serve`: what several machines share. */
export const cache = () =>
  Command.make("cache").pipe(Command.withDescription("the shared store behind the cache of several machines"), Command.withSubcommands([cacheServe()]))
