import type { AskFailure } from "../ask.ts"

/** What is wrong, all of it, in the server's words; `about` says what it is that is wrong, where that is not plain. */
export const FailureNote = ({ about, failure }: { readonly about?: string; readonly failure: Pick<AskFailure, "errors"> }) => (
  <div class="failure" role="alert">
    {about === undefined ? null : <p>{about}</p>}
    {failure.errors.length === 1 ? (
      <p>{failure.errors[0]!.message}</p>
    ) : (
      <ul>
        {failure.errors.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    )}
  </div>
)
