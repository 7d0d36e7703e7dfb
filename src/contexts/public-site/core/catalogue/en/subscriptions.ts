/** How people ask for updates, and what they get. */
export const subscriptions = {
  'subscribe.title': 'Get updates from {organisation}',
  'subscribe.lead': 'We will write when we publish a statement, and when a service stops, is limited or is back.',
  'subscribe.private':
    'We keep your address to send you these updates and for nothing else. You can stop, and have it erased, at any time.',
  'subscribe.noPassword': 'You need no password. We first send you a link, to make sure that the address is yours.',
  'subscribe.email': 'Your e-mail address',
  'subscribe.sms': 'Your mobile number',
  'subscribe.smsHint':
    'For text messages. A number from outside the United Kingdom begins with + and the code of its country.',
  'subscribe.both': 'Fill in one of these, or both.',
  'subscribe.services': 'Which services?',
  'subscribe.servicesHint': 'Tick none to hear about all of them.',
  'subscribe.choose': 'Choose services',
  'subscribe.honeypot': 'Leave this empty',
  'subscribe.submit': 'Get updates',
  'subscribe.push': 'Notifications in this browser',
  'subscribe.pushSays':
    'This device shows a notification when there is news. We learn neither your name nor your address.',
  'subscribe.pushButton': 'Turn on notifications',
  'subscribe.pushNoScript': 'Notifications need a browser that can show them and has scripts switched on.',
  'subscribe.none': 'We cannot send messages from here at present.',
  'subscribe.noneExercise': 'This is an exercise, and no messages leave it.',
  'subscribe.feeds': 'You can follow us without giving an address',
  'subscribe.feedsSays': 'A feed reader shows our updates as they come:',
  'subscribe.feedAtom': 'Updates as an Atom feed',
  'subscribe.feedPage': 'What works now',
  'subscribe.problem': 'There is a problem',
  'subscribe.needed': 'Enter an address that we can send updates to',
  'subscribe.wrongEmail': 'Your e-mail address {wrong}',
  'subscribe.wrongSms': 'Your mobile number {wrong}',

  'asked.title': 'Check your messages',
  'asked.says':
    'If this address can get our messages, a link is on its way to it. Open the link within 3 days, or nothing more will be sent.',
  'asked.email': 'It can take a few minutes. If you cannot find the e-mail, look in the folder for junk.',
  'asked.again': 'We send at most a few links an hour to one address. If none comes, wait an hour, then ask again.',
  'asked.back': 'Back to {organisation}',

  'confirm.title': 'Confirm your updates from {organisation}',
  'confirm.says': 'Press the button, and we will send updates to {address}.',
  'confirm.button': 'Yes, send me updates',
  'confirm.not': 'If you did not ask for this, close this page. The address is deleted within 3 days.',
  'confirm.all': 'You will hear about: everything that {organisation} says.',
  'confirm.some': 'You will hear about: {services}.',
  'confirm.none': 'services that are not listed any more',

  'confirmed.title': 'You will get updates from {organisation}',
  'confirmed.says':
    'The next one comes when there is news. Every message has a link to change what you get, or to stop.',
  'confirmed.manage': 'Change what you get',
  'confirmed.page': 'See what works now',

  'gone.title': 'This link does not work any more',
  'gone.says': 'It may be too old, or these updates were stopped. Whoever opened it before you may have used it.',
  'gone.again': 'To get updates, ask for them on the page of the organisation.',
  'gone.region': 'See all organisations',

  'manage.title': 'Your updates from {organisation}',
  'manage.address': 'They go to {address}.',
  'manage.submit': 'Save what I get',
  'manage.saved': 'Saved.',
  'manage.stop': 'Stop these updates',
  'manage.stopSays': 'Your address for these updates is deleted at once.',
  'manage.erase': 'Erase this address everywhere',
  'manage.eraseSays': 'Stops all updates to this address, from every organisation on this site, and erases it here.',

  'stop.title': 'Stop updates from {organisation}',
  'stop.says': 'Press the button, and nothing more is sent to {address}. The address is deleted at once.',
  'stop.button': 'Stop the updates',

  'stopped.title': 'You will get no more updates under this link',
  'stopped.says':
    'If there was an address under it, it has been deleted. A message that was already on its way may still reach you.',
  'stopped.again': 'You can ask for updates again at any time.',

  'erased.title': 'The address has been erased',
  'erased.says':
    'Nothing more is sent to it by any organisation on this site. A message that was already on its way may still reach you.',

  'refused.title': 'This form was not taken',
  'refused.elsewhere':
    'It seems to come from another site. Nothing was done. Open the page again here, and send the form from there.',
  'refused.unreadable': 'It could not be read. Nothing was done. Go back and try again.',
  'refused.busyTitle': 'Too many people ask from where you are',
  'refused.busy': 'Nothing was done. Try again in an hour.',
  'refused.laterTitle': 'We cannot do this just now',
  'refused.later': 'Nothing was saved. Go back and try again in a few minutes.',

  'message.confirm.subject': 'Confirm your updates from {organisation}',
  'message.confirm.text':
    'Somebody asked {organisation} to send updates to this address.\n\nIf that was you, open this page and press the button:\n{link}\n\nThe link works for 3 days. If it was not you, do nothing: the address is then deleted, and nothing more is sent.',
  'message.confirm.sms': '{organisation}: to get updates by text, open {link} If you did not ask for this, do nothing.',
  'message.footer':
    'You get this because you asked {organisation} for updates.\nChange what you get: {manage}\nStop: {stop}',
  'message.smsFooter': 'More: {page} Stop: {stop}',
  'message.statement.subject': '{headline} - {organisation}',
  'message.statement.changed': 'What changed: {what}',
  'message.statement.read': 'Read all of it: {page}',
  'message.statement.next': 'Next update due by {time}.',
  'message.statement.sms': '{organisation}: {headline}.',
  'message.statement.also': 'Also, at {time}:',
  'message.changes.subject': 'Changes to services of {organisation}',
  'message.changes.lead': 'This is so at {time}:',
  'message.changes.usual': 'Running as usual again.',
  'message.changes.line': '{service}: {state}',
  'message.changes.more': { one: 'and {count} more', other: 'and {count} more' },
  'message.changes.sms': '{organisation}: {changes}.',
  'message.changes.short.stopped': '{service} has stopped',
  'message.changes.short.degraded': '{service} is limited',
  'message.changes.short.normal': '{service} runs as usual again',
} as const
