import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'

const control = document.getElementById('passkey')
const button = control?.querySelector('button')
const message = control?.querySelector('p')

if (control && button && message && browserSupportsWebAuthn()) {
  control.hidden = false
  document.getElementById('no-passkey')?.setAttribute('hidden', '')
  button.addEventListener('click', () => void prove(control.dataset, button, message))
}

/** Asks the browser for the passkey, sends what it says, and goes on to where the server leads. */
async function prove(at: DOMStringMap, button: HTMLButtonElement, message: HTMLElement): Promise<void> {
  button.disabled = true
  message.hidden = true
  try {
    const optionsJSON = await post(at.options!, {})
    const response =
      at.ceremony === 'create' ? await startRegistration({ optionsJSON }) : await startAuthentication({ optionsJSON })
    const { next } = await post(at.verify!, { response, next: at.next, csrf: at.csrf })
    location.assign(next)
  } catch (error) {
    message.textContent = wordsFor(error as Error)
    message.hidden = false
    button.disabled = false
  }
}

class Told extends Error {}

// biome-ignore lint/suspicious/noExplicitAny: options go to the browser as they came
async function post(address: string, body: object): Promise<any> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  const json = await answer.json().catch(() => ({}))
  if (answer.ok) return json
  throw new Told(json.error ?? 'Holdfast could not answer. Load the page again and retry.')
}

function wordsFor(error: Error): string {
  if (error instanceof Told) return error.message
  if (error.name === 'InvalidStateError') return 'This device has a passkey for Holdfast already. Sign in with it.'
  if (error.name === 'NotAllowedError') return 'The passkey was not given, or it took too long. Try again.'
  return 'The browser could not use a passkey here. Try again, or use another way.'
}
