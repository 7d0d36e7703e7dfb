// Released: never change this file, or the integrity hash on councils' own websites no longer fits. Put a new one beside it.
;(() => {
  const script = document.currentScript
  const home = script.src.replace(/\/banner(\/[^/]+)?\.js.*$/, '')
  const css =
    ':host{display:block;border:3px solid #0b0c0c;border-left-width:12px;padding:12px 16px;background:#fff7bf;' +
    'color:#0b0c0c;font:16px/1.5 arial,sans-serif}p{margin:0 0 8px}a{color:#0b0c0c}'

  function show(label, lines, linkText) {
    const box = document.createElement('div')
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', label)
    const root = box.attachShadow({ mode: 'open' })
    try {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      root.adoptedStyleSheets = [sheet]
    } catch {
      // An old browser shows it without colours.
    }
    const add = (name, text) => {
      const one = document.createElement(name)
      one.textContent = text
      return root.appendChild(one)
    }
    for (const line of lines) add('p', line)
    add('a', linkText).href = home
    if (script.closest('head')) document.body.prepend(box)
    else script.before(box)
  }

  fetch(`${home}/banner.json`, { credentials: 'omit', signal: AbortSignal.timeout?.(10000) })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then(tell, () =>
      show(
        'Service status',
        ['We cannot tell here which services work now: the page that says so does not answer.'],
        'Try that page',
      ),
    )

  function tell(told) {
    const stale = told.confirmed_until !== null && Date.now() > Date.parse(told.confirmed_until)
    if (told.disrupted || stale) show(told.label, stale ? [...told.lines, told.stale] : told.lines, told.link)
  }
})()
