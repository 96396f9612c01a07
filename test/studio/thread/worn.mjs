// A thread that is worn from its first answer on. Whether it can read the studies, its file says when it begins.
import { readFileSync } from "node:fs"
import { parentPort, threadId, workerData } from "node:worker_threads"

const isReadable = readFileSync(workerData.results, "utf8") === "readable"
const reply = isReadable
  ? { answer: { studies: [], readOnly: false, sediment: String(threadId), unreadable: [] } }
  : { errors: [{ code: "compile", message: `thread ${threadId} cannot read dag.ts` }] }
parentPort.on("message", (message) => {
  if (!("id" in message)) return
  parentPort.postMessage({ id: message.id, status: 200, body: JSON.stringify(reply) })
  parentPort.postMessage({ worn: true })
})
