import { styleFor } from "../workspace/style.ts"

const EVERY_MS = 100

/** A last line on a terminal's stderr that counts how far long work has come; nothing elsewhere. */
export const countLine = (what: string): { readonly show: (done: number, all: number) => void; readonly end: () => void } => {
  const out = process.stderr
  const live = out.isTTY && process.env["TERM"] !== "dumb"
  const style = styleFor(out)
  let drawnAt = 0
  return {
    show: (done, all) => {
      const now = Date.now()
      if (!live || now - drawnAt < EVERY_MS) return
      drawnAt = now
      out.write(`\r\u001b[2K${style("dim", `${done}/${all} ${what}`)}`)
    },
    end: () => {
      if (drawnAt > 0) out.write("\r\u001b[2K")
    }
  }
}
