import { type Place, placeText } from "./table-keys.ts"

/** Puts the keyboard on a number of the table that is shown. */
export const focusNumber = (place: Place): void => document.querySelector<HTMLElement>(`[data-number="${placeText(place)}"]`)?.focus()
