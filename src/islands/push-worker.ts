interface Pushed extends Event {
  readonly data: { json(): { title?: string; body?: string; link?: string; tag?: string } } | null
  waitUntil(work: Promise<unknown>): void
}
interface Tapped extends Event {
  readonly notification: Notification
  waitUntil(work: Promise<unknown>): void
}
interface Worker {
  readonly registration: ServiceWorkerRegistration
  readonly clients: { openWindow(address: string): Promise<unknown> }
  readonly location: Location
  addEventListener(type: string, hear: (event: never) => void): void
}

const worker = self as unknown as Worker

/** Every push must be shown: browsers take the permission back from whoever pushes without it. */
worker.addEventListener('push', (event: Pushed) => {
  let told: { title?: string; body?: string; link?: string; tag?: string } = {}
  try {
    told = event.data?.json() ?? {}
  } catch {}
  const { title = 'There is an update', body = '', link = '/', tag = '' } = told
  event.waitUntil(worker.registration.showNotification(title, { body, tag, data: { link }, lang: 'en-GB' }))
})

worker.addEventListener('notificationclick', (event: Tapped) => {
  event.notification.close()
  const link = new URL((event.notification.data as { link?: string } | null)?.link ?? '/', worker.location.href)
  // Only our own pages: whatever was pushed, a tap leads nowhere else.
  const address = link.origin === worker.location.origin ? link.href : '/'
  event.waitUntil(worker.clients.openWindow(address))
})
