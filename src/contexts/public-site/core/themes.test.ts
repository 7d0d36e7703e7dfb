import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LONDON_TILES } from './london-tiles.ts'
import { themeOf } from './themes.ts'

test('a service is shown where people look for it: by its number, else by its name', () => {
  const theme = (name: string, lgsl: number | null = null) => themeOf({ name, lgsl })
  assert.equal(theme('Household waste collection', 524), 'bins')
  assert.equal(theme('Whatever its council calls it', 524), 'bins')
  assert.equal(theme('Garden bins'), 'bins')
  assert.equal(theme('Report It'), 'contact')
  assert.equal(theme('Contact centre'), 'contact')
  assert.equal(theme('Housing repairs, new number', 999_999), 'housing')
  assert.equal(theme('Staff - payroll', 979), 'council')
  assert.equal(theme('Something quite new'), 'council')
})

test('the map has the 33 authorities of London once each, no two on one place', () => {
  assert.equal(LONDON_TILES.length, 33)
  assert.equal(new Set(LONDON_TILES.map(({ gss }) => gss)).size, 33)
  assert.equal(new Set(LONDON_TILES.map(({ column, row }) => `${column} ${row}`)).size, 33)
  for (const { gss, column, row, name } of LONDON_TILES) {
    assert.match(gss, /^E090000(0[1-9]|[12]\d|3[0-3])$/, name)
    assert.ok(column >= 1 && column <= 8 && row >= 1 && row <= 7, name)
  }
})
