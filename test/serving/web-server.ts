import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../free-port.ts'

const DOCS = fileURLToPath(new URL('../../docs/serving/', import.meta.url))
const BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so'

/** Null, with one line that says how to get it, where the program is missing; under CI that fails. */
export function missing(t: TestContext, program: 'nginx' | 'caddy'): boolean {
  try {
    execFileSync(program, [program === 'nginx' ? '-v' : 'version'], { stdio: 'ignore' })
    return false
  } catch {
    const line = `apt-get install --no-install-recommends ${program}`
    if (process.env.CI) throw new Error(`${program} is missing: ${line}`)
    t.skip(line)
    return true
  }
}

export interface WebServer {
  readonly port: number
  stop(): Promise<void>
}

/**
 * Debian's nginx on our example configuration, with nothing changed in it but the folder and the port; where Holdfast's
 * own port is given, with the lines in use that hand on to it.
 */
export async function startNginx(directory: string, root: string, holdfast?: number): Promise<WebServer> {
  const port = await freePort()
  for (const name of ['logs', 'temporary']) mkdirSync(join(directory, name), { recursive: true })
  const example = readFileSync(join(DOCS, 'nginx.conf'), 'utf8')
    .replaceAll('127.0.0.1:8090', `127.0.0.1:${port}`)
    .replaceAll('/var/lib/holdfast/publications/current', root)
    .replace('gzip_static on;', existsSync(BROTLI) ? 'gzip_static on; brotli_static on;' : 'gzip_static on;')
  const handing = example
    .replaceAll(/^ {4}#(?=location|}| {4})/gm, '    ')
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${holdfast}`)
  writeFileSync(join(directory, 'holdfast.conf'), holdfast === undefined ? example : handing)
  return runNginx(directory, port)
}

/** Debian's nginx on our example of a proxy, with nothing changed in it but the ports. */
export async function startNginxProxy(directory: string, holdfast: number): Promise<WebServer> {
  const port = await freePort()
  for (const name of ['logs', 'temporary']) mkdirSync(join(directory, name), { recursive: true })
  const example = readFileSync(join(DOCS, 'nginx-proxy.conf'), 'utf8')
    .replaceAll('127.0.0.1:8091', `127.0.0.1:${port}`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${holdfast}`)
  writeFileSync(join(directory, 'holdfast.conf'), example)
  return runNginx(directory, port)
}

function runNginx(directory: string, port: number): Promise<WebServer> {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  writeFileSync(
    join(directory, 'nginx.conf'),
    [
      existsSync(BROTLI) ? `load_module ${BROTLI};` : '',
      ...(process.getuid?.() === 0 ? ['user root;'] : []),
      'daemon off; worker_processes 1; pid nginx.pid; error_log logs/error.log;',
      'events { worker_connections 512; }',
      `http { access_log off; ${places.map((name) => `${name}_temp_path temporary/${name};`).join(' ')}`,
      `keepalive_requests 100000000; include ${join(directory, 'holdfast.conf')}; }`,
    ].join('\n'),
  )
  return started('nginx', ['-p', directory, '-e', 'logs/error.log', '-c', join(directory, 'nginx.conf')], port)
}

export async function startCaddy(directory: string, root: string): Promise<WebServer> {
  const port = await freePort()
  const example = readFileSync(join(DOCS, 'Caddyfile'), 'utf8')
    .replaceAll('127.0.0.1:8092', `127.0.0.1:${port}`)
    .replaceAll('/var/lib/holdfast/publications/current', root)
  writeFileSync(join(directory, 'Caddyfile'), example)
  const words = ['run', '--config', join(directory, 'Caddyfile'), '--adapter', 'caddyfile']
  return started('caddy', words, port, { XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory, HOME: directory })
}

async function started(program: string, words: string[], port: number, env = {}): Promise<WebServer> {
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH, ...env } })
  let said = ''
  child.stderr!.on('data', (chunk) => {
    said += chunk
  })
  for (const until = Date.now() + 20_000; !(await listens(port)); await sleep(20))
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`${program} did not start: ${said}`)
    }
  return { port, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  // nginx ends its workers on TERM; killed hard, it would leave them.
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 5000)
  await once(child, 'exit')
  clearTimeout(hard)
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
