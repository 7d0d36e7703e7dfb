import type { Names } from './names.ts'

/** `src/main/rooms.ts` with the room among its imports and in its list. Throws where the file has another shape. */
export function withRoom(text: string, { room, value }: Names): string {
  const lines = text.split('\n')
  const imported = `import { ${value} } from '../contexts/${room}/room.ts'`
  const isRoom = (line: string) => /^import .* from '\.\.\/contexts\/.*\/room\.ts'$/.test(line)
  const pathOf = (line: string) => /'(.*)'$/.exec(line)![1]!
  const next = lines.findIndex((line) => isRoom(line) && pathOf(line) > pathOf(imported))
  const last = lines.findLastIndex(isRoom)
  if (last < 0) throw new Error('src/main/rooms.ts imports no room: register the new one by hand')
  lines.splice(next >= 0 ? next : last + 1, 0, imported)
  const list = /(export const rooms: readonly Room\[\] = \[)([^\]]*)\]/
  const registered = lines.join('\n')
  if (!list.test(registered)) throw new Error('src/main/rooms.ts has no list of rooms: register the new one by hand')
  return registered.replace(list, (_, before: string, inside: string) => {
    const rooms = inside
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
    const place = rooms.findIndex((one) => one > value)
    rooms.splice(place >= 0 ? place : rooms.length, 0, value)
    return `${before}${rooms.join(', ')}]`
  })
}

/** `.dependency-cruiser.cjs` with walls for the room: no neighbours until somebody decides which. */
export function withWalls(text: string, { room }: Names): string {
  const fronts = /(const fronts = \{\n)([\s\S]*?)(\n\})/
  const inside = fronts.exec(text)?.[2]
  if (inside === undefined) throw new Error('.dependency-cruiser.cjs has no fronts: add the room by hand')
  const key = room.includes('-') ? `'${room}'` : room
  if (new RegExp(`^\\s*'?${room}'?:`, 'm').test(inside)) return text
  return text.replace(
    fronts,
    (_, before: string, rooms: string, end: string) => `${before}${rooms}\n  ${key}: [],${end}`,
  )
}
