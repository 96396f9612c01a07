/** Gives the focus to a box, as soon as it is drawn. */
export const focusBox = (id: string): void => {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-box="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }))
}
