/** What the server tells its pages unasked: server-sent events. */
import { Effect, Schedule, Stream } from "effect"
import type { Announcement, Announcements } from "./live/announcements.ts"

const bytes = new TextEncoder()
const asServerSent = (text: string): Uint8Array => bytes.encode(text)

const messageText = ({ body, id }: Announcement) => asServerSent(`id: ${id}\ndata: ${body}\n\n`)

/** First a message without events, from which on none is missed; a comment every so often, by which each side sees that the other is there. */
export const eventStream = (announcements: Announcements) =>
  Stream.unwrap(
    Effect.map(announcements.subscribe, ({ first, following }) =>
      Stream.concat(
        Stream.make(messageText(first)),
        Stream.merge(Stream.map(following, messageText), Stream.fromSchedule(Schedule.spaced("15 seconds")).pipe(Stream.map(() => asServerSent(": here\n\n"))))
      )
    )
  )
