const MOST_BYTES = 1_000_000
const chooser = document.getElementById('choose-files')
const input = chooser?.querySelector('input')
const said = chooser?.querySelector('[role=status]')

/** Reads chosen files into the fields of the page, where they can be looked at and corrected. Without this script people paste. */
if (chooser && input && said) {
  chooser.hidden = false
  input.addEventListener('change', async () => {
    const told = await Promise.all([...(input.files ?? [])].map(read))
    said.textContent = told.join(' ')
    // The same file, corrected, can be chosen again.
    input.value = ''
  })
}

async function read(file: File): Promise<string> {
  const table = /(components|services|needs)[^/\\]*\.csv$/i.exec(file.name)?.[1]?.toLowerCase()
  if (!table && /\.csv$/i.test(file.name))
    return `${file.name} was left out: name the tables components.csv, services.csv and needs.csv.`
  const field = document.getElementById(table ?? 'text') as HTMLTextAreaElement
  if (file.size > MOST_BYTES) return `${file.name} was left out: it is larger than 1 MB. Import it by the command line.`
  try {
    field.value = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return `${file.name} was left out: it is no text in UTF-8. Save it as such and choose it again.`
  }
  const tables = document.getElementById('tables')
  if (table && tables instanceof HTMLDetailsElement) tables.open = true
  return `${file.name} was read. Look at it below, then show what would change.`
}

export {}
