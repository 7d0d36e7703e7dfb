const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 30_000
/** The server says that it is alive every 15 seconds. */
const SILENCE = 40_000
/** For how long a lost stream is not worth a word: most come back at once. */
const PATIENCE = 4000

export interface Hearer {
  /** The journal has grown to this number. */
  news(position: number): void
  /** The stream is lost, or has come back. */
  lost(since: Date): void
  back(): void
}

/**
 * Follows an organisation's journal, and comes back by itself with growing pauses. A hidden page lets go of its stream: browsers
 * open six connections to one address, so that seven tabs would keep each other waiting.
 */
export function follow(organisation: string, from: number, hearer: Hearer): void {
  let position = from
  let source: EventSource | undefined
  let retry: number | undefined
  let alarm: number | undefined
  let watch: number | undefined
  let pause = FIRST_PAUSE
  let lostAt: Date | null = null

  function open(): void {
    source?.close()
    listen()
    source = new EventSource(`/api/v1/${organisation}/events?after=${position}&named=no`)
    source.onopen = () => {
      pause = FIRST_PAUSE
      clearTimeout(alarm)
      alarm = undefined
      if (lostAt) hearer.back()
      lostAt = null
    }
    source.addEventListener('alive', listen)
    source.onmessage = ({ lastEventId }) => {
      listen()
      const number = Number(lastEventId)
      if (number <= position) return
      position = number
      hearer.news(number)
    }
    source.onerror = () => {
      lose()
      // Closed for good by an answer that is no stream: signed out, or a server that is starting.
      if (source?.readyState !== EventSource.CLOSED) return
      clearTimeout(retry)
      retry = window.setTimeout(open, pause * (0.75 + Math.random() / 2))
      pause = Math.min(pause * 2, LONGEST_PAUSE)
    }
  }

  function lose(): void {
    const since = lostAt ?? new Date()
    lostAt = since
    alarm ??= window.setTimeout(() => hearer.lost(since), PATIENCE)
  }

  /** A connection that died without a word is lost after a silence, and opened anew. */
  function listen(): void {
    clearTimeout(watch)
    watch = window.setTimeout(() => {
      lose()
      open()
    }, SILENCE)
  }

  function close(): void {
    clearTimeout(retry)
    clearTimeout(watch)
    source?.close()
    source = undefined
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  addEventListener('offline', lose)
  addEventListener('online', open)
  addEventListener('pagehide', close)
  addEventListener('pageshow', (event) => event.persisted && open())
  if (!document.hidden) open()
}
