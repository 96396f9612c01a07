import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"

interface YearSliderProps {
  readonly years: ReadonlyArray<number>
  readonly year: number
  readonly onYear: (year: number) => void
}

/** A year takes so long while it plays. */
const STEP_MS = 700

const stillness = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches

/** Which year is shown: a slider over the years that there are, and a button that goes through them. */
export const YearSlider = ({ onYear, year, years }: YearSliderProps) => {
  const playing = useSignal(false)
  const at = Math.max(0, years.indexOf(year))
  useEffect(() => {
    if (!playing.value) return
    const timer = setTimeout(() => {
      if (at + 1 >= years.length) playing.value = false
      else onYear(years[at + 1]!)
    }, STEP_MS)
    return () => clearTimeout(timer)
  }, [playing.value, at, years, onYear])
  const play = () => {
    if (!playing.value && at + 1 >= years.length) onYear(years[0]!)
    playing.value = !playing.value
  }
  if (years.length < 2) return null
  return (
    <div class="results-year">
      {stillness() ? null : (
        <button type="button" onClick={play} aria-label={playing.value ? "pause" : "play the years"}>
          {playing.value ? "❚❚" : "▶"}
        </button>
      )}
      <label>
        <span>Year</span>
        <input
          type="range"
          min={0}
          max={years.length - 1}
          step={1}
          value={at}
          aria-valuetext={String(year)}
          onInput={(event) => {
            playing.value = false
            onYear(years[Number(event.currentTarget.value)]!)
          }}
        />
        <output>{year}</output>
      </label>
    </div>
  )
}
