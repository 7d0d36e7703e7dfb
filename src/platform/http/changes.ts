/** What the live stream tells of an entry: that it is there, not what it says. */
export interface Change {
  readonly organisation: string
  readonly number: number
  readonly type: string
  readonly recordedAt: string
}

export interface Changes {
  /** Up to `limit` changes numbered above `after`, in order, without gaps. */
  read(organisation: string, after: number, limit: number): Promise<readonly Change[]>
  /** Hears every organisation's changes, each organisation's in order. Returns how to stop. */
  subscribe(hear: (changes: readonly Change[]) => void): () => void
}
