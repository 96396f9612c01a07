import { effect, signal } from "@preact/signals"

export type Theme = "light" | "dark" | "system"
const KEY = "sediment-studio-theme"

const stored = (): Theme => {
  const value = localStorage.getItem(KEY)
  return value === "light" || value === "dark" ? value : "system"
}

/** Light or dark, as the system says or as was chosen here. */
export const theme = signal<Theme>(stored())
effect(() => {
  if (theme.value === "system") {
    localStorage.removeItem(KEY)
    delete document.documentElement.dataset["theme"]
  } else {
    localStorage.setItem(KEY, theme.value)
    document.documentElement.dataset["theme"] = theme.value
  }
})
