import type { Frame } from '#command'
import { createViews } from '#platform/views'
import type { ExerciseClock } from '../core/clock.ts'
import { type ExerciseView, exerciseView } from './exercise.view.ts'

const views = createViews<{ 'exercise.njk': ExerciseView }>([new URL('.', import.meta.url)])
const NOW = Date.parse('2025-11-25T09:00:00Z')

/** Invented. */
const frame: Frame = {
  organisation: { slug: 'example', name: 'Example Borough Council' },
  exercise: true,
  reader: 'Alex Example',
  roles: ['admin'],
  csrf: 'a-token',
  commandId: '0190d3c0-0000-7000-8000-000000000000',
  navigation: [{ href: '/console/example/exercise', text: 'Exercise', current: true }],
  elsewhere: [],
  madeAt: '2025-11-25T09:00:00.000Z',
  position: 42,
}
const clock: ExerciseClock = {
  exercise: 'example-2025',
  at: NOW,
  real: NOW,
  speed: 60,
  playing: false,
  title: 'An invented exercise',
  notice: 'EXERCISE. All of it is invented.',
  steps: { played: 3, all: 12 },
}
const next = { at: NOW + 3_600_000, organisation: 'example', does: 'incident.isolate' }
const scenario = { title: 'An invented exercise', organisations: 3, starts: NOW, now: NOW }
const scenarios = [
  { ...scenario, exercise: 'example-2025', before: 1 },
  { ...scenario, exercise: 'other-2025', title: 'Another', before: 0 },
]
const facts = { frame, clock, now: NOW, next, mayDirect: true, problem: null, scenarios }
const page = (more: Partial<typeof facts> | { problem: string }) =>
  views.render('exercise.njk', exerciseView({ ...facts, ...more }))

export const gallery: readonly { readonly name: string; readonly html: () => string }[] = [
  { name: 'exercise', html: () => page({}) },
  { name: 'exercise, to look at only', html: () => page({ mayDirect: false }) },
  { name: 'exercise, being played', html: () => page({ clock: { ...clock, playing: true, speed: 7 } }) },
  { name: 'exercise, refused', html: () => page({ problem: 'An exercise clock never goes back.' }) },
]
