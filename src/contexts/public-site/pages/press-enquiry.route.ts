import type { Execute } from '#command'
import { isRefusal, type Refusal } from '#kernel'
import { createRateLimit, type Publication, type RawAnswer, type RawRequest, type RawRoute } from '#platform/http'
import { formStylesheet } from '#platform/views'
import { type Enquiry, mistakesIn, readEnquiry } from '../core/enquiry.ts'
import { pressEnquiryPage, pressMistakesPage, type Refused } from './press-enquiry.view.ts'
import { indexReader } from './read-index.ts'
import { lost } from './search.route.ts'
import { views } from './views.ts'

export interface PressOptions {
  readonly publication: Publication
  /** Refused where nothing can be recorded yet. */
  readonly execute: (instruction: Parameters<Execute>[0]) => Promise<Awaited<ReturnType<Execute>> | Refusal>
  /** The address that people see. */
  readonly publicUrl: string
}

const FORM = 'application/x-www-form-urlencoded'
const CALLER = { actor: { kind: 'system', name: 'press-page' }, roles: ['communications'] } as const
const PER_ADDRESS = 5
/** For each organisation, whoever asks: a journal keeps for ever what a flood would write. */
const PER_ORGANISATION = 20
const STATUS: Record<Refused, number> = { elsewhere: 403, often: 429, unavailable: 503, unreadable: 400 }

/** Takes the press form, and says what happens next at an address that can be loaded again. */
export function pressRoutes(options: PressOptions): RawRoute[] {
  const { publication, publicUrl } = options
  const indexOf = indexReader(publication)
  const byAddress = createRateLimit(PER_ADDRESS)
  const byOrganisation = createRateLimit(PER_ORGANISATION)

  async function take(request: RawRequest): Promise<RawAnswer> {
    const organisation = request.params.organisation!
    const index = indexOf(organisation)
    if (!index) return lost(publication)
    const no = (why: Refused) => answer(STATUS[why], pressEnquiryPage(index, why))
    if (isFromElsewhere(request, publicUrl)) return no('elsewhere')
    if (
      String(request.headers['content-type'] ?? '')
        .split(';')[0]!
        .trim()
        .toLowerCase() !== FORM
    )
      return no('unreadable')
    const form = new URLSearchParams(request.body.toString('utf8'))
    // Only programs fill in what people do not see: they are told that all is well.
    if (form.get('website')) return received(organisation)
    const enquiry = readEnquiry(form)
    const mistakes = mistakesIn(enquiry)
    if (mistakes.length > 0) return answer(422, pressMistakesPage(index, enquiry, mistakes))
    const now = performance.now()
    if (byAddress.take(request.address, now) > 0 || byOrganisation.take(organisation, now) > 0) return no('often')
    const outcome = await options.execute({
      organisation,
      command: 'statements.receive-enquiry',
      input: inputOf(enquiry),
      caller: CALLER,
    })
    if (!isRefusal(outcome)) return received(organisation)
    return no(outcome.kind === 'input' ? 'unreadable' : 'unavailable')
  }

  return [
    { method: 'POST', path: '/:organisation/press/enquiry', bodyLimit: 32_768, handle: take },
    {
      method: 'GET',
      path: '/:organisation/press/received',
      handle({ params }) {
        const index = indexOf(params.organisation!)
        return index ? answer(200, pressEnquiryPage(index, 'received')) : lost(publication)
      },
    },
  ]
}

function inputOf({ deadline, ...enquiry }: Enquiry): object {
  return deadline === '' ? enquiry : { ...enquiry, deadline }
}

function received(organisation: string): RawAnswer {
  const headers = { Location: `/${encodeURIComponent(organisation)}/press/received`, 'Cache-Control': 'no-store' }
  return { status: 303, type: 'text/plain; charset=utf-8', body: 'We have your question.\n', headers }
}

function answer(status: number, page: Parameters<typeof views.render<'press-enquiry.njk'>>[1]): RawAnswer {
  return {
    status,
    type: 'text/html; charset=utf-8',
    body: views.render('press-enquiry.njk', page),
    styleHashes: [formStylesheet.source],
    headers: { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' },
  }
}

/** By what browsers say of themselves; an old phone that says nothing is believed, as nothing is opened by its sign-in. */
function isFromElsewhere({ headers }: RawRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return true
  if (headers.origin === undefined) return false
  const host = URL.parse(String(headers.origin))?.host
  return host === undefined || (host !== headers.host && host !== new URL(publicUrl).host)
}
