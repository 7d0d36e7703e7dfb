import { type Words, wordsIn } from '../../core/catalogue/index.ts'
import type { UpdatesChannel, Wrong } from './address.ts'

/** Enough to know one's own by, too little for whoever a link was passed on to. */
export function masked(channel: UpdatesChannel, address: string, { say, t }: Pick<Words, 'say' | 't'>): string {
  if (channel === 'web-push') return t('address.oneBrowser')
  if (channel === 'sms') return say('address.ending', { digits: address.slice(-3) })
  return `${address.slice(0, 1)}•••${address.slice(address.lastIndexOf('@'))}`
}

/** For the command line, in English, to follow what the address is of. */
export function sayWrong(wrong: Wrong): string {
  return wordsIn('en-GB').t(`address.${wrong}`)
}
