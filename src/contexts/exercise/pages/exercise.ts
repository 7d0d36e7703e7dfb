import { type Page, type PageAnswer, type PageRequest, page } from '#command'
import { instant, isRefusal, mayAct, type Refusal, ROLES, type Role } from '#kernel'
import { createViews } from '#platform/views'
import type { ExerciseClock } from '../core/clock.ts'
import { refuse } from '../core/refusals.ts'
import { exerciseClockOf } from '../projections/exercise-clocks.ts'
import type { ExerciseDesk } from './desk.ts'
import { type ExerciseView, exerciseView, STRIDES } from './exercise.view.ts'

const views = createViews<{ 'exercise.njk': ExerciseView }>([new URL('.', import.meta.url)])
const DIRECTORS: readonly Role[] = ['admin']

/** The exercise that an organisation lives in: its clock, and its next step. Live organisations have none. */
export function exercisePages(desk: ExerciseDesk): Page[] {
  function show(request: PageRequest, clock: ExerciseClock, problem: string | null): PageAnswer {
    const { frame, now, reader } = request
    const mayDirect = mayAct(reader.caller, DIRECTORS)
    const view = exerciseView({
      frame,
      clock,
      now,
      next: desk.next(clock.exercise),
      mayDirect,
      problem,
      scenarios: desk.scenarios(),
    })
    return { html: views.render('exercise.njk', view), ...(problem === null ? {} : { status: 422 }) }
  }

  /** The reader sets the clock here, in the reader's own name; the others follow it. */
  async function set(request: PageRequest, { exercise }: ExerciseClock, at: number, speed: number) {
    const done = await request.give('exercise.set-clock', { exercise, at: instant(at), speed })
    return isRefusal(done) ? done : desk.follow(exercise, request.organisation, { at, speed })
  }

  async function direct(request: PageRequest): Promise<PageAnswer> {
    const { form, organisation, models, now, frame, reader } = request
    const clock = exerciseClockOf(models, organisation)
    if (!clock) return live(organisation)
    const asked = form!.get('do')
    if (asked === 'start') {
      const started = await desk.start(form!.get('scenario') ?? '', reader.person, form!.get('whole') === 'yes')
      if (isRefusal(started)) return show(request, clock, started.detail)
      return { redirect: `/console/${started}/exercise` }
    }
    let refused: Refusal | null = null
    if (asked === 'play') {
      const next = desk.next(clock.exercise)
      // Without a next step a play that was cut off still has to set its clocks running.
      refused = await desk.playOn(clock.exercise, Math.max(now, next?.at ?? now), clock.speed)
    } else if (asked === 'on') {
      const stride = STRIDES.find(({ value }) => value === form!.get('on'))
      refused = stride ? await set(request, clock, now + Number(stride.value), clock.speed) : null
    } else {
      refused = await set(request, clock, now, Number(form!.get('speed') ?? clock.speed))
    }
    if (refused) return show(request, exerciseClockOf(models, organisation)!, refused.detail)
    return { redirect: `/console/${frame.organisation.slug}/exercise` }
  }

  return [
    page({
      method: 'GET',
      path: '/exercise',
      roles: ROLES,
      navigation: { text: 'Exercise', order: 90, exercisesOnly: true },
      handle(request) {
        const clock = exerciseClockOf(request.models, request.organisation)
        return clock ? show(request, clock, null) : live(request.organisation)
      },
    }),
    page({ method: 'POST', path: '/exercise', roles: DIRECTORS, handle: direct }),
  ]
}

function live(organisation: string): Refusal {
  return refuse('not-an-exercise', `${organisation} is live: it has no scenario and lives by real time.`)
}
