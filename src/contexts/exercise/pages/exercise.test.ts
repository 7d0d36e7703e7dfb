import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PageRequest } from '#command'
import { createModels } from '#journal'
import { type Entry, instant, type Role } from '#kernel'
import { exerciseClocks } from '../projections/exercise-clocks.ts'
import type { ExerciseDesk } from './desk.ts'
import { exercisePages } from './exercise.ts'

const NOW = Date.parse('2025-11-25T09:00:00Z')

function desk() {
  const asked: string[] = []
  const lent: ExerciseDesk = {
    async follow(exercise, but, { at, speed }) {
      asked.push(`follow ${exercise} but ${but} ${instant(at)} ${speed}`)
      return null
    },
    next: () => ({ at: NOW + 60_000, organisation: 'other', does: 'incident.isolate' }),
    scenarios: () => [{ exercise: 'story', title: 'A story', organisations: 2, before: 1, starts: NOW, now: NOW }],
    async start(exercise, person, whole) {
      asked.push(`start ${exercise} for ${person} ${whole ? 'whole' : 'from the beginning'}`)
      return exercise === 'story'
        ? 'here-2'
        : ({ refused: 'x', kind: 'state', title: 'No', detail: 'No such story' } as never)
    },
    async playOn(exercise, until, speed) {
      asked.push(`play ${exercise} ${instant(until)} ${speed}`)
      return null
    },
  }
  return { asked, pages: exercisePages(lent) }
}

function request(
  form: Record<string, string> | null,
  given: string[],
  roles: readonly Role[] = ['admin'],
  founded = true,
) {
  const models = createModels([exerciseClocks], assert.fail)
  const data = {
    exercise: 'story',
    at: instant(NOW),
    real: instant(NOW),
    speed: 60,
    playing: false,
    title: 'A <b>story</b>',
  }
  if (founded)
    models.apply([{ organisation: 'here', number: 1, type: 'exercise.clock-set', v: 1, data } as unknown as Entry])
  return {
    organisation: 'here',
    form: form && new URLSearchParams(form),
    now: NOW,
    models,
    reader: { person: 'p-1', caller: { actor: { kind: 'person', id: 'p-1' }, roles } },
    frame: {
      organisation: { slug: 'here', name: 'Here' },
      navigation: [],
      elsewhere: [],
      roles: [],
      exercise: true,
      madeAt: instant(NOW),
    },
    give: async (command: string, input: object) => {
      given.push(`${command} ${JSON.stringify(input)}`)
      return { entries: [2] }
    },
  } as unknown as PageRequest
}

test('a speed or a time set here is recorded here in the reader’s name, and the whole exercise follows', async () => {
  const { asked, pages } = desk()
  const given: string[] = []
  await pages[1]!.handle(request({ do: 'speed', speed: '0' }, given))
  await pages[1]!.handle(request({ do: 'on', on: '3600000' }, given))
  assert.deepEqual(given, [
    'exercise.set-clock {"exercise":"story","at":"2025-11-25T09:00:00.000Z","speed":0}',
    'exercise.set-clock {"exercise":"story","at":"2025-11-25T10:00:00.000Z","speed":60}',
  ])
  assert.deepEqual(asked, [
    'follow story but here 2025-11-25T09:00:00.000Z 0',
    'follow story but here 2025-11-25T10:00:00.000Z 60',
  ])
})

test('the next step is played up to its time', async () => {
  const { asked, pages } = desk()
  await pages[1]!.handle(request({ do: 'play' }, []))
  assert.deepEqual(asked, ['play story 2025-11-25T09:01:00.000Z 60'])
})

test('the scenario is started anew among organisations of its own, and leads there', async () => {
  const { asked, pages } = desk()
  const start = (scenario: string) => pages[1]!.handle(request({ do: 'start', scenario, whole: 'no' }, []))
  assert.deepEqual(await start('story'), { redirect: '/console/here-2/exercise' })
  const refused = await start('none')
  assert.ok('html' in refused && refused.status === 422 && refused.html.includes('No such story'))
  assert.deepEqual(asked[0], 'start story for p-1 from the beginning')
})

test('only directors are offered the clock, titles are escaped, and a live organisation has no such page', async () => {
  const { pages } = desk()
  const shown = async (roles: readonly Role[]) => {
    const answer = await pages[0]!.handle(request(null, [], roles))
    return 'html' in answer ? answer.html : assert.fail('no page')
  }
  assert.match(await shown(['admin']), /Play the next step \(incident\.isolate\)/)
  assert.doesNotMatch(await shown(['viewer']), /value="play"/)
  assert.match(await shown(['viewer']), /A &lt;b&gt;story/)
  const live = await pages[0]!.handle(request(null, [], ['admin'], false))
  assert.ok('refused' in live && live.refused === 'not-an-exercise')
})
