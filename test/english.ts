/** Of days and months, and of lists, `Intl` knows the words; a pseudo language is English to it. */
const OF_INTL = /\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|November|December|and)\b/g
/** Addresses, entities and the names of policies are nobody's language. */
const NO_WORDS = /https?:\/\/\S+|\b(?:script|connect)-src\b|&\w+;/g

/** Words of plain English: what `en-XA` says has accents. */
export function englishIn(text: string): string[] {
  const words = text.replace(NO_WORDS, ' ').replace(OF_INTL, ' ')
  return words.match(/(?<![\p{L}\d])[A-Za-z]{3,}(?!\p{L})/gu) ?? []
}

/** What people read of a page, and what is read aloud to them. */
export function readableOf(page: string): string[] {
  const body = page.replace(/<(style|script|pre|code)[\s\S]*?<\/\1>|<meta[^>]*>/g, ' ')
  const aloud = [...body.matchAll(/\s(?:aria-label|title|alt|placeholder)="([^"]*)"/g)].map(([, said]) => said!)
  return [body.replace(/<[^>]*>/g, ' '), ...aloud]
}
