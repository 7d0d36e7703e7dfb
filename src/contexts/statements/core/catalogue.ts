import { catalogue } from '#platform/words'

/** Every sentence of a drafted statement, for all audiences. What people typed (names, lines, notes) is put into it as it stands. */
export const statementTexts = catalogue(
  {
    'names.and': '{first} and {last}',
    'names.others': { one: '{count} other', other: '{count} others' },

    'level.stopped': 'stopped',
    'level.degraded': 'limited',
    'level.normal': 'as usual',

    'services.stopped': 'These services have stopped: {names}.',
    'services.degraded': 'These services are limited: {names}.',
    'services.normal': 'These services run as usual: {names}.',
    'service.line': '{name}: {text}',

    'systems.normal': 'These systems work: {names}.',
    'systems.degraded': 'These systems work only in part: {names}.',
    'systems.stopped': 'These systems do not work: {names}.',

    'isolation.plain': 'We disconnected {what} at {time}.',
    'isolation.precaution': 'We disconnected {what} at {time}, as a precaution.',
    'isolation.networks': 'all our networks',
    'isolation.others': { one: '{count} other system', other: '{count} other systems' },
    'reason.since': '{reason} (since {time}).',

    'outlook.remote chance': 'There is only a remote chance that {what} will be available {when}',
    'outlook.highly unlikely': '{what} are highly unlikely to be available {when}',
    'outlook.unlikely': '{what} are unlikely to be available {when}',
    'outlook.realistic possibility': 'There is a realistic possibility that {what} will be available {when}',
    'outlook.likely': '{what} are likely to be available {when}',
    'outlook.highly likely': '{what} are highly likely to be available {when}',
    'outlook.almost certain': '{what} are almost certain to be available {when}',
    'outlook.day': 'before {date}',
    'outlook.week': 'before the end of this week',
    'outlook.chance': '{outlook} (a chance of about {percent}%).',
    'outlook.chanceAndDay': '{outlook} ({when}, a chance of about {percent}%).',
    'outlook.passed': 'We had expected {what} to be available by {time} at the latest. There is no new estimate yet.',
    'outlook.none': 'Nobody can say yet when the systems that are disconnected will be available.',
    'outlook.what.own': 'the systems that we have disconnected',
    'outlook.what.at': 'the systems that we disconnected at {time}',
    'outlook.what.neighbour': 'the systems that {neighbour} has disconnected',

    'forecast.stops': 'If nothing changes, these stop at {time}: {names}.',

    'statutory.usual': {
      one: 'The one service that the law requires of us is running as usual.',
      other: 'All {count} services that the law requires of us are running as usual.',
    },
    'statutory.hit': {
      one: 'Of the {count} service that the law requires of us, {stopped} and {limited}.',
      other: 'Of the {count} services that the law requires of us, {stopped} and {limited}.',
    },
    'statutory.stopped': { one: '{count} has stopped', other: '{count} have stopped' },
    'statutory.limited': { one: '{count} is limited', other: '{count} are limited' },

    'override.set': 'The status of {name} is set by hand: {level}, where the records say {derived}.',
    'override.reason': 'The reason: {reason}',

    'incident.open': 'We declared an incident at {time} and are dealing with it as one.',
    'incident.over': 'We declared an incident at {time} and stood it down at {over}.',

    'reach.danger': 'If somebody is in danger, ring 999 first.',
    'reach.named': '{address} ({named})',
    'reach.about': '{where} about {services}',
    'reach.services': { one: '{count} service', other: '{count} services' },
    'reach.emergency.phone': 'For emergencies only, ring {where}.',
    'reach.emergency.text': 'For emergencies only, text {where}.',
    'reach.emergency.email': 'For emergencies only, e-mail {where}.',
    'reach.emergency.web': 'For emergencies only, use {where}.',
    'reach.emergency.in-person': 'For emergencies only, come to {where}.',
    'reach.emergency.post': 'For emergencies only, write to {where}.',
    'reach.out-of-hours.phone': 'Out of hours, ring {where}.',
    'reach.out-of-hours.text': 'Out of hours, text {where}.',
    'reach.out-of-hours.email': 'Out of hours, e-mail {where}.',
    'reach.out-of-hours.web': 'Out of hours, use {where}.',
    'reach.out-of-hours.in-person': 'Out of hours, come to {where}.',
    'reach.out-of-hours.post': 'Out of hours, write to {where}.',
    'reach.general.phone': 'You can ring {where}.',
    'reach.general.text': 'You can text {where}.',
    'reach.general.email': 'You can e-mail {where}.',
    'reach.general.web': 'You can use {where}.',
    'reach.general.in-person': 'You can come to {where}.',
    'reach.general.post': 'You can write to {where}.',
    'reach.broken.phone': 'Do not ring {where}: it does not work at the moment.',
    'reach.broken.text': 'Do not text {where}: it does not work at the moment.',
    'reach.broken.email': 'Do not e-mail {where}: it does not work at the moment.',
    'reach.broken.web': 'Do not use {where}: it does not work at the moment.',
    'reach.broken.in-person': 'Do not come to {where}: it does not work at the moment.',
    'reach.broken.post': 'Do not write to {where}: it does not work at the moment.',

    'wait.people': 'People wait about {time}.',
    'wait.minutes': { one: '{count} minute', other: '{count} minutes' },
    'wait.hours': { one: '{count} hour', other: '{count} hours' },
    'wait.days': { one: '{count} day', other: '{count} days' },
    'wait.hoursAndMinutes': '{hours} {minutes}',

    'members.ask': 'If residents ask: {text}',

    'next.due': 'Next update by {time}.',
    'next.late': 'An update was due by {time}. It is late.',
    'next.where': 'You hear more at {where}.',
  },
  {},
)
