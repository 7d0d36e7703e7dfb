import { formatDuration, parseDuration } from '#kernel'

/** Readers of one value each: the value, or an error that says what is expected and never repeats what may be secret. */

export function text(value: string): string | Error {
  return value.trim() === '' || value.includes('\0') ? new Error('must not be blank') : value
}

export function decimal(least: number, most: number) {
  return (value: string): number | Error => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
    return number >= least && number <= most ? number : new Error(`must be a whole number from ${least} to ${most}`)
  }
}

export function oneOf<const T extends string>(allowed: readonly T[]) {
  return (value: string): T | Error =>
    allowed.find((one) => one === value) ?? new Error(`must be one of ${allowed.join(', ')}`)
}

/** ISO 8601, to milliseconds. */
export function duration(most: number) {
  return (value: string): number | Error => {
    const millis = parseDuration(value)
    return millis !== null && millis <= most
      ? millis
      : new Error(`must be a duration such as PT15M, up to ${formatDuration(most)}`)
  }
}

export function httpUrl(value: string): string | Error {
  const url = URL.parse(value)
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password)
    return new Error('must be an address such as https://holdfast.example.org, without a query or a password')
  return url.href.replace(/\/+$/, '')
}

/** libpq's URI form; also with a percent-encoded socket directory as its host, or with the host in the query. */
export function postgresUrl(value: string): string | Error {
  return /^postgres(ql)?:\/\/[^\s]*$/.test(value)
    ? value
    : new Error('must be an address such as postgresql://user:password@host:5432/holdfast')
}
