import assert from 'node:assert/strict'
import { isAbsolute, resolve } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { isRefusal } from '#kernel'
import { type Config, describeConfig, readConfig } from './index.ts'

function good(env: Record<string, string>, flags = {}): Config {
  const config = readConfig(env, flags)
  if (isRefusal(config)) assert.fail(config.detail)
  return config
}

test('nothing needs to be set', () => {
  assert.deepEqual(good({}), {
    port: 8080,
    host: '127.0.0.1',
    url: 'http://localhost:8080',
    region: 'London',
    dataDirectory: resolve('data'),
    databaseUrl: null,
    databaseConnections: 10,
    postgres: null,
    logLevel: 'info',
    updates: { settling: 120_000, window: 900_000 },
    delivery: {
      smtp: null,
      notify: null,
      pushContact: null,
      x: null,
      rates: { smtp: 20, notify: 45, push: 50 },
      atOnce: 10,
      attempts: 8,
      exercises: 'off',
    },
    publish: null,
  })
  assert.deepEqual(good({ HOLDFAST_PORT: '', DATABASE_URL: '' }), good({}), 'an empty variable is as good as none')
})

test('flags win over the environment, and the address follows the port', () => {
  const config = good({ HOLDFAST_PORT: '1', HOLDFAST_DATA: '/var/one' }, { port: '9000', data: 'two' })
  assert.equal(config.port, 9000)
  assert.equal(config.url, 'http://localhost:9000')
  assert.equal(config.dataDirectory, resolve('two'))
  assert.equal(good({ HOLDFAST_URL: 'https://holdfast.example.org/x/' }).url, 'https://holdfast.example.org/x')
})

test('all bad values are named at once, and no secret is repeated', () => {
  const bad = {
    HOLDFAST_HOST: ' ',
    HOLDFAST_URL: 'ftp://x',
    DATABASE_URL: 'mysql://me:hunter2@db/x',
    HOLDFAST_POSTGRES: 'apt',
    HOLDFAST_LOG_LEVEL: 'loud',
    HOLDFAST_DATABASE_CONNECTIONS: '1',
  }
  const refusal = readConfig(bad, { port: '70000', data: '' })
  assert.ok(isRefusal(refusal))
  assert.deepEqual(
    refusal.errors?.map(({ pointer }) => pointer).sort(),
    [...Object.keys(bad).map((name) => `/${name}`), '/--port', '/--data'].sort(),
  )
  assert.doesNotMatch(JSON.stringify(refusal), /hunter2/)
})

test('the description hides passwords, wherever they stand', () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9!$*+,;.:@/~-]{6,20}$/)
  fc.assert(
    fc.property(word, fc.boolean(), (part, inQuery) => {
      const secret = `XX${part}XX`
      const url = inQuery
        ? `postgresql://me@db.example.org/holdfast?password=${secret}&sslmode=require`
        : `postgresql://me:${secret}@db.example.org/holdfast`
      const shown = describeConfig(good({ DATABASE_URL: url }))
      assert.ok(!shown.includes(secret), shown)
      assert.match(shown, /databaseUrl = postgresql:\/\/.*holdfast/)
    }),
  )
})

const KEY = `invented-${'0190d3c0-0000-7000-8000-000000000000'}-${'0190d3c0-0000-7000-8000-00000005ec3e'}`
const CHANNELS = {
  HOLDFAST_SMTP_URL: 'smtps://holdfast:hunter2@mail.example.org',
  HOLDFAST_MAIL_FROM: 'Example Council <updates@example.org>',
  HOLDFAST_NOTIFY_KEY: KEY,
  HOLDFAST_NOTIFY_SMS_TEMPLATE: '0190d3c0-0000-7000-8000-000000000001',
  HOLDFAST_NOTIFY_CALLBACK_TOKEN: 'hunter2-hunter2-hunter2',
  HOLDFAST_PUSH_CONTACT: 'mailto:web@example.org',
  HOLDFAST_X_KEYS: 'hunter2:hunter2:hunter2:hunter2',
}

test('channels are set up by their variables, and their secrets are never shown', () => {
  const config = good(CHANNELS)
  assert.equal(config.delivery.notify?.key, KEY)
  assert.equal(config.delivery.x?.keys[3], 'hunter2')
  const shown = describeConfig(config)
  assert.doesNotMatch(shown, /hunter2|5ec3e/)
  assert.match(shown, /^smtp = smtps:\/\/\*\*\*@mail\.example\.org$/m)
})

test('half a channel is refused by the name of what is missing, without its secrets', () => {
  const bad = {
    HOLDFAST_SMTP_URL: CHANNELS.HOLDFAST_SMTP_URL,
    HOLDFAST_NOTIFY_KEY: KEY,
    HOLDFAST_NOTIFY_CALLBACK_TOKEN: 'hunter2',
    HOLDFAST_X_KEYS: 'hunter2',
    HOLDFAST_PUSH_CONTACT: 'hunter2@',
  }
  const refusal = readConfig(bad)
  assert.ok(isRefusal(refusal))
  const named = refusal.errors?.map(({ pointer }) => pointer)
  for (const name of ['MAIL_FROM', 'NOTIFY_EMAIL_TEMPLATE', 'NOTIFY_CALLBACK_TOKEN', 'X_KEYS', 'PUSH_CONTACT'])
    assert.ok(named?.includes(`/HOLDFAST_${name}`), name)
  assert.doesNotMatch(JSON.stringify(refusal), /hunter2|5ec3e/)
})

test('any environment gives a usable configuration or a refusal', () => {
  const names = [
    'HOLDFAST_PORT',
    'HOLDFAST_HOST',
    'HOLDFAST_URL',
    'HOLDFAST_DATA',
    'DATABASE_URL',
    'HOLDFAST_LOG_LEVEL',
  ]
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (env) => {
      const config = readConfig(env)
      if (isRefusal(config)) assert.ok(config.errors?.length)
      else assert.ok(isAbsolute(config.dataDirectory) && config.port >= 0 && URL.canParse(config.url))
    }),
  )
})

test('publications go to a folder or a bucket; a bucket needs its keys, and its secret is never shown', () => {
  const read = (env: Record<string, string>) => readConfig(env)
  const folder = read({ HOLDFAST_PUBLISH: '/srv/status' })
  assert.deepEqual(!isRefusal(folder) && folder.publish, { kind: 'folder', directory: '/srv/status' })
  const env = { HOLDFAST_PUBLISH: 's3://pages/status/', HOLDFAST_S3_KEY: 'INVENTED', HOLDFAST_S3_SECRET: 'hunter2' }
  const bucket = read(env)
  assert.ok(!isRefusal(bucket))
  const endpoint = 'https://s3.us-east-1.amazonaws.com'
  const place = { kind: 'bucket', bucket: 'pages', prefix: 'status', endpoint, region: 'us-east-1' }
  assert.deepEqual(bucket.publish, { ...place, key: 'INVENTED', secret: 'hunter2' })
  assert.doesNotMatch(describeConfig(bucket), /hunter2|INVENTED/)
  for (const bad of [
    { HOLDFAST_PUBLISH: 's3://pages' },
    { HOLDFAST_PUBLISH: 'ftp://pages' },
    { HOLDFAST_PUBLISH: 's3://../x' },
  ])
    assert.ok(isRefusal(read(bad as unknown as Record<string, string>)), JSON.stringify(bad))
})
