#!/usr/bin/env node
// `npx sediment …`: starts the command line on a Node that is new enough, setting the clone up first where that was not done.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import path from "node:path"
import { nodeFor, root, setup } from "../tools/setup.mjs"

const cli = path.join(root, "dist", "cli.mjs")
if (existsSync(path.join(root, "src"))) setup()
const node = nodeFor()
if (node === process.execPath) await import(cli)
else {
  // Ctrl-C goes to the whole group: this process waits for the other's own clean end.
  process.on("SIGINT", () => {})
  const done = spawnSync(node, [cli, ...process.argv.slice(2)], { stdio: "inherit" })
  process.exit(done.status ?? 130)
}
