import { createSayWho } from '#command'
import { accessRoutes, breakGlassNotices, nameOfPerson, sessionPages } from '#contexts/access'
import { organisationOf } from '#contexts/estate'
import { exercisePages } from '#contexts/exercise'
import { type Subscriptions, subscriberPages } from '#contexts/public-site'
import { systemClock } from '#kernel'
import type { ConsoleOptions, Exhibit } from '#platform/http'
import type { Application } from './application.ts'
import { exerciseDesk } from './exercise-desk.ts'
import type { Late } from './late.ts'
import { rooms } from './rooms.ts'

/** The console of all rooms. Its requests are answered only once the database is open, but its addresses are known before. */
export function consoleOf(
  late: Late,
  url: string,
  exhibits: readonly Exhibit[] | null,
  subscriptions: () => Subscriptions | null,
): ConsoleOptions {
  const { models, clocks } = late
  const sessions = opened(late, 'sessions')
  return {
    pages: [
      ...rooms.flatMap((room) => room.pages ?? []),
      ...exercisePages(exerciseDesk(() => application(late))),
      ...sessionPages(sessions),
      ...subscriberPages((organisation) => subscriptions()!.counts(organisation)),
    ],
    routes: accessRoutes({
      sessions,
      models,
      url,
      clock: systemClock,
      database: opened(late, 'database'),
      keys: opened(late, 'keys'),
      execute: (instruction) => application(late).execute(instruction),
    }),
    sessions,
    models,
    nameOf: (organisation) => organisationOf(models, organisation)?.name ?? null,
    sayWho: (reader) => createSayWho(reader, (person) => nameOfPerson(models, person)),
    noticesFor: (organisation, person) =>
      breakGlassNotices(models, { organisation, person, now: clocks.of(organisation).now() }),
    now: (organisation) => clocks.of(organisation).now(),
    realNow: () => systemClock.now(),
    ...(exhibits ? { exhibits } : {}),
  }
}

function application({ application }: Late): Application {
  if (!application) throw new Error('the console was reached before the database is open')
  return application
}

/** A part of the application, to be handed on before there is one. */
function opened<Part extends 'sessions' | 'database' | 'keys'>(late: Late, part: Part): Application[Part] {
  return new Proxy({} as Application[Part], {
    get(_none, name) {
      const whole = application(late)[part]
      const value = Reflect.get(whole, name)
      return typeof value === 'function' ? value.bind(whole) : value
    },
  })
}
