/** As people read codes aloud and type them: `7K3M Q2XD`. */
export function inFours(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}
