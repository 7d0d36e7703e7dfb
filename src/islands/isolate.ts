import { fetchPage } from './fetched.ts'

/** As the choice changes, what it would stop is fetched and shown beside it. Without this script a button does the same. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-preview]')) {
  const region = document.getElementById(form.dataset.previewInto ?? '')
  if (region) keepUp(form, region)
}

function keepUp(form: HTMLFormElement, region: HTMLElement): void {
  let last: AbortController | undefined
  let waiting: number | undefined
  region.setAttribute('aria-live', 'polite')
  const refresh = async () => {
    last?.abort()
    last = new AbortController()
    const { signal } = last
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') query.append(name, value)
    try {
      const fetched = await fetchPage(`${form.dataset.preview}?${query}`, { signal })
      if (typeof fetched === 'string') return
      const shown = fetched.page
      const open = new Set([...region.querySelectorAll('details[open]')].map(({ id }) => id))
      for (const one of shown.querySelectorAll('details')) one.open = open.has(one.id)
      region.replaceChildren(...shown.body.childNodes)
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error
    }
  }
  form.addEventListener('input', (event) => {
    if ((event.target as HTMLInputElement).name === 'q') return
    clearTimeout(waiting)
    waiting = window.setTimeout(() => void refresh(), 80)
  })
}
