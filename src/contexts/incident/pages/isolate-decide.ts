import { type PageAnswer, type PageRequest, page } from '#command'
import { given, mistakes, type Said, said, type Typed, typed } from '#command/forms'
import { estateOf } from '#contexts/estate'
import { type InputError, isRefusal, type Refusal, refusals } from '#kernel'
import { DECIDERS } from '../commands/roles-allowed.ts'
import { choiceOf, chosen, textOf } from './choice.ts'
import { consequence, type Way } from './comparison.ts'
import { decideAsks, decideView, textFrom } from './isolate-decide.view.ts'
import { type Asked, asked, deskOf, durationOf, ESTIMATES, millisOf } from './isolate-facts.ts'
import { incidentOf, incidentPath } from './place.ts'
import { views } from './views.ts'

const refuse = refusals({ 'form-not-filled': { kind: 'input', title: 'There is a problem' } })
const path = '/incidents/:incident/isolate/decide'

interface Shown {
  readonly request: PageRequest
  readonly from: Asked
  readonly ways: readonly Way[]
  readonly values: Typed
  readonly seen: readonly string[]
  readonly refusal: Refusal | null
}

function show({ request, from, ways, values, seen, refusal }: Shown): PageAnswer {
  const incident = incidentOf(request)
  if (isRefusal(incident)) return incident
  const { frame } = request
  const back = new URLSearchParams()
  for (const text of from.added) back.append('option', text)
  for (const token of from.ticked) back.append('take', token)
  for (const name of ESTIMATES) if (from.days[name]) back.append(name, from.days[name])
  const desk = `${incidentPath(frame, incident.id)}/isolate`
  const view = decideView({ frame, incident, ways, values, days: from.days, seen, refusal, back: `${desk}?${back}` })
  return { html: views.render('isolate-decide.njk', view), ...(refusal ? { status: 422 } : {}) }
}

/** The comparison stands as it was first shown: going back and forth over it must not reword what was seen. */
const decide = page({
  method: 'GET',
  path,
  roles: DECIDERS,
  stepUp: true,
  handle(request) {
    const from = asked(request.query)
    const { ways } = deskOf(request, from)
    const values = { choice: from.ticked.length > 0 ? [textOf(from.ticked)] : [] }
    return show({ request, from, ways, values, seen: ways.map((way) => consequence(way, request.now)), refusal: null })
  },
})

const command = page({
  method: 'POST',
  path,
  roles: DECIDERS,
  stepUp: true,
  async handle(request) {
    const incident = incidentOf(request)
    if (isRefusal(incident)) return incident
    const form = request.form!
    const from = asked(form)
    const { ways } = deskOf(request, from)
    const asks = decideAsks(ways)
    const values = typed(form, asks)
    const was = new Map(form.getAll('option').map((text, i) => [text, form.getAll('seen')[i] ?? '']))
    const seen = ways.map((way) => was.get(way.text) || consequence(way, request.now))
    const wrong = [...mistakes(values, asks), ...wrongDays(from)]
    if (wrong.length > 0) {
      const refusal = refuse('form-not-filled', 'Correct what is marked, then send it again.', wrong)
      return show({ request, from, ways, values, seen, refusal })
    }
    const { name, input } = commandOf(request, incident.id, said(values, asks), { from, ways, seen })
    const outcome = await request.give(name, input)
    if (isRefusal(outcome)) return show({ request, from, ways, values, seen, refusal: outcome })
    return { redirect: incidentPath(request.frame, incident.id) }
  },
})

function wrongDays({ days }: Asked): InputError[] {
  const all = ESTIMATES.map((name) => days[name])
  if (all.every((one) => one === '')) return []
  if (all.some((one) => millisOf(one) === null))
    return [
      { pointer: '/expectedRestoration', detail: 'Give all three as days, such as 0.5, 3 and 10, or leave all empty' },
    ]
  const [best, likely, worst] = all.map((one) => millisOf(one)!) as [number, number, number]
  return best <= likely && likely <= worst
    ? []
    : [{ pointer: '/expectedRestoration', detail: 'Give the shortest first and the longest last' }]
}

interface Decided {
  readonly from: Asked
  readonly ways: readonly Way[]
  readonly seen: readonly string[]
}

/** To wait is a decision too, and is recorded with what it was chosen over. */
function commandOf({ models, organisation }: PageRequest, incident: string, said: Said, { from, ways, seen }: Decided) {
  const text = textFrom(said('choice')!)
  const options = ways.map((way, i) =>
    given({ title: way.title, consequence: seen[i], chosen: way.text === text || undefined }),
  )
  const common = { incident, rationale: said('rationale'), options, authority: said('authority') }
  if (text === '') {
    const title = ways.find((way) => way.text === '')!.title
    return { name: 'incident.record-decision', input: given({ ...common, title: 'What to isolate', decision: title }) }
  }
  const [optimistic, likely, pessimistic] = ESTIMATES.map((name) => durationOf(from.days[name]))
  return {
    name: 'incident.isolate',
    input: given({
      ...common,
      components: chosen(choiceOf(text), estateOf(models, organisation)?.components ?? []),
      precautionary: said('precautionary') === 'yes',
      expectedRestoration: likely === '' ? undefined : { optimistic, likely, pessimistic },
    }),
  }
}

export const decidePages = [decide, command]
