import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { BucketConfig } from '#platform/config'
import { silentLog } from '#platform/log'
import { fakeBucket } from '#test/fake-bucket'
import { bucketPlace } from './bucket.ts'
import { complete, encode } from './document.ts'
import { createKeeper } from './keeper.ts'
import { EMPTY, type Publication, succeed } from './publication.ts'

const SECRET = 'invented/secret+key'

async function bucket(t: TestContext) {
  const fake = await fakeBucket(t, 'INVENTED', SECRET)
  const more = { endpoint: fake.endpoint, key: 'INVENTED', secret: SECRET }
  const config: BucketConfig = { kind: 'bucket', bucket: 'pages', prefix: 'status', region: 'eu-west-2', ...more }
  return { fake, config, place: bucketPlace(config, 1500) }
}

/** One council and the region, each page saying its revision. */
async function publication(
  revision: number,
  files: readonly string[],
  last: Publication = EMPTY,
): Promise<Publication> {
  const made = (paths: string[], file: string, contentType: string) =>
    complete(
      encode(
        { paths, file, status: 200, contentType, text: `${file} ${revision}`, styleHashes: [], headers: {} },
        revision,
        'Tue, 25 Nov 2025 06:30:00 GMT',
      ),
    )
  const html = 'text/html; charset=utf-8'
  const documents = [await made(['/my-town', '/my-town/'], 'index.html', html)]
  for (const file of files) documents.push(await made([`/my-town/${file}`], `${file}/index.html`, html))
  documents.push(await made(['/my-town/updates.atom'], 'updates.atom', 'application/atom+xml; charset=utf-8'))
  const region = [await made(['/'], 'index.html', html), await made([], '404.html', html)]
  const set = { revision, renderedAt: 0, truth: String(revision) }
  return succeed(last, [
    { ...set, name: 'my-town', documents },
    { ...set, name: '', documents: region },
  ])
}

const named = (changes: readonly string[]) => changes.map((one) => one.replace('pages/status/', ''))

test('what is linked is there before what links to it, the manifest comes last, and what has gone is removed after it', async (t) => {
  const { fake, place } = await bucket(t)
  await place.write(await publication(1, ['services/a', 'services/b']))
  const first = named(fake.changes)
  assert.deepEqual(first.slice(0, 2).sort(), ['PUT my-town/services/a', 'PUT my-town/services/b'])
  assert.equal(first.at(-2), 'PUT index.html')
  assert.equal(first.at(-1), 'PUT publication.json')
  assert.deepEqual([...first].sort(), [
    'PUT 404.html',
    'PUT index.html',
    'PUT my-town',
    'PUT my-town/services/a',
    'PUT my-town/services/b',
    'PUT my-town/updates.atom',
    'PUT publication.json',
  ])
  await place.write(await publication(2, ['services/a']))
  const second = named(fake.changes.slice(first.length))
  assert.deepEqual(second.slice(-2), ['PUT publication.json', 'DELETE my-town/services/b'])
  assert.deepEqual(fake.refused, [])
  assert.equal(await place.newest!(), 2)
})

test('each object has its type, its revision and, where it is a page, is compressed', async (t) => {
  const { fake, place } = await bucket(t)
  await place.write(await publication(7, []))
  const page = fake.objects.get('pages/status/my-town')!
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  assert.equal(page.headers['content-encoding'], 'gzip')
  assert.equal(page.headers['x-amz-meta-holdfast-revision'], '7')
  assert.match(page.headers['cache-control']!, /max-age=2/)
  assert.equal(gunzipSync(page.bytes).toString(), 'index.html 7')
  const feed = fake.objects.get('pages/status/my-town/updates.atom')!
  assert.equal(feed.headers['content-type'], 'application/atom+xml; charset=utf-8')
  assert.equal(feed.headers['content-encoding'], undefined)
  assert.equal(feed.bytes.toString(), 'updates.atom 7')
})

test('only what has changed is sent, also after a restart', async (t) => {
  const { fake, config, place } = await bucket(t)
  const last = await publication(1, ['services/a'])
  await place.write(last)
  const before = fake.changes.length
  await bucketPlace(config).write(last)
  assert.deepEqual(named(fake.changes.slice(before)), ['PUT publication.json'])
})

test('errors, lost and slow answers are tried again; a wrong key is not', async (t) => {
  const { fake, config, place } = await bucket(t)
  fake.troubles.push('500', '503', 'none', 'lost', 'slow', '500')
  await place.write(await publication(1, ['services/a']))
  assert.equal(fake.objects.size, 6)
  const wrong = bucketPlace({ ...config, secret: 'another' })
  await assert.rejects(wrong.write(await publication(2, [])), /The bucket answered 403 to GET publication\.json/)
  assert.equal(fake.refused.length, 1)
})

test('a bucket that is down holds up nothing, says how far behind it is, and catches up with the newest alone', async (t) => {
  const { fake, place } = await bucket(t)
  fake.troubles.push(...Array.from({ length: 4 }, () => '503' as const))
  const lines: string[] = []
  const log = { ...silentLog, error: ({ event }: { event: string }) => void lines.push(event) }
  const keeper = createKeeper([place], log, () => {})
  let last = EMPTY
  for (const revision of [1, 2, 3]) {
    last = await publication(revision, [`services/${revision}`], last)
    keeper.keep(last)
    await sleep(5)
  }
  await sleep(50)
  const [state] = keeper.states()
  assert.equal(state!.revision, 0)
  assert.ok(state!.behind > 0)
  for (let i = 0; i < 500 && keeper.states()[0]!.revision < 3; i++) await sleep(20)
  assert.deepEqual(keeper.states(), [{ name: 'bucket', revision: 3, behind: 0 }])
  assert.ok(lines.every((event) => event === 'publication-not-written'))
  const revisions = fake.changes.filter((one) => one === 'PUT pages/status/my-town').length
  assert.ok(revisions <= 2, 'revisions that were overtaken are skipped')
  await keeper.idle()
})
