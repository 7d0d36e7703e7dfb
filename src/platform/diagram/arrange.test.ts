import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Arrow, arrange } from './arrange.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 40)

const drawing = fc.integer({ min: 1, max: 14 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, number) => `node"<${number}>`)
  const arrow = fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids) })
  return fc.record({
    boxes: fc.constant(ids.map((id) => ({ id, width: 170, height: 56 }))),
    arrows: fc.uniqueArray(arrow, { maxLength: 25, selector: ({ from, to }) => `${from} ${to}` }),
  })
})

test('every box and every arrow is placed within the picture, and no two boxes overlap', async () => {
  await fc.assert(
    fc.asyncProperty(drawing, async ({ boxes, arrows }) => {
      const { width, height, ...placed } = await arrange(boxes, arrows)
      assert.deepEqual(placed.boxes.map(({ id }) => id).sort(), boxes.map(({ id }) => id).sort())
      const pair = ({ from, to }: Arrow) => `${from} -> ${to}`
      assert.deepEqual(placed.arrows.map(pair).sort(), arrows.map(pair).sort())
      for (const box of placed.boxes) {
        assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height)
        for (const other of placed.boxes)
          assert.ok(
            other.id === box.id ||
              other.x + other.width <= box.x ||
              box.x + box.width <= other.x ||
              other.y + other.height <= box.y ||
              box.y + box.height <= other.y,
          )
      }
    }),
    { numRuns: RUNS },
  )
})

test('what needs stands to the left of what it needs', async () => {
  const boxes = ['service', 'system', 'network'].map((id) => ({ id, width: 100, height: 40 }))
  const { boxes: placed } = await arrange(boxes, [
    { from: 'service', to: 'system' },
    { from: 'system', to: 'network' },
  ])
  const x = Object.fromEntries(placed.map((box) => [box.id, box.x]))
  assert.ok(x.service! < x.system! && x.system! < x.network!)
})

test('paths are numbers alone, whatever the ids say', async () => {
  const boxes = ['"/><script>', 'b'].map((id) => ({ id, width: 100, height: 40 }))
  const { arrows } = await arrange(boxes, [{ from: '"/><script>', to: 'b' }])
  assert.match(arrows[0]!.line, /^M[\d.,-]+ C[\d., -]+$/)
  assert.match(arrows[0]!.head, /^M[\d.,-]+ L[\d.,-]+ L[\d.,-]+ Z$/)
})

test('an arrow to nothing is refused', async () => {
  await assert.rejects(arrange([{ id: 'a', width: 1, height: 1 }], [{ from: 'a', to: 'b' }]), /There is no box b/)
})
