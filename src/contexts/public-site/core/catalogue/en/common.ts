/** What every page and format says. */
export const common = {
  'exercise.banner': 'EXERCISE. This is practice: what this page says is not happening.',
  'exercise.label': 'Exercise',

  'level.stopped': 'Stopped',
  'level.degraded': 'Limited',
  'level.normal': 'As usual',

  'language.name': 'English',
  'language.others': 'Languages',

  'frame.skip': 'Skip to main content',
  'frame.made': 'This page was made at {time}.',
  'frame.revision': 'Revision {revision}',
  'frame.paper': 'This page as it is now: {address}',
  'frame.source.own': '{organisation} records what its services stand on; this page follows from that.',
  'frame.source.region': 'Each organisation records its own state; this page gathers what they recorded.',
  'frame.more': 'More from {organisation}',
  'frame.services': 'What works now',
  'frame.statements': 'Statements',
  'frame.contact': 'How to reach us',
  'frame.affected': 'Have you been affected?',
  'frame.subscribe': 'Get updates',
  'frame.partners': 'For partners',
  'frame.press': 'For the press',
  'frame.region': 'All organisations',

  'stale.after': 'If you read this after {time}, it may be out of date.',
  'next.none': 'No time was set for the next update when this page was made.',
  'next.due': 'Next update due by {time}.',
  'next.overdue': 'An update was due by {time}. It was late when this page was made.',

  'story.state': '{level} since {time}.',
  'story.stateBecause': '{level} since {time}, because {reason}.',
  'story.undated': '{level}.',
  'story.undatedBecause': '{level}, because {reason}.',

  'expect.ahead': 'We expect to reconnect by {likely}. It could be as early as {earliest} or as late as {latest}.',
  'expect.aheadOne': 'We expect to reconnect by {likely}.',
  'expect.late': 'We had expected to reconnect by {likely}. It could now be as late as {latest}.',
  'expect.passed': 'We had expected to reconnect by {likely}. There is no new time yet.',
  'expect.neighbour.ahead':
    '{neighbour} expects to reconnect by {likely}. It could be as early as {earliest} or as late as {latest}.',
  'expect.neighbour.aheadOne': '{neighbour} expects to reconnect by {likely}.',
  'expect.neighbour.late': '{neighbour} had expected to reconnect by {likely}. It could now be as late as {latest}.',
  'expect.neighbour.passed': '{neighbour} had expected to reconnect by {likely}. There is no new time yet.',

  'duration.minutes': { one: '{count} minute', other: '{count} minutes' },
  'duration.hours': { one: '{count} hour', other: '{count} hours' },
  'duration.days': { one: '{count} day', other: '{count} days' },

  'notFound.title': 'Page not found',
  'notFound.check': 'If you typed the address, check that it is correct.',
  'notFound.all': 'See every organisation and what works now',
} as const
