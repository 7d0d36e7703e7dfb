/**
 * Makes `old` say what `fresh` says, changing only what differs: what has the focus keeps it, what is open stays open, and what
 * somebody has typed or ticked stays as it is. Elements are the same where their ids are, or else their place and their kind.
 */
export function morph(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && !isTheirs(old, name)) old.removeAttribute(name)
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value && !isTheirs(old, name)) old.setAttribute(name, value)
  // The text of a text area is where it began, not what is in it now.
  if (old instanceof HTMLTextAreaElement) return
  morphChildren(old, fresh)
}

function morphChildren(old: Element, fresh: Element): void {
  let next = old.firstChild
  for (const wanted of [...fresh.childNodes]) {
    const same = sameAs(wanted, next)
    if (!same) {
      old.insertBefore(document.importNode(wanted, true), next)
      continue
    }
    // What stood before it is gone.
    while (next && next !== same) next = removed(next)
    if (same instanceof Element) morph(same, wanted as Element)
    else if (same.nodeValue !== wanted.nodeValue) same.nodeValue = wanted.nodeValue
    next = same.nextSibling
  }
  while (next) next = removed(next)
}

function removed(node: ChildNode): ChildNode | null {
  const { nextSibling } = node
  node.remove()
  return nextSibling
}

/** The node among `from` and what follows it that `wanted` is a newer version of. */
function sameAs(wanted: Node, from: ChildNode | null): ChildNode | null {
  const id = wanted instanceof Element ? wanted.id : ''
  if (id === '') return from && from.nodeName === wanted.nodeName && !(from instanceof Element && from.id) ? from : null
  for (let one = from; one; one = one.nextSibling)
    if (one instanceof Element && one.id === id && one.nodeName === wanted.nodeName) return one
  return null
}

/** Attributes that the person who looks at the page decides on. */
function isTheirs(element: Element, name: string): boolean {
  return (
    (name === 'open' && element instanceof HTMLDetailsElement) ||
    (element instanceof HTMLInputElement && element.type !== 'hidden' && (name === 'value' || name === 'checked')) ||
    (name === 'selected' && element instanceof HTMLOptionElement)
  )
}
