/** The entry of the command line: turns the compile cache on before anything large is loaded. */
import { enableCompileCache } from "node:module"

enableCompileCache()
const { main } = await import("./main.ts")
main(import.meta.url)
