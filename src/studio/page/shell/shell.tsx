import { useSignal, useSignalEffect } from "@preact/signals"
import type { ComponentType } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { connection } from "../live.ts"
import { addressOf, goTo, route } from "../route.ts"
import { useAnswer } from "../use-answer.ts"
import type { ViewProps } from "../view-props.ts"
import { FailureNote } from "./failure.tsx"
import { type Theme, theme } from "./theme.ts"
import { Underway } from "./underway.tsx"
import { ViewBoundary } from "./view-boundary.tsx"
import { views } from "./views.ts"

const ThemeChoice = () => (
  <label class="quiet">
    <span class="unseen">Colours</span>
    <select value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
      <option value="system">auto</option>
      <option value="light">light</option>
      <option value="dark">dark</option>
    </select>
  </label>
)

const skip = () => document.getElementById("content")?.focus()

const IN_WORDS = { live: "live", away: "not connected", refused: "not let in" }
/** Milliseconds that studies may be read without a word. */
const UNSAID_MS = 150

/** Whether the studio is there, and whether it reads studies that were edited just now: what is seen meanwhile is of before. */
const Connection = ({ asking, readOnly }: { readonly asking: boolean; readonly readOnly: boolean }) => {
  const reading = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => (reading.value = asking), asking ? UNSAID_MS : 0)
    return () => clearTimeout(timer)
  }, [asking, reading])
  const isLive = connection.value === "live"
  return (
    <p
      class={`connection ${!isLive ? "away" : reading.value ? "here reading" : "here"}`}
      role="status"
      title={readOnly ? "The studio was opened with --read-only: nothing can be run or changed from here." : undefined}
    >
      {isLive && reading.value ? "reading the study…" : IN_WORDS[connection.value]}
      {readOnly ? ", read-only" : ""}
    </p>
  )
}

const NotLetIn = () =>
  connection.value === "refused" ? (
    <p class="failure" role="alert">
      The studio that answers here now was started after this page was opened. Open the address that its command has printed, in any tab: this page then goes on
      where it is.
    </p>
  ) : null

const NoSuchView = ({ study, view }: { readonly study: string; readonly view: string }) => (
  <>
    <h1>There is no view "{view}"</h1>
    <p>
      The studio has{" "}
      {views.map((one, i) => (
        <>
          {i === 0 ? "" : ", "}
          <a href={addressOf(study, one.view)}>{one.title}</a>
        </>
      ))}
      .
    </p>
  </>
)

const NoSuchStudy = ({ studies, study, view }: { readonly studies: ReadonlyArray<string>; readonly study: string; readonly view: string }) => (
  <>
    <h1>There is no study "{study}"</h1>
    <p>
      The studio has{" "}
      {studies.map((one, i) => (
        <>
          {i === 0 ? "" : ", "}
          <a href={addressOf(one, view)}>{one}</a>
        </>
      ))}
      .
    </p>
  </>
)

/** The frame of every view: which study, which view, and whether the server is there. */
export const Shell = () => {
  const { answer, asking, failure } = useAnswer("studies", {}, ["studies"])
  const { query: _, rest, study: named, view } = route.value
  const study = named === "" ? (answer?.studies[0]?.study ?? "") : named
  const found = views.find((one) => one.view === view)
  const isNoStudy = answer !== undefined && answer.studies.length > 0 && named !== "" && !answer.studies.some((one) => one.study === named)
  const isUnknown = isNoStudy || (found === undefined && view !== "")
  const shown = found ?? views[0]!
  const aside = isNoStudy ? "No such study" : isUnknown ? "No such view" : shown.aside?.(rest)
  const loaded = useSignal<{ readonly view: string; readonly View: ComponentType<ViewProps> } | undefined>(undefined)
  const lost = useSignal(false)
  const wanted = useSignal(shown)
  wanted.value = shown
  useSignalEffect(() => {
    const { load, view: name } = wanted.value
    load().then(
      (View) => {
        if (wanted.peek().view === name) loaded.value = { view: name, View }
        lost.value = false
      },
      () => {
        lost.value = true
      }
    )
  })
  // A browser asks no second time for a script that it did not get. What is lost with the studio comes with the page, when that is back.
  const was = useRef<"new" | "live" | "away">("new")
  useSignalEffect(() => {
    const isLive = connection.value === "live"
    if (isLive && was.current === "away" && lost.value) location.reload()
    else if (isLive && !lost.value) was.current = "live"
    else if (!isLive && was.current !== "new") was.current = "away"
  })
  const current = loaded.value
  useEffect(() => {
    document.title = `${aside ?? shown.title}${study === "" ? "" : ` · ${study}`} · Sediment`
  }, [aside, shown.title, study])
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        to the content
      </button>
      <header class="bar">
        <a class="brand" href={addressOf(study, "graph")}>
          <img src="/mark.svg" alt="" width="22" height="22" />
          Sediment
        </a>
        {answer !== undefined && answer.studies.length > 1 ? (
          <label>
            <span class="unseen">Study</span>
            <select value={study} onChange={(event) => goTo(addressOf(event.currentTarget.value, shown.view))}>
              {answer.studies.map((one) => (
                <option key={one.study} value={one.study}>
                  {one.study}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <span class="study">{study}</span>
        )}
        <nav aria-label="views">
          <ul>
            {views.map((one) => (
              <li key={one.view}>
                <a href={addressOf(study, one.view)} aria-current={one.view === shown.view && aside === undefined ? "page" : undefined}>
                  {one.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <span class="gap" />
        <Underway study={study} readOnly={answer?.readOnly ?? true} />
        <Connection asking={asking} readOnly={answer?.readOnly ?? false} />
        <ThemeChoice />
      </header>
      <main id="content" tabIndex={-1}>
        <NotLetIn />
        {failure === undefined ? null : <FailureNote failure={failure} />}
        {answer === undefined || answer.unreadable.length === 0 ? null : (
          <FailureNote about="The study as it is saved cannot be read. What is shown is what it was before:" failure={{ errors: answer.unreadable }} />
        )}
        {lost.value ? (
          <p class="failure" role="alert">
            This part of the page cannot be loaded: look whether the studio still runs, then reload the page.
          </p>
        ) : null}
        {isNoStudy ? (
          <NoSuchStudy study={study} view={shown.view} studies={answer.studies.map((one) => one.study)} />
        ) : isUnknown ? (
          <NoSuchView study={study} view={view} />
        ) : null}
        {study !== "" && current?.view === shown.view && !isUnknown ? (
          <ViewBoundary view={shown.view}>
            {/* What was shown or typed of one study is nothing of another. */}
            <current.View key={study} study={study} route={route.value} />
          </ViewBoundary>
        ) : null}
      </main>
    </>
  )
}
