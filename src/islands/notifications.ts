interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string }
}

const WORKER = '/push-worker.js'
// The one policy that the pages' Content-Security-Policy allows. Nothing becomes a script through it but the worker.
const { trustedTypes } = globalThis as { trustedTypes?: Policies }
const policy = trustedTypes?.createPolicy('holdfast', {
  createScriptURL(address) {
    if (address !== WORKER) throw new TypeError(`${address} is not the worker of this page`)
    return address
  },
})

const control = document.getElementById('notifications')
const button = control?.querySelector('button')
const message = control?.querySelector('p')

if (control && button && message && 'serviceWorker' in navigator && 'PushManager' in window) {
  control.hidden = false
  document.getElementById('no-notifications')?.setAttribute('hidden', '')
  button.addEventListener('click', () => void turnOn(control.dataset, button, message))
}

/** Asks the person, then the browser's push service, and tells the server where to write. */
async function turnOn(at: DOMStringMap, button: HTMLButtonElement, message: HTMLElement): Promise<void> {
  button.disabled = true
  message.textContent = ''
  try {
    if ((await Notification.requestPermission()) !== 'granted') throw new Told(at.refused)
    await navigator.serviceWorker.register(policy ? policy.createScriptURL(at.worker!) : at.worker!)
    const worker = await navigator.serviceWorker.ready
    const subscription =
      (await worker.pushManager.getSubscription()) ??
      (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: at.key! }))
    const chosen = document.querySelectorAll<HTMLInputElement>('#updates input[name="service"]:checked')
    const services = [...chosen].map(({ value }) => value)
    const answer = await fetch(at.subscribe!, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ subscription, services }),
    })
    const { manage, error } = await answer.json().catch(() => ({}))
    if (!answer.ok) throw new Told(error ?? at.failed)
    location.assign(manage)
  } catch (error) {
    message.textContent = error instanceof Told ? error.message : at.unable!
    button.disabled = false
  }
}

class Told extends Error {}
