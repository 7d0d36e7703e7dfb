import { html, type TableOptions } from '#platform/views'
import { sayTime } from '#platform/words'
import { countsOf, type Issue, type OrganisationFacts } from '../core/facts.ts'
import { type Frame, frame } from './frame.view.ts'

export interface RegionPage extends Frame {
  readonly heading: string
  readonly truth: string
  readonly table: TableOptions
  readonly empty: boolean
}

type Word = 'stopped' | 'limited' | 'usual' | 'unlisted'
const ORDER: readonly Word[] = ['stopped', 'limited', 'usual', 'unlisted']

export function regionPage(region: string, organisations: readonly OrganisationFacts[], issue: Issue): RegionPage {
  const exercise = organisations.some((one) => one.exercise)
  const rows = organisations.map(row).sort((a, b) => ORDER.indexOf(a.word) - ORDER.indexOf(b.word))
  const hit = rows.filter(({ word }) => word === 'stopped' || word === 'limited').length
  const source = 'Each organisation records its own state; this page gathers what they recorded.'
  const heading = `Public services in ${region}: what works now`
  return {
    ...frame({ title: heading, owner: region, home: '/', exercise, source }, issue),
    heading,
    truth: `At ${sayTime(issue.madeAt)}, ${sentence(hit, organisations.length)}`,
    empty: organisations.length === 0,
    table: {
      caption: 'Organisations, those with stopped services first',
      captionClasses: 'govuk-visually-hidden',
      firstCellIsHeader: true,
      head: [{ text: 'Organisation' }, { text: 'Services now' }],
      rows: rows.map(({ cells }) => cells),
    },
  }
}

function sentence(hit: number, total: number): string {
  if (total === 0) return 'no organisation is listed here yet.'
  if (hit === 0)
    return total === 1 ? 'the one organisation here runs as usual.' : `all ${total} organisations run as usual.`
  return `${hit} of ${total} organisation${total === 1 ? '' : 's'} ${hit === 1 ? 'has' : 'have'} services that are stopped or limited.`
}

function row({ slug, name, services }: OrganisationFacts) {
  const { stopped, limited, total } = countsOf(services)
  const word: Word = stopped > 0 ? 'stopped' : limited > 0 ? 'limited' : total > 0 ? 'usual' : 'unlisted'
  const since = Math.min(...services.map((service) => service.since ?? Number.POSITIVE_INFINITY))
  const told = { usual: 'As usual', unlisted: 'Not listed yet', stopped: '', limited: '' }[word]
  const counts = [stopped > 0 && `${stopped} stopped`, limited > 0 && `${limited} limited`].filter(
    (one) => one !== false,
  )
  const state = html`<span class="hf-word hf-word-${word}">${told || counts.join(', ')}</span>`
  const cells = [
    { html: html`<a class="govuk-link" href="/${slug}">${name}</a>` },
    { html: Number.isFinite(since) ? html`${state}<br>since ${sayTime(since)}` : state },
  ]
  return { word, cells }
}
