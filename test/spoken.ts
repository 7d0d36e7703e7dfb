import type { HandMadeWorld } from './hand-made-world.ts'

const WORDS = {
  headline: 'Some of our services have stopped',
  known: 'We have disconnected our network as a precaution.\nRubbish and recycling are collected as usual.',
  notKnown: 'We do not know yet when all services will be back.',
  doing: 'We are checking each system before we connect it again.',
  advice: 'Call us only if it cannot wait.',
  next: 'We will say more on this page.',
}

/** Whatever the room of statements records, for Westminster: what is not for the public says "Secret". Made up. */
export function speak(world: HandMadeWorld, incident: string | null): void {
  const record = (type: string, data: object) => world.record('westminster', { type: `statements.${type}`, v: 1, data })
  const at = new Date(world.now).toISOString()
  const secret = Object.fromEntries(Object.keys(WORDS).map((part) => [part, `Secret ${part}`]))
  const audiences = ['residents', 'staff', 'partners', 'members', 'press']
  record('line-set', { line: 'invocation', part: 'known', audiences, text: 'Secret line' })
  record('drafted', { statement: 1, incident, facts: [], nextUpdateAt: null, wordings: { residents: secret } })
  record('reworded', { statement: 1, audience: 'residents', wording: secret })
  for (const audience of audiences) {
    const outside = audience !== 'staff' && audience !== 'members'
    record('published', {
      statement: 1,
      audience,
      version: 1,
      incident,
      nextUpdateAt: '2025-11-25T15:00:00.000Z',
      services: [{ id: 'westminster/service-1', level: 'stopped' }],
      breakGlass: true,
      wording: outside ? WORDS : secret,
      reason: 'Secret reason',
    })
  }
  record('withdrawn', { statement: 1, audience: 'staff', reason: 'Secret reason' })
  const route = { services: [], works: true, checkedAt: at, waitingTime: null }
  record('route-set', {
    ...route,
    route: 'emergency',
    kind: 'email',
    purpose: 'emergency',
    audiences: ['residents'],
    name: 'Emergencies only',
    address: 'emergencies@westminster.example',
  })
  record('route-set', {
    ...route,
    route: 'edt',
    kind: 'phone',
    purpose: 'out-of-hours',
    audiences: ['residents', 'partners'],
    name: 'Emergency Duty Team',
    address: '020 7946 0123',
    hours: '5pm to 9am, and all weekend',
  })
  record('route-set', {
    ...route,
    route: 'contact-centre',
    kind: 'phone',
    purpose: 'general',
    audiences: ['residents'],
    works: false,
    waitingTime: 'PT40M',
    name: 'Contact centre',
    address: '020 7946 0124',
    note: 'Our lines are down.',
  })
  record('route-set', {
    ...route,
    route: 'press-office',
    kind: 'phone',
    purpose: 'general',
    audiences: ['press'],
    name: 'Press office',
    address: '020 7946 0125',
  })
  record('route-set', {
    ...route,
    route: 'bronze',
    kind: 'phone',
    purpose: 'general',
    audiences: ['staff'],
    name: 'Secret bridge',
    address: 'Secret number',
  })
  record('advice-set', {
    service: 'westminster/service-1',
    alternative: 'Come to the town hall.',
    noNeedToContact: 'Do not tell us about a missed payment.',
  })
  record('status-overridden', {
    service: 'westminster/service-2',
    level: 'normal',
    until: null,
    reason: 'Secret reason',
    told: 'This service runs on paper.',
  })
  record('enquiry-received', {
    enquiry: 'one',
    outlet: 'Secret Gazette',
    contact: 'Secret contact',
    question: 'Secret question',
    deadline: 'Secret deadline',
  })
  record('enquiry-answered', { enquiry: 'one', answer: 'Secret answer' })
}
