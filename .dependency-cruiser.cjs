// The walls of the house. Each rule is an invariant that ARCHITECTURE.md names.
const fronts = {
  access: [],
  estate: [],
  delivery: [],
  incident: ['estate'],
  intelligence: ['estate'],
  directory: ['estate'],
  posture: ['estate', 'incident', 'intelligence'],
  continuity: ['estate', 'incident'],
  'report-it': ['estate', 'incident'],
  'data-breach': ['estate', 'incident', 'report-it'],
  region: ['estate', 'incident', 'posture', 'intelligence'],
  statements: ['estate', 'incident', 'posture', 'continuity', 'data-breach'],
  notices: ['estate', 'incident', 'posture', 'directory', 'statements', 'delivery', 'report-it'],
  'public-site': ['estate', 'incident', 'posture', 'continuity', 'report-it', 'region', 'statements', 'delivery'],
  exercise: [],
}
const test = '\\.test\\.ts$'
const rooms = Object.entries(fronts).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `contexts/${room} may import the front doors of: ${allowed.join(', ') || 'none'}`,
  severity: 'error',
  from: { path: `^src/contexts/${room}/`, pathNot: test },
  to: {
    path: '^src/contexts/',
    pathNot: [`^src/contexts/${room}/`, ...allowed.map((other) => `^src/contexts/${other}/index\\.ts$`)],
  },
}))

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(src|verifier)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-is-alone',
      comment: 'the kernel has no I/O and no packages',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: test },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'core-is-pure',
      comment: 'a room core imports the kernel, the words for times, itself and its neighbours front-door types; no I/O',
      severity: 'error',
      from: { path: '^src/contexts/.+/core/', pathNot: test },
      to: {
        pathNot: ['^src/kernel/', '^src/platform/words/', '^src/contexts/.+/core/', '^src/contexts/[^/]+/index\\.ts$', 'node_modules/(yaml|csv-parse)/'],
      },
    },
    {
      name: 'platform-knows-no-room',
      severity: 'error',
      from: { path: '^src/(platform|journal|command)/', pathNot: test },
      to: { path: '^src/(contexts|main)' },
    },
    {
      name: 'journal-stands-below-command',
      severity: 'error',
      from: { path: '^src/(journal|platform)/', pathNot: test },
      to: { path: '^src/command/' },
    },
    {
      name: 'only-main-wires',
      comment: 'commands and room wiring are reached only from main',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main', test] },
      to: { path: ['^src/contexts/[^/]+/room\\.ts$', '^src/main'] },
    },
    {
      name: 'verifier-shares-nothing',
      severity: 'error',
      from: { path: '^verifier/', pathNot: test },
      to: { pathNot: '^verifier/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'only-database-opens-pg',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/platform/database/', test] },
      to: { path: 'node_modules/pg/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-the-house',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: ['^test/', '^bench/', '^verifier/', test] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    exclude: { path: 'node_modules/(?!(pg|yaml|csv-parse)/)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'], extensions: ['.ts', '.js'] },
  },
}
