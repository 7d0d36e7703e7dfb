import assert from 'node:assert/strict'
import http from 'node:http'
import { type TestContext, test } from 'node:test'
import { ask } from '../ask.ts'
import { temporaryDirectory } from '../database.ts'
import { council, eventually, freshPlace, serve } from '../processes.ts'
import { missing, startNginxProxy } from './web-server.ts'

/** What an event stream has said so far. */
function listening(t: TestContext, port: number, path: string, token: string): Promise<() => string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    const request = http.get({ host: '127.0.0.1', port, path, headers }, (response) => {
      let said = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        said += chunk
      })
      response.on('error', () => {})
      resolve(() => said)
    })
    request.on('error', reject)
    t.after(() => request.destroy())
  })
}

test('behind nginx as in the example, pages, commands and event streams are as without it', async (t) => {
  if (missing(t, 'nginx')) return
  const place = freshPlace(t)
  const running = await serve(t, place)
  const { tactical } = await council(place, 'ambridge', ['tactical'])
  const nginx = await startNginxProxy(temporaryDirectory(t), running.port)
  t.after(() => nginx.stop())
  const through = (method: string, path: string, more = {}) => ask(nginx.port, method, path, more)

  const [plain, proxied] = await Promise.all([running.ask('GET', '/ambridge'), through('GET', '/ambridge')])
  assert.equal(proxied.status, 200)
  assert.equal(proxied.text, plain.text)
  for (const name of ['etag', 'holdfast-revision', 'content-security-policy', 'cache-control', 'last-modified'])
    assert.equal(proxied.headers[name], plain.headers[name], name)
  const again = await through('GET', '/ambridge', { headers: { 'if-none-match': plain.headers.etag } })
  assert.equal(again.status, 304)
  assert.equal((await through('GET', '/console')).status, (await running.ask('GET', '/console')).status)

  const heard = await listening(t, nginx.port, '/api/v1/ambridge/events', tactical)
  const body = { title: 'Behind a proxy', summary: 'Invented' }
  const declared = await through('POST', '/api/v1/ambridge/incident.declare', { token: tactical, key: 'once', body })
  assert.equal(declared.status, 200, declared.text)
  await eventually('the stream tells it', () => heard().includes('incident.declared'), 5000)

  const large = { title: 'Large', summary: 'Invented', filler: 'x'.repeat(1_500_000) }
  const refused = await through('POST', '/api/v1/ambridge/incident.declare', { token: tactical, body: large })
  assert.match(refused.headers['content-type'] ?? '', /^application\/problem\+json/, 'Holdfast says what is wrong')
})
