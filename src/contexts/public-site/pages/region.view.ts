import { type Words, wordsIn } from '../core/catalogue/index.ts'
import { countsOf, type Issue, type OrganisationFacts } from '../core/facts.ts'
import { LONDON_TILES } from '../core/london-tiles.ts'
import { marked } from '../core/words.ts'
import { type Frame, onPaper, surroundings } from './frame.view.ts'

type Word = 'stopped' | 'limited' | 'usual' | 'unlisted'
const ORDER: readonly Word[] = ['stopped', 'limited', 'usual', 'unlisted']
const MARKS: Record<Word, string> = { stopped: '■', limited: '◆', usual: '●', unlisted: '○' }

interface Row {
  readonly gss: string | null
  readonly name: string
  readonly url: string
  readonly word: Word
  readonly state: string
  readonly since: string
  readonly source: string
}

interface RegionTile {
  readonly column: number
  readonly row: number
  readonly short: string
  readonly url: string | null
  readonly word: Word | 'absent'
  /** A shape, so that no state is told by colour alone. */
  readonly mark: string
  readonly told: string
}

export interface RegionPage extends Frame {
  readonly heading: string
  readonly truth: string
  /** Empty where the region has no map. */
  readonly tiles: readonly RegionTile[]
  readonly key: readonly { readonly word: Word; readonly name: string }[]
  readonly rows: readonly Row[]
}

export function regionPage(region: string, organisations: readonly OrganisationFacts[], issue: Issue): RegionPage {
  const words = wordsIn(issue.language)
  const { say, t } = words
  const exercise = organisations.some((one) => one.exercise)
  const rows = organisations.map((one) => row(one, words)).sort((a, b) => ORDER.indexOf(a.word) - ORDER.indexOf(b.word))
  const heading = say('region.heading', { region })
  const owner = { name: region, home: '/', exercise, source: t('frame.source.region') }
  return {
    ...surroundings(owner, issue),
    languages: [],
    paper: onPaper(`${issue.url}/`, issue),
    title: marked(exercise, heading, words),
    heading,
    truth: say('region.truth', { time: words.time(issue.madeAt), truth: truth(rows, words) }),
    tiles: tiles(rows, words),
    key: ORDER.map((word) => ({ word, name: say(`region.word.${word}`) })),
    rows,
  }
}

function truth(rows: readonly Row[], { say, t }: Words): string {
  const hit = rows.filter(({ word }) => word === 'stopped' || word === 'limited').length
  const total = rows.length
  if (total === 0) return t('region.truth.none')
  const unlisted = rows.filter(({ word }) => word === 'unlisted').length
  if (hit === 0 && unlisted === total) return say('region.truth.unlisted', { count: total })
  if (hit === 0 && unlisted > 0) return say('region.truth.listed', { count: total - unlisted, total })
  if (hit === 0) return say('region.truth.usual', { count: total })
  return total === 1 ? t('region.truth.only') : say('region.truth.hit', { count: hit, total })
}

function row({ slug, name, gss, source, services }: OrganisationFacts, words: Words): Row {
  const { say, t } = words
  const { stopped, limited, total } = countsOf(services)
  const word: Word = stopped > 0 ? 'stopped' : limited > 0 ? 'limited' : total > 0 ? 'usual' : 'unlisted'
  const since = Math.min(...services.map((service) => service.since ?? Number.POSITIVE_INFINITY))
  const counts = [
    ...(stopped > 0 ? [say('region.stopped', { count: stopped })] : []),
    ...(limited > 0 ? [say('region.limited', { count: limited })] : []),
  ]
  return {
    gss,
    name,
    url: `/${slug}`,
    word,
    state: counts.length > 0 ? words.list(counts) : t(`region.word.${word}`),
    since: Number.isFinite(since) ? words.time(since) : t('region.since.none'),
    source: t(`region.source.${source}`),
  }
}

/** Only where one of the organisations has a place on it. */
function tiles(rows: readonly Row[], { say, t }: Words): RegionTile[] {
  const byCode = new Map(rows.map((one) => [one.gss, one]))
  if (!LONDON_TILES.some(({ gss }) => byCode.has(gss))) return []
  return LONDON_TILES.map(({ gss, name, short, column, row: line }) => {
    const own = byCode.get(gss)
    const state = own?.state ?? t('region.word.absent')
    return {
      column,
      row: line,
      short,
      url: own?.url ?? null,
      word: own?.word ?? 'absent',
      mark: own ? MARKS[own.word] : '',
      told: own
        ? say('region.tile.told', { organisation: own.name, state, source: own.source })
        : say('region.tile', { organisation: name, state }),
    }
  })
}
