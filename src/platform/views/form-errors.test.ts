import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Refusal } from '#kernel'
import { formErrors } from './index.ts'

const refusal = (errors?: Refusal['errors']): Refusal => ({
  refused: 'invalid-input',
  kind: 'input',
  title: 'The input is not valid',
  detail: 'Two things are wrong.',
  ...(errors ? { errors } : {}),
})
const fields = { '/title': { id: 'title', label: 'Title' }, '/components': 'components' }

test('each mistake leads to its field and is said there, also from inside a list', () => {
  const errors = formErrors(
    refusal([
      { pointer: '/title', detail: 'is needed' },
      { pointer: '/components/3/id', detail: 'must be a component' },
    ]),
    fields,
  )
  assert.deepEqual(errors.summary.errorList, [
    { text: 'Title is needed', href: '#title' },
    { text: 'Must be a component', href: '#components' },
  ])
  assert.deepEqual(errors.at('/title'), { text: 'Title is needed' })
  assert.deepEqual(errors.at('/components'), { text: 'Must be a component' })
  assert.equal(errors.at('/other'), undefined)
})

test('what belongs to no field is said in the summary, once', () => {
  const unknown = { pointer: '/other', detail: 'is not known' }
  assert.deepEqual(formErrors(refusal([unknown, unknown]), fields).summary.errorList, [{ text: 'Is not known' }])
})

test('a refusal without mistakes says its title and what to do', () => {
  const { summary } = formErrors(refusal(), fields)
  assert.equal(summary.titleText, 'The input is not valid')
  assert.deepEqual(summary.errorList, [{ text: 'Two things are wrong.' }])
})
