import pg from 'pg'

const { INT8, DATE, TIMESTAMP } = pg.types.builtins

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large a whole number: select it as text`)
  return value
}

const asText = (text: string) => text

/** Days and local times have no instant: pg would read them in the machine's own time zone. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return pg.types.getTypeParser(oid, format)
    if (oid === INT8) return safeInteger
    if (oid === DATE || oid === TIMESTAMP) return asText
    return pg.types.getTypeParser(oid, 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}
