import { useEffect } from "preact/hooks"

/** What is open and can be closed, the last opened at the end. */
const open: Array<() => void> = []

/** In a field with something typed, Escape takes that away. */
const isTyped = (target: EventTarget | null): boolean => target instanceof HTMLInputElement && target.type === "search" && target.value !== ""

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !isTyped(event.target)) open.at(-1)?.()
})

/** While something is open, Escape closes it, wherever the focus is; of several the one that was opened last. */
export const useEscape = (isOpen: boolean, close: () => void): void => {
  useEffect(() => {
    if (!isOpen) return
    open.push(close)
    return () => {
      open.splice(open.indexOf(close), 1)
    }
  }, [isOpen, close])
}
