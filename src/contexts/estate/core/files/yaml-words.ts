import type { YAMLParseError } from 'yaml'
import type { MistakeWords } from './mistake.ts'

const WORDS: Partial<Record<YAMLParseError['code'], MistakeWords>> = {
  TAB_AS_INDENT: { message: 'a tab stands where spaces must', expected: 'spaces before the word' },
  BAD_INDENT: { message: 'this line is not in line with the lines above it', expected: 'the same number of spaces' },
  BAD_ALIAS: { message: 'this alias stands for nothing', expected: 'it written out in full, or in quotes' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a ": " stands within text, or the next line is indented too far',
    expected: 'the text in quotes, or the lines in line',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key runs over more than one line',
    expected: 'a key, a colon and a space, on one line',
  },
  BAD_SCALAR_START: { message: 'text cannot begin with this character', expected: 'the text in quotes' },
  BAD_DQ_ESCAPE: { message: 'this backslash sequence is not known', expected: 'the backslash doubled: \\\\' },
  UNEXPECTED_TOKEN: { message: 'this does not belong here' },
}

/** A syntax error of the YAML package in words for the person who wrote the file. */
export function yamlWords(error: YAMLParseError): MistakeWords {
  if (/must be sufficiently indented and end with|must end with|Flow (?:map|sequence)/.test(error.message))
    return {
      message: 'a list or map in brackets is not closed',
      expected: 'a closing bracket, and a comma between items',
    }
  if (/without - indicator/.test(error.message)) return WORDS.BAD_INDENT!
  return WORDS[error.code] ?? { message: `this is not YAML: ${error.message.replace(/\s+/g, ' ').slice(0, 200)}` }
}
