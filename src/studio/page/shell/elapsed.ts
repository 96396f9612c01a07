import { signal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { serverNow } from "../live.ts"

const seconds = signal(0)

/** The time now by the clock of the studio's machine, taken again every second as long as whoever asks is seen. */
export const useServerNow = (): number => {
  useEffect(() => {
    const timer = setInterval(() => {
      seconds.value++
    }, 1000)
    return () => clearInterval(timer)
  }, [])
  seconds.value
  return serverNow()
}

/** How long something has gone on: 0:07, 12:30, 1:02:03. */
export const elapsed = (ms: number): string => {
  const whole = Math.max(0, Math.floor(ms / 1000))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (n: number) => String(n).padStart(2, "0")
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
