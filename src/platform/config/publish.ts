import { resolve } from 'node:path'
import { httpUrl, text } from './values.ts'

/** Where publications go beside the data directory. */
export type PublishConfig = { readonly kind: 'folder'; readonly directory: string } | BucketConfig

export interface BucketConfig {
  readonly kind: 'bucket'
  readonly bucket: string
  /** Without slashes at its ends; empty for the whole bucket. */
  readonly prefix: string
  /** Of an S3-compatible store, without the bucket's name. */
  readonly endpoint: string
  readonly region: string
  readonly key: string
  readonly secret: string
}

type Take = <T>(name: string, fallback: T, read: (value: string) => T | Error) => T

/** `incomplete` is told what is missing beside what is given. */
export function readPublish(take: Take, incomplete: (name: string, detail: string) => void): PublishConfig | null {
  const target = take<Target | null>('HOLDFAST_PUBLISH', null, targetOf)
  const region = take('HOLDFAST_S3_REGION', 'us-east-1', text)
  const endpoint = take('HOLDFAST_S3_ENDPOINT', `https://s3.${region}.amazonaws.com`, httpUrl)
  const key = take('HOLDFAST_S3_KEY', '', text)
  const secret = take('HOLDFAST_S3_SECRET', '', text)
  if (target?.kind !== 'bucket') return target
  if (key === '') incomplete('HOLDFAST_S3_KEY', 'must be set where HOLDFAST_PUBLISH names a bucket')
  if (secret === '') incomplete('HOLDFAST_S3_SECRET', 'must be set where HOLDFAST_PUBLISH names a bucket')
  return { ...target, endpoint, region, key, secret }
}

type Target = Extract<PublishConfig, { kind: 'folder' }> | Pick<BucketConfig, 'kind' | 'bucket' | 'prefix'>

function targetOf(value: string): Target | Error {
  if (!/^[a-z0-9]+:\/\//i.test(value)) {
    const directory = text(value)
    return directory instanceof Error ? directory : { kind: 'folder', directory: resolve(directory) }
  }
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/((?:[\w.-]+\/?)*))?$/.exec(value)
  if (!found) return new Error('must be a folder, or a bucket such as s3://bucket/prefix')
  return { kind: 'bucket', bucket: found[1]!, prefix: (found[2] ?? '').replace(/\/+$/, '') }
}

export function describePublish(publish: PublishConfig | null): Record<string, string> {
  if (publish === null) return { publish: '(only the data directory)' }
  if (publish.kind === 'folder') return { publish: publish.directory }
  const { bucket, prefix, endpoint, region } = publish
  return { publish: `s3://${bucket}/${prefix} at ${endpoint}, ${region}` }
}
