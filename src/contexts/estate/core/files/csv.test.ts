import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { parseEstate } from './index.ts'
import { Mistakes } from './mistake.ts'
import { readCsv } from './read-csv.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 300)

function read(tables: Record<string, string>) {
  const files = Object.entries(tables).map(([name, text]) => ({ name: `folder/${name}.csv`, text }))
  return parseEstate(files, { organisation: 'hackney' })
}

test('a folder of tables becomes an estate, as Excel saves it: BOM, CRLF, semicolons, spaces', () => {
  const result = read({
    components:
      '\uFEFFid;name;kind;owner;assumed\r\n network ;"Network; corporate";network;;yes\r\n\r\nsite;Town hall;site;Estates;\r\n',
    services: 'sep=,\r\nid,name,lgsl,statutory,rto,mtpd\r\npay,Pay,57,TRUE,P1D,P5D\r\n',
    needs: 'dependent,strength,targets,at_least,buffer\npay,uses,network | site,1,PT8H\nsite,,network,,\n',
  })
  assert.ok('estates' in result, JSON.stringify(result))
  assert.deepEqual(result.estates, [
    {
      organisation: 'hackney',
      components: [
        { id: 'hackney/network', name: 'Network; corporate', kind: 'network', assumed: true, needs: [] },
        {
          id: 'hackney/site',
          name: 'Town hall',
          kind: 'site',
          owner: 'Estates',
          needs: [{ anyOf: ['hackney/network'], atLeast: 1, strength: 'requires' }],
        },
      ],
      services: [
        {
          id: 'hackney/pay',
          name: 'Pay',
          lgsl: 57,
          statutory: true,
          rto: 'P1D',
          mtpd: 'P5D',
          needs: [{ anyOf: ['hackney/network', 'hackney/site'], atLeast: 1, strength: 'uses', buffer: 'PT8H' }],
        },
      ],
    },
  ])
})

test('each mistake in a table is named with its cell', () => {
  const result = read({
    components: 'id,name,kind,ownr\nnetwork,"Two\nlines",network\nsite,Site,bite\na,A,site,x,y\n',
    needs: 'dependent,targets,at_least,strength\nnetwrk,site,,\nsite,network|network,3,need\nsite,netwrok,,\n',
  })
  assert.ok('mistakes' in result)
  assert.deepEqual(
    result.mistakes.map(({ file, line, column, suggestion }) => [file, line, column, suggestion]),
    [
      ['folder/components.csv', 1, 14, 'owner'],
      ['folder/components.csv', 4, 11, 'site'],
      ['folder/components.csv', 5, 12, undefined],
      ['folder/needs.csv', 2, 1, 'network'],
      ['folder/needs.csv', 3, 6, undefined],
      ['folder/needs.csv', 3, 22, undefined],
      ['folder/needs.csv', 3, 24, undefined],
      ['folder/needs.csv', 4, 6, 'network'],
    ],
  )
})

test('a missing column, a strange table, an open quotation mark and a missing organisation are told plainly', () => {
  const first = (result: ReturnType<typeof parseEstate>) => 'mistakes' in result && result.mistakes[0]!.message
  assert.match(String(first(read({ components: 'name,kind\nA,site\n' }))), /column id is missing/)
  assert.match(String(first(read({ component: 'id,name,kind\n' }))), /no table of an estate/)
  assert.match(String(first(read({ components: 'id,name,kind\na,"A,site\n' }))), /never closed/)
  assert.match(String(first(read({ components: '' }))), /no header/)
  assert.match(String(first(parseEstate([{ name: 'services.csv', text: 'id,name\n' }]))), /whose estate/)
})

test('tables are read as the csv-parse package reads them', () => {
  const field = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', ',', ';', '"', '\n', '\r\n', '\t', '|', 'é'),
    maxLength: 8,
  })
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }), (rows) => {
      const text = `h,h,h,h,h,h\n${rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n')}\n`
      const expected = parse(text, { relax_column_count: true, trim: false, delimiter: ',' })
        .map((row) => row.map((one) => one.trim()))
        .filter((row) => row.some((one) => one !== ''))
      const mistakes = new Mistakes()
      const found = readCsv('t.csv', text, mistakes).map((row) => row.map((cell) => cell.text))
      assert.deepEqual(found, expected)
      assert.equal(mistakes.any, false)
    }),
    { numRuns: RUNS },
  )
})
