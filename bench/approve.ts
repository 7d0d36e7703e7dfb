import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Figure, quantile } from './figure.ts'

const run = promisify(execFile)
const ORGANISATION = 'hackney'
const STATEMENTS = 20
const READERS = 10
/** Every format that tells a statement. */
const FORMATS = [
  '',
  '/api/v2/summary.json',
  '/updates.atom',
  '/updates.rss',
  '/feed.json',
  '/history.atom',
  '/next-update.ics',
]

/** From the answer of `statements.publish` to the moment when all formats carry a later revision, while ten readers ask without pause. */
export async function approveToServed(main: string, directory: string, port: number): Promise<Figure[]> {
  const origin = `http://127.0.0.1:${port}`
  const [drafter, publisher] = await Promise.all([
    tokenOf(main, directory, 'drafter'),
    tokenOf(main, directory, 'publisher'),
  ])
  const give = async (name: string, token: string, input: object) => {
    const response = await fetch(`${origin}/api/v1/${ORGANISATION}/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const answer = (await response.json()) as { detail?: string; statement?: number }
    if (!response.ok) throw new Error(`${name}: ${response.status} ${answer.detail}`)
    return answer
  }
  const revision = async (format: string) => {
    const response = await fetch(`${origin}/${ORGANISATION}${format}`, { method: 'HEAD' })
    return Number(response.headers.get('holdfast-revision'))
  }
  let reading = true
  const readers = Array.from({ length: READERS }, async (_, reader) => {
    for (let n = reader; reading; n++)
      await (await fetch(`${origin}/${ORGANISATION}${FORMATS[n % FORMATS.length]}`)).arrayBuffer()
  })
  const times: number[] = []
  for (let i = 0; i < STATEMENTS; i++) {
    const { statement } = await give('statements.draft', drafter, {})
    const before = await revision('')
    await give('statements.publish', publisher, { statement })
    const approved = performance.now()
    for (const format of FORMATS)
      while ((await revision(format)) <= before)
        if (performance.now() - approved > 20_000) throw new Error(`${format} never told the statement`)
    times.push(performance.now() - approved)
  }
  reading = false
  await Promise.all(readers)
  const told = (share: number) => Math.round(quantile(times, share))
  return [
    { name: 'statement approved to served in all formats, median', value: told(0.5), unit: 'ms' },
    {
      name: 'statement approved to served in all formats, 95th percentile',
      value: told(0.95),
      unit: 'ms',
      target: '< 2000 ms',
      note: `${STATEMENTS} statements, ${FORMATS.length} formats, ${READERS} readers asking without pause`,
    },
  ]
}

async function tokenOf(main: string, directory: string, name: string): Promise<string> {
  const words = ['token', 'create', '--organisation', ORGANISATION, '--role', 'communications', '--name', name]
  return (await run(process.execPath, [main, ...words, '--data', directory])).stdout.trim()
}
