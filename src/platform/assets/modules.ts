import { existsSync, readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'

const PACKAGES: Readonly<Record<string, () => string>> = { 'webauthn.js': webauthn }
const PACKAGE_ASSETS: Readonly<Record<string, string>> = { '@simplewebauthn/browser': 'webauthn.js' }
const IMPORT = /\b(from\s+|import\s+)(['"])(\.\/[\w-]+\.ts|@[\w-]+\/[\w-]+)\2/g

/**
 * An island as a browser runs it: without types, and with the addresses of what it imports (no import map, which would be
 * an inline script). Throws for a name that is no island.
 */
export function moduleText(name: string, islands: URL, assetPath: (name: string) => string): string {
  const made = PACKAGES[name]
  if (made) return made()
  const file = new URL(name.replace(/\.js$/, '.ts'), islands)
  if (!/^[\w-]+\.js$/.test(name) || !existsSync(file)) throw new Error(`there is no asset ${name}`)
  return stripped(readFileSync(file, 'utf8')).replace(IMPORT, (_whole, before: string, quote: string, from: string) => {
    const asset = PACKAGE_ASSETS[from] ?? from.slice(2).replace(/\.ts$/, '.js')
    return `${before}${quote}${assetPath(asset)}${quote}`
  })
}

/** Its warning that it is experimental says nothing to whoever starts the server: Node runs all of `src` the same way. */
function stripped(source: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** The package comes as twenty small modules or as one script that sets a global: one request is better than twenty. */
function webauthn(): string {
  const entry = createRequire(import.meta.url).resolve('@simplewebauthn/browser')
  const bundle = readFileSync(join(dirname(entry), '../dist/bundle/index.umd.min.js'), 'utf8')
  const names = ['startRegistration', 'startAuthentication', 'browserSupportsWebAuthn']
  return `${bundle}\nexport const { ${names.join(', ')} } = globalThis.SimpleWebAuthnBrowser\n`
}
