/**
 * Every language that people outside can be told the truth in, BCP 47. A code more here, and the type checker names each
 * room's catalogue that has no texts for it yet. `en-XA` is English with accents, made by `pseudo`: whoever reads it sees
 * which words do not come from a catalogue, and who translates sees where each text stands.
 */
export const LANGUAGES = ['en-GB', 'en-XA'] as const
export type LanguageCode = (typeof LANGUAGES)[number]

/** What is written by hand, beside the English that is always there. */
export type Translated = Exclude<LanguageCode, 'en-GB' | 'en-XA'>
