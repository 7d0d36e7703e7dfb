import { findAsset } from '#platform/assets'
import type { Publication, PublicResource } from '../publication.ts'

const ready = new Map<string, PublicResource>()
const STARTED = new Date().toUTCString()

/** The publication with the console's files beside it: their addresses hold their hashes, so that they never change. */
export function withAssets(publication: Publication): Publication {
  return {
    find(path) {
      const published = publication.find(path)
      return published ?? (path.startsWith('/assets/') ? assetResource(path) : null)
    },
  }
}

function assetResource(path: string): PublicResource | null {
  const known = ready.get(path)
  if (known) return known
  const asset = findAsset(path)
  if (!asset) return null
  const { identity, gzip, brotli, contentType } = asset
  const resource: PublicResource = {
    body: { identity, gzip, brotli },
    contentType,
    etag: path.slice('/assets/'.length),
    lastModified: STARTED,
    cacheControl: 'public, max-age=31536000, immutable',
  }
  ready.set(path, resource)
  return resource
}
