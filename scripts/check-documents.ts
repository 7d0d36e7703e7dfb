import { join } from 'node:path'
import { commandLine } from '../src/main/cli/index.ts'
import { checkCommands, checkPaths } from './documents/check-code.ts'
import { checkConformance } from './documents/check-conformance.ts'
import { checkInvariants } from './documents/check-invariants.ts'
import { checkLinks } from './documents/check-links.ts'
import { checkVariables, checkVerbs } from './documents/check-tables.ts'
import { readHouse } from './documents/house.ts'

// npm run check:docs: what the documents say exists does exist. A finding a line, as file:line.
const house = readHouse(join(import.meta.dirname, '..'), commandLine)
const checks = [checkLinks, checkPaths, checkCommands, checkVariables, checkVerbs, checkInvariants, checkConformance]
const findings = checks.flatMap((check) => check(house)).sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line)
for (const { path, line, words } of findings) console.error(`${path}:${line}: ${words}`)
console.log(`${house.documents.length} documents, ${findings.length} findings`)
process.exitCode = findings.length === 0 ? 0 : 1
