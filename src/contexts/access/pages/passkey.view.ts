/** What the island needs to know to ask the browser for a passkey: `src/islands/passkey.ts`. */
export interface PasskeyControl {
  readonly ceremony: 'get' | 'create'
  /** Where the options come from, and where the browser's response goes. */
  readonly options: string
  readonly verify: string
  readonly next: string
  readonly csrf: string
  readonly button: string
}
