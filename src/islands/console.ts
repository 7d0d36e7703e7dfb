import { fetchPage } from './fetched.ts'
import { morph } from './morph.ts'
import { follow } from './stream.ts'

/** Keeps a page of the console up to date while somebody looks at it. Without this script "Check for news" does. */
const QUIET = 150
const { organisation, position, madeAt } = document.body.dataset
const said = { made: byId('hf-made'), stale: byId('hf-stale'), news: byId('hf-news') }
const shown = { at: Date.parse(madeAt ?? ''), since: performance.now(), position: Number(position) }
let heard = shown.position
let waiting: number | undefined
let busy = false

if (organisation)
  follow(organisation, shown.position, {
    news(number) {
      heard = number
      soon()
    },
    lost: (since) =>
      warn(`This page may be out of date since ${clock(since)}: the connection is lost. It is tried again.`),
    back() {
      warn(null)
      soon()
    },
  })
document.querySelector<HTMLElement>('.govuk-error-summary')?.focus()

function soon(): void {
  clearTimeout(waiting)
  waiting = window.setTimeout(() => void refresh(), QUIET)
}

async function refresh(): Promise<void> {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-live][data-live-src]')]
  if (parts.length === 0) return tellOfNews()
  if (busy) return soon()
  busy = true
  const asked = heard
  const before = parts.map(({ textContent }) => textContent).join()
  for (const address of new Set(parts.map((part) => part.dataset.liveSrc!))) {
    const fetched = await fetchPage(address, { headers: { 'holdfast-live': '1' } })
    if (fetched === 'signed-out')
      warn('You have been signed out. What you see may be out of date. Sign in in another tab.')
    if (fetched === 'failed') warn(`This page may be out of date since ${clock(new Date())}: asking for news failed.`)
    if (typeof fetched === 'string') continue
    warn(null)
    show(
      fetched.page,
      parts.filter((part) => part.dataset.liveSrc === address),
    )
  }
  busy = false
  if (parts.map(({ textContent }) => textContent).join() !== before && said.news)
    said.news.textContent = `This page was brought up to date at ${clock(new Date())}.`
  if (heard > asked) soon()
}

function show(page: Document, parts: readonly HTMLElement[]): void {
  for (const part of parts) {
    const fresh = page.getElementById(part.id)
    if (fresh) morph(part, fresh)
  }
  const made = page.getElementById('hf-made')
  if (made && said.made) morph(said.made, made)
  shown.at = Date.parse(page.body.dataset.madeAt ?? '')
  shown.since = performance.now()
  shown.position = Number(page.body.dataset.position)
}

/** A page that somebody fills in is left alone: it only says that there is news. */
function tellOfNews(): void {
  const count = heard - shown.position
  const check = byId('hf-check')
  if (count > 0 && check)
    check.textContent = `Check for news: ${count} journal ${count === 1 ? 'entry' : 'entries'} since`
}

function warn(words: string | null): void {
  if (!said.stale) return
  said.stale.hidden = words === null
  if (said.stale.textContent !== (words ?? '')) said.stale.textContent = words
}

/** London time, by the organisation's clock: an exercise has a time of its own. */
function clock(at: Date): string {
  const there = shown.at + (performance.now() - shown.since) - (Date.now() - at.getTime())
  const format = { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London' } as const
  return new Intl.DateTimeFormat('en-GB', format).format(there).replace(/\s/g, '')
}

function byId(id: string): HTMLElement | null {
  return document.getElementById(id)
}
