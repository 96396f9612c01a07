import type { RefObject } from "preact"
import { useEffect, useRef } from "preact/hooks"

/** Goes to the form once it is there, where it was chosen from the list: whoever uses the keyboard does not walk through the rest of the list first. */
export const useFocusFromPlaces = (isThere: boolean): RefObject<HTMLElement | null> => {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isThere && document.activeElement?.closest(".what-if-places") != null) ref.current?.focus()
  }, [isThere])
  return ref
}
