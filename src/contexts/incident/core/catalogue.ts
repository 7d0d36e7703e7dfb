import { catalogue } from '#platform/words'

/** How the state of services, and the reason for it, are told to anybody outside. */
export const outsideTexts = catalogue(
  {
    'exercise.mark': 'EXERCISE',
    'exercise.named': 'EXERCISE: {text}',

    'truth.none': 'no services are listed here yet.',
    'truth.all.stopped': { one: 'the one service has stopped.', other: 'all {count} services have stopped.' },
    'truth.all.limited': { one: 'the one service is limited.', other: 'all {count} services are limited.' },
    'truth.all.usual': {
      one: 'the one service is running as usual.',
      other: 'all {count} services are running as usual.',
    },
    'truth.first.stopped': {
      one: '{count} of {total} services has stopped',
      other: '{count} of {total} services have stopped',
    },
    'truth.first.limited': {
      one: '{count} of {total} services is limited',
      other: '{count} of {total} services are limited',
    },
    'truth.then.limited': { one: '{count} is limited', other: '{count} are limited' },
    'truth.then.usual': { one: '{count} is running as usual', other: '{count} are running as usual' },
    'truth.sentence': '{clauses}.',

    'because.isolated.own': 'we have disconnected {what}',
    'because.isolated.own.precaution': 'we have disconnected {what} as a precaution',
    'because.isolated.neighbour': '{neighbour} has disconnected {what}',
    'because.isolated.neighbour.precaution': '{neighbour} has disconnected {what} as a precaution',
    'because.unavailable': 'we cannot use {what}',
    'because.degraded': 'we can use {what} only in part',
    'because.unknown': 'we are checking whether we can rely on {what}',
    'because.others': 'other systems',

    'subject.named.own': 'our {name}',
    'subject.named.its': 'its {name}',
    'subject.named.of': 'the {name} of {neighbour}',
    'subject.proper.own': '{name}',
    'subject.proper.of': '{name} at {neighbour}',
    'subject.supplier.own': 'one of our suppliers',
    'subject.supplier.its': 'one of its suppliers',
    'subject.supplier.of': 'one of the suppliers of {neighbour}',
    'subject.team.own': 'one of our teams',
    'subject.team.its': 'one of its teams',
    'subject.team.of': 'one of the teams of {neighbour}',
  },
  {},
)
