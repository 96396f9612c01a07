/** Workers as services of systemd. */
import type { WorkerSettings } from "./worker-call.ts"
import { workerArguments } from "./worker-call.ts"

export interface SystemdSettings extends WorkerSettings {
  readonly program: ReadonlyArray<string>
  readonly user: string
  readonly slots: number
  readonly graceMs: number
}

/** A word of a command line as systemd takes it. */
const word = (text: string): string => {
  const escaped = text.replaceAll("%", "%%").replaceAll("$", "$$$$")
  return /^[\w@%+=:,./~$-]+$/.test(escaped) ? escaped : `"${escaped.replace(/["\\]/g, "\\$&")}"`
}
/** A path that stands alone. */
const path = (text: string): string => `"${text.replaceAll("%", "%%").replace(/["\\]/g, "\\$&")}"`

/** `sediment-worker@.service`: each instance is a worker. */
export const systemdUnit = (settings: SystemdSettings): string => {
  const { cache, graceMs, program, slots, user } = settings
  return `# /etc/systemd/system/sediment-worker@.service: systemctl enable --now sediment-worker@1 sediment-worker@2 …
[Unit]
Description=Sediment worker %i
Wants=network-online.target
After=network-online.target
# A queue that is away for long is no reason to give up.
StartLimitIntervalSec=0

[Service]
# Whoever may write to the cache, and not root: stages are code that comes with a study.
User=${user === "root" ? "sediment" : user}
# SEDIMENT_QUEUE=redis://…, and SEDIMENT_REMOTE_TOKEN=… where the shared store wants one: a file that root alone may read.
EnvironmentFile=/etc/sediment/worker.env
ExecStart=${[...program, ...workerArguments(settings), "--slots", String(slots)].map(word).join(" ")}
Restart=on-failure
RestartSec=10
# The worker alone is asked to end, not the programs that its stages run: it finishes what it has begun, for so long.
KillMode=mixed
TimeoutStopSec=${Math.ceil(graceMs / 1000)}
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths=${path(cache)}

[Install]
WantedBy=multi-user.target
`
}
