import { spawnSync } from "node:child_process"

/** The last line that a program prints, as JSON; undefined where it fails, as Rscript does where R or a package is not installed. */
export const call = <A>(program: string, args: ReadonlyArray<string>): A | undefined => {
  const done = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1e8 })
  return done.status === 0 ? (JSON.parse(done.stdout.trim().split("\n").at(-1)!) as A) : undefined
}

/** What is made, and the CPU seconds that it took. */
export const cpu = <A>(make: () => A): { readonly seconds: number; readonly made: A } => {
  const before = process.cpuUsage()
  const made = make()
  const { system, user } = process.cpuUsage(before)
  return { seconds: (system + user) / 1e6, made }
}
