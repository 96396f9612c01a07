/** A Slurm of a test's own: one node, which is this machine, its daemons started here and ended here, with no service and no file of the system touched. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { hostname, userInfo } from "node:os"
import { setTimeout as sleep } from "node:timers/promises"
import { freePort } from "../free-port.ts"
import { TemporaryFolder } from "../temporary-folder.ts"

const PATH = `${process.env["PATH"]}:/usr/sbin:/usr/local/sbin`
const found = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`], { env: { ...process.env, PATH } }).status === 0

/** Why there can be none here; undefined where there can. */
export const whyNoSlurm: string | undefined = ["slurmctld", "slurmd", "sbatch"].every(found) ? undefined : "slurmctld, slurmd and sbatch are not all installed"

/** How long it may take until its node is ready. */
const PATIENCE_MS = 60_000

export class SlurmCluster {
  readonly #folder = new TemporaryFolder({})
  #daemons: ReadonlyArray<ChildProcess> = []

  /** The environment of whoever submits to it. */
  get environment(): Readonly<Record<string, string>> {
    return { SLURM_CONF: this.#folder.at("slurm.conf") }
  }

  private constructor() {
    for (const folder of ["state", "spool"]) mkdirSync(this.#folder.at(folder))
  }

  static async start(): Promise<SlurmCluster> {
    const cluster = new SlurmCluster()
    const [control, node] = [await freePort(), await freePort()]
    const host = hostname().split(".")[0]!
    const at = (name: string) => cluster.#folder.at(name)
    // Nobody is asked who he is: all of it listens to, and is, this machine.
    writeFileSync(
      at("slurm.conf"),
      `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=${userInfo().username}
SlurmdUser=${userInfo().username}
AuthType=auth/none
CredType=cred/none
SlurmctldPort=${control}
SlurmdPort=${node}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmdParameters=config_overrides
MpiDefault=none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1
KillWait=5
NodeName=one NodeHostname=${host} NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`
    )
    const daemon = (program: string, ...args: ReadonlyArray<string>) =>
      spawn(program, ["-D", "-f", at("slurm.conf"), "-L", at(`${program}.log`), ...args], { stdio: "ignore", env: { ...process.env, PATH } })
    cluster.#daemons = [daemon("slurmctld"), daemon("slurmd", "-N", "one")]
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) if (cluster.ask("sinfo", "-ho", "%T").trim() === "idle") return cluster
    const log = cluster.ask("tail", "-n", "20", at("slurmctld.log"), at("slurmd.log"))
    await cluster.end()
    throw new Error(`Slurm does not come up:\n${log}`)
  }

  ask(program: string, ...args: ReadonlyArray<string>): string {
    const { stderr, stdout } = spawnSync(program, args, { encoding: "utf8", timeout: 20_000, env: { ...process.env, ...this.environment } })
    return stdout + stderr
  }

  /** What Slurm says of a job: JobState, ExitCode, Restarts, …; of each task of an array. */
  tasksOf(job: string): ReadonlyArray<Readonly<Record<string, string>>> {
    return this.ask("scontrol", "-o", "show", "job", job)
      .trim()
      .split("\n")
      .map((line) =>
        Object.fromEntries(
          line.split(" ").flatMap((pair) => (pair.includes("=") ? [[pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]] : []))
        )
      )
  }

  /** Waits until something is so of the tasks of a job. */
  async until(job: string, holds: (tasks: ReadonlyArray<Readonly<Record<string, string>>>) => boolean): Promise<void> {
    while (!holds(this.tasksOf(job))) await sleep(200)
  }

  async end(): Promise<void> {
    this.ask("scancel", "--full", "--user", userInfo().username)
    for (const daemon of this.#daemons.toReversed()) {
      if (daemon.exitCode !== null || daemon.signalCode !== null) continue
      const ended = new Promise((resolve) => daemon.once("exit", resolve))
      daemon.kill("SIGTERM")
      await ended
    }
    this.#folder.remove()
  }
}
