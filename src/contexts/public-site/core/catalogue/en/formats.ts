/** What feeds, alerts, calendars and the banner say beside the pages' words. */
export const formats = {
  'feed.title': '{name}: what works now',
  'feed.history': '{name}: history of incidents',
  'feed.alerts': '{name}: alerts (CAP 1.2)',
  'feed.region': 'Public services in {region}',
  'feed.member': '{name}: {text}',
  'feed.calendar': '{name}: next update',

  'said.changed': 'What has changed',
  'said.practice': 'EXERCISE. This is practice: what this says is not happening.',
  'said.version': '{headline} (version {version})',
  'said.withdrawnTitle': 'Withdrawn: {headline}',
  'said.overTitle': 'Over: {headline}',

  'change.stopped.one': '{name} has stopped',
  'change.degraded.one': '{name} is limited',
  'change.normal.one': '{name} runs as usual again',
  'change.stopped': { one: '{count} service has stopped', other: '{count} services have stopped' },
  'change.degraded': { one: '{count} service is limited', other: '{count} services are limited' },
  'change.normal': { one: '{count} service runs as usual again', other: '{count} services run as usual again' },
  'change.heading.stopped': 'Stopped',
  'change.heading.degraded': 'Limited',
  'change.heading.normal': 'Running as usual again',

  'incident.name': 'Disruption to services of {name}',
  'incident.over': 'This incident is over.',
  'incident.reason': 'The main reason: {reason}.',
  'incident.investigating': 'Investigating',
  'incident.identified': 'Identified',
  'incident.monitoring': 'Monitoring',
  'incident.resolved': 'Resolved',

  'alert.titled.Alert': 'Alert: {headline}',
  'alert.titled.Update': 'Update: {headline}',
  'alert.titled.Cancel': 'Cancel: {headline}',
  'alert.event': 'Council services disrupted',
  'alert.withdrawn': 'What we said was withdrawn. It no longer holds.',

  'banner.label': 'Services of {name}',
  'banner.said': 'At {time} we said: {text}',
  'banner.link': 'See what works now at {name}',

  'calendar.due': '{name}: next update due',
  'calendar.late': '{name}: next update (late)',
  'calendar.none': '{name}: no time is set for a next update',
} as const
