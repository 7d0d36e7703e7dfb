/** The first line of a backup. */
export interface Header {
  readonly holdfast: 'backup'
  readonly v: 1
  readonly madeAt: string
  readonly migrations: readonly string[]
}

/** Files that belong to the data, such as the signing key; paths are relative to the data directory. Contents in base64. */
export interface FileLine {
  readonly file: string
  readonly content: string
}

export interface RowsLine {
  /** `schema.table` */
  readonly table: string
  readonly rows: readonly object[]
}

/** The last line: without it a backup is cut short. */
export interface Trailer {
  readonly end: true
  readonly count: number
  /** SHA-256 of all lines before this one, hex. */
  readonly sha256: string
}

/** The backup cannot be made or used; the message says what to do. */
export class BackupRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BackupRefused'
  }
}
