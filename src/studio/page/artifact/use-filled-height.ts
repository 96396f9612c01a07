import type { RefObject } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"

/** Pixels below it, and those that it has at least. */
const BELOW = 12
const LEAST = 360

/** Gives an element the height that is left of the window below where it begins; at the least a share of the window's. */
export const useFilledHeight = (share = 0): RefObject<HTMLDivElement | null> => {
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const fill = () => {
      const own = element.current
      if (own === null) return
      const above = own.getBoundingClientRect().top + scrollY
      own.style.height = `${Math.max(LEAST, share * innerHeight, innerHeight - above - BELOW)}px`
    }
    fill()
    // What stands above it may grow.
    const observer = new ResizeObserver(fill)
    if (element.current?.parentElement) observer.observe(element.current.parentElement)
    for (const sibling of element.current?.parentElement?.children ?? []) if (sibling !== element.current) observer.observe(sibling)
    addEventListener("resize", fill)
    return () => {
      observer.disconnect()
      removeEventListener("resize", fill)
    }
  })
  return element
}
