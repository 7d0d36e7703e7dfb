export interface ErrorFields {
  readonly name: string
  readonly code?: string
  readonly message?: string
  readonly at: readonly string[]
}

const MOST_FRAMES = 12
const MOST_LETTERS = 300

/**
 * What a log may hold of an error. A parser or a database quotes what it was given, so the messages of those are left
 * out; the stack is kept as frames without its first line, which would repeat the message.
 */
export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { name: typeof error, at: [] }
  const { name, message, stack = '' } = error
  const { code, severity } = error as Error & { code?: unknown; severity?: unknown }
  const quotesInput = error instanceof SyntaxError || severity !== undefined
  return {
    name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(quotesInput ? {} : { message: message.slice(0, MOST_LETTERS) }),
    at: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, MOST_FRAMES)
      .map((line) =>
        line
          .trim()
          .replace(/^at /, '')
          .replace(/\(?file:\/\/.*?\/(src|node_modules)\//, '$1/')
          .replace(/\)$/, ''),
      ),
  }
}
